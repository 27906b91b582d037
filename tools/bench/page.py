# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/PERFORMANCE.md: what a row said when it was committed, and writing what it says now.

A section is a heading; below it stands one table. Its first column names the rows; columns that a figure does not have
are a person's: what is to be reached, what is measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tools.lab.errors import LabError

from .figure import Figure

TO_REACH = "to reach"


def number(text: str) -> int | None:
    """A cell's figure; None if it has none: empty, a dash, a word."""
    digits = text.replace(",", "").strip()
    return int(digits) if re.fullmatch(r"\d+", digits) else None


def written(value: int) -> str:
    """A figure as a cell has it."""
    return f"{value:,}" if value >= 10_000 else str(value)


@dataclass
class Row:
    """A row of the page: where it is, and its cells by their headings."""

    line: int
    cells: dict[str, str]

    def figure(self, column: str) -> int | None:
        return number(self.cells.get(column, ""))

    def limit(self) -> int | None:
        """What the figure is to reach."""
        return number(re.sub(r"^[<>]= *", "", self.cells.get(TO_REACH, "")))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


class Page:
    """The page, read once; write() puts back what update() has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text().splitlines()

    def rows(self, heading: str) -> dict[str, Row]:
        """The table below a heading, by its first column."""
        titles = [line.lstrip("# ") if line.startswith("#") else None for line in self.lines]
        if heading not in titles:
            raise LabError(f"{self.path.name} has no heading `{heading}`: write one, with an empty table")
        rows: dict[str, Row] = {}
        columns: list[str] = []
        for at in range(titles.index(heading) + 1, len(self.lines)):
            line = self.lines[at]
            if titles[at] is not None or (columns and not line.startswith("|")):
                break
            if not line.startswith("|") or re.fullmatch(r"[|: -]+", line):
                continue
            cells = _cells(line)
            if not columns:
                columns = cells
            else:
                rows[cells[0]] = Row(at, dict(zip(columns, cells)))
        return rows

    def update(self, heading: str, figures: list[Figure]) -> None:
        """Puts the figures into their rows; a row that is missing is an error, for its words are a person's."""
        rows = self.rows(heading)
        missing = [figure.row for figure in figures if figure.row not in rows]
        if missing:
            raise LabError(f"{self.path.name}, `{heading}`: no row for {', '.join(missing)}")
        for figure in figures:
            row = rows[figure.row]
            row.cells |= {column: written(value) for column, value in figure.values.items() if column in row.cells}
            self.lines[row.line] = "| " + " | ".join(row.cells.values()) + " |"

    def write(self) -> None:
        self.path.write_text("\n".join(self.lines) + "\n")
