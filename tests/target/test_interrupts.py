# SPDX-License-Identifier: Apache-2.0
"""The two categories of interrupts on a real GIC: under Xen (its virtual one) and on a bare machine."""

import re
import unittest

from tests.guests import built
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest

NESTING = ["task before", "low ISR begins", "low ISR ends, alarm nested: yes", "high task", "task after"]
LEVELS = ["all suspended: r321", "up to 1: 23r1", "up to 2: 3r21", "up to 3: r321",
          "in the handler of level 1: 13r2e1", "back at 1: 23r1", "spurious 0"]
ISR1 = ["runs 1", "while suspended 1, then 2"]


# Architecture of Xen, and version of the host's GIC, which is the guest's, too (L12). 32-bit Xen knows no GICv3.
XENS = [("armhf", 2), ("arm64", 2), ("arm64", 3)]
BARE = [2, 3]


class Interrupts(unittest.TestCase):
    def check(self, app, expected):
        image = built(f"tests/target/apps/{app}")
        for arch, gic in XENS:
            with self.subTest(arch, gic=gic):
                self.check_end(expected, self.on_xen(Guest(image), arch, gic))
        for gic in BARE:
            with self.subTest("bare", gic=gic):
                self.check_end(expected, self.on_bare(image, gic))

    def check_end(self, expected, lines):
        self.assertEqual(expected + ["ShutdownOS: code 0"], lines[-len(expected) - 1:])

    def on_xen(self, guest, arch, gic):
        with dom0less.boot([guest], arch=arch, gic_version=gic) as xen:
            xen.wait_stopped(60)
            return self.with_banner(xen.guest_lines(1), gic)

    def on_bare(self, image, gic):
        with bare.boot(image, gic_version=gic) as machine:
            machine.wait(30, "the guest's power-off")
            return self.with_banner(machine.console.text.replace("\r", "").splitlines(), gic)

    def with_banner(self, lines, gic):
        self.assertTrue(any(line.startswith(f"  GIC       v{gic} at 0x") for line in lines), lines)
        return lines

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
        """And ended, so that others still come (fact I1)."""
        self.check("stray", ["strays 1, alarm came: yes"])

    def test_resources_mask_their_level_and_no_other(self):
        """The event interrupt is one of the levels: it stays raised while it is masked (fact E5)."""
        image = built("tests/target/apps/levels")
        for arch, gic in XENS:
            with self.subTest(arch, gic=gic):
                lines = self.on_xen(Guest(image, enhanced="no-xenstore"), arch, gic)
                self.assertIn("port bound", lines)
                self.check_end(LEVELS, lines)
        without_event = [re.sub(r"(: .*)3", r"\1", line) for line in LEVELS]
        for gic in BARE:
            with self.subTest("bare", gic=gic):
                self.check_end(without_event, self.on_bare(image, gic))

    def test_extended_tasks_on_their_own_stacks(self):
        """Interrupted at 20,000 instructions, with a tick of 1 ms; the instruction counter is the clock."""
        for arch, gic in XENS:
            with self.subTest(arch, gic=gic), dom0less.boot([Guest(built("tests/target/apps/extended"))], arch=arch,
                                                            gic_version=gic, icount=True) as xen:
                xen.wait_stopped(120)
                text = "\n".join(xen.guest_lines(1))
                self.assertIn("interrupts 20000, lost 0, handled 20000, relayed 20000\nticks ", text)
                ticks, alarms, late = map(int, re.search(r"ticks (\d+), alarms (\d+), late (\d+)", text).groups())
                self.assertGreater(ticks, 20)
                self.assertIn(ticks - alarms - late, (0, 1))
                self.assertIn("wrong 0\nShutdownOS: code 0", text)

    def test_a_line_that_the_gic_does_not_have_is_named(self):
        with dom0less.boot([Guest(built("tests/target/apps/far_line"))]) as xen:
            xen.wait_stopped(60)
            self.assertEqual(["boot: no GIC line 1019 here, only 16 to 255; pass it to the domain: irqs = [1019]",
                              "boot: an ISR of the application: error -22"], xen.guest_lines(1)[-2:])

    def test_category_1(self):
        self.check("isr1", ISR1)


if __name__ == "__main__":
    unittest.main()
