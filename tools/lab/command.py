# SPDX-License-Identifier: Apache-2.0
"""Runs a short-lived host tool with a deadline and turns every way it can fail into a LabError."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .errors import LabError


def run(args: list[str], *, timeout: float, cwd: Path | None = None, stdin: bytes = b"") -> bytes:
    """Returns the tool's standard output. `timeout` is in seconds."""
    try:
        done = subprocess.run(args, cwd=cwd, input=stdin, capture_output=True, timeout=timeout,
                              check=False, env=environment())
    except FileNotFoundError as exc:
        raise LabError(f"{args[0]} is not installed. "
                       "Run: python3 -m tools.lab host-packages") from exc
    except subprocess.TimeoutExpired as exc:
        raise LabError(f"{args[0]} did not finish within {timeout:.0f} s: "
                       f"{' '.join(args)}") from exc
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip() or "no message"
        raise LabError(f"{args[0]} failed (status {done.returncode}): {said}\n"
                       f"  command: {' '.join(args)}")
    return done.stdout


def environment() -> dict[str, str]:
    """Ours, with the folders of mke2fs and the like, which an ordinary person's PATH lacks.

    The plain locale, because some messages are matched."""
    path = os.environ.get("PATH", "/usr/bin:/bin")
    return {**os.environ, "PATH": f"{path}:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}
