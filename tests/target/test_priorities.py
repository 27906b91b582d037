# SPDX-License-Identifier: Apache-2.0
"""More priorities than a word of the ready bitmap has bits, on Xen."""

import re
import unittest

from tests.guests import built
from tools.lab import dom0less
from tools.lab.dom0less import Guest


class Priorities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """A count of the timer is an instruction, so the interrupts come at each instruction of a release."""
        with dom0less.boot([Guest(built("tests/target/apps/priorities"))], icount=True,
                           cntfrq_hz=1_000_000_000) as xen:
            xen.wait_stopped(60)
            cls.text = "\n".join(xen.guest_lines(1))

    def line(self, what: str) -> list[int]:
        found = re.search(rf"^{what}:((?: \d+)+)$", self.text, re.M)
        self.assertIsNotNone(found, self.text)
        return [int(number) for number in found[1].split()]

    def test_64_ready_tasks_run_highest_first(self):
        """T20 activates T50 and T51 again; only T51 is above its internal resource's ceiling."""
        self.assertEqual([*range(64, 19, -1), 51, 20, 50, *range(19, 1, -1)], self.line("all"))

    def test_a_ceiling_of_40_holds_back_40_and_39_and_not_41(self):
        self.assertEqual([64, 41, 1, 40, 39, 33], self.line("held back"))

    def test_an_internal_ceiling_of_50_holds_back_50_and_not_51(self):
        self.assertEqual([20, 51, 20, 50], self.line("internal"))

    def test_a_release_sees_who_is_ready_wherever_an_interrupt_comes(self):
        found = re.search(r"^releases 500, interrupted between (\d+), wrong 0\nShutdownOS: code 0$", self.text, re.M)
        self.assertIsNotNone(found, self.text)
        self.assertGreater(int(found[1]), 20)


if __name__ == "__main__":
    unittest.main()
