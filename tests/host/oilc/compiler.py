# SPDX-License-Identifier: Apache-2.0
"""Starting the OIL compiler that was built, for the tests below tests/host/oilc."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
OILC = Path(os.environ.get("OILC", ROOT / "build/tools/oilc"))
LIMIT_S = 60
FINE, ERRORS, USAGE = 0, 1, 2
WRITTEN = ("os_cfg.h", "os_cfg.c", "os_cfg.orti")
MINIMAL = "OS Os { };\nTASK Work { PRIORITY = 1; AUTOSTART = TRUE; };\n"


@dataclass
class Result:
    status: int
    out: str
    err: str


def oilc(*args: object, cwd: Path = HERE, **how) -> Result:
    how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    done = subprocess.run([OILC, *map(str, args)], cwd=cwd, text=True, timeout=LIMIT_S, check=False, **how)
    return Result(done.returncode, done.stdout or "", done.stderr)


def files(folder: Path) -> dict[str, bytes]:
    """All that a folder holds: name -> bytes."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}
