# SPDX-License-Identifier: Apache-2.0
"""The kernel's size: the figures that must be reached, and whether what is counted is what there is.

The figures come from the linker's maps. Here the debug information, the symbols and the instructions of the images are
asked.
"""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.guests import ROOT, built
from tests.target.gdbstub import GdbStub
from tests.target.test_size import size_of
from tools.bench import size
from tools.lab import bare
from tools.lab.symbols import symbols
from tools.size import Take

ROM_BYTES, RAM_BYTES = 1300, 64
LIMIT_S = 60
ROOTS = {"StartOS", "ActivateTask", "TerminateTask", "os_task_returned", "irq"}
# What the kernel calls and is no part of it: the system's end belongs to boot/.
OUTSIDE = {"system_end"}
ALIAS = {"os_preempt": "sched_dispatch"}


def tool(name: str, *args: object) -> str:
    return subprocess.run([f"arm-none-eabi-{name}", *map(str, args)], cwd=ROOT, capture_output=True, text=True,
                          timeout=LIMIT_S, check=True).stdout


def two_tasks(app: str) -> Path:
    return built(f"bench/size/{app}").with_suffix(".elf")


def of_source(elf: Path, source: str) -> dict[int, int]:
    """Address -> length of the functions and variables that the debug information has from these source files."""
    lines = tool("nm", "-S", "-l", elf)
    return {int(address, 16): int(length, 16)
            for address, length in re.findall(rf"^(\w+) (\w+) \w \S+\t{re.escape(str(ROOT))}/{source}:\d+$", lines, re.M)}


def length_of(elf: Path, *names: str) -> int:
    return sum(int(length, 16) for length, name in re.findall(r"^\w+ (\w+) \w (\S+)$", tool("nm", "-S", elf), re.M)
               if name in names)


def branches(elf: Path) -> dict[str, set[str]]:
    """Function or label -> those that its instructions branch to. What goes on into the next label does so, too."""
    targets: dict[str, set[str]] = {}
    name = ""
    for line in tool("objdump", "-d", elf).splitlines():
        if start := re.match(r"\w+ <(\S+)>:$", line):
            name = ALIAS.get(start[1], start[1])
            targets.setdefault(name, set())
        elif to := re.search(r"\t(?:b|cb)\w*(?:\.[nw])?\t.*<([^+>]+)(?:\+0x\w+)?>", line):
            targets[name].add(ALIAS.get(to[1], to[1]))
    return targets


def labels(source: str) -> set[str]:
    """Of an assembly file, which all configurations share."""
    return set(re.findall(r" [tT] (\w+)$", tool("nm", f"build/os/all/arch/arm-xen/{source}.o"), re.M))


