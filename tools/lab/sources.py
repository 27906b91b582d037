# SPDX-License-Identifier: Apache-2.0
"""Finds the Debian mirror that the person's own apt already uses.

The project names no host. DEBIAN_MIRROR in the environment wins; else the entry of the apt sources
that serves Debian's main suite, in either format that sources.list(5) describes.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from .errors import LabError

_SCHEMES = ("http:", "https:", "file:", "mirror+", "mirror:", "copy:", "tor+")


@dataclass(frozen=True)
class Entry:
    """One (address, suite) pair of a source of binary packages."""

    uri: str
    suite: str
    components: tuple[str, ...]
    signed_by: str = ""


def mirror(release: str, etc_apt: Path = Path("/etc/apt")) -> str:
    """The address to fetch Debian `release` from, without a trailing slash."""
    chosen = os.environ.get("DEBIAN_MIRROR", "").strip()
    if chosen:
        if not chosen.startswith(_SCHEMES):
            raise LabError(f"DEBIAN_MIRROR is not an address that apt understands: {chosen!r}. "
                           "It looks like http://HOST/debian")
        return chosen.rstrip("/")
    candidates = [e for e in entries(etc_apt)
                  if "main" in e.components and e.uri.startswith(_SCHEMES)]
    candidates.sort(key=lambda e: _rank(e, release))
    if not candidates or _rank(candidates[0], release) >= _UNLIKELY:
        raise LabError(f"no apt source of Debian {release} found below {etc_apt}. "
                       "Give one: DEBIAN_MIRROR=http://HOST/debian")
    return candidates[0].uri.rstrip("/")


_UNLIKELY = 100


def _rank(entry: Entry, release: str) -> int:
    """Lower is better. Third parties also use Debian's suite names, so the name is not enough."""
    rank = 0 if entry.suite == release else 20 if _is_main_suite(entry.suite) else _UNLIKELY
    if entry.uri.rstrip("/").endswith("/debian"):
        rank -= 2
    if "debian-archive" in entry.signed_by:
        rank -= 1
    return rank


def _is_main_suite(suite: str) -> bool:
    """A Debian mirror carries all releases, so any main suite of Debian's tells one."""
    return suite in ("stable", "testing", "oldstable", "sid", "bullseye", "bookworm", "trixie")


def entries(etc_apt: Path) -> list[Entry]:
    """All binary-package sources below `etc_apt`, in apt's order; unreadable lines are skipped."""
    found: list[Entry] = []
    parts = sorted((etc_apt / "sources.list.d").glob("*"))
    for path in [etc_apt / "sources.list", *parts]:
        if not path.is_file():
            continue
        text = path.read_text(errors="replace")
        if path.suffix == ".sources":
            found += parse_deb822(text)
        elif path.suffix == ".list":
            found += parse_one_line(text)
    return found


def parse_one_line(text: str) -> list[Entry]:
    """`deb [option=value ...] uri suite component ...`"""
    found = []
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        match = re.fullmatch(r"deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s+(.+)", line)
        if match:
            options, uri, suite, components = match.groups()
            signed = re.search(r"signed-by=(\S+)", options or "", re.IGNORECASE)
            found.append(Entry(uri, suite, tuple(components.split()),
                               signed.group(1) if signed else ""))
    return found


def parse_deb822(text: str) -> list[Entry]:
    """Stanzas of `Field: value`, continuation lines indented, comments from column one."""
    found = []
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for stanza in re.split(r"\n\s*\n", "\n".join(lines)):
        fields = _fields(stanza)
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").strip().lower() in ("no", "false", "0"):
            continue
        components = tuple(fields.get("components", "").split())
        for uri in fields.get("uris", "").split():
            for suite in fields.get("suites", "").split():
                found.append(Entry(uri, suite, components, fields.get("signed-by", "").strip()))
    return found


def _fields(stanza: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in stanza.splitlines():
        if line[:1] in (" ", "\t") and name:
            fields[name] += "\n" + line.strip()
        elif ":" in line:
            name, value = line.split(":", 1)
            name = name.strip().lower()
            fields[name] = value.strip()
    return fields
