# SPDX-License-Identifier: Apache-2.0
"""`make debug`: an application on QEMU's machine without Xen, with gdb at its first task."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from . import bare, paths
from .errors import LabError

GDB = "gdb-multiarch"
_OSEK = paths.ROOT / "tools" / "gdb" / "osek.py"
_FIRST_TASK = Path(__file__).with_name("first_task.py")


def run(elf: Path, gdb_args: list[str]) -> int:
    """Starts both, gives gdb the terminal, and ends the machine with it. @return gdb's status"""
    if shutil.which(GDB) is None:
        raise LabError(f"{GDB} is not installed. Run: python3 -m tools.lab host-packages debug")
    if not elf.is_file():
        raise LabError(f"no such file: {elf}. Build it first")
    # A socket's path has room for some 100 characters only, so not in the run's folder.
    with tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:
        socket = f"{folder}/gdb"
        stub = ["-S", "-gdb", f"unix:{socket},server=on,wait=off"]
        with bare.boot(elf.with_suffix(".bin"), qemu_args=stub, name="debug", echo=_echo):
            return _gdb(elf, socket, gdb_args)


def _gdb(elf: Path, socket: str, gdb_args: list[str]) -> int:
    commands = [f"target remote {socket}"]
    commands += [f"source {path}" for path in (_OSEK, _FIRST_TASK) if path.is_file()]
    # The person's own arguments come last: they find the machine at the first task.
    args = [GDB, "-q", "-nx", str(elf), "-ex", "set confirm off"]
    for command in commands:
        args += ["-ex", command]
    # Ctrl-C stops the program in gdb; it must not end us.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run([*args, *gdb_args], check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def _echo(text: str) -> None:
    sys.stdout.write(text.replace("\r", ""))
    sys.stdout.flush()
