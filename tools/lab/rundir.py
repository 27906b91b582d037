# SPDX-License-Identifier: Apache-2.0
"""A folder for each run below build/lab/, and a ``latest`` link to the newest one."""

from __future__ import annotations

import os
from pathlib import Path

from . import paths
from .errors import LabError


def create(name: str, runs: Path | None = None) -> Path:
    """Makes build/lab/NAME-NNNN with the first free number.

    Numbers, not times: two runs started in the same second must not share a folder, and mkdir is
    the one operation that tells us so without a race.
    """
    runs = runs or paths.RUNS
    runs.mkdir(parents=True, exist_ok=True)
    number = 1 + max((_number(p.name, name) for p in runs.iterdir()), default=0)
    for candidate in range(number, number + 1000):
        folder = runs / f"{name}-{candidate:04d}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        _point_latest(runs, folder)
        return folder
    raise LabError(f"no free run folder below {runs}: remove old ones (rm -r {runs})")


def _number(entry: str, name: str) -> int:
    prefix, _, digits = entry.rpartition("-")
    return int(digits) if prefix == name and digits.isdigit() else 0


def _point_latest(runs: Path, folder: Path) -> None:
    # rename() replaces the link in one step, so a reader never finds it missing.
    temporary = runs / f".latest-{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(folder.name)
    temporary.replace(runs / "latest")
