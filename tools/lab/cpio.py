# SPDX-License-Identifier: Apache-2.0
"""Writes the "newc" archives that Linux unpacks as its first root file system.

Own code, because it needs no root (owner and modes are ours to choose) and because the same input
must give the same bytes: entries sorted, times and inode numbers fixed.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass
class Archive:
    """A tree in memory; parents of an entry are added by themselves."""

    _entries: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def folder(self, name: str, mode: int = 0o755) -> None:
        """Adds an empty folder."""
        self._add(name, stat.S_IFDIR | mode, b"")

    def data(self, name: str, content: bytes, mode: int = 0o644) -> None:
        """Adds a file with the given content."""
        self._add(name, stat.S_IFREG | mode, content)

    def file(self, name: str, source: Path, mode: int | None = None) -> None:
        """Adds a file of the host; its mode is reduced to "executable or not"."""
        executable = source.stat().st_mode & stat.S_IXUSR
        self.data(name, source.read_bytes(), mode or (0o755 if executable else 0o644))

    def link(self, name: str, target: str) -> None:
        """Adds a symbolic link."""
        self._add(name, stat.S_IFLNK | 0o777, target.encode())

    def has(self, name: str) -> bool:
        """Whether an entry of that name is there."""
        return name.lstrip("/") in self._entries

    def pack(self) -> bytes:
        """The archive's bytes."""
        parts = [_entry(number, name, mode, content) for number, (name, (mode, content))
                 in enumerate(sorted(self._entries.items()), start=1)]
        # The trailer has link count 1, everything else 0.
        parts.append(_entry(0, "TRAILER!!!", 0, b""))
        return b"".join(parts)

    def _add(self, name: str, mode: int, content: bytes) -> None:
        name = name.lstrip("/")
        for parent in reversed(PurePosixPath(name).parents[:-1]):
            self._entries.setdefault(str(parent), (stat.S_IFDIR | 0o755, b""))
        self._entries[name] = (mode, content)


def _entry(inode: int, name: str, mode: int, content: bytes) -> bytes:
    encoded = name.encode() + b"\0"
    fields = (inode, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(encoded), 0)
    header = b"070701" + b"".join(b"%08X" % value for value in fields)
    return _padded(header + encoded) + _padded(content)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
