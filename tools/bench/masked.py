# SPDX-License-Identifier: Apache-2.0
"""The worst case: for how many instructions in a row the system keeps interrupts masked, and where.

    python3 -m tools.bench.masked [--all] [CASE...]

Seen from outside, in QEMU's record of each instruction with the CPU's state before it: nothing is compiled in for it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.conformance import cases
from tests.guests import built
from tools.lab import dom0less, trace
from tools.lab.dom0less import Guest
from tools.lab.symbols import Code

KERNEL, XEN_LAYER = "kernel", "Xen layer"
APPLICATION, START, END = "hooks, callbacks, category 1, the application's own", "StartOS", "ShutdownOS"
SYSTEM = ("kernel/", "arch/", "drivers/", "lib/", "boot/", "")
_GUEST_KIB = 8192
_LIMIT_S = 300


class Stretch(NamedTuple):
    """Instructions in a row with interrupts masked."""

    began: int
    """The instruction that masked them, or the first one of an exception."""
    pcs: list[int]
    """Up to the one that unmasked them: an interrupt that comes first of all waits for so many."""


def stretches(events: Iterable[trace.Event]) -> Iterator[Stretch]:
    """All of them, the first one from the system's first instruction."""
    before: trace.Step | None = None
    pcs: list[int] = []
    began = 0
    for step in events:
        if not isinstance(step, trace.Step):
            continue
        if step.cpsr & trace.MASKED:
            if not pcs:
                began = before.pc if before and 0 < step.pc - before.pc <= 4 else step.pc
            pcs.append(step.pc)
        elif pcs:
            yield Stretch(began, pcs)
            pcs = []
        before = step
    if pcs:
        yield Stretch(began, pcs)


class Place(NamedTuple):
    """Where a stretch begins and ends, in words."""

    room: str
    began: str
    ended: str


@dataclass
class Worst:
    """The longest stretch of each place, and what of the system it ran."""

    length: int = 0
    image: str = ""
    profile: Counter = field(default_factory=Counter)


def room_of(functions: Iterable[str], files: Iterable[str]) -> str:
    """Who answers for a stretch: the application, if any instruction is its own."""
    functions, files = set(functions), set(files)
    if functions & {"StartOS", "boot_main", "arch_start"}:
        return START
    if functions & {"system_end", "system_leave"}:
        return END
    if not all(file.startswith(SYSTEM[:-1]) or not file for file in files):
        return APPLICATION
    if any(file.startswith("drivers/") for file in files):
        return XEN_LAYER
    return KERNEL if any(file.startswith("kernel/") for file in files) else XEN_LAYER


def worst_of(image: Path, events: Iterable[trace.Event]) -> dict[Place, Worst]:
    """The longest stretch from each place to each."""
    code = Code(image)
    longest: dict[tuple[int, int, str], Stretch] = {}
    for stretch in stretches(events):
        starts = Counter(map(code.function, stretch.pcs))
        key = (stretch.began, stretch.pcs[-1], room_of(starts, (code.file_of(name) for name in starts)))
        if len(stretch.pcs) > len(longest.get(key, Stretch(0, [])).pcs):
            longest[key] = stretch
    ends = {address for began, ended, _ in longest for address in (began, ended)}
    words = dict(zip(ends, code.lines(ends)))
    return {Place(room, f"{code.function(began)} {words[began]}", f"{code.function(ended)} {words[ended]}"):
            Worst(len(stretch.pcs), image.stem, Counter(map(code.function, stretch.pcs)))
            for (began, ended, room), stretch in longest.items()}


def conformance(name: str) -> dict[Place, Worst]:
    """One case as a guest of Xen."""
    image = built(f"tests/conformance/{name}")
    with dom0less.boot([Guest(image, memory_kib=_GUEST_KIB)], icount=True, name="masked", **trace.options(states=True)) as xen:
        xen.wait_stopped(_LIMIT_S)
    found = worst_of(image, trace.read(xen.qemu.log))
    xen.qemu.log.unlink()
    return found


def merge(parts: Iterable[dict[Place, Worst]]) -> dict[Place, Worst]:
    """The longest of all."""
    merged: dict[Place, Worst] = {}
    for part in parts:
        for place, worst in part.items():
            if worst.length > merged.get(place, Worst()).length:
                merged[place] = worst
    return merged


def print_worst(found: dict[Place, Worst], count: int) -> None:
    """The longest of each room."""
    for room in (KERNEL, XEN_LAYER, APPLICATION, START, END):
        print(f"{room}:")
        ours = sorted(((worst, place) for place, worst in found.items() if place.room == room), key=lambda x: -x[0].length)
        for worst, place in ours[:count]:
            print(f"  {worst.length:6} {worst.image}: {place.began} .. {place.ended}")
            print("         " + ", ".join(f"{name} {n}" for name, n in worst.profile.most_common(12)))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="each conformance case")
    parser.add_argument("cases", nargs="*")
    args = parser.parse_args()
    names = cases.names() if args.all else args.cases
    with ProcessPoolExecutor() as pool:
        print_worst(merge(pool.map(conformance, names)), 12)
    return 0


if __name__ == "__main__":
    sys.exit(main())
