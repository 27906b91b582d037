# SPDX-License-Identifier: Apache-2.0
"""The linker's word on where things are, and the compiler's on which line made them."""

from __future__ import annotations

import subprocess
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from . import paths


def symbols(image: Path) -> dict[str, int]:
    """Address of each symbol of the image's ELF file."""
    return {name: address for address, _, name in _listing(image.with_suffix(".elf"))}


class Code:
    """The functions of an image's ELF file."""

    def __init__(self, image: Path) -> None:
        self._elf = image.with_suffix(".elf")
        code = sorted((address, name) for address, kind, name in _listing(self._elf) if kind in "TtWw")
        self._starts = [address for address, _ in code]
        self._names = [name for _, name in code]
        self._files = dict(zip(self._names, (line.file for line in self.lines(self._starts))))

    def start(self, function: str) -> int:
        """The address of its first instruction."""
        return self._starts[self._names.index(function)]

    @property
    def interrupt(self) -> int:
        """The word of the exception vectors that an interrupt begins at (ARM ARM B1.8.1)."""
        return self.start("vectors") + 0x18

    def function(self, address: int) -> str:
        """The function, or the label of assembly, that an instruction is in."""
        return self._names[max(bisect_right(self._starts, address) - 1, 0)]

    def file_of(self, function: str) -> str:
        """Its source, below the project's folder; "" if it is a library's, or has no line numbers."""
        return self._files[function]

    def line(self, address: int) -> Line:
        """Where an instruction comes from."""
        return self.lines([address])[0]

    def lines(self, addresses: Iterable[int]) -> list[Line]:
        """The same for many, with one call of addr2line. Of a function that was compiled into its caller, the caller's
        line counts: it lists those from the inside out."""
        wanted = "".join(f"{address:#x}\n" for address in addresses)
        found = subprocess.run(["arm-none-eabi-addr2line", "-a", "-i", "-e", self._elf], input=wanted,
                               capture_output=True, text=True, check=True, timeout=60).stdout
        return [Line.of(lines.splitlines()[-1]) for lines in found.split("0x")[1:]]


class Line(str):
    """FILE:LINE of the project's, or "" where there are none."""

    @classmethod
    def of(cls, found: str) -> Line:
        """From a line of addr2line: full path, and perhaps a remark."""
        where = found.partition(" (")[0]
        home = f"{paths.ROOT}/"
        return cls(where.removeprefix(home) if where.startswith(home) else "")

    @property
    def file(self) -> str:
        """Without the number."""
        return self.rpartition(":")[0]


@cache
def _listing(elf: Path) -> list[tuple[int, str, str]]:
    """Address, kind and name of each symbol."""
    text = subprocess.run(["arm-none-eabi-nm", elf], capture_output=True, text=True, check=True, timeout=30).stdout
    fields = (line.split() for line in text.splitlines())
    return [(int(entry[0], 16), entry[1], entry[2]) for entry in fields if len(entry) == 3]