class TwoTasks(unittest.TestCase):
    def counted(self, app: str) -> dict[str, Take]:
        parts = size.parts_of(app)
        return {section: take for row in size.PARTS for section, take in parts[row].items()}

    def test_the_figures_are_reached(self):
        """At -O2, too, which is what applications get."""
        kernel = next(figure for figure in size.kernel() if figure.row == size.SUM)
        for column in size.VARIANTS:
            self.assertLessEqual(kernel.values[column], ROM_BYTES, column)
        self.assertLessEqual(kernel.values["RAM"], RAM_BYTES)

    def test_ram_is_the_same_however_it_is_compiled(self):
        rams = {app: [take.ram for take in self.counted(app).values() if take.ram] for app in size.VARIANTS.values()}
        self.assertEqual(1, len(set(map(tuple, map(sorted, rams.values())))), rams)

    def test_the_kernel_is_as_long_as_its_symbols(self):
        for app in size.VARIANTS.values():
            counted = [take.rom + take.ram for section, take in self.counted(app).items() if section.startswith("kernel/")]
            self.assertEqual(sum(of_source(two_tasks(app), r"kernel/\w+\.c").values()), sum(counted), app)

    def test_the_port_is_as_long_as_its_symbols(self):
        """And as the assembler's sections, which have none."""
        assembled = 0
        for source, section in {"task": ".text", "vectors": ".text.vectors"}.items():
            text = tool("size", "-A", f"build/os/all/arch/arm-xen/{source}.o")
            assembled += int(re.search(rf"^{re.escape(section)}\s+(\d+)", text, re.M)[1])
        for app in size.VARIANTS.values():
            compiled = length_of(two_tasks(app), "irq_dispatch", "dispatch_other", "arch_idle")
            counted = [take.rom for section, take in self.counted(app).items() if section.startswith("arch/")]
            self.assertEqual(assembled + compiled, sum(counted), app)

    def test_nothing_that_it_calls_is_left_out(self):
        for app in size.VARIANTS.values():
            with self.subTest(app):
                targets = branches(two_tasks(app))
                reached, new = set(), set(ROOTS)
                while new:
                    reached |= new
                    new = set().union(*(targets[name] for name in new)) - reached - OUTSIDE
                self.assertLessEqual({"sched_dispatch", "irq_dispatch", "arch_task_enter", "preempt"}, reached)
                counted = {section.rpartition(" ")[2] for section in self.counted(app)}
                faults = {name for name in labels("vectors") if re.search("fault|undefined|supervisor|abort|probe", name)}
                self.assertEqual(set(), reached - counted - (labels("vectors") - faults) - labels("task"))

    def test_they_run(self):
        """Compiled in three ways: the lower task, in it the higher one, and then nothing is left to do."""
        for app in size.VARIANTS.values():
            image = two_tasks(app).with_suffix(".bin")
            at = symbols(image)
            with self.subTest(app), tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:
                stub = ["-S", "-gdb", f"unix:{folder}/gdb,server=on,wait=off"]
                with bare.boot(image, qemu_args=stub), GdbStub(Path(folder) / "gdb") as gdb:
                    for place in ("task_Low", "task_High", "arch_idle"):
                        gdb.run_to(at[place])
                    self.assertEqual(1, int.from_bytes(gdb.read(at["os"], 4), "little"), "os.ready_map: idle's bit")


class Objects(unittest.TestCase):
    """One more of each kind, against the types' sizes in the debug information."""

    @classmethod
    def setUpClass(cls):
        cls.figures = {figure.row: figure.values for figure in size.objects()}

    def expect(self, row: str, rom: int, ram: int) -> None:
        self.assertEqual({"ROM": rom, "RAM": ram}, self.figures[row], row)

    def of(self, *types: str) -> int:
        return size_of(built("bench/size/everything"), *types)

    def test_tasks(self):
        rom = self.of("struct task_cfg") + self.of("cfg_prio_task[0]", "cfg_task_names[0]") + len("More\0")
        self.expect("basic task", rom, 0)
        self.expect("extended task, without its stack", rom + self.of("struct stack_cfg"), self.of("struct extended"))

    def test_resource(self):
        """os.prio_before[] has one, too, in what was a gap."""
        self.expect("resource", self.of("struct resource_cfg"), self.of("level_before[0]"))

    def test_channel(self):
        name = 4  # a byte, and up to the next word
        self.expect("event channel's ISR", self.of("struct evtchn_cfg"), self.of("struct binding") + name)

    def test_time(self):
        entries = 2 * 8
        item = 2
        self.expect("alarm", self.of("struct alarm_cfg") + item, self.of("struct alarm") + entries)
        self.expect("counter", self.of("struct counter_cfg"), self.of("struct counter") + entries)
        self.expect("schedule table of one point",
                    self.of("struct schedtable_cfg", "struct expiry_cfg", "struct action") + item,
                    self.of("struct schedtable") + entries)


class Images(unittest.TestCase):
    def test_sections_end_where_the_linker_says(self):
        for figure in size.images():
            at = symbols(built(size.IMAGES[figure.row].removeprefix("guests/")))
            self.assertLessEqual(figure.values["text"], at["text_end"] - at["image_start"])
            self.assertEqual(figure.values["bss"], at["bss_end"] - at["bss_start"])
            self.assertEqual(figure.values["data"], at["image_file_end"] - at["rodata_end"])


if __name__ == "__main__":
    unittest.main()
