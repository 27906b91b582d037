# SPDX-License-Identifier: Apache-2.0
"""What `make app` says that each object takes, against the types' sizes in the image's debug information."""

import re
import subprocess
import unittest
from pathlib import Path

from tests.guests import GPIO, ROOT, built

LIMIT_S = 60
PAGE = 4096

Rows = dict[str, tuple[int, int]]


def rows(image: Path) -> tuple[int, Rows]:
    """@return the image's memory, and name -> bytes of ROM and RAM."""
    text = subprocess.run(["tools/size.py", "--objects", image.with_suffix(".elf")], cwd=ROOT, capture_output=True,
                          text=True, timeout=LIMIT_S, check=True).stdout
    memory = int(text.splitlines()[1].split()[2])
    return memory, {name: (int(rom), int(ram)) for name, rom, ram in re.findall(r"^  (.+?) +(-?\d+) +(-?\d+)$", text, re.M)}


def size_of(image: Path, *types: str) -> int:
    """By gdb, which knows the types and no tables."""
    args = [part for name in types for part in ("-ex", f"output (int)sizeof({name})", "-ex", "echo \\n")]
    text = subprocess.run(["gdb-multiarch", "-nx", "-batch", image.with_suffix(".elf"), *args], capture_output=True,
                          text=True, timeout=LIMIT_S, check=True).stdout
    return sum(map(int, text.split()))


class Objects(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.image = built("tests/target/apps/objects")
        cls.memory, cls.rows = rows(cls.image)

    def expect(self, name: str, rom: int, ram: int) -> None:
        self.assertEqual((rom, ram), self.rows.get(name), f"{name}: {self.rows}")

    def size(self, *types: str) -> int:
        return size_of(self.image, *types)

    def test_tasks(self):
        rom = self.size("struct task_cfg", "char *")
        self.expect("task Main", rom, 1)
        self.expect("task Waiter", rom, self.size("struct extended", "struct arch_fpu") + 1)

    def test_stacks(self):
        self.expect("stack Waiter", self.size("struct stack_cfg"), 8192 + PAGE)
        self.expect("stack interrupt", self.size("struct stack_cfg"), 4096 + PAGE)

    def test_time(self):
        entries = self.size("queue_entries") // 5  # all queues' are shared out among four alarms and a table
        self.expect("alarm Cyclic", self.size("struct alarm_cfg"), self.size("struct alarm") + entries)
        self.expect("counter Soft", self.size("struct counter_cfg", "cfg_items_Soft"), self.size("struct counter"))
        self.expect("counter SystemCounter", self.size("struct counter_cfg", "cfg_items_SystemCounter"),
                    self.size("struct counter", "struct timebase"))
        points = self.size("struct expiry_cfg") * 2 + self.size("struct action") * 3
        self.expect("scheduletable Plan", self.size("struct schedtable_cfg") + points,
                    self.size("struct schedtable") + entries)

    def test_resources_and_interrupts(self):
        self.expect("resource Shared", self.size("struct resource_cfg"), self.size("tracks[0]") + 1)  # and a byte of struct os
        self.expect("isr Fire", self.size("struct isr_cfg"), self.size("struct arch_fpu"))
        self.expect("isr Motor", self.size("struct evtchn_cfg"), 0)
        self.expect("isr Store", 0, 0)


class Sums(unittest.TestCase):
    def test_all_is_the_sum_and_the_image(self):
        for folder in ("apps/hello", "apps/gpio", "apps/resources", "apps/events", "tests/target/apps/objects",
                       "tests/target/apps/names"):
            with self.subTest(folder):
                memory, parts = rows(built(folder))
                everything = parts.pop("all")
                self.assertEqual(memory, sum(everything))
                self.assertEqual(everything, tuple(map(sum, zip(*parts.values()))))
                self.assertGreaterEqual(min(min(part) for part in parts.values()), 0, parts)
                # 16 KiB of alignment before the page tables, and pages for what the linker script puts there itself
                self.assertLess(parts["alignment, first guard, fault stack"][1], 16384 + 4 * PAGE)
                # code and constants begin with a page, and some of what is in them with a line of the cache
                self.assertLess(parts["alignment, first guard, fault stack"][0], 2 * PAGE + 512)


class Readme(unittest.TestCase):
    def test_the_size_of_the_demonstration(self):
        """Within a hundredth: compilers differ by a few bytes."""
        claim = re.search(r"has ([\d,]+) bytes and takes ([\d,]+) bytes of RAM", (ROOT / "README.md").read_text())
        claimed = [int(number.replace(",", "")) for number in claim.groups()]
        memory, _rows = rows(GPIO)
        for what, size in zip(claimed, (GPIO.stat().st_size, memory)):
            self.assertLess(abs(what - size), size / 100)


if __name__ == "__main__":
    unittest.main()
