#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Print what images take: bytes of the file; memory from the first byte to the last stack; of that the variables.

    tools/size.py [--objects] IMAGE.elf...

With --objects, also what each OSEK object of an image takes, in ROM (what is only read) and RAM, and what is left for
the kernel and the others. An object has its elements of the tables, and a stack its guard page. This is read from what
the build leaves beside the ELF file: IMAGE.orti (the objects' names) and IMAGE.map (the length and the source of each
variable).
"""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HEADING = "Linker script and memory map"
SECTION = re.compile(r"^ \.\w+(?:\.(\S+))?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$", re.M)
OBJECT = re.compile(r"^(TASK|STACK|ALARM|RESOURCE|vs_ISR|vs_COUNTER|vs_SCHEDULETABLE) (\w+) \{(.*?)^\};", re.M | re.S)
ROOMS = {"kernel": "kernel, the rest", "arch": "port", "boot": "port", "drivers": "drivers", "lib": "library"}

# Tables with an element for each object of a kind, and some more: kernel/cfg.h and the kernel's arrays.
TABLES = {
    "cfg_tasks": ("TASK", 0), "cfg_task_names": ("TASK", 0), "os_activations": ("TASK", 0),
    "os_extended": ("extended", 1),
    "cfg_prio_task": ("TASK", 1),  # where no two tasks share a priority
    "cfg_stacks": ("STACK", 0),
    "cfg_resources": ("RESOURCE", 0), "level_before": ("RESOURCE", 1),
    "tracks": ("RESOURCE", 1),
    "cfg_isrs": ("line", 0), "cfg_evtchn": ("channel", 2),
    "cfg_counters": ("vs_COUNTER", 0), "os_counters": ("vs_COUNTER", 1), "timebases": ("timer", 1),
    "cfg_alarms": ("ALARM", 0), "os_alarms": ("ALARM", 1),
    "cfg_schedtables": ("vs_SCHEDULETABLE", 0), "tables": ("vs_SCHEDULETABLE", 1),
    "queue_entries": ("item", 0),
}
# What is one object's alone.
OWN = {"TASK": r"cfg_fpu_task_{0}", "vs_COUNTER": r"cfg_items_{0}", "STACK": r"{0}", "vs_ISR": r"cfg_fpu_isr_{0}",
       "vs_SCHEDULETABLE": r"cfg_points_{0}|cfg_actions_{0}_\d+"}


@dataclass(frozen=True)
class Take:
    """Bytes of the file that are only read, and bytes of RAM besides."""

    rom: int = 0
    ram: int = 0

    def __add__(self, other: "Take") -> "Take":
        return Take(self.rom + other.rom, self.ram + other.ram)

    def __sub__(self, other: "Take") -> "Take":
        return Take(self.rom - other.rom, self.ram - other.ram)

    def __floordiv__(self, parts: int) -> "Take":
        return Take(self.rom // parts, self.ram // parts)

    def print(self, name: str) -> None:
        print(f"  {name:36}{self.rom:10}{self.ram:10}")


class Image:
    """An ELF file's symbols: where they are, and how long."""

    def __init__(self, elf: Path) -> None:
        self.elf = elf
        lines = subprocess.run(["arm-none-eabi-nm", "-S", elf], capture_output=True, text=True, check=True).stdout
        fields = [line.split() for line in lines.splitlines() if line[0] != " "]
        self.at = {field[-1]: int(field[0], 16) for field in fields}
        self.size = {field[-1]: int(field[1], 16) for field in fields if len(field) == 4}

    def take(self, address: int, size: int) -> Take:
        return Take(rom=size) if address < self.at["rodata_end"] else Take(ram=size)

    def sections(self, start: int = 0, end: int = 1 << 32) -> list[tuple[str, str, Take]]:
        """Name without its kind (each variable has a section of its own), object file, bytes."""
        text = self.elf.with_suffix(".map").read_text().partition(HEADING)[2]
        return [(name, path, self.take(int(address, 16), int(size, 16)))
                for name, address, size, path in SECTION.findall(text)
                if max(start, self.at["image_start"]) <= int(address, 16) < min(end, self.at["image_limit"])]

    def print_line(self) -> None:
        at = self.at
        variables = at["image_file_end"] - at["rodata_end"] + at["bss_end"] - at["bss_start"]
        print(f"{self.elf.stem:16}{self.elf.with_suffix('.bin').stat().st_size:10}"
              f"{at['image_limit'] - at['image_start']:10}{variables:12}")


