# SPDX-License-Identifier: Apache-2.0
"""How an image changes what dom0 may change at the same moment. The CPU's instructions are the witness: the race itself
(tests/host/xen/test_xen_threads.c) is seldom met on a busy machine."""

import subprocess
import unittest

from tests.guests import built


def instructions(image, function):
    return subprocess.run(["arm-none-eabi-objdump", "-d", "--no-show-raw-insn", f"--disassemble={function}",
                           image.with_suffix(".elf")], capture_output=True, text=True, check=True, timeout=60).stdout


class Atomics(unittest.TestCase):
    def test_flags_of_a_grant_are_stored_exclusively(self):
        """Compared and swapped, and not looked at and then stored (fact G2)."""
        code = instructions(built("apps/channel"), "gnttab_end")
        self.assertRegex(code, r"\tstrexh\b")
        self.assertNotRegex(code, r"\tstrh")


if __name__ == "__main__":
    unittest.main()
