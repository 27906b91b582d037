# SPDX-License-Identifier: Apache-2.0
"""Each instruction that a guest executes, from QEMU's own record: exact, and the guest has no part in it.

QEMU translates one instruction at a time (-singlestep) and notes each before it executes it (-d exec), if its address
is one of those that guests are linked to: Xen lies far below 0x80008000, Linux above. Which exception level executes it
stands in the record's flags, so a program of dom0's that had such an address would not be counted either.

    with dom0less.boot([Guest(image)], icount=True, **trace.options()) as xen:
        xen.wait_stopped()
    for event in trace.read(xen.qemu.log):
        ...

Linux would take minutes to start like that. So where there is a dom0 the record begins later, by QEMU's monitor:

    with Monitor() as monitor, dom0.boot_direct(qemu_args=monitor.qemu_args + trace.later()) as xl:
        ...
        trace.begin(monitor, exceptions=True)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .monitor import Monitor


LINKED = range(0x80008000, 0x80200000)
"""Where linker/image.lds puts an image with all that belongs to it."""
LOADED = range(0x40000000, 0x50000000)
"""Where loaders put it: the first instructions are executed there, with the MMU off."""
MASKED = 0x80
"""The bit of the CPSR that masks interrupts."""


class Step(NamedTuple):
    """An instruction that was executed."""

    cpu: int
    pc: int
    cpsr: int
    """Before it; 0 if the trace is without states."""


class Taken(NamedTuple):
    """An exception that a CPU took, whoever ran there."""

    cpu: int
    kind: str
    """QEMU's word: "IRQ", "Virtual IRQ", "Hypervisor Call", "Hypervisor Trap", "Data Abort" ..."""
    syndrome: int
    """The class in the exception's syndrome (ARM ARM table B3-25): 1 = WFI, 0x12 = HVC, 0x24 = data abort."""
    source: int
    target: int
    """Exception levels. 2 is Xen's."""


class Line(NamedTuple):
    """Anything else in the log: what a device model says."""

    text: str


Event = Step | Taken | Line


def options(*, states: bool = False, exceptions: bool = False, devices: bool = False, head: bool = False) -> dict:
    """What a boot() of the laboratory takes to make a trace: with the CPSR of each instruction, with exceptions, with
    accesses to devices that are not modelled; from the image's first word on, or from where the MMU is on."""
    ranges = [LINKED] + [LOADED] * head
    return {"log_items": _items(states, exceptions, devices), "qemu_args": ["-singlestep", *_filter(ranges)]}


def _items(states: bool, exceptions: bool, devices: bool) -> str:
    return ",".join(["exec"] + ["cpu"] * states + ["int"] * exceptions + ["unimp"] * devices)


def _filter(ranges: list[range]) -> list[str]:
    return ["-dfilter", ",".join(f"{r.start:#x}..{r.stop - 1:#x}" for r in ranges)]


def later() -> list[str]:
    """What such a machine takes as `qemu_args`, beside its monitor's. One thread runs all its CPUs in turn: what they
    note cannot get mixed up."""
    return ["-accel", "tcg,thread=single", *_filter([LINKED])]


def begin(monitor: Monitor, *, states: bool = False, exceptions: bool = False, devices: bool = True) -> None:
    """From here on. What runs at this moment is not yet in the record; from its next interrupt or exception on all is:
    QEMU looks then for code that it has translated one instruction at a time, and finds none."""
    monitor.command("singlestep on")
    monitor.command(f"log {_items(states, exceptions, devices)}")


def end(monitor: Monitor) -> None:
    """No instructions any more; the machine is fast again."""
    monitor.command("log unimp")
    monitor.command("singlestep off")


_STEP = re.compile(r"Trace (\d+): 0x\w+ \[\w+/(\w+)/(\w+)/")
_UNDONE = re.compile(r"Stopped execution of TB chain before .*\[(\w+)\]|cpu_io_recompile: rewound execution of TB to (\w+)")
_REGISTERS = ("R00=", "R04=", "R08=", "R12=")
_TAKEN = re.compile(r"Taking exception \d+ \[(.*)\] on CPU (\d+)")
_LEVELS = re.compile(r"\.\.\.from EL(\d) to EL(\d)")
_SYNDROME = re.compile(r"\.\.\.with ESR 0x(\w+)/")
# Bits 7:4 of the flags: which translation the instruction is fetched by. 2 is that of a guest's kernel, 6 Xen's own.
_REGIME, _GUEST_KERNEL = 0xf0, 0x20


def read(log: Path) -> Iterator[Event]:
    """What happened, in order."""
    with log.open(errors="replace") as lines:
        yield from events(lines)


def events(lines: Iterable[str]) -> Iterator[Event]:
    """The events of a log's lines. An instruction is noted before it is executed, so it counts only when the next one
    is there: what is interrupted at that very moment, or must start again, QEMU takes back."""
    held: list[Event] = []   # a step that may be taken back, and what came after it
    is_ours = False
    for line in lines:
        if line.startswith(_REGISTERS):   # most lines, so they come first
            pass
        elif match := _STEP.match(line):
            is_ours = int(match[3], 16) & _REGIME == _GUEST_KERNEL
            if is_ours:
                yield from held
                held = [Step(int(match[1]), int(match[2], 16), 0)]
        elif line.startswith("PSR="):
            if is_ours:
                held[0] = held[0]._replace(cpsr=int(line[4:12], 16))
        elif match := _UNDONE.match(line):
            _take_back(held, int(match[1] or match[2], 16))
        else:
            _note(held, line)
    yield from held


def _take_back(held: list[Event], pc: int) -> None:
    if held and isinstance(held[0], Step) and held[0].pc == pc:
        del held[0]


def _note(held: list[Event], line: str) -> None:
    """An exception has up to three lines."""
    if match := _TAKEN.match(line):
        held.append(Taken(int(match[2]), match[1], 0, 0, 0))
    elif match := _LEVELS.match(line):
        held[-1] = held[-1]._replace(source=int(match[1]), target=int(match[2]))
    elif match := _SYNDROME.match(line):
        held[-1] = held[-1]._replace(syndrome=int(match[1], 16))
    else:
        held.append(Line(line.rstrip("\n")))


def instructions_between(events: Iterable[Event], start: int, end: int) -> list[int]:
    """How many instructions the guest executes each time it comes from one to another: `start` counts, `end` does not.
    Begun anew at each `start`; what never comes to its `end` is not there."""
    found = []
    count: int | None = None
    for step in events:
        if not isinstance(step, Step):
            continue
        if step.pc == end and count is not None:
            found.append(count)
            count = None
        if step.pc == start:
            count = 0
        if count is not None:
            count += 1
    return found
