# SPDX-License-Identifier: Apache-2.0
"""Where the laboratory keeps things: results below build/, downloads in the XDG cache folder."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
CFG = ROOT / "cfg"
RUNS = BUILD / "lab"


def cache() -> Path:
    """The folder that all clones of one person share (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The specification says that a relative value is invalid and must be ignored.
    root = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    return root / "erika-xen"


def debian_root(arch: str) -> Path:
    """Root of the unpacked Debian packages of one architecture."""
    return BUILD / "debian" / arch


def show(path: Path) -> str:
    """A path as a person would type it from the repository root."""
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)
