# SPDX-License-Identifier: Apache-2.0
"""One image file starts everywhere: by Xen's own loader on 32-bit and 64-bit Xen, in domains of
several sizes, and on a bare machine without Xen. (By `xl`: tests/system.)"""

import unittest

from tests.guests import GPIO, HELLO, built
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest
from tools.lab.symbols import symbols

GREETINGS = [f"Hello from domU, number {n}" for n in range(1, 11)]


class Start(unittest.TestCase):
    def check_hello(self, lines):
        """All that hello says, in order, between the banner and the shutdown."""
        self.assertIn("erika-xen: OSEK/VDX OS on one Xen vCPU", lines)
        first = lines.index(GREETINGS[0])
        self.assertEqual(GREETINGS + ["Goodbye.", "ShutdownOS: code 0"], lines[first:first + 12])

    def boot_hello(self, guests, **options):
        with dom0less.boot(guests, **options) as xen:
            states = xen.wait_stopped(60)
            for domid in range(1, len(guests) + 1):
                self.assertTrue(states[domid].stopped)
                self.check_hello(xen.guest_lines(domid))
            return [xen.guest_lines(domid) for domid in range(1, len(guests) + 1)]

    def test_32_bit_xen_memory_sizes(self):
        """Wherever Xen's loader puts image and tree (fact B2); an `end` beyond the file would panic it."""
        sizes_mib = [8, 9, 64, 130, 150]
        texts = self.boot_hello([Guest(HELLO, memory_kib=mib * 1024) for mib in sizes_mib])
        for mib, lines in zip(sizes_mib, texts):
            self.assertTrue(any(f"RAM       {mib * 1024} KiB" in line for line in lines), lines)

    def test_64_bit_xen(self):
        self.boot_hello([Guest(HELLO)], arch="arm64")

    def test_without_hypervisor_node_says_what_is_missing(self):
        lines = self.boot_hello([Guest(HELLO)])[0]
        self.assertTrue(any("Xen       none: no usable /hypervisor node" in line for line in lines), lines)
        self.assertTrue(any("console   vPL011" in line for line in lines), lines)

    def test_with_hypervisor_node_and_no_xenstore(self):
        """The version is what a hypercall returned (fact M1)."""
        lines = self.boot_hello([Guest(HELLO, enhanced="no-xenstore")])[0]
        self.assertTrue(any("Xen       4.17" in line for line in lines), lines)
        self.assertTrue(any("xenstore  none" in line for line in lines), lines)

    def test_a_missing_device_is_found_by_a_probe(self):
        """Nothing is passed through: the load aborts, injected by Xen, and the guest goes on (fact P3)."""
        for arch in ("armhf", "arm64"):
            with self.subTest(arch), dom0less.boot([Guest(GPIO)], arch=arch) as xen:
                xen.expect("DOM1: gpio: no port controller at 0x01c20800", timeout=30)
                xen.expect("DOM1: pins: .*: no pin service", timeout=30)
                self.assertFalse(xen.domain_dump()[1].stopped)

    def test_second_vcpu_is_left_alone_and_said(self):
        with dom0less.boot([Guest(HELLO, vcpus=2)], cpus=2) as xen:
            xen.expect("DOM1: ShutdownOS", 60)  # a dump on one CPU mixes with what the guest prints on the other
            state = xen.wait_stopped(60)[1]
            lines = xen.guest_lines(1)
        self.check_hello(lines)
        self.assertTrue(any("CPUs      2 (/cpus): only the first is used" in line for line in lines), lines)
        self.assertTrue(state.vcpus[1].pause_flags & 2, "Xen says that the second vCPU was started")

    def test_bare_machine_without_xen(self):
        with bare.boot(HELLO) as machine:
            machine.wait(30, "the guest's power-off")
            lines = machine.console.text.replace("\r", "").splitlines()
        self.check_hello(lines)
        self.assertTrue(any("Xen       none" in line for line in lines), lines)


class Consoles(unittest.TestCase):
    """Of OIL's CONSOLE. That PV reaches `xl console`, and nothing else does: tests/system."""

    SPOKEN = ["somebody reads this", "ShutdownOS: code 0"]

    def test_only_the_chosen_one_is_written_to(self):
        images = {name: built(f"tests/target/apps/console_{name}") for name in ("none", "pv", "uart")}
        with dom0less.boot([Guest(image, memory_kib=8192, enhanced="no-xenstore") for image in images.values()]) as xen:
            states = xen.wait_stopped(60)
            self.assertTrue(all(states[domid].stopped for domid in (1, 2, 3)))
            self.assertEqual([], xen.guest_lines(1))
            self.assertEqual([], xen.guest_lines(2))
            self.assertEqual(self.SPOKEN, xen.guest_lines(3)[-2:])

    def test_the_others_are_not_in_the_image(self):
        for name, mine in {"none": [], "pv": ["pvconsole_init"], "uart": ["pl011_init"]}.items():
            there = symbols(built(f"tests/target/apps/console_{name}"))
            self.assertEqual(mine, [init for init in ("pvconsole_init", "pl011_init") if init in there])
            self.assertEqual(name == "uart", "pl011_write" in there)


class Parts(unittest.TestCase):
    """What a configuration does not use is not in its image."""

    USED_BY = {
        "fpu_unit_init": built("tests/target/apps/fpu"),
        "os_fpu": built("tests/target/apps/fpu"),
        "arch_task_switch": built("tests/target/apps/extended"),
        "WaitEvent": built("tests/target/apps/extended"),
        "arch_level_raise": built("tests/target/apps/levels"),
        "OSStackInfo": built("tests/target/apps/stacks"),
        "gpio_init": GPIO,
        "pins_init": GPIO,
    }

    def test_hello_has_none_of_them(self):
        hello = symbols(HELLO)
        for part, user in self.USED_BY.items():
            self.assertIn(part, symbols(user))
            self.assertNotIn(part, hello)


if __name__ == "__main__":
    unittest.main()
