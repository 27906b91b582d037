# SPDX-License-Identifier: Apache-2.0
"""Starts one QEMU, gives its serial line as a Console, and makes sure that it never outlives us."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shlex
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from .console import Console
from .errors import LabError

# -nic none: Debian's qemu-system-arm without its recommended packages has no network option ROM.
# Serial on standard input and output without QEMU's own key escapes: Ctrl-A belongs to Xen here.
_COMMON = ["-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-monitor",
           "none", "-chardev", "stdio,id=serial,signal=off", "-serial", "chardev:serial"]


class Qemu:
    """A running QEMU; use it in a `with` statement."""

    def __init__(self, args: list[str], folder: Path,
                 echo: Callable[[str], None] | None = None, log_items: str = "unimp,guest_errors",
                 ) -> None:
        self.folder = folder
        self.log = folder / "qemu.log"
        """What the device models saw (`-d unimp`) and guest errors."""
        self.stderr_log = folder / "qemu-stderr.log"
        """QEMU's own complaints."""
        command = [args[0], *_COMMON, "-d", log_items, "-D", str(self.log), *args[1:]]
        (folder / "command").write_text(shlex.join(command) + "\n")
        with self.stderr_log.open("wb") as stderr:
            try:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
                    start_new_session=True, preexec_fn=_die_with_parent)
            except FileNotFoundError as exc:
                raise LabError(f"{args[0]} is not installed. "
                               "Run: python3 -m tools.lab host-packages") from exc
        assert self._process.stdin and self._process.stdout
        self.console = Console(os.dup(self._process.stdout.fileno()),
                               os.dup(self._process.stdin.fileno()), folder / "console.log", echo)
        self._process.stdin.close()
        self._process.stdout.close()

    def __enter__(self) -> Qemu:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """Process id of the emulator."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the machine is still there."""
        return self._process.poll() is None

    def wait(self, timeout: float, step: str) -> None:
        """Waits until the machine has switched itself off and its last words are here."""
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired as exc:
            raise LabError(f"{step}: the machine still runs after {timeout:.0f} s",
                           [self.console.log]) from exc
        self.console.join(5)
        if status != 0:
            raise LabError(f"{step}: QEMU ended with status {status}: {self.error_text()}",
                           [self.stderr_log])

    def error_text(self) -> str:
        """What QEMU itself complained about."""
        return self.stderr_log.read_text(errors="replace").strip() or "no message"

    def stop(self) -> None:
        """Ends QEMU for certain, then collects its last words. May be called again."""
        with contextlib.suppress(ProcessLookupError):
            if self.running:
                self._process.terminate()
                try:
                    self._process.wait(5)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait(5)
        self.console.close()
        self.console.join(5)


def _die_with_parent() -> None:
    """Runs in the child before exec: the kernel ends QEMU when we die, even by SIGKILL."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGKILL)