def kinds_of(kind: str, text: str) -> list[str]:
    """An object's, by what its ORTI text says of it."""
    return [kind] + [more for more, is_one in {
        "extended": kind == "TASK" and "os_extended" in text,
        "line": kind == "vs_ISR" and "cfg_isrs" in text,
        "channel": kind == "vs_ISR" and "cfg_evtchn" in text and not re.search(r"CHANNEL (console|xenstore)\b", text),
        "timer": kind == "vs_COUNTER" and "TIMER" in text,
        "item": kind in ("ALARM", "vs_SCHEDULETABLE"),
    }.items() if is_one]


def room_of(path: str) -> str:
    """An object file's: build/os/CONFIGURATION/ and its source's path."""
    if path.endswith("/os_cfg.o"):
        return ROOMS["kernel"]
    if not path.startswith("build/os/"):
        return "C library, compiler"
    folders = [folder for folder in path.split("/") if folder in ROOMS]
    return ROOMS[folders[-1]] if folders else "application"


def takes_of_rooms(image: Image) -> dict[str, Take]:
    takes: dict[str, Take] = {}
    for _, path, take in image.sections():
        takes[room_of(path)] = takes.get(room_of(path), Take()) + take
    return takes


def takes_of_objects(image: Image) -> dict[str, Take]:
    objects = OBJECT.findall(image.elf.with_suffix(".orti").read_text())
    count = Counter(kind for kind, _, text in objects for kind in kinds_of(kind, text))
    variables = {name: take for name, path, take in image.sections() if name and room_of(path) == ROOMS["kernel"]}
    variables |= {name: image.take(image.at[name], image.size[name]) for kind, name, _ in objects if kind == "STACK"}
    takes = {}
    for kind, name, text in objects:
        take = Take()
        for variable, bytes_of in variables.items():
            table_kind, more = TABLES.get(variable, ("", 0))
            if table_kind in kinds_of(kind, text):
                take += bytes_of // (count[table_kind] + more)
            elif re.fullmatch(OWN.get(kind, "").format(name), variable):
                take += bytes_of
        takes[title_of(kind, name)] = take
    return takes


def title_of(kind: str, name: str) -> str:
    if kind == "STACK":
        name = name.removeprefix("stack_").removeprefix("task_")
    return f"{kind.removeprefix('vs_').lower()} {name}"


def print_objects(image: Image) -> None:
    objects, rooms = takes_of_objects(image), takes_of_rooms(image)
    at = image.at
    total = Take(at["rodata_end"] - at["image_start"], at["image_limit"] - at["rodata_end"])
    rooms["alignment, first guard, fault stack"] = total - sum(rooms.values(), Take())
    rooms[ROOMS["kernel"]] -= sum(objects.values(), Take())
    print(f"\n  {'bytes of ' + image.elf.stem:36}{'ROM':>10}{'RAM':>10}")
    for name, take in (objects | rooms | {"all": total}).items():
        take.print(name)


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "--objects"]
    images = [Image(Path(name)) for name in names]
    print(f"{'image':16}{'file':>10}{'memory':>10}{'variables':>12}")
    for image in images:
        image.print_line()
    if "--objects" in sys.argv[1:]:
        for image in images:
            print_objects(image)


if __name__ == "__main__":
    main()
