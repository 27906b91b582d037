# SPDX-License-Identifier: Apache-2.0
"""The same images under 64-bit Xen, dom0 and xl, on a GICv2 host and on a GICv3 host (fact L12).

What a guest says is held against what dom0 sees: its clock, xl's log, the store.
"""

import re
import subprocess
import sys
import time
import unittest

from tests.guests import HELLO, ROOT
from tests.system.pin import PIN_STATE, Session, overlay_with

BOARD = "virt-arm64"
WAIT_S = 20
PERIOD_S = 0.1
NO_PIN = "No such device or address"  # ENXIO: the guest's answer without a port controller


class Arm64:
    """One dom0; the two classes below give it its GIC."""

    gic = 0

    @classmethod
    def setUpClass(cls):
        overlay = overlay_with("tests/system/apps/beat", "tests/system/apps/xenlayer", "tests/target/apps/faults",
                               board=BOARD)
        for name in ("beat", "xenlayer"):
            overlay.file(f"root/{name}.cfg", ROOT / f"tests/system/apps/{name}/{name}.cfg")
        cls.lab = Session(f"system-arm64-gicv{cls.gic}", overlay=overlay, board=BOARD, gic_version=cls.gic)
        cls.addClassCleanup(cls.lab.close)
        cls.dom0 = cls.lab.dom0

    def setUp(self):
        self.name = self.id().rpartition(".test_")[2]   # the guest's, too: so no log holds another's lines
        self.addCleanup(self.lab.destroy_all)

    def create(self, config="beat.cfg", **changes):
        self.lab.create(config, name=f'"{self.name}"', **changes)

    def wait_console(self, pattern):
        return self.dom0.wait_for(f"cat /var/log/xen/console/guest-{self.name}.log", pattern, WAIT_S,
                                  "the guest's console")

    def assert_reason(self, code):
        """xl's own record of why the domain has ended."""
        found = self.dom0.wait_for(f"cat /var/log/xen/xl-{self.name}.log", r"has shut down, reason code (\d+)", WAIT_S,
                                   "xl sees the end")
        self.assertEqual(code, int(found.group(1)))

    # The machine

    def test_the_host_is_what_it_should_be(self):
        self.assertIn("aarch64", self.dom0.check("uname -m"))
        self.assertIn("xen-3.0-armv7l", self.dom0.check("xl info xen_caps"))
        self.assertIn(f"GICv{self.gic}", self.dom0.check("dmesg"))

    def test_banner(self):
        """Which GIC the guest has found (fact L12)."""
        self.create()
        self.wait_console(rf"(?s)^  GIC       v{self.gic} at 0x3001000 .*^  Xen       4\.17")

    # The pin service, with dom0's module for this architecture

    def test_pin_service_answers(self):
        self.lab.insmod()
        self.addCleanup(self.lab.rmmod)
        self.assertIn("No such device\n", self.dom0.run(f"cat {PIN_STATE}")[1])
        self.create("erika-small.cfg", iomem="[]")
        self.dom0.wait_for(f"cat {PIN_STATE} 2>&1", NO_PIN, WAIT_S, "the guest answers")
        self.assertIn(NO_PIN, self.lab.write(1))
        self.assertEqual([1, 0], self.lab.maps_and_unmaps())
        self.dom0.check(f"xl destroy {self.name}")
        self.dom0.wait_for(f"cat {PIN_STATE} 2>&1", r"No such device\n", WAIT_S, "the module lets go")
        self.assertEqual([1, 1], self.lab.maps_and_unmaps())

    # Store and console: events in both directions

    def test_store_and_console(self):
        self.create("xenlayer.cfg")
        self.wait_console("poke: watch set, status 0")
        home = f"/local/domain/{self.lab.domid(self.name)}"
        for word in ("first", "second"):
            self.dom0.check(f"xenstore-write {home}/data/poke {word}")
            self.dom0.wait_for(f"xenstore-read {home}/data/echo", f"^{word}$", WAIT_S, "the guest echoes")
        self.dom0.check(f"echo typed-in-dom0 > $(xenstore-read {home}/console/tty)")
        self.wait_console("typed-in-dom0")

    # Alarms, by dom0's clock

    def beats(self):
        """dom0's time in seconds, and how often the guest's alarm has run and has been lost."""
        out = self.dom0.check("cut -d' ' -f1 /proc/uptime; "
                              f"tail -n 2 /var/log/xen/console/guest-{self.name}.log")
        seconds, *lines = out.split("\n")
        runs, lost = re.search(r"beat (\d+), lost (\d+)\n", "\n".join(lines)).groups()
        return float(seconds), int(runs), int(lost)

    def start_beat(self):
        self.create()
        self.wait_console("beat 3, ")

    def assert_on_time(self, then, now):
        """What was due has run or is counted as lost, so none is late and none is early."""
        due_s = PERIOD_S * (now[1] + now[2] - then[1] - then[2])
        self.assertLess(abs(now[0] - then[0] - due_s), 1, f"{then} {now}")

    def test_alarms(self):
        self.start_beat()
        then = self.beats()
        time.sleep(4)
        now = self.beats()
        self.assert_on_time(then, now)
        self.assertGreater(now[1] - then[1], 10)

    def test_pause(self):
        self.start_beat()
        then = self.beats()
        self.dom0.check(f"xl pause {self.name}")
        self.assertRegex(self.dom0.check(f"xl list {self.name}"), rf"(?m)^{self.name} .* --p---")
        begin = self.beats()
        time.sleep(3)
        end = self.beats()
        self.assertEqual(begin[1:], end[1:])
        self.dom0.check(f"xl unpause {self.name}")
        self.wait_console(f"beat {begin[1] + 3}, ")
        now = self.beats()
        self.assert_on_time(then, now)
        self.assertGreaterEqual(now[2] - begin[2], (end[0] - begin[0]) / PERIOD_S - 1, "what was due ran in a burst")

    # Every way to end, as xl sees it

    def test_shutdown(self):
        self.start_beat()
        self.dom0.check(f"xl shutdown -w {self.name}", 30)
        self.assert_reason(0)
        self.assertNotIn(self.name, self.dom0.check("xl list"))
        self.wait_console(r"ShutdownOS: code 0\n\Z")

    def test_reboot(self):
        self.start_beat()
        first = self.lab.domid(self.name)
        self.dom0.check(f"xl reboot {self.name}", 30)
        self.assert_reason(1)
        self.dom0.wait_for(f"xl domid {self.name}", rf"^(?!{first}$)\d+$", 30, "xl starts it again")
        self.wait_console(r"(?s)ShutdownOS: code 0\n.*^beat 3, ")

    def test_crash(self):
        self.create(kernel='"/root/faults.bin"', extra='"write-page-zero"')
        self.assert_reason(3)
        self.wait_console(r"(?s)CRASH: data abort at 8000\w{4}: address 00000008.*CRASH: task Main was running")


