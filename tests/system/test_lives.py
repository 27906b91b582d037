# SPDX-License-Identifier: Apache-2.0
"""Guests that come and go: every way in and out, what the module makes of it, and what is left afterwards."""

import time
import unittest

from tests.guests import ROOT
from tests.system.pin import HIGH, LOW, PIN_STATE, Session, overlay_with

TENANT = "tests/system/apps/tenant"
CYCLES = 300
CYCLES_AT_ONCE = 20
# All that is not lent for a mapping: pages for mappings come from the balloon, which keeps them for the next one.
MEMORY_KB = ("(cd /sys/devices/system/xen_memory/xen_memory0/info && cat current_kb low_kb high_kb) | "
             "awk '{ n += $1 } END { print n }'")


class Lives(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        images = overlay_with("tests/system/apps/alias-below-ram", "tests/system/apps/alias-in-ram",
                              "tests/target/apps/console_pv", "tests/target/apps/console_uart", TENANT)
        images.file("root/tenant.cfg", ROOT / TENANT / "tenant.cfg")
        images.file("root/ask", ROOT / "build/dom0/ask", 0o755)
        images.file("root/lives.sh", ROOT / "tests/system/dom0/lives.sh", 0o755)
        cls.lab = Session("system-lives", overlay=images)
        cls.addClassCleanup(cls.lab.close)

    def setUp(self):
        self.lab.insmod()
        self.addCleanup(self.lab.rmmod)
        self.addCleanup(self.lab.destroy_all)

    def works(self):
        """The pin follows two commands, as the device model saw."""
        mark = self.lab.mark()
        self.assertEqual("", self.lab.write(1))
        self.assertEqual("", self.lab.write(0))
        self.assertEqual([HIGH, LOW], self.lab.levels(mark))

    def test_no_guest(self):
        self.assertIn("No such device", self.lab.write(1))
        self.assertIn("No such device", self.lab.dom0.run(f"cat {PIN_STATE}")[1])

    def test_module_first(self):
        """The image, which says start = 0, runs where xl has put it (fact B1)."""
        self.lab.create("erika-small.cfg")
        self.lab.wait_connected()
        self.works()

    def test_guest_first(self):
        self.lab.rmmod()
        self.lab.create("erika-small.cfg")
        self.lab.dom0.wait_for("xenstore-ls /local/domain", "erika-xen", 10, "the guest publishes its keys")
        self.lab.insmod()
        self.lab.wait_connected()
        self.works()

    def test_the_chmod_of_2014_does_no_harm(self):
        """Nor is it needed, as all the other tests show: the keys are where a domU may write (fact X3)."""
        self.lab.dom0.check("xenstore-chmod -r /local b")
        self.lab.create("erika-small.cfg")
        self.lab.wait_connected()
        self.works()

    def test_least_memory(self):
        """xl of 4.17 builds no domain with less (fact B5)."""
        self.lab.create("erika-small.cfg", memory=3)
        self.lab.wait_connected()
        self.works()

    def test_two_vcpus(self):
        self.lab.create("erika-small.cfg", vcpus=2)
        self.lab.wait_connected()
        self.works()
        self.assertIn("CPUs      2 (/cpus): only the first is used", self.lab.dom0.guest_console("erika-small"))
        self.assertRegex(self.lab.dom0.check("xl vcpu-list erika-small"), r"(?m)^erika-small +\d+ +1 +- +--p")

    def test_pinned_to_a_cpu(self):
        """As on the page of 2014 (docs/FROM_2014.md)."""
        self.lab.create("erika-small.cfg", cpus='"1"')
        self.lab.wait_connected()
        self.works()
        self.assertRegex(self.lab.dom0.check("xl vcpu-list erika-small"), r"(?m)^erika-small +\d+ +0 +1 .* 1 / all$")

    def test_without_iomem(self):
        self.lab.create("erika-small.cfg", iomem="[]")
        self.lab.dom0.wait_for(f"cat {PIN_STATE} 2>&1", "No such device or address", 10, "the guest answers")
        mark = self.lab.mark()
        self.assertIn("No such device or address", self.lab.write(1))
        self.assertEqual([], self.lab.levels(mark))
        self.assertIn("no port controller at 0x01c20800", self.lab.dom0.guest_console("erika-small"))
        self.assertRegex(self.lab.dom0.check("xl list erika-small"), r" -b---- |r-----")

    def test_an_alias_below_ram_works(self):
        self.lab.create("erika-small.cfg", kernel='"/root/alias-below-ram.bin"', iomem='["1c20,1@30000"]')
        self.lab.wait_connected()
        self.works()

    def test_an_alias_over_ram_is_refused_by_the_guest(self):
        """xl accepts it and replaces the RAM page without a word (fact P1)."""
        self.lab.create("erika-small.cfg", kernel='"/root/alias-in-ram.bin"', iomem='["1c20,1@50000"]', memory=512)
        self.lab.dom0.wait_for(f"cat {PIN_STATE} 2>&1", "No such device or address", 10, "the guest answers")
        self.assertIn("gpio: 0x50000800 lies in the domain's RAM", self.lab.dom0.guest_console("erika-small"))

    def test_the_console_that_oil_has_chosen(self):
        for name, speaks in {"console_pv": True, "console_uart": False}.items():
            with self.subTest(name):
                self.lab.create("erika-small.cfg", name=f'"{name}"', kernel=f'"/root/{name}.bin"', iomem="[]")
                self.lab.dom0.wait_for("xl list", rf"\A(?![^$]*{name})", 20, "the guest ends")
                text = self.lab.dom0.guest_console(name)
                self.assertEqual(speaks, "somebody reads this" in text, text)
                self.assertEqual(speaks, "ShutdownOS: code 0" in text, text)

    def test_destroy_while_a_writer_waits(self):
        self.lab.create("erika-small.cfg")
        self.lab.wait_connected()
        self.lab.dom0.check("echo 60000 > /sys/module/erika_xen/parameters/timeout_ms; xl pause erika-small")
        mark = self.lab.mark()
        begin = time.monotonic()
        out = self.lab.dom0.run(f"(echo 1 > {PIN_STATE}) & sleep 1; xl destroy erika-small; wait", 30)[1]
        self.assertIn("No such device", out)
        self.assertLess(time.monotonic() - begin, 15)
        self.assertEqual([], self.lab.levels(mark))
        self.lab.create("erika-small.cfg")
        self.lab.wait_connected()
        self.works()

    def test_shutdown_and_reboot(self):
        self.lab.create("erika-small.cfg")
        self.lab.wait_connected()
        first = self.lab.domid("erika-small")
        self.lab.dom0.check("xl reboot erika-small", 30)
        self.lab.dom0.wait_for("xl list erika-small | awk 'NR == 2 { print $2 }'", rf"^(?!{first}$)\d+$", 30, "xl reboot")
        self.lab.wait_connected()
        self.works()
        self.lab.dom0.check("xl shutdown -w erika-small", 30)
        self.assertNotIn("erika-small", self.lab.dom0.check("xl list"))
        self.assertIn("ShutdownOS: code 0", self.lab.dom0.guest_console("erika-small"))
        self.assertIn("No such device", self.lab.write(1))

    def test_the_lowest_domain_id_is_driven(self):
        self.lab.create("erika-small.cfg")
        self.lab.create("erika-small.cfg", name='"second"', iomem="[]")
        self.lab.wait_connected()
        self.works()
        self.lab.dom0.check("xl destroy erika-small")
        self.lab.dom0.wait_for(f"cat {PIN_STATE} 2>&1", "No such device or address", 10, "the second guest answers")

    def test_300_lives_leave_nothing_behind(self):
        """With every driver in use: pins, both consoles, a watch, a page and a port of the guest's own (fact D3)."""
        self.run_lives(0)  # warm-up: caches and slabs grow once
        memory = self.lab.dom0.check(MEMORY_KB)
        mark = self.lab.mark()
        for number in range(1, CYCLES // CYCLES_AT_ONCE + 1):
            self.run_lives(number * CYCLES_AT_ONCE)
        self.assertEqual(CYCLES, self.lab.levels(mark).count(HIGH))
        self.lab.dom0.wait_for("xl list | wc -l", "^2$", 20, "every domain is gone")
        self.assertNotIn("(null)", self.lab.dom0.check("xl list"))
        self.assertEqual(memory, self.lab.dom0.check(MEMORY_KB))
        maps, unmaps = self.lab.maps_and_unmaps()
        self.assertEqual(maps, unmaps)
        self.assertGreaterEqual(maps, CYCLES)
        self.assertEqual([], self.lab.complaints())

    def run_lives(self, first):
        out = self.lab.dom0.check(f"./lives.sh {CYCLES_AT_ONCE} {first}", 600)
        self.assertIn(f"lived {CYCLES_AT_ONCE}", out)


if __name__ == "__main__":
    unittest.main()
