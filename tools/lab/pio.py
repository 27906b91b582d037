# SPDX-License-Identifier: Apache-2.0
"""The independent witness of a pin: what QEMU's own model of the PIO controller saw.

QEMU 7.2 models it as an "unimplemented device", which logs each access with `-d unimp`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Write:
    """One store to a register, by whichever domain."""

    offset: int
    value: int

    def __str__(self) -> str:
        return f"PIO write offset {self.offset:#05x} value {self.value:#010x}"


_LINE = re.compile(r"^pio: unimplemented device write \(size \d+, offset (0x[0-9a-f]+), "
                   r"value (0x[0-9a-f]+)\)$", re.MULTILINE)


def mark(log: Path) -> int:
    """A place in the log, for `writes()`."""
    return log.stat().st_size if log.exists() else 0


def writes(log: Path, since: int = 0, offset: int | None = None) -> list[Write]:
    """The writes after `since`, oldest first; only to one register when `offset` is given."""
    if not log.exists():
        return []
    with log.open("rb") as file:
        file.seek(since)
        text = file.read().decode(errors="replace")
    return writes_in(text, offset)


def writes_in(text: str, offset: int | None = None) -> list[Write]:
    """The same, of a part of the log."""
    found = [Write(int(o, 16), int(v, 16)) for o, v in _LINE.findall(text)]
    return [w for w in found if offset is None or w.offset == offset]
