# SPDX-License-Identifier: Apache-2.0
"""The worst case: for how many instructions in a row the system keeps interrupts masked, and where.

    python3 -m tools.bench.masked [--all]

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

from . import pin
from .figure import Figure

KERNEL, XEN_LAYER = "kernel", "Xen layer"
APPLICATION, START, END = "hooks, callbacks, category 1, the application's own", "StartOS", "ShutdownOS"
_SYSTEM = ("kernel/", "arch/", "drivers/", "lib/", "boot/")
# Some conformance cases of each kind, among them those with the longest stretches of a run over all (--all).
CASES = ("alarm-callback", "alarm-cyclic", "alarm-order", "alarm-same-tick", "chain-self-full", "counter-value",
         "errorhook-services", "event-preempted-between-stacks", "internal-terminate", "isr-chain-of-wakeups",
         "isr-lower-waits", "isr-nested", "isr-resource", "linked-nested-release", "preempted-extended-is-oldest",
         "resource-order", "schedtable-once", "schedtable-repeating", "schedtable-with-alarm")
# Beside them: a folder, and the line to stop at.
PROGRAMS = (("apps/periodic",), ("bench/services/ecc2", "event channel, to the first instruction"))
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


def room_of(sources: dict[str, str]) -> str:
    """Who answers for a stretch that runs these functions, by their sources: the application, if one is its own. The
    compiler's library and the linker's veneers, which begin with __, are everybody's."""
    files = [source for function, source in sources.items() if source and not function.startswith("__")]
    if "boot_main" in sources:
        return START
    if sources.keys() & {"system_end", "system_leave"}:
        return END
    if not all(file.startswith(_SYSTEM) for file in files):
        return APPLICATION
    is_kernel = any(file.startswith("kernel/") for file in files) and not any(file.startswith("drivers/") for file in files)
    return KERNEL if is_kernel else XEN_LAYER


def worst_of(image: Path, events: Iterable[trace.Event]) -> dict[Place, Worst]:
    """The longest stretch from each place to each."""
    code = Code(image)
    longest: dict[tuple[int, int, str], Stretch] = {}
    for stretch in stretches(events):
        functions = set(map(code.function, stretch.pcs))
        key = (stretch.began, stretch.pcs[-1], room_of({name: code.file_of(name) for name in functions}))
        if len(stretch.pcs) > len(longest.get(key, Stretch(0, [])).pcs):
            longest[key] = stretch
    ends = {address for began, ended, _ in longest for address in (began, ended)}
    words = dict(zip(ends, code.lines(ends)))
    return merge({Place(room, f"{code.function(began)} {words[began]}", f"{code.function(ended)} {words[ended]}"):
                  Worst(len(stretch.pcs), image.stem, Counter(map(code.function, stretch.pcs)))}
                 for (began, ended, room), stretch in longest.items())


def program(folder: str, last: str = "") -> dict[Place, Worst]:
    """An image as a guest of Xen: to its end, or until it has printed a line."""
    image = built(folder)
    guest = Guest(image, memory_kib=_GUEST_KIB, enhanced="no-xenstore")
    with dom0less.boot([guest], icount=True, name="bench-masked", **trace.options(states=True)) as xen:
        if last:
            xen.expect(rf"DOM1: {last}.*\n", _LIMIT_S)
        else:
            xen.wait_stopped(_LIMIT_S)
    found = worst_of(image, trace.read(xen.qemu.log))
    xen.qemu.log.unlink()
    return found


def commands() -> dict[Place, Worst]:
    """dom0's commands for a pin."""
    return worst_of(pin.IMAGE, pin.record())


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


def find(names: Iterable[str]) -> dict[Place, Worst]:
    """The worst of these conformance cases, of the other programs, and of dom0's commands."""
    folders = [f"tests/conformance/{name}" for name in names]
    with ProcessPoolExecutor() as pool:
        runs = [pool.submit(commands), *(pool.submit(program, *arguments) for arguments in PROGRAMS),
                *(pool.submit(program, folder) for folder in folders)]
        return merge(run.result() for run in runs)


def figures() -> list[Figure]:
    """The longest of each room."""
    found = find(CASES)
    return [Figure(room, {"instructions": max(worst.length for place, worst in found.items() if place.room == room)})
            for room in (KERNEL, XEN_LAYER, APPLICATION, END)]


def main() -> int:
    parser = argparse.ArgumentParser(description="Print the longest stretches with interrupts masked, and what they run.")
    parser.add_argument("--all", action="store_true", help="of all conformance cases, not of some")
    parser.add_argument("--top", type=int, default=8, metavar="N", help="so many of each room")
    args = parser.parse_args()
    print_worst(find(cases.names() if args.all else CASES), args.top)
    return 0


if __name__ == "__main__":
    sys.exit(main())
