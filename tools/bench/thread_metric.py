# SPDX-License-Identifier: Apache-2.0
"""Thread-Metric: how often each of its tests goes round while a billion instructions are executed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tools.lab import bare, dom0less, paths
from tools.lab.dom0less import Guest
from tools.lab.errors import LabError

from .figure import INSTRUCTIONS_PER_S, Figure

# Folder below bench/thread_metric -> row of the table.
TESTS = {
    "basic_processing": "basic processing",
    "cooperative": "cooperative scheduling",
    "preemptive": "preemptive scheduling",
    "interrupt": "interrupt processing",
    "interrupt_preemption": "interrupt preemption processing",
    "synchronization": "synchronization processing",
}
_LIMIT_S = 120
_REPORT = (r"(?m)^thread_metric (\w+): (\d+) iterations in (\d+) counts of a timer of 1000000000 Hz\n"
           r"ShutdownOS: code 0$")


@dataclass(frozen=True)
class Period:
    """What a test has reported."""

    iterations: int
    instructions: int

    @property
    def per_billion(self) -> int:
        """Iterations while 10^9 instructions are executed."""
        return self.iterations * INSTRUCTIONS_PER_S // self.instructions

    @property
    def each(self) -> float:
        """Instructions of one iteration, and of what else there is to do in the period."""
        return self.instructions / self.iterations


def image(test: str) -> Path:
    """Where the build has put a test."""
    return paths.BUILD / "guests/bench/thread_metric" / test / f"{test}.bin"


def period_of(test: str, text: str) -> Period:
    """The report in what a guest has printed."""
    found = re.search(_REPORT, text)
    if not found or found[1] != test:
        raise LabError(f"{test}: no report, or one with errors:\n{text}")
    return Period(int(found[2]), int(found[3]))


def on_bare(test: str) -> Period:
    """The test without Xen, where each count of the timer is one executed instruction."""
    with bare.boot(image(test), icount=True, cntfrq_hz=INSTRUCTIONS_PER_S) as machine:
        machine.wait(_LIMIT_S, f"{test}: power-off")
        return period_of(test, machine.console.text)


def on_xen(test: str) -> Period:
    """The same on Xen; what Xen itself executes meanwhile is in the count."""
    with dom0less.boot([Guest(image(test))], icount=True, cntfrq_hz=INSTRUCTIONS_PER_S) as xen:
        xen.wait_stopped(_LIMIT_S)
        return period_of(test, "\n".join(xen.guest_lines(1)))


def figures() -> list[Figure]:
    """A row for each test."""
    return [_figure(row, on_bare(test)) for test, row in TESTS.items()]


def _figure(row: str, period: Period) -> Figure:
    values = {"iterations": period.per_billion, "instructions per iteration": round(period.each)}
    return Figure(row, values, frozenset({"iterations"}))
