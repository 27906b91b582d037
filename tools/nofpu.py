#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refuse floating-point code where nobody has asked for it.

    tools/nofpu.py OBJECT...

The kernel saves floating-point registers only for tasks and ISRs with USEFPU = TRUE, whose source files an
application names in FPU_SRCS (app.mk). This looks at the code of the others, and fails with each function that holds
an instruction of VFP or NEON: it would end the domain with an exception, and only when it runs.
"""

from __future__ import annotations

import re
import subprocess
import sys

_OBJDUMP = ["arm-none-eabi-objdump", "-d", "--no-show-raw-insn"]
_FILE = re.compile(r"^(\S.*):\s+file format ")
_FUNCTION = re.compile(r"^[0-9a-f]+ <(.+)>:$")
# All of VFP and NEON begins with v; the two f are older forms that have no other name.
_INSTRUCTION = re.compile(r"^\s*[0-9a-f]+:\s+(v[a-z0-9.]+|f(?:ld|st)m[a-z]*x)\s")


def floating_point(listing: str) -> dict[tuple[str, str], str]:
    """The first such instruction of each (object, function) that objdump shows."""
    found: dict[tuple[str, str], str] = {}
    file = function = ""
    for line in listing.splitlines():
        if match := _FILE.match(line):
            file = match[1]
        elif match := _FUNCTION.match(line):
            function = match[1]
        elif match := _INSTRUCTION.match(line + " "):
            found.setdefault((file, function), match[1])
    return found


def main() -> int:
    objects = sys.argv[1:]
    if not objects:
        return 0
    done = subprocess.run([*_OBJDUMP, *objects], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"nofpu: {done.stderr.strip()}", file=sys.stderr)
        return 2
    found = floating_point(done.stdout)
    for (file, function), instruction in found.items():
        print(f"{file}: {function}() uses floating point ({instruction}): name its source file in FPU_SRCS in the "
              "application's app.mk, and give the tasks and ISRs that call it USEFPU = TRUE in OIL", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
