# SPDX-License-Identifier: Apache-2.0
"""Where a loader may put the image and the device tree, and the word in r0 with which the guest halts where it may
not. QEMU's gdb server is the witness of the halt."""

import time
import unittest

from tests.guests import HELLO
from tests.target.gdbstub import CPSR, PC
from tests.target.places import RAM_BASE, Place, edited
from tools.lab.symbols import symbols

LINKED = 0x80008000
TREE = 0x48000000

ALIGNMENT, NO_TREE, TREE_INSIDE, OVERLAP, TREE_DAMAGED, HYP_MODE = range(0xDEAD0001, 0xDEAD0007)


def with_total_size(tree, total):
    return tree[:4] + total.to_bytes(4, "big") + tree[8:]


class Runs(unittest.TestCase):
    def check_runs(self, entry, tree_at=TREE):
        with self.subTest(f"image at {entry:#x}, device tree at {tree_at:#x}"), Place(HELLO, entry) as place:
            place.pass_tree(tree_at)
            place.gdb.go()
            place.qemu.wait(20, "the guest's power-off")
            text = place.qemu.console.text
            self.assertIn("Hello from domU, number 10", text)
            self.assertIn(f"at {entry:#x}, linked at 0x{LINKED:08x}", text)

    def test_image_at_odd_places(self):
        """No address is compiled in but the link address (fact B3)."""
        self.check_runs(RAM_BASE + 0x8000)
        self.check_runs(0x40208000)
        self.check_runs(0x400f8000)   # crosses a MiB
        self.check_runs(LINKED)
        self.check_runs(0x7fff8000)   # crosses into the link address' range
        self.check_runs(0x90008000)   # where the window of mapped devices is, by virtual address

    def test_memory_need_not_be_zero(self):
        """Neither variables, nor page tables, nor stacks (fact B7)."""
        entry, at = 0x40208000, symbols(HELLO)
        behind_the_file = at["image_limit"] - at["image_file_end"]
        with Place(HELLO, entry) as place:
            place.gdb.write(entry + at["image_file_end"] - LINKED, b"\xa5" * behind_the_file)
            place.pass_tree(TREE)
            place.gdb.go()
            place.qemu.wait(20, "the guest's power-off")
            self.assertIn("Hello from domU, number 10", place.qemu.console.text)

    def test_the_trees_clock_frequency_counts(self):
        """And not the register, which says 62.5 MHz here (fact B4)."""
        with Place(HELLO, 0x40208000) as place:
            place.pass_tree(TREE, edited(place.tree, "-ti", "/timer", "clock-frequency", "50000000"))
            place.gdb.go()
            place.qemu.wait(20, "the guest's power-off")
            self.assertIn("50000000 Hz (/timer)", place.qemu.console.text)
            self.assertIn("Hello from domU, number 10", place.qemu.console.text)

    def test_device_tree_close_to_the_image(self):
        self.check_runs(0x40208000, 0x40206000)
        self.check_runs(0x40208000, 0x40208000 + symbols(HELLO)["image_limit"] - LINKED)

    def test_interrupt_left_pending_and_enabled(self):
        """A shared one of the highest priority, which nobody in the guest knows."""
        gicd, line = 0x08000000, 77
        bit = (1 << line % 32).to_bytes(4, "little")
        with Place(HELLO, 0x40208000) as place:
            place.pass_tree(TREE)
            place.gdb.write_physical(gicd + 0x100 + 4 * (line // 32), bit)   # ISENABLER
            place.gdb.write_physical(gicd + 0x200 + 4 * (line // 32), bit)   # ISPENDR
            place.gdb.write_physical(gicd + 0x800 + line // 4 * 4, b"\1\1\1\1")   # ITARGETSR
            place.gdb.go()
            place.qemu.wait(20, "the guest's power-off")
            self.assertIn("Hello from domU, number 10", place.qemu.console.text)


class DamagedTree(unittest.TestCase):
    """What is missing or nonsense in the device tree is named, and the machine ends."""

    def check(self, expected, *fdtput_args):
        with self.subTest(" ".join(fdtput_args)), Place(HELLO, 0x40208000) as place:
            place.pass_tree(TREE, edited(place.tree, *fdtput_args))
            place.gdb.go()
            place.qemu.wait(20, "the guest's power-off")
            self.assertIn(expected, place.qemu.console.text)

    def test_interrupt_controller(self):
        """Of a kind that nobody knows; a GICv3 that the CPU has no system registers for; without addresses."""
        message = "boot: the device tree's interrupt controller, which must be a GICv2 or a GICv3: error "
        self.check(message + "-19", "-ts", "/intc@8000000", "compatible", "arm,gic-of-tomorrow")
        self.check(message + "-38", "-ts", "/intc@8000000", "compatible", "arm,gic-v3")
        self.check(message + "-22", "-d", "/intc@8000000", "reg")

    def test_timer(self):
        message = "boot: the device tree's virtual timer: error "
        self.check(message + "-19", "-r", "/timer")
        self.check(message + "-22", "-d", "/timer", "interrupts")
        for cells in ("0 0 0 0 0 0 1", "0 0 0 0 0 0 1 10 0", "0 0 0 0 0 0 ffffffff b 4",
                      "0 0 0 0 0 0 0 fffffff0 4"):
            self.check(message + "-22", "-tx", "/timer", "interrupts", *cells.split())

    def test_what_is_not_needed_may_be_missing(self):
        self.check("", "-d", "/pl011@9000000", "reg")   # nobody to hear it, but it runs to its end
        self.check("Hello from domU, number 10", "-r", "/chosen")


class Halts(unittest.TestCase):
    def check_halts(self, word, prepare, entry=0x40208000, **options):
        with Place(HELLO, entry, **options) as place:
            prepare(place)
            deadline = time.monotonic() + 10
            while place.gdb.register(0) != word and time.monotonic() < deadline:
                place.gdb.go()
                time.sleep(0.1)
                place.gdb.halt()
            self.assertEqual(f"{word:#x}", f"{place.gdb.register(0):#x}")
            first = place.gdb.register(PC)
            self.assertNotEqual(0, place.gdb.register(CPSR) & 0x80, "interrupts are not masked")
            place.gdb.go()
            time.sleep(0.1)
            place.gdb.halt()
            self.assertLessEqual(abs(place.gdb.register(PC) - first), 4, "does not stand still")

    def test_image_not_aligned(self):
        self.check_halts(ALIGNMENT, lambda place: place.pass_tree(TREE), entry=0x40209000)

    def test_image_within_the_linked_range(self):
        self.check_halts(OVERLAP, lambda place: place.pass_tree(TREE), entry=0x80010000)

    def test_without_power_switch_it_halts(self):
        """No PSCI: the system has ended, and waits."""
        with Place(HELLO, 0x40208000) as place:
            place.pass_tree(TREE, edited(place.tree, "-r", "/psci"))
            place.gdb.go()
            place.qemu.console.expect("ShutdownOS: code 0", 20)
            self.assertIn("no PSCI", place.qemu.console.text)

    def test_no_device_tree(self):
        self.check_halts(NO_TREE, lambda place: None)

    def test_device_tree_not_aligned(self):
        self.check_halts(NO_TREE, lambda place: place.pass_tree(TREE + 2))

    def test_device_tree_in_bss(self):
        """It would not outlive the start (fact B4)."""
        self.check_halts(TREE_INSIDE, lambda place: place.pass_tree(0x40208000 + 0x8000))

    def test_device_tree_reaches_into_the_image(self):
        def prepare(place):
            place.pass_tree(0x40207000, with_total_size(place.tree[:0x100], 0x1004))

        self.check_halts(TREE_INSIDE, prepare)

    def test_device_tree_above_2_mib(self):
        self.check_halts(TREE_DAMAGED, lambda place: place.pass_tree(TREE, with_total_size(place.tree, 0x200004)))

    def test_device_tree_cut_short(self):
        self.check_halts(TREE_DAMAGED, lambda place: place.pass_tree(TREE, with_total_size(place.tree[:0x400], 0x400)))

    def test_hypervisor_mode(self):
        self.check_halts(HYP_MODE, lambda place: place.pass_tree(TREE), hypervisor_mode=True)


if __name__ == "__main__":
    unittest.main()
