# SPDX-License-Identifier: Apache-2.0
"""Which exact files a set of packages meant when it was last resolved: names, versions, SHA256."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

# To be counted up when the way from a set to its packages changes: old lock files are then void.
_RULES = 2


@dataclass(frozen=True)
class PackageSet:
    """What one architecture needs. The order is the order of unpacking."""

    plain: tuple[str, ...]
    """Unpacked alone."""
    with_libraries: tuple[str, ...] = ()
    """Unpacked with the shared libraries they need: dom0's programs."""
    kernel_flavour: str = ""
    """Debian's name of the dom0 kernel, e.g. armmp-lpae; empty: no kernel."""


@dataclass(frozen=True)
class Package:
    """One .deb as the signed index describes it."""

    name: str
    arch: str
    version: str
    sha256: str
    size: int
    installed_kib: int

    @property
    def file_name(self) -> str:
        """The name that apt-get download gives (a colon is not safe in a file name)."""
        return f"{self.name}_{self.version.replace(':', '%3a')}_{self.arch}.deb"

    @property
    def spec(self) -> str:
        """The exact version, for apt-get."""
        arch = "" if self.arch == "all" else f":{self.arch}"
        return f"{self.name}{arch}={self.version}"


def read(lock_file: Path, wanted: PackageSet) -> list[Package] | None:
    """The locked packages; None when there is no lock, or it is damaged or for another set."""
    try:
        data = json.loads(lock_file.read_text())
        if data["request"] != _request(wanted):
            return None
        return [Package(**entry) for entry in data["packages"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(lock_file: Path, wanted: PackageSet, packages: list[Package]) -> None:
    """Replaces the lock in one step, so a reader sees the old or the new one."""
    data = {"request": _request(wanted), "packages": [asdict(p) for p in packages]}
    temporary = lock_file.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(data, indent=1) + "\n")
    temporary.replace(lock_file)


def _request(wanted: PackageSet) -> dict:
    return {"rules": _RULES, **json.loads(json.dumps(asdict(wanted)))}


def stamp(packages: list[Package]) -> str:
    """One line that differs when any file of the list does."""
    text = json.dumps([asdict(p) for p in packages])
    return hashlib.sha256(text.encode()).hexdigest() + "\n"
