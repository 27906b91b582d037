# SPDX-License-Identifier: Apache-2.0
"""Domains that Xen has started itself, beside a dom0 (X4): the descriptions of cfg/dom0less/ that need one.

Their text comes by vPL011 on Xen's console; what they do with the store is believed from dom0's side of it.
"""

import tempfile
import unittest
from pathlib import Path

from tests.system.pin import CONNECT_S, DATA_REGISTER, HIGH, PIN_STATE, Session
from tools.lab import domus, paths, sdcard
from tools.lab import dom0 as lab_dom0

NAME = "dom0less-1"   # as init-dom0less calls the domain 1
COME_S = 10


def description(name):
    return domus.from_file(paths.CFG / "dom0less" / f"{name}.dtsi")


class Beside(Session):
    """A dom0 with the domains of a description; the toolstack does not know them yet."""

    def __init__(self, name):
        super().__init__(f"dom0less-{name}", beside=description(name))

    def guest_text(self, domid):
        return "\n".join(domus.guest_lines(self.dom0.console.text, domid))

    def store_has(self, key, value):
        self.dom0.wait_for(f"xenstore-read /local/domain/1/{key}", rf"^{value}$", COME_S, f"{key} in the store")

    def state_of(self, domid):
        """The letters of `xl list`."""
        return self.dom0.check(f"xl list {domid} | tail -1").split()[4]


class Late(unittest.TestCase):
    """The guest runs first; the store comes when dom0 makes it."""

    def setUp(self):
        self.session = Beside("gpio")
        self.addCleanup(self.session.close)
        self.dom0 = self.session.dom0

    def test_a_domain_of_xens_becomes_the_toolstacks(self):
        self.assertRegex(self.dom0.check("xl list"), r"\(null\) +1 ")
        self.assertIn("xenstore  not yet", self.session.guest_text(1))
        self.assertNotEqual(0, self.dom0.run("xenstore-exists /local/domain/1")[0])
        claimed = self.session.levels(0)
        self.assertEqual([0], claimed, "the guest claims its pin, low, without waiting for dom0")

        self.dom0.check("init-dom0less")
        self.assertEqual(1, int(self.dom0.check(f"xl domid {NAME}")))
        self.session.store_has("control/feature-reboot", "1")
        self.session.store_has("data/erika-xen/state", "ready")

        self.session.insmod()
        self.dom0.wait_for(f"cat {PIN_STATE}", r"^[01]$", CONNECT_S, "the module finds the guest")
        mark = self.session.mark()
        self.assertEqual("", self.session.write(1))
        self.assertEqual("1", self.session.read())
        self.assertEqual("", self.session.write(0))
        self.assertEqual([HIGH, 0], [w.value for w in self.dom0.pio_writes(mark, DATA_REGISTER)])

        self.dom0.check(f"xl pause {NAME}")
        self.assertIn("p", self.session.state_of(1))
        self.dom0.check(f"xl unpause {NAME}")
        status, output = self.dom0.run(f"xl console {NAME}")
        self.assertNotEqual(0, status)
        self.assertIn("Could not read tty from store", output)   # its console is the vPL011, and Xen has that

        self.assertIn("reason code 0", self.dom0.check(f"xl shutdown -w {NAME}", 60))
        self.assertIn("dom0 asks for 'poweroff'", self.session.guest_text(1))
        self.assertIn("s", self.session.state_of(1))   # nobody waits for its end as `xl create` does
        self.session.rmmod()
        self.dom0.run(f"xl destroy {NAME}", 60)
        self.assertNotIn(NAME, self.dom0.check("xl list"))


class Anew(unittest.TestCase):
    """The store's daemon dies with all that stood in the store, and another one starts."""

    def setUp(self):
        self.session = Beside("beside-dom0")
        self.addCleanup(self.session.close)
        self.dom0 = self.session.dom0

    def start_store_anew(self):
        pid = "/var/run/xen/xenstored.pid"
        self.dom0.check(f"kill $(cat {pid}); sleep 1; rm -rf {pid} /var/lib/xenstored/*; xenstored --pid-file {pid}", 60)
        self.dom0.check("xen-init-dom0", 60)

    def test_what_stood_in_the_store_stands_there_again(self):
        self.dom0.check("init-dom0less")
        self.session.store_has("data/erika-xen/state", "ready")
        for _ in range(2):
            self.start_store_anew()
            self.assertNotEqual(0, self.dom0.run("xenstore-exists /local/domain/1")[0])
            self.dom0.check("init-dom0less")
            self.session.store_has("data/erika-xen/state", "ready")
            self.session.store_has("control/feature-poweroff", "1")
        # The watch is a new daemon's, too.
        self.assertIn("reason code 0", self.dom0.check(f"xl shutdown -w {NAME}", 60))

    def test_the_other_domain_is_left_alone(self):
        self.assertIn("Hello from domU, number 10", self.session.guest_text(2))
        self.dom0.check("init-dom0less")
        self.assertRegex(self.dom0.check("xl list"), r"\(null\) +2 ")
        self.assertIn("s", self.session.state_of(2))
        self.assertNotEqual(0, self.dom0.run("xenstore-exists /local/domain/2")[0])


class Card(unittest.TestCase):
    """cfg/boot.cmd in U-Boot, as on a board."""

    def boot(self, name, **options):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        card = sdcard.build("orangepi-pc", output=Path(folder.name) / "card.img", beside=description(name), **options)
        machine = lab_dom0.boot_card(card, name=f"card-{name}")
        self.addCleanup(machine.__exit__, None, None, None)
        return machine

    def test_beside_a_dom0(self):
        machine = self.boot("gpio")
        machine.wait_ready(180)
        machine.check("init-dom0less")
        machine.wait_for("xenstore-read /local/domain/1/data/erika-xen/state", "^ready$", COME_S)
        self.assertEqual([0], [w.value for w in machine.pio_writes(0, DATA_REGISTER)])

    def test_without_a_dom0(self):
        machine = self.boot("several", with_dom0=False)
        for domid in (1, 2, 3):
            machine.console.find(rf"DOM{domid}: ShutdownOS: code 0", 120, 0)
        self.assertNotIn("LOADING DOMAIN 0", machine.console.text)


if __name__ == "__main__":
    unittest.main()
