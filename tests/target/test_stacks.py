# SPDX-License-Identifier: Apache-2.0
"""Stacks: how much of them was used, against what lies in the machine's memory; and their end, against Xen's domain
dump."""

import re
import unittest

from tests.guests import built
from tests.target.places import Place
from tools.lab import dom0less
from tools.lab.dom0less import Guest
from tools.lab.symbols import symbols

IMAGE = built("tests/target/apps/stacks")
LINKED = 0x80008000
LOADED = 0x40208000
FILL = 0xA5
SHARED, INTERRUPT = "shared", "interrupt"
# What the application digs in each; a frame or two and the saved registers come on top.
DUG = {SHARED: 5000, INTERRUPT: 2000, "Producer": 6000, "Consumer": 1000, "Lonely": 3000}
SIZES = {SHARED: 8192, INTERRUPT: 4096, "Producer": 8192, "Consumer": 4096, "Lonely": 4096}


class HighWater(unittest.TestCase):
    def test_what_osstackinfo_says_is_what_memory_shows(self):
        with Place(IMAGE, LOADED) as place:
            place.pass_tree(0x48000000)
            place.gdb.go()
            place.qemu.console.expect(r"(?m)^end\r?$", 30)
            place.gdb.halt()
            text = place.qemu.console.text
            told = re.findall(r"^stack (\d+): (\d+) of (\d+) bytes used: (\w+)\r?$", text[text.index("again"):], re.M)
            self.assertEqual(len(SIZES), len(told), text)
            for index, used, size, name in told:
                with self.subTest(name):
                    self.assertEqual(SIZES[name], int(size))
                    self.assertEqual(self.used_in_memory(place, int(index), int(size)), int(used))
                    self.assertGreaterEqual(int(used), DUG[name])
                    self.assertLess(int(used), DUG[name] + 600)

    @staticmethod
    def used_in_memory(place, index, size):
        entry = symbols(IMAGE)["cfg_stacks"] - LINKED + LOADED + 12 * index   # struct stack_cfg: low, top, name
        low = int.from_bytes(place.gdb.read_physical(entry, 4), "little")
        memory = place.gdb.read_physical(low - LINKED + LOADED, size)
        return len(memory.lstrip(bytes([FILL])))


class Overflow(unittest.TestCase):
    def test_each_stacks_end_is_reported_by_name_and_ends_the_domain(self):
        names = list(DUG)
        for arch in ("armhf", "arm64"):
            with dom0less.boot([Guest(IMAGE, memory_kib=8192, bootargs=name) for name in names], arch=arch) as xen:
                xen.wait_stopped(90)
                texts = ["\n".join(xen.guest_lines(domid)) for domid in range(1, len(names) + 1)]
            for name, text in zip(names, texts):
                with self.subTest(name, arch=arch):
                    whose = f"{name} stack" if name in (SHARED, INTERRUPT) else f"task {name}"
                    self.assertIn(f"CRASH: stack overflow: {whose}\n", text)
                    running = "Main" if name in (SHARED, INTERRUPT) else name
                    self.assertIn(f"CRASH: task {running} was running", text)
                    self.assertNotIn("now:", text)


if __name__ == "__main__":
    unittest.main()
