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
    """Which column an exception counts in; "" if no guest has caused it. So an interrupt of the machine's, which Xen
    takes while a guest runs: if it is the guest's, it will be injected."""
    if (taken.source, taken.target) != (_GUEST, _HYP) or taken.kind == "IRQ":
        return ""
    return _CLASSES.get(taken.syndrome, OTHERS)


class Counting:
    """What one guest does to Xen, and Xen to it. Dom0 may run on the same machine: an exception is the guest's if an
    instruction of the guest came before it on that CPU, and an interrupt is if the guest's vector comes next."""

    def __init__(self, vector: int) -> None:
        self._vector = vector
        self._ours: set[int] = set()

    def column(self, event: trace.Event) -> str:
        """Where the event counts; "": nowhere."""
        if isinstance(event, trace.Step):
            self._ours.add(event.cpu)
            return INJECTED if event.pc == self._vector else ""
        if isinstance(event, trace.Taken) and event.cpu in self._ours:
            self._ours.discard(event.cpu)
            return kind_of(event)
        return ""


def operations(events: Iterable[trace.Event], code: Code, start: str, disturbers: Iterable[str] = ()) -> list[Counter[str]]:
    """What lies between the first instruction of the function `start` and its next execution. Those with one of the
    `disturbers` between them are left out."""
    found: list[Counter[str]] = []
    now: Counter[str] | None = None
    counting = Counting(code.interrupt)
    first = code.start(start)
    others = {code.start(function) for function in disturbers}
    for event in events:
        column = counting.column(event)
        if isinstance(event, trace.Step) and event.pc == first:
            found += [now] if now is not None else []
            now = Counter()
        elif isinstance(event, trace.Step) and event.pc in others:
            now = None
        elif now is not None and column:
            now[column] += 1
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
    return operations(trace.read(xen.qemu.log), code, "task_Fast", ("task_Middle", "task_Slow"))


def idle() -> Counter[str]:
    """While a guest with nothing to do sleeps for 10 s."""
    image = built("apps/gpio")
    options = trace.options(exceptions=True) | {"name": "bench-traps"}
    with dom0less.boot([Guest(image, enhanced="no-xenstore")], **options) as xen:
        xen.expect("DOM1: pins: .*\n", _LIMIT_S)
        xen.console.wait_quiet(3, _LIMIT_S)
        before = xen.qemu.log.stat().st_size
        assert before > 0, "the record is empty: it cannot be a witness"
        xen.console.wait_quiet(_IDLE_S, _IDLE_S + 1)
        with xen.qemu.log.open(errors="replace") as log:
            log.seek(before)
            events = list(trace.events(log))
    counting = Counting(Code(image).interrupt)
    return Counter(map(counting.column, events))


def figures() -> list[Figure]:
    """An alarm, a command for a pin, nothing."""
    commands = operations(pin.record(), Code(pin.IMAGE), "isr_Pins")
    return [_figure("an alarm expires, its task runs", alarm()), _figure("a command for a pin", commands),
            _figure("10 s of nothing to do", [idle()])]
