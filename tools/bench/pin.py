# SPDX-License-Identifier: Apache-2.0
"""A command for a pin, inside the guest: from the interrupt that dom0's event makes, to the pin and to the answer.

apps/gpio under dom0, as the system tests drive it. The store is believed from QEMU's port controller, whose line stands
in the record right behind the store.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable

from tests.guests import GPIO as IMAGE
from tests.system.pin import DATA_REGISTER, Session
from tools.lab import pio, trace
from tools.lab.monitor import Monitor
from tools.lab.symbols import Code

from .figure import Figure

_COMMANDS = 12
_WARM = 2
_HYPERCALL = "Hypervisor Call"
TO_ISR, TO_STORE, TO_HYPERCALL, TO_IDLE = (
    "exception entry, to the first instruction of the port's ISR2", "exception entry, to the store to the data register",
    "exception entry, to the hypercall that answers", "exception entry, to the idle loop's next WFI")


@functools.cache
def record() -> tuple[trace.Event, ...]:
    """The guest while dom0 writes 0 and 1 in turn."""
    with Monitor() as monitor:
        lab = Session("bench-pin", qemu_args=monitor.qemu_args + trace.later())
        try:
            lab.insmod()
            lab.create()
            lab.wait_connected()
            trace.begin(monitor, states=True, exceptions=True)
            failed = [text for text in (lab.write(n % 2) for n in range(_COMMANDS)) if text]
            trace.end(monitor)
        finally:
            lab.close()
    if failed:
        raise RuntimeError(f"dom0 could not write: {failed}")
    return tuple(trace.read(lab.dom0.qemu.log))


def commands(code: Code, events: Iterable[trace.Event]) -> list[dict[str, Counter[str]]]:
    """For each command, by what it is counted to: the instructions, by function."""
    isr = code.start("isr_Pins")
    found: list[dict[str, Counter[str]]] = []
    so_far: Counter[str] = Counter()
    marks: dict[str, Counter[str]] = {}
    for event in events:
        if isinstance(event, trace.Step):
            if event.pc == code.interrupt:
                so_far, marks = Counter(), {}
                found.append(marks)
            if event.pc == isr:
                marks[TO_ISR] = so_far.copy()
            so_far[code.function(event.pc)] += 1
        elif isinstance(event, trace.Taken) and event.source == 1 and event.target == 2:
            if event.kind == _HYPERCALL:
                marks.setdefault(TO_HYPERCALL, so_far.copy())
            elif event.syndrome == 1:
                marks.setdefault(TO_IDLE, so_far.copy())
        elif isinstance(event, trace.Line) and pio.writes_in(event.text, DATA_REGISTER):
            marks.setdefault(TO_STORE, so_far.copy())
    whole = (TO_ISR, TO_STORE, TO_HYPERCALL, TO_IDLE)
    return [marks for marks in found if all(row in marks for row in whole)][_WARM:]


def figures() -> list[Figure]:
    """Instructions of the guest; the most of all commands but the first ones."""
    found = commands(Code(IMAGE), record())
    return [Figure(row, {"instructions": max(marks[row].total() for marks in found)})
            for row in (TO_ISR, TO_STORE, TO_HYPERCALL, TO_IDLE)]


if __name__ == "__main__":
    for figure in figures():
        print(figure.row, figure.values)
    for name, count in commands(Code(IMAGE), record())[-1][TO_IDLE].items():
        print(f"    {count:4} {name}")
