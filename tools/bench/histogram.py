# SPDX-License-Identifier: Apache-2.0
"""What bench/response and interference.sh print, read and checked: one histogram of responses each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.lab.errors import LabError

LIMITS_NS = (0, *(step * 10**power for power in range(3, 9) for step in (1, 2, 5)), 10**9)
"""Where the histogram's intervals begin; as in bench/response/main.c."""


@dataclass(frozen=True)
class Series:
    """What became of the expiries of one way to run it."""

    name: str
    due: int
    least_ns: int
    most_ns: int
    starts: tuple[int, ...]
    """How many starts took so long, by LIMITS_NS."""

    @property
    def never(self) -> int:
        """Expiries for which the task was not started: the alarm lost them, or the task had not ended."""
        return self.due - sum(self.starts)

    def within_ns(self, per_mille: int) -> int | None:
        """In which time so many of the starts were: the end of an interval. None: the last interval has none."""
        seen = 0
        for count, end in zip(self.starts, LIMITS_NS[1:]):
            seen += count
            if seen * 1000 >= per_mille * sum(self.starts):
                return end
        return None


    def __add__(self, other: Series) -> Series:
        return Series(self.name, self.due + other.due, min(self.least_ns, other.least_ns),
                      max(self.most_ns, other.most_ns), tuple(map(sum, zip(self.starts, other.starts))))


def parse(text: str) -> list[Series]:
    """All series of what interference.sh has printed, those of one name added up. Other lines may stand between."""
    _, *blocks = re.split(r"^series: (.+)\n", text.replace("\r", ""), flags=re.M)
    if not blocks:
        raise LabError("there is no line `series: ...`: this is not what interference.sh prints")
    found: dict[str, Series] = {}
    for name, block in zip(blocks[::2], blocks[1::2]):
        series = _series(name, block)
        found[name] = found[name] + series if name in found else series
    return list(found.values())


def _series(name: str, block: str) -> Series:
    lines = re.findall(r"^response: (.*)$", block, re.M)
    patterns = [r"([1-9]\d*) due, (\d+) samples, (\d+) lost, (\d+) refused", r"(\d+) to (\d+) ns",
                *(rf"from {limit} ns: (\d+)" for limit in LIMITS_NS)]
    if len(lines) != len(patterns):
        raise LabError(f"series {name!r} has {len(lines)} lines `response: ...` and not {len(patterns)}: the guest did "
                       "not come to its end, or its console has lost text")
    numbers = []
    for pattern, line in zip(patterns, lines):
        match = re.fullmatch(pattern, line)
        if match is None:
            raise LabError(f"series {name!r}: `response: {line}` is not like {pattern!r}")
        numbers += map(int, match.groups())
    due, samples, lost, refused, least_ns, most_ns, *starts = numbers
    if samples != sum(starts) or samples + lost + refused != due:
        raise LabError(f"series {name!r} does not add up: {due} due, {samples} samples ({sum(starts)} in the histogram), "
                       f"{lost} lost, {refused} refused")
    return Series(name, due, least_ns, most_ns, tuple(starts))
