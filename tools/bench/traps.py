# SPDX-License-Identifier: Apache-2.0
"""What Xen is asked to do: exceptions from the guest to Xen's level, and interrupts that Xen injects, per operation.

The most that lies between two operations of one run, the first ones left out: they may be dearer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.guests import built
from tools.lab import dom0less, trace
from tools.lab.dom0less import Guest
from tools.lab.symbols import Code

from . import pin
from .figure import Figure

INJECTED, HYPERCALLS, WAITS, OTHERS = "injected interrupts", "hypercalls", "WFI", "others"
_HYP, _GUEST = 2, 1
# Classes of the syndrome, ARM ARM table B3-25. An interrupt leaves there what was.
_CLASSES = {0x01: WAITS, 0x12: HYPERCALLS}
_WARM = 2
_IDLE_S = 10
_LIMIT_S = 120


def kind_of(taken: trace.Taken) -> str:
    """Which column an exception counts in; "" if it is none between a guest and Xen."""
    if taken.target == _GUEST:
        return INJECTED if taken.kind == "Virtual IRQ" else ""
    if (taken.source, taken.target) != (_GUEST, _HYP):
        return ""
    return OTHERS if taken.kind == "IRQ" else _CLASSES.get(taken.syndrome, OTHERS)


def operations(events: Iterable[trace.Event], start: int, disturbers: frozenset[int] = frozenset()) -> list[Counter[str]]:
    """What lies between an execution of the instruction at `start` and the next one. Those with one of the
    `disturbers` between them are left out. With other guests or dom0 on the machine: an exception is this guest's if
    an instruction of its own came before it on that CPU."""
    found: list[Counter[str]] = []
    now: Counter[str] | None = None
    ours: set[int] = set()
    for event in events:
        if isinstance(event, trace.Step):
            ours.add(event.cpu)
            if event.pc == start:
                found += [now] if now is not None else []
                now = Counter()
            elif event.pc in disturbers:
                now = None
        elif isinstance(event, trace.Taken):
            if now is not None and (event.target == _GUEST or event.cpu in ours):
                now[kind_of(event)] += 1
            ours.discard(event.cpu)
    return found[_WARM:]


def _figure(row: str, counters: Iterable[Counter[str]]) -> Figure:
    counters = list(counters)
    return Figure(row, {kind: max(counter[kind] for counter in counters)
                        for kind in (INJECTED, HYPERCALLS, WAITS, OTHERS)})


def alarm() -> list[Counter[str]]:
    """From one expiry's task to the next one's, of an alarm that expires alone."""
    image = built("apps/periodic")
    code = Code(image)
    with dom0less.boot([Guest(image, enhanced="no-xenstore")], icount=True, name="bench-traps",
                       **trace.options(exceptions=True)) as xen:
        xen.wait_stopped(_LIMIT_S)
    others = frozenset(code.start(task) for task in ("task_Middle", "task_Slow"))
    return operations(trace.read(xen.qemu.log), code.start("task_Fast"), others)


def idle() -> Counter[str]:
    """While a guest with nothing to do sleeps for 10 s."""
    with dom0less.boot([Guest(built("apps/gpio"), enhanced="no-xenstore")], log_items="int") as xen:
        xen.expect("DOM1: pins: ", _LIMIT_S)
        xen.console.wait_quiet(3, _LIMIT_S)
        before = xen.qemu.log.stat().st_size
        xen.console.wait_quiet(_IDLE_S, _IDLE_S + 1)
        with xen.qemu.log.open(errors="replace") as log:
            log.seek(before)
            events = list(trace.events(log))
    return Counter(kind_of(event) for event in events if isinstance(event, trace.Taken))


def figures() -> list[Figure]:
    """An alarm, a command for a pin, nothing."""
    code = Code(pin.IMAGE)
    commands = operations(pin.record(), code.start("isr_Pins"))
    return [_figure("an alarm expires, its task runs", alarm()), _figure("a command for a pin", commands),
            _figure("10 s of nothing to do", [idle()])]


if __name__ == "__main__":
    for figure in figures():
        print(figure.row, figure.values)
