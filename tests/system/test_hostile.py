# SPDX-License-Identifier: Apache-2.0
"""Guests that lie: the module lets each go with one line that says why, leaks nothing, and serves the next one."""

import re
import unittest

from tests.guests import ROOT
from tests.system.pin import CONNECT_S, HIGH, PIN_STATE, Session, overlay_with

HOSTILE = "tests/system/apps/hostile"

# What the guest does (its command line) -> what the module says. Refused before it is connected:
REFUSED = {
    "magic": "wrong magic number",
    "version": "ABI version of the page is not 1",
    "slots": "wrong slot count or size",
    "no-pins": "no pins",
    "step": "request numbers are out of step",
    "slot-state": "garbage in a slot's state",
    "version-key": "speaks ABI version 2",
    "text-key": "is missing or no number",
    "empty-key": "is missing or no number",
    "no-grant": "cannot map its page",
    "far-grant": "cannot map its page",
    "revoked": "cannot map its page",
    "no-port": "cannot bind its event channel",
    "far-port": "cannot bind its event channel",
}
# Found out by its answer to a command, and disconnected:
CAUGHT = {
    "answer-id": "answer to an unknown request",
    "status": "an answer's status is no errno",
    "garbage": "a slot's state changed out of turn",
    "unanswered": "a slot's state changed out of turn",
    "silent": "took a request and does not answer",
}


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        overlay = overlay_with(HOSTILE)
        overlay.file("root/hostile.cfg", ROOT / HOSTILE / "hostile.cfg")
        cls.lab = Session("system-hostile", overlay=overlay)
        cls.addClassCleanup(cls.lab.close)
        cls.lab.insmod()
        cls.lab.dom0.check("echo 300 > /sys/module/erika_xen/parameters/timeout_ms")

    def tearDown(self):
        """Whatever the guest did: nothing is mapped, dom0 is sound, and an honest guest works."""
        self.lab.destroy_all()
        self.lab.dom0.wait_for("xl list | wc -l", "^2$", 10, "the guest is gone")
        maps, unmaps = self.lab.maps_and_unmaps()
        self.assertEqual(maps, unmaps)
        self.assertEqual([], self.lab.complaints())

    def live(self, lie):
        """Start the guest that tells this lie; the module's log is empty before."""
        self.lab.dom0.check("dmesg -c > /dev/null")
        self.lab.create("hostile.cfg", extra=f'"{lie}"')

    def complaints(self):
        return re.findall(r"erika-xen: (domain \d+: .*)", self.lab.dom0.check("dmesg"))

    def check_complaint(self, expected):
        """One reason, once; and it is not connected any more."""
        self.lab.dom0.wait_for("dmesg", rf"erika-xen: domain \d+: .*{expected}", CONNECT_S, "the module's reason")
        complaints = [line for line in self.complaints() if "connected:" in line]
        self.assertEqual(1, len(complaints), complaints)
        self.assertIn("No such device", self.lab.write(1))

    def check_lie(self, lie, reason):
        self.live(lie)
        try:
            if lie in CAUGHT:
                self.lab.dom0.wait_for("dmesg", "connected$", CONNECT_S, "the module connects")
                self.lab.write(1)
            self.check_complaint(reason)
        finally:
            self.tearDown()

    def test_after_all_lies_an_honest_guest_is_served(self):
        for lie, reason in (REFUSED | CAUGHT).items():
            with self.subTest(lie):
                self.check_lie(lie, reason)
        self.lab.create("erika-small.cfg")
        self.lab.wait_connected()
        mark = self.lab.mark()
        self.assertEqual("", self.lab.write(1))
        self.assertEqual([HIGH], self.lab.levels(mark))

    def test_a_level_that_is_none(self):
        self.live("level")
        self.lab.dom0.wait_for(f"cat {PIN_STATE} 2>&1", "error", CONNECT_S, "the module reads")
        self.check_complaint("a pin's level is neither 0 nor 1")

    def test_an_answer_that_is_taken_back_is_no_success(self):
        """A matter of moments: either the id in the answer is found out, or that the answer has gone."""
        for _ in range(5):
            with self.subTest():
                self.live("turns")
                self.lab.dom0.wait_for("dmesg", "connected$", CONNECT_S, "the module connects")
                self.assertIn("error", self.lab.write(1))
                self.check_complaint("(?:answer to an unknown request|answered, and then was not)")
                self.tearDown()

    def test_storm_leaves_dom0_usable(self):
        self.live("storm")
        self.lab.dom0.wait_for(f"cat {PIN_STATE} 2>&1", "^[01]$|timed out", CONNECT_S, "the guest storms")
        self.assertIn("timed out", self.lab.write(1).lower())
        self.lab.dom0.check("xl list", 10)

    def test_coming_and_going_is_bounded(self):
        """Each change of its state key is an event in the one thread that all watches share (fact D2)."""
        self.live("churn")
        self.lab.dom0.wait_for("dmesg", "it came 16 times already", 60, "the module has enough")
        self.assertEqual(16, len([line for line in self.complaints() if line.endswith(": connected")]))


if __name__ == "__main__":
    unittest.main()
