# SPDX-License-Identifier: Apache-2.0
"""`make debug`: an application on QEMU's machine without Xen, with gdb at its first task."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import bare, paths
from .errors import LabError
from .qemu import Qemu

GDB = "gdb-multiarch"
_OSEK = paths.ROOT / "tools" / "gdb" / "osek.py"
_FIRST_TASK = Path(__file__).with_name("first_task.py")
_LIMIT_S = 60
_LISTENS = "00010000"  # flag of a socket that accepts connections, in /proc/net/unix


def run(elf: Path, gdb_args: list[str]) -> int:
    """Starts both, gives gdb the terminal, and ends the machine with it. @return gdb's status"""
    if shutil.which(GDB) is None:
        raise LabError(f"{GDB} is not installed. Run: python3 -m tools.lab host-packages debug")
    if not elf.is_file():
        raise LabError(f"no such file: {elf}. Build it first")
    # A socket's path has room for some 100 characters only, so not in the run's folder.
    with tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:
        socket = Path(folder) / "gdb"
        stub = ["-S", "-gdb", f"unix:{socket},server=on,wait=off"]
        with bare.boot(elf.with_suffix(".bin"), qemu_args=stub, name="debug",
                       echo=_echo) as qemu:
            wait_for_stub(qemu, socket)
            return _gdb(elf, socket, gdb_args)


def wait_for_stub(qemu: Qemu, socket: Path) -> None:
    """Until gdb can connect: it does not try twice, and a loaded machine starts QEMU late."""
    deadline = time.monotonic() + _LIMIT_S
    while not _listens(socket):
        if not qemu.running:
            raise LabError(f"QEMU ended before gdb could connect: {qemu.error_text()}", [qemu.stderr_log])
        if time.monotonic() > deadline:
            raise LabError(f"QEMU does not listen for gdb at {socket} within {_LIMIT_S} s", [qemu.stderr_log])
        time.sleep(0.05)


def _listens(socket: Path) -> bool:
    fields = (line.split() for line in Path("/proc/net/unix").read_text().splitlines())
    return any(field[-1] == str(socket) and field[3] == _LISTENS for field in fields)


def _gdb(elf: Path, socket: Path, gdb_args: list[str]) -> int:
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
