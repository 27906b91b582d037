# SPDX-License-Identifier: Apache-2.0
"""The services of the operating system, in the guest's own instructions (bench/services)."""

from __future__ import annotations

import re
from pathlib import Path

from tools.lab import dom0less, paths
from tools.lab.dom0less import Guest
from tools.lab.errors import LabError

from .figure import INSTRUCTIONS_PER_S, Figure

_ROW = re.compile(r"^(\S.{59}) +(\d+) +(\d+) +(\d+)$", re.M)
_LIMIT_S = 120


def rows(text: str) -> list[Figure]:
    """The table that bench/common/measure.c has printed."""
    return [Figure(name.rstrip(), {"min": int(least), "median": int(median), "max": int(most)})
            for name, least, median, most in _ROW.findall(text)]


def measured(image: Path) -> list[Figure]:
    """The table of a program, run on Xen, where each count of the timer is one executed instruction."""
    with dom0less.boot([Guest(image, enhanced="no-xenstore")], icount=True, cntfrq_hz=INSTRUCTIONS_PER_S) as xen:
        # To ask whether it has stopped takes Xen's time: alarms would be late, in each run others.
        xen.expect(r"ShutdownOS: code \d+", _LIMIT_S, f"{image.stem}: the end")
        xen.wait_stopped()
        text = "\n".join(xen.guest_lines(1))
    found = rows(text)
    unit = f"Counts of a timer of {INSTRUCTIONS_PER_S} Hz."
    if not found or unit not in text or "ShutdownOS: code 0" not in text or "not measured" in text:
        raise LabError(f"{image.stem}: no table, or not all of it:\n{text}")
    return found


def figures(configuration: str) -> list[Figure]:
    """The benchmark of one configuration."""
    return measured(paths.BUILD / "guests/bench/services" / configuration / f"{configuration}.bin")
