# SPDX-License-Identifier: Apache-2.0
"""What is typed at a UART: Xen's vPL011 without dom0, and the real PL011 of QEMU's machine without Xen.

That nothing looks at the device in between is QEMU's word: its record of the exceptions that the guest takes or causes.
"""

import re
import time
import unittest

from tests.guests import built
from tests.target.test_time import guest_exceptions, settled
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest

CONSOLE = built("apps/console")
TYPING = built("tests/target/apps/typing")
# What Xen puts into a guest's text, in other ways while the guest has the input: there it cuts where it likes.
XENS = r"\(XEN\) (DOM\d: )?|\*\*\* Serial input to \w+ \(type .*|[\r\n]"
PIECE = 100


def wait_for(xen, text, timeout=30):
    """The guest says it, wherever Xen may cut it."""
    deadline = time.monotonic() + timeout
    while text not in re.sub(XENS, "", xen.console.text):
        if time.monotonic() > deadline:
            raise AssertionError(f"no {text!r} within {timeout} s: see {xen.console.log}")
        xen.console.wait_quiet(0.2, 1)


class Typed(unittest.TestCase):
    def start(self, image, ready, arch="armhf", count=1, **options):
        xen = self.enterContext(dom0less.boot([Guest(image, memory_kib=8192)] * count, arch=arch, **options))
        for domid in range(1, count + 1):
            xen.console.find(f"DOM{domid}: {ready}", 60, 0)
        return xen

    def test_a_command_line_on_the_vpl011(self):
        for arch in ("armhf", "arm64"):
            with self.subTest(arch):
                xen = self.start(CONSOLE, "A command line", arch)
                xen.type_to(1, "count 2\r")
                wait_for(xen, "> count 2line 1 of 2line 2 of 2")
                xen.type_to(1, "halt\r")
                self.assertTrue(xen.wait_stopped(60)[1].stopped)

    def test_each_guest_gets_its_own(self):
        xen = self.start(CONSOLE, "A command line", count=2)
        xen.type_to(2, "halt\r")
        self.assertFalse(xen.wait_stopped(60, domid=2)[1].stopped)
        xen.type_to(1, "count 1\r")
        wait_for(xen, "line 1 of 1")

    def test_a_real_pl011(self):
        with bare.boot(CONSOLE) as machine:
            machine.console.expect("A command line", timeout=60)
            machine.console.send("count 2\r")
            machine.console.expect(r"count 2\r?\nline 1 of 2\r?\nline 2 of 2\r?\n", timeout=30)
            machine.console.send("halt\r")
            machine.wait(30, "the guest's power-off")

    def test_an_interrupt_for_what_is_typed_and_none_else(self):
        xen = self.start(TYPING, "type something", log_items="int")
        before = settled(self, xen)
        xen.console.wait_quiet(5, 6)
        self.assertEqual(before, guest_exceptions(xen))
        xen.type_to(1, "x")
        wait_for(xen, "interrupt: 1 bytes, the last is 'x'")
        after = settled(self, xen)
        self.assertGreater(after, before)
        xen.console.wait_quiet(5, 6)
        self.assertEqual(after, guest_exceptions(xen))

    def test_nothing_of_a_long_text_is_lost(self):
        """More than any buffer holds."""
        xen = self.start(TYPING, "type something")
        for piece in range(1, 13):
            last = chr(ord("a") + piece)
            xen.type_to(1, "y" * (PIECE - 1) + last)
            wait_for(xen, f"interrupt: {piece * PIECE} bytes, the last is '{last}'")


if __name__ == "__main__":
    unittest.main()
