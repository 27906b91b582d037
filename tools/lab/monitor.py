# SPDX-License-Identifier: Apache-2.0
"""QEMU's own monitor: to change what it does while the machine runs."""

from __future__ import annotations

import json
import socket
import tempfile
from pathlib import Path
from typing import TextIO

from .errors import LabError

_LIMIT_S = 60


class Monitor:
    """The monitor of one machine; use it in a `with` statement, around the machine's own."""

    def __init__(self) -> None:
        # A socket's path has room for some 100 characters only, so not in the run's folder.
        self._folder = tempfile.TemporaryDirectory(prefix="erika-xen-")
        self._path = Path(self._folder.name) / "monitor"
        self.qemu_args = ["-chardev", f"socket,id=monitor,path={self._path},server=on,wait=off",
                          "-mon", "chardev=monitor,mode=control"]
        """What the machine's boot() takes."""

    def __enter__(self) -> Monitor:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._folder.cleanup()

    def command(self, line: str) -> None:
        """A command as a person types it, of those that say nothing if all is well."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_LIMIT_S)
            connection.connect(str(self._path))
            with connection.makefile("rw") as stream:
                stream.readline()   # its greeting
                _execute(stream, "qmp_capabilities")
                _execute(stream, "human-monitor-command", {"command-line": line})


def _execute(stream: TextIO, command: str, arguments: dict[str, str] | None = None) -> None:
    stream.write(json.dumps({"execute": command, "arguments": arguments or {}}) + "\n")
    stream.flush()
    answer: dict = {"event": ""}
    while "event" in answer:
        answer = json.loads(stream.readline() or '{"error": "the monitor is closed"}')
    if answer.get("return") != {} and answer.get("return") != "":
        raise LabError(f"QEMU's monitor, {command} {arguments or ''}: {answer}")
