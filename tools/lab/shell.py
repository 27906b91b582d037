# SPDX-License-Identifier: Apache-2.0
"""`make shell`: the system of `make run`, guest running, with the person at dom0's prompt."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import termios
import time
from collections.abc import Iterator

from . import board as boards
from . import demo, paths
from .dom0 import Dom0
from .transcript import Transcript

_LEAVE = b"\x1d" * 3  # Ctrl-]; once is for `xl console`
# A console more than `make run` gives the guest.
_VUART = "'vuart=\"sbsa_uart\"'"
# At the prompt these switch the machine off; as piped lines they end the input.
_LEAVING = ("exit", "logout", "poweroff", "halt")
_HALTED = r"halting machine|Power down|System halted|reboot: "


def run(board: str = "orangepi-pc") -> int:
    """Returns 0 when the person leaves; with piped input, the last command's exit status."""
    description = boards.load(board)
    transcript = Transcript(steps=3)
    with demo.started(description, transcript) as machine:
        with transcript.step("the guest"):
            demo.start_guest(machine, transcript, description, _VUART)
        status = _attach(machine, description) if sys.stdin.isatty() else _feed(machine, transcript)
        print(f"\nlogs in {paths.show(machine.folder)}")
    return status


def _feed(machine: Dom0, transcript: Transcript) -> int:
    """Runs the lines of standard input, until its end or a line that leaves."""
    status = 0
    for line in sys.stdin:
        command = line.strip()
        if command in _LEAVING:
            break
        if command and not command.startswith("#"):
            transcript.command(command)
            status, output = machine.run(command, timeout=600)
            transcript.output(output)
    return status


def _attach(machine: Dom0, board: boards.Board) -> int:
    pin = " The pin: echo 1 > /proc/sys/erika-xen/pin_state" if board.pin_mask else ""
    print(f"\nYou are in dom0.{pin}\n"
          f"The guest's consoles, each until Ctrl-]: xl console {demo.GUEST}\n"
          f"                                        xl console -t vuart {demo.GUEST}\n"
          "A command line in a guest of its own: xl create -c console.cfg\n"
          "Ctrl-] three times leaves and switches the machine off; "
          "Ctrl-A three times talks to Xen.\n", flush=True)
    with _raw_terminal(sys.stdin.fileno()):
        size = os.get_terminal_size(sys.stdin.fileno())
        machine.release_prompt(_write, size.lines or 24, size.columns or 80)
        _pass_keys(machine)
    return 0


def _pass_keys(machine: Dom0) -> None:
    start = machine.console.mark()
    last = b""
    while not machine.console.closed:
        readable, _, _ = select.select([sys.stdin], [], [], 0.5)
        if readable:
            keys = os.read(sys.stdin.fileno(), 1024)
            if not keys or _LEAVE in last + keys:
                return
            last = (last + keys)[-len(_LEAVE) + 1:]
            _send(machine, keys)
        if re.search(_HALTED, machine.console.since(start)):
            time.sleep(0.5)  # the last words
            return


def _send(machine: Dom0, keys: bytes) -> None:
    # A pasted text must not overflow Xen's small receive buffer.
    for at in range(0, len(keys), 32):
        machine.console.send(keys[at:at + 32].decode(errors="replace"))
        if len(keys) > 32:
            time.sleep(0.05)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextlib.contextmanager
def _raw_terminal(fd: int) -> Iterator[None]:
    """Each key goes through as it is; the terminal is put back whatever happens."""
    before = termios.tcgetattr(fd)
    raw = termios.tcgetattr(fd)
    raw[0] &= ~(termios.IXON | termios.ICRNL)
    raw[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(fd, termios.TCSADRAIN, raw)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)