class GicV2(Arm64, unittest.TestCase):
    gic = 2


class GicV3(Arm64, unittest.TestCase):
    gic = 3


class Commands(unittest.TestCase):
    """What `make ... ARCH=arm64` calls."""

    def lab(self, *args, typed=""):
        done = subprocess.run([sys.executable, "-m", "tools.lab", *args, "--board", BOARD], cwd=ROOT, input=typed,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240, check=False)
        return done.returncode, done.stdout

    def test_run_app(self):
        for dom0 in ([], ["--dom0"]):
            with self.subTest(dom0):
                status, text = self.lab("run-app", "apps/hello", str(HELLO), *dom0)
                self.assertTrue(text.endswith("Goodbye.\nShutdownOS: code 0\nrun-app: hello: shutdown 0\n"), text)
                self.assertEqual(0, status)

    def test_shell(self):
        status, text = self.lab("shell", typed="uname -m\ncat /proc/sys/erika-xen/pin_state\n")
        self.assertIn("dom0# uname -m\naarch64\n", text)
        self.assertIn(NO_PIN, text.rpartition("pin_state")[2])
        self.assertEqual(1, status)

    def test_what_needs_an_sd_card_is_refused(self):
        status, text = self.lab("run")
        self.assertRegex(text, r"^error: virt-arm64: this machine does not boot from an SD card\..* orangepi-pc\n$")
        self.assertEqual(1, status)


if __name__ == "__main__":
    unittest.main()
