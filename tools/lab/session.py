# SPDX-License-Identifier: Apache-2.0
"""A session in dom0: commands typed at its console, their output and status, and the witnesses."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable

from . import pio
from .errors import LabError
from .qemu import Qemu

READY = r"erika-xen: dom0 is ready, kernel \S+"
# The reason of a panic of Xen is in the line below.
_FATAL = [r"Panic on CPU \d+:\n.+", r"Kernel panic - not syncing",
          r"erika-xen: dom0 start failed", r"Xen BUG at", r"erika-xen: boot failed at .*"]
_GUEST_LOGS = "/var/log/xen/console"
# Xen's receive buffer holds 128 characters and drops the rest.
_CHUNK = 48


class Dom0:
    """A machine on its way to, or at, dom0's prompt; use it in a `with` statement."""

    def __init__(self, qemu: Qemu) -> None:
        self.qemu = qemu
        self.console = qemu.console
        self.console.fatal = _FATAL
        self.folder = qemu.folder
        self._commands = 0
        self._at_prompt = False

    def __enter__(self) -> Dom0:
        return self

    def __exit__(self, *_exc: object) -> None:
        try:
            if self._at_prompt:
                with contextlib.suppress(LabError):
                    self._save_logs()
        finally:
            self.qemu.stop()

    # Starting

    def wait_ready(self, timeout: float = 120) -> None:
        """Waits for dom0's init, then takes over the shell."""
        self.console.expect(READY, timeout, "dom0's start")
        self.console.expect(r"^dom0# ", 30, "dom0's prompt")
        # An interactive shell edits the line: its echo holds escape sequences. This loop does not.
        self.console.send('while read -r LINE; do eval "$LINE"; done\n')
        self._at_prompt = True
        # Nothing may fail here: it shows that the loop runs.
        self.run("true", 30)

    # Commands

    def run(self, command: str, timeout: float = 30) -> tuple[int, str]:
        """Runs one line of shell in dom0: its exit status and what it printed, stderr included.

        The directory and variables stay from one call to the next. Standard input is empty.
        `timeout` is in seconds; after one, the session is lost and every further call fails.
        """
        if "\n" in command:
            raise LabError(f"dom0 takes one line at a time: {command!r}")
        if not self._at_prompt:
            raise LabError("dom0 is not at its prompt", [self.console.log])
        self._commands += 1
        tag = f"{self._commands:04d}"
        start = self.console.mark()
        # The quotes keep the typed line, which is echoed, from looking like the marks. The end mark
        # comes twice, because a message of Xen's may fall into one.
        self._type(f"echo; echo @'BEGIN'-{tag}; {{ {command} ; }} </dev/null 2>&1; "
                   f"STATUS=$?; echo @'END'-{tag}-$STATUS; echo @'END'-{tag}-$STATUS\n")
        pattern = rf"@BEGIN-{tag}\n((?s:.*?))@END-{tag}-(\d+)\n"
        try:
            match = self.console.find(pattern, timeout, start, f"dom0 command `{command}`")
        except LabError:
            self._at_prompt = False
            raise
        # The second mark must be out before the next line is typed: it would fall into its echo.
        with contextlib.suppress(LabError):
            self.console.find(rf"@END-{tag}-\d+\n(?s:.*?)@END-{tag}-\d+\n", 1, start)
        return int(match.group(2)), match.group(1)

    def release_prompt(self, echo: Callable[[str], None], rows: int, columns: int) -> None:
        """Hands the shell to a person: ends the loop of `wait_ready`. `run` works no more.

        The shell's line editor wants to know the size of the person's terminal.
        """
        self.check(f"stty -F /dev/hvc0 rows {rows} cols {columns}")
        self._at_prompt = False
        mark = self.console.mark()
        self.console.send("break\n")
        self.console.find(r"^dom0# ", 10, mark, "dom0's prompt")
        self.console.echo = echo
        echo("dom0# ")

    def check(self, command: str, timeout: float = 30) -> str:
        """Like `run`, but a non-zero exit status is an error."""
        status, output = self.run(command, timeout)
        if status != 0:
            raise LabError(f"dom0 command `{command}` ended with status {status}: "
                           f"{output.strip() or 'no output'}", [self.console.log])
        return output

    def wait_for(self, command: str, pattern: str, timeout: float = 30,
                 step: str = "") -> re.Match[str]:
        """Repeats a command until its output matches."""
        deadline = time.monotonic() + timeout
        while True:
            _, output = self.run(command)
            match = re.search(pattern, output, re.MULTILINE)
            if match:
                return match
            if time.monotonic() > deadline:
                raise LabError(f"{step or command}: no {pattern!r} within {timeout:.0f} s. "
                               f"Last output:\n{output}", [self.console.log])
            time.sleep(0.2)

    # Guests

    def guest_console(self, name: str) -> str:
        """What a guest has written to its PV console so far; empty when there is nothing yet."""
        path = f"{_GUEST_LOGS}/guest-{name}.log"
        return self.run(f"cat {path} 2>/dev/null")[1]

    # The witness

    def pio_mark(self) -> int:
        """A place in the device log, for `pio_writes()`."""
        return pio.mark(self.qemu.log)

    def pio_writes(self, since: int = 0, offset: int | None = None) -> list[pio.Write]:
        """Writes that QEMU's model of the pin controller saw, see tools/lab/pio.py."""
        return pio.writes(self.qemu.log, since, offset)

    def _type(self, line: str) -> None:
        """Types in pieces and waits for the echo of each, so that no buffer overflows."""
        for at in range(0, len(line), _CHUNK):
            piece = line[at:at + _CHUNK]
            mark = self.console.mark()
            self.console.send(piece)
            # A kernel message may split the echo: then only the waiting was for nothing, and a
            # character that is really lost shows as a missing end mark.
            with contextlib.suppress(LabError):
                self.console.find(re.escape(piece.rstrip("\n")), 2, mark)

    def _save_logs(self) -> None:
        """Copies what dies with the machine: guest consoles, dom0's and Xen's messages."""
        # Through a pipe: on a terminal, ls prints columns and colours.
        _, names = self.run(f"ls {_GUEST_LOGS} | cat", 10)
        for name in re.findall(r"^(guest-\S+\.log)$", names, re.MULTILINE):
            _, text = self.run(f"cat {_GUEST_LOGS}/{name}", 10)
            (self.folder / name).write_text(text)
        _, text = self.run("dmesg", 20)
        (self.folder / "dmesg.log").write_text(text)
