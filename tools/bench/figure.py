# SPDX-License-Identifier: Apache-2.0
"""What a measurement gives to the tables of docs/PERFORMANCE.md."""

from __future__ import annotations

from dataclasses import dataclass

# A machine whose timer counts as fast counts single instructions.
INSTRUCTIONS_PER_S = 1_000_000_000


@dataclass(frozen=True)
class Figure:
    """A row of a table, which its first column names."""

    row: str
    values: dict[str, int]
    """By the heading of their columns."""
    more_is_better: frozenset[str] = frozenset()
    """Headings of the columns in which a higher figure is the better one; in the others it is the lower."""
