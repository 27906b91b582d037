# SPDX-License-Identifier: Apache-2.0
"""What a service costs with few and with many ready tasks or armed alarms, in the worst case (bench/growth)."""

from __future__ import annotations

from pathlib import Path

from tools.lab import paths

from . import services
from .figure import Figure

# The folder in bench/growth -> how many tasks or alarms its programs have.
COUNTS = {
    "priorities": [2, 8, 31, 32, 64, 128],
    "one_priority": [2, 8, 32],
    "alarms": [1, 10, 100, 1000],
}
# Idle has a priority, too: of so many tasks on, the bitmap of ready priorities has two levels.
ONE_LEVEL, TWO_LEVELS = 31, 32


def image(kind: str, count: int) -> Path:
    """Where the build has put a program."""
    return paths.BUILD / f"guests/bench/growth/{kind}-{count}/{kind}-{count}.bin"


def worst(kind: str) -> dict[str, dict[int, int]]:
    """The maximum of each row by count."""
    table: dict[str, dict[int, int]] = {}
    for count in COUNTS[kind]:
        for figure in services.measured(image(kind, count)):
            table.setdefault(figure.row, {})[count] = figure.values["max"]
    return table


def ready_tasks() -> list[Figure]:
    """By the number of ready tasks; what the second level costs beside them."""
    each = [Figure(row, _columns(most, "tasks") | {"second level": most[TWO_LEVELS] - most[ONE_LEVEL]})
            for row, most in worst("priorities").items()]
    return each + [Figure(row, _columns(most, "tasks")) for row, most in worst("one_priority").items()]


def armed_alarms() -> list[Figure]:
    """By the number of armed alarms."""
    return [Figure(row, _columns(most, "alarms")) for row, most in worst("alarms").items()]


def _columns(most: dict[int, int], unit: str) -> dict[str, int]:
    return {f"{count} {unit if count > 1 else unit[:-1]}": value for count, value in most.items()}
