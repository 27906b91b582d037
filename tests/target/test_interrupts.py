# SPDX-License-Identifier: Apache-2.0
"""The two categories of interrupts on a real GIC: under Xen (its virtual one) and on a bare machine."""

import unittest

from tests.guests import built
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest

NESTING = ["task before", "low ISR begins", "low ISR ends, alarm nested: yes", "high task", "task after"]
ISR1 = ["runs 1", "while suspended 1, then 2"]


class Interrupts(unittest.TestCase):
    def check(self, app, expected):
        image = built(f"tests/target/apps/{app}")
        with dom0less.boot([Guest(image)]) as xen:
            xen.wait_stopped(60)
            lines = xen.guest_lines(1)
        self.assertEqual(expected + ["ShutdownOS: code 0"], lines[-len(expected) - 1:])
        with bare.boot(image) as machine:
            machine.wait(30, "the guest's power-off")
            lines = machine.console.text.replace("\r", "").splitlines()
        self.assertEqual(expected + ["ShutdownOS: code 0"], lines[-len(expected) - 1:])

    def test_levels_nest_and_tasks_wait_for_the_last(self):
        self.check("nesting", NESTING)

    def test_64_bit_arguments_above_an_odd_stack_pointer(self):
        wide = 81985529216486895
        self.check("odd_stack", [f"callback: 1 {wide}", f"task: 2 {wide}"] * 2)

    def test_thumb_code_stopped_inside_an_it_block(self):
        """One instruction at a time, so that QEMU looks for interrupts before each of them."""
        with bare.boot(built("tests/target/apps/it_block"), qemu_args=["-singlestep"]) as machine:
            machine.wait(60, "the guest's power-off")
            self.assertIn("yes 12000000, no 0, preempted: often", machine.console.text)

    def test_nobodys_interrupt_is_turned_away(self):
        self.check("stray", ["strays 1, alarm came: yes"])

    def test_category_1(self):
        self.check("isr1", ISR1)


if __name__ == "__main__":
    unittest.main()
