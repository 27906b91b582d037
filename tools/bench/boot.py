# SPDX-License-Identifier: Apache-2.0
"""The start: instructions from the zImage's first word to the first instruction of the first task, or to
the idle loop if there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.guests import built
from tools.lab import bare, dom0less, trace
from tools.lab.console import Console
from tools.lab.dom0less import Guest
from tools.lab.symbols import Code

from .figure import Figure

APPLICATIONS = ("apps/hello", "apps/gpio")
# Each begins with the first instruction of a function, and ends where the next one begins.
PHASES = (
    ("head.S, page tables", "image_start"),
    ("zeroes, stacks", "arch_start"),
    ("device tree, UART, PSCI", "boot_main"),
    ("GIC, timer", "gic_init"),
    ("Xen layer", "xen_init"),
    ("banner", "banner"),
    ("main()", "main"),
    ("StartOS", "StartOS"),
)
_LIMIT_S = 120


def _linked(code: Code, events: Iterable[trace.Event]) -> Iterator[int]:
    """The instructions' linked addresses, from the image's first word on. Until the MMU is on they lie elsewhere: how
    far, tells the jump to the label `linked`, which stands right behind it."""
    head: list[int] = []
    pcs = (step.pc for step in events if isinstance(step, trace.Step))
    for pc in pcs:
        if pc in trace.LINKED:
            break
        head.append(pc)
    offset = head[-1] - (code.start("linked") - 4)
    yield from (at - offset for at in head if at - offset in trace.LINKED)
    yield pc
    yield from pcs


def phases(code: Code, events: Iterable[trace.Event]) -> dict[str, int]:
    """Instructions of each phase until the first task."""
    begins = {code.start(function): name for name, function in PHASES}
    counts = dict.fromkeys(begins.values(), 0)
    name = ""
    for pc in _linked(code, events):
        name = begins.pop(pc, name)
        if code.function(pc) == "arch_idle" or code.function(pc).startswith("task_"):
            return counts
        counts[name] += 1
    raise ValueError("the record ends before the first task")


def _wait(console: Console) -> None:
    """Until the last line of the start is there, and then until the guest rests."""
    console.expect("Hello from domU, number 1\\b|pins: .*\\n", _LIMIT_S, "the guest's start")
    console.wait_quiet(2, _LIMIT_S)


def run(image: Path, on_xen: bool) -> dict[str, int]:
    """The phases of a start under Xen, or without it."""
    options = trace.options(head=True) | {"icount": True, "name": "bench-boot"}
    if on_xen:
        with dom0less.boot([Guest(image, enhanced="no-xenstore")], **options) as xen:
            _wait(xen.console)
        log = xen.qemu.log
    else:
        with bare.boot(image, **options) as machine:
            _wait(machine.console)
        log = machine.log
    found = phases(Code(image), trace.read(log))
    log.unlink()
    return found


def figures() -> list[Figure]:
    """The whole, and its phases."""
    runs = {f"{Path(app).name}, {where}": run(built(app), where == "Xen")
            for app in APPLICATIONS for where in ("Xen", "bare")}
    rows = [Figure("all", {run: sum(counts.values()) for run, counts in runs.items()})]
    return rows + [Figure(name, {run: counts[name] for run, counts in runs.items()}) for name, _ in PHASES]
