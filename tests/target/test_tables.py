# SPDX-License-Identifier: Apache-2.0
"""The page tables of a running guest, walked as the CPU does (ARM ARM B3.5): no page is both writable and executable,
and all of RAM is of the type that sharing with Xen needs. Registers and tables are read by QEMU's gdb server."""

import struct
import subprocess
import time
import unittest

from tests.guests import built
from tests.target.places import Place
from tools.lab.symbols import symbols

IMAGE = built("tests/target/apps/stacks")
STACKS = 5
ENTRY = 0x40208000
PAGE = 0x1000

M, C, I, WXN, TRE = 1 << 0, 1 << 2, 1 << 12, 1 << 19, 1 << 28
NORMAL_SHARED = 7 << 8 | 1   # TEX remap index 7, shareable
DEVICE = 1 << 8
MAINTENANCE = r"\bmcr\s+15, 0, \w+, cr7, cr(?:6|10|14), \{%d\}"   # of data (ARM ARM B4.2.1)
BY_ADDRESS, BY_SET_AND_WAY = 1, 2


class Page:
    """A small page's descriptor."""

    def __init__(self, entry):
        self.physical = entry & ~0xFFF
        self.executable = not entry & 1
        self.writable = not entry & 0x200
        self.user = bool(entry & 0x20)
        index = entry >> 4 & 4 | entry >> 2 & 3   # TEX[0], C, B
        self.type = index << 8 | entry >> 10 & 1


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Place(IMAGE, ENTRY) as place:
            place.pass_tree(0x48000000)
            place.gdb.go()
            place.qemu.console.expect(r"(?m)^end\r?$", 20)
            time.sleep(0.2)
            place.gdb.halt()
            cls.registers = {name: place.gdb.system_register(name)
                             for name in ("SCTLR", "TTBR0_EL1", "TTBCR", "DACR", "MAIR0", "MAIR1")}
            cls.pages = dict(cls.walk(place.gdb, cls.registers["TTBR0_EL1"] & ~0x3FFF))
            cls.at = symbols(IMAGE)
            table = place.gdb.read_physical(cls.at["cfg_stacks"] - cls.at["image_start"] + ENTRY, 12 * STACKS)
        cls.stacks = [(low, top) for low, top, _name in struct.iter_unpack("<3I", table)]

    @staticmethod
    def walk(gdb, first_level):
        for mib, entry in enumerate(struct.unpack("<4096I", gdb.read_physical(first_level, 0x4000))):
            if entry & 3 == 0:
                continue
            assert entry & 3 == 1, f"{mib:#x}00000 is no second-level table: {entry:#x}"
            for number, page in enumerate(struct.unpack("<256I", gdb.read_physical(entry & ~0x3FF, 0x400))):
                if page & 3 != 0:
                    assert page & 2, f"a large page: {page:#x}"
                    yield mib << 20 | number << 12, Page(page)

    def test_registers(self):
        """MMU and caches are on (fact B6), and the type of RAM is write-back (fact M2)."""
        on = M | C | I | WXN | TRE
        self.assertEqual(on, self.registers["SCTLR"] & on)
        self.assertEqual((0, 1), (self.registers["TTBCR"], self.registers["DACR"]))
        prrr, nmrr = self.registers["MAIR0"], self.registers["MAIR1"]   # their LPAE names
        self.assertEqual((2, 1), (prrr >> 14 & 3, prrr >> 2 & 3), "index 7 Normal, index 1 Device")
        self.assertEqual((1, 0, 1), (prrr >> 19 & 1, prrr >> 18 & 1, prrr >> 31), "shareable as S says, inner")
        self.assertEqual((1, 1), (nmrr >> 14 & 3, nmrr >> 30), "write-back write-allocate, inner and outer")

    def test_no_cache_maintenance_by_set_and_way(self):
        """Which Xen lets pass, at a price that nothing here shows (fact B6)."""
        code = subprocess.run(["arm-none-eabi-objdump", "-d", IMAGE.with_suffix(".elf")], capture_output=True,
                              text=True, check=True, timeout=60).stdout
        self.assertRegex(code, MAINTENANCE % BY_ADDRESS)
        self.assertNotRegex(code, MAINTENANCE % BY_SET_AND_WAY)

    def test_no_page_is_writable_and_executable(self):
        executable = {address for address, page in self.pages.items() if page.executable}
        self.assertEqual(set(range(self.at["image_start"], self.at["text_end"], PAGE)), executable)
        self.assertFalse([f"{address:#x}" for address in executable if self.pages[address].writable])
        self.assertFalse([f"{address:#x}" for address, page in self.pages.items() if page.user])

    def test_constants_are_read_only(self):
        for address in range(self.at["text_end"], self.at["rodata_end"], PAGE):
            self.assertFalse(self.pages[address].writable, f"{address:#x}")

    def test_holes(self):
        mapped = set(self.pages)
        self.assertNotIn(0, mapped)
        for low, top in [*self.stacks, (self.at["fault_stack_low"], self.at["fault_stack_top"])]:
            self.assertIn(top - low, (0x1000, 0x2000))
            self.assertNotIn(low - PAGE, mapped, f"{low:#x}")
            self.assertLessEqual(set(range(low, top, PAGE)), mapped, f"{low:#x}")
        self.assertEqual(STACKS + 1, len({low for low, _top in self.stacks} | {self.at["fault_stack_low"]}))
        self.assertNotIn(self.at["image_limit"], mapped)

    def test_image_is_where_it_was_loaded_and_nowhere_else(self):
        size = self.at["image_limit"] - self.at["image_start"]
        for address, page in self.pages.items():
            if ENTRY <= page.physical < ENTRY + size:
                self.assertEqual(address - self.at["image_start"], page.physical - ENTRY)

    def test_memory_types(self):
        """What the tables say is all that can be seen here of fact M2: QEMU has no caches."""
        for address, page in self.pages.items():
            in_ram = page.physical >= 0x40000000
            self.assertEqual(NORMAL_SHARED if in_ram else DEVICE, page.type, f"{address:#x}")


if __name__ == "__main__":
    unittest.main()
