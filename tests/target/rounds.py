# SPDX-License-Identifier: Apache-2.0
"""A program that goes round and counts: what a round executes, by stepping QEMU through it, so neither the program's
counters nor its clock have to be believed."""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.target.gdbstub import PC, GdbStub
from tools.lab.symbols import symbols
from tools.lab.errors import LabError

# QEMU's virt: the distributor's GICD_ICENABLER0, and the bit of the virtual timer's line.
_DISABLE, _TIMER = 0x0800_0180, 1 << 27
_IRQ = 0x18
_LIMIT = 20_000


@dataclass(frozen=True)
class Round:
    """From one change of the first counter to the next."""

    instructions: int
    calls: Counter[str]
    """How often the first instruction of each function was executed."""
    counted: list[int]
    """By how much each counter has risen in memory."""


class Rounds:
    """A machine that stands still before the first instruction of a task of the program."""

    def __init__(self, gdb: GdbStub, image: Path, task: str) -> None:
        self._gdb = gdb
        self._symbols = symbols(image)
        gdb.run_to(self._symbols[f"task_{task}"])
        _, self.counters, self._count, _ = struct.unpack("<4I", gdb.read(self._symbols["metric"], 16))

    def stand(self) -> list[int]:
        """The counters, as memory has them."""
        return list(struct.unpack(f"<{self._count}I", self._gdb.read(self.counters, 4 * self._count)))

    def step(self, *, bare: bool) -> Round:
        """The program's second round, which must execute what the third does.

        On a bare machine with the interrupts that the program makes; the timer is told to make none. Under Xen without
        any, as one would lead out of the guest.
        """
        self._gdb.step_through_interrupts(bare)
        if bare:
            self._gdb.write_physical(_DISABLE, _TIMER.to_bytes(4, "little"))
        self._to_first_count()
        mark = self._gdb.register(PC)
        before = self.stand()
        second = self._to(mark)
        counted = [now - was for now, was in zip(self.stand(), before)]
        if self._to(mark) != second:
            raise LabError("no two rounds are alike")
        entries = {address: name for name, address in self._symbols.items() if not name.startswith("$")}
        return Round(len(second), Counter(entries[pc] for pc in second if pc in entries), counted)

    def _to_first_count(self) -> None:
        for _ in range(_LIMIT):
            if self.stand()[0] != 0:
                return
            self._gdb.step()
        raise LabError(f"nothing counted within {_LIMIT} instructions")

    def _to(self, mark: int) -> list[int]:
        """The instructions from `mark` to `mark`. One before which an interrupt comes is executed later."""
        stops = [mark]
        while len(stops) == 1 or stops[-1] != mark:
            if len(stops) > _LIMIT:
                raise LabError(f"no round within {_LIMIT} instructions")
            stops.append(self._gdb.step())
        vector = self._symbols["vectors"] + _IRQ
        return [pc for pc, then in zip(stops, stops[1:]) if then != vector]
