# SPDX-License-Identifier: Apache-2.0
"""What the kernel takes: bytes of ROM (what is only read) and of RAM, by what the linker has kept.

    python3 -m tools.bench.size

prints which functions, tables and variables are counted as the kernel of two basic tasks, and as what.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools.lab import paths
from tools.size import Image, Take, room_of

from .figure import Figure

# What an application of two basic tasks has of the kernel and of the port's way to tasks and handlers: row of the
# table, and its sections as "object file: name".
PARTS = {
    "kernel/": r"kernel/\w+: .*",
    "start, end, switch of a task; idle": r"arch/arm-xen/(task: .*|timer: arch_idle)",
    "interrupt entry": r"arch/arm-xen/vectors: vectors",
    "interrupt dispatch": r"arch/arm-xen/gic: (irq_dispatch|dispatch_other)(\..*)?",
}
BESIDE = {
    "the interrupt controller's state": r"arch/arm-xen/gic: (irq|spurious|masked_level)",
    "the application's tables": r"os_cfg: cfg_(tasks|prio_task)",
}
SUM = "all four: the kernel"
# Column -> application below bench/size. RAM is the same in each.
VARIANTS = {"Thumb, -Os": "two_tasks_thumb", "ARM, -Os": "two_tasks_arm", "ARM, -O2": "two_tasks"}

IMAGES = {"two basic tasks": "guests/bench/size/two_tasks", "hello": "apps/hello", "gpio": "apps/gpio",
          "everything": "guests/bench/size/everything"}

# Row -> image with one of them more, image without it.
OBJECTS = {"basic task": ("task", None), "extended task, without its stack": ("extended", None),
           "resource": ("resource", "task"), "event channel's ISR": ("channel", None), "alarm": ("alarm", None),
           "counter": ("counter", None), "schedule table of one point": ("table", None)}


def image(folder: str) -> Image:
    """The image in a folder of the build."""
    return Image(paths.BUILD / folder / f"{Path(folder).name}.elf")


def parts_of(app: str) -> dict[str, dict[str, Take]]:
    """@return row -> section -> bytes, for an application of two tasks."""
    rows: dict[str, dict[str, Take]] = {row: {} for row in PARTS | BESIDE}
    for name, path, take in image(f"guests/bench/size/{app}").sections():
        section = f"{_source(path)}: {name}"
        for row, pattern in (PARTS | BESIDE).items():
            if take != Take() and re.fullmatch(pattern, section):
                rows[row][section] = rows[row].get(section, Take()) + take
    return rows


def _source(path: str) -> str:
    """What an object file comes from, without suffix: build/os/CONFIGURATION/SOURCE.o."""
    found = re.search(r"/((?:kernel|arch)/.*|os_cfg)\.o$", path)
    return found[1] if found else path


def kernel() -> list[Figure]:
    """The kernel of two basic tasks, in parts, and what it needs besides."""
    parts = {column: {row: sum(sections.values(), Take()) for row, sections in parts_of(app).items()}
             for column, app in VARIANTS.items()}
    for takes in parts.values():
        takes[SUM] = sum((takes[row] for row in PARTS), Take())
    ram = parts[next(iter(VARIANTS))]
    return [Figure(row, {column: takes[row].rom for column, takes in parts.items()} | {"RAM": ram[row].ram})
            for row in (*PARTS, SUM, *BESIDE)]


def images() -> list[Figure]:
    """Whole images, by sections. What a debugger reads of them is not in memory."""
    return [Figure(row, {name: _sections(folder).get(f".{name}", 0) for name in ("text", "rodata", "data", "bss")})
            for row, folder in IMAGES.items()]


def _sections(folder: str) -> dict[str, int]:
    lines = subprocess.run(["arm-none-eabi-size", "-A", image(folder).elf], capture_output=True, text=True,
                           check=True).stdout
    return {name: int(size) for name, size in re.findall(r"^(\.\w+)\s+(\d+)", lines, re.M)}


def objects() -> list[Figure]:
    """What one more of them adds to the tables and the variables of an application that has everything."""
    rows = []
    for row, (more, base) in OBJECTS.items():
        before = f"one_more/{base}" if base else "everything"
        take = _data(f"guests/bench/size/one_more/{more}") - _data(f"guests/bench/size/{before}")
        rows.append(Figure(row, {"ROM": take.rom, "RAM": take.ram}))
    return rows


def _data(folder: str) -> Take:
    """Constants and variables, without what is the application's own, and without code: that changes by a few bytes in
    either direction with each number that is compiled into it."""
    of = image(folder)
    return sum((take for _, path, take in of.sections(of.at["text_end"], of.at["bss_end"])
                if room_of(path) != "application"), Take())


def main() -> None:
    """Print what is counted."""
    for column, app in VARIANTS.items():
        for row, sections in parts_of(app).items():
            print(f"\n{column + ': ' + row:48}{'ROM':>8}{'RAM':>8}")
            for section, take in sections.items():
                print(f"  {section:46}{take.rom:8}{take.ram:8}")


if __name__ == "__main__":
    main()
