# SPDX-License-Identifier: Apache-2.0
"""`make run-app`: one application on the real Xen, its console as it comes, and how it ended.

That it ended is Xen's word; with which code, only the application's own line can tell. Under dom0
Xen also says why, and both must agree; without dom0 a reboot looks like a power-off.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import board as boards
from . import dom0, dom0less, domus, initramfs, paths
from .board import Board
from .cpio import Archive
from .errors import LabError, TimedOut

TIMED_OUT = 124  # as timeout(1) has it

# What boot/end.c and boot/crash.c print.
_SHUTDOWN = re.compile(r"ShutdownOS: code (\d+)")
_CRASH = re.compile(r"CRASH: (.+)")
_LAST_WORDS = r"DOM1: (ShutdownOS: code|CRASH: )"
# Xen's reasons (xen/include/public/sched.h, SHUTDOWN_*) as `xl list -v` prints them.
_REASONS = {"0": "poweroff", "1": "reboot", "2": "suspend", "3": "crash", "4": "watchdog"}
_SILENCE_S = 5
_MADE_CONFIG = b"memory = 16\nvcpus = 1\n"


@dataclass(frozen=True)
class End:
    """How an application ended: the text of the last line, and the exit status."""

    text: str
    status: int


def run(folder: Path, image: Path, timeout: float, board: str, under_dom0: bool = False) -> int:
    """Runs `image`, which was built from the application in `folder`, for at most `timeout`
    seconds: on the Xen of the board's architecture, or under dom0 on the board."""
    description = boards.load(board)
    end = (_under_dom0 if under_dom0 else _alone)(folder, image, timeout, description)
    _show(f"run-app: {image.stem}: {end.text}")
    return end.status


def judge(lines: list[str], stopped: bool, timeout: float, elf: Path | None = None,
          reason: str = "") -> End:
    """What became of an application that has printed `lines`.

    `stopped`: Xen says that the domain has ended. `reason`: and why; "" where Xen does not tell.
    """
    crash = [match.group(1) for match in map(_CRASH.fullmatch, lines) if match]
    codes = [int(match.group(1)) for match in map(_SHUTDOWN.fullmatch, lines) if match]
    if not stopped:
        said = ", though its last words are out" if crash or codes else ""
        return End(f"timeout after {timeout:g} s{said}", TIMED_OUT)
    if crash:
        return End(f"crash: {_crash_text(crash, elf)}", 1)
    if not codes:
        return End(f"crash: ended without ShutdownOS{f', a {reason} for Xen' if reason else ''}", 1)
    if reason and reason != ("crash" if codes[-1] else "poweroff"):
        return End(f"crash: a {reason} for Xen, though it said shutdown {codes[-1]}", 1)
    return End(f"shutdown {codes[-1]}", 1 if codes[-1] else 0)


def _crash_text(report: list[str], elf: Path | None) -> str:
    """The report in one line: "data abort at 80008123 (main.c:12 in task_Hello; ...)"."""
    what = re.match(r"(.+? at ([0-9a-f]{8}))(?:: (.*))?$", report[0])
    if what is None:
        return "; ".join(report)
    notes = [_source_of(elf, what.group(2)), what.group(3), *report[1:]]
    return f"{what.group(1)} ({'; '.join(filter(None, notes))})"


def _source_of(elf: Path | None, address: str) -> str:
    """Which line of which file; "" if the address is in no function."""
    if elf is None or not elf.is_file():
        return ""
    done = subprocess.run(["arm-none-eabi-addr2line", "-f", "-e", elf, address],
                          capture_output=True, text=True, check=False, timeout=30)
    function, _, place = done.stdout.strip().partition("\n")
    if done.returncode != 0 or place.startswith("?"):
        return ""
    return f"{place.split(' ')[0].removeprefix(f'{paths.ROOT}/')} in {function}"


def _show(line: str) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:  # `make run-app | head`: the end and the status count all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# Without dom0

def _alone(_folder: Path, image: Path, timeout: float, board: Board) -> End:
    guest = dom0less.Guest(image, enhanced="no-xenstore")
    screen = _Screen()
    with dom0less.boot([guest], arch=board.arch, name="run-app",
                       echo=dom0less.QuietEcho(screen.take)) as xen:
        stopped = _has_ended(xen, timeout)
        end = judge(xen.guest_lines(1), stopped, timeout, image.with_suffix(".elf"))
    screen.flush()
    return end


class _Screen:
    """Shows the guest's lines whole, however Xen has cut them."""

    def __init__(self) -> None:
        self._begun = ""

    def take(self, line: str) -> None:
        line = line.rstrip("\r\n")
        piece = line.removeprefix("(XEN) DOM1: ")
        self._begun += piece
        if piece == line or not domus.is_cut(piece):
            _show(self._begun)
            self._begun = ""

    def flush(self) -> None:
        """Shows the last line also if its end has not come."""
        if self._begun:
            _show(self._begun)


def _has_ended(xen: dom0less.Dom0less, timeout: float) -> bool:
    """Asking Xen disturbs the application, so it is asked when that has said its last words, and
    now and then in case that it has none."""
    deadline = time.monotonic() + timeout
    while True:
        left_s = max(0.0, deadline - time.monotonic())
        patience_s = 0.0
        with contextlib.suppress(TimedOut):
            xen.console.find(_LAST_WORDS, min(left_s, _SILENCE_S), 0, "the start on Xen")
            patience_s = min(left_s, 2.0)
        with contextlib.suppress(TimedOut):
            xen.wait_stopped(patience_s)
            return True
        if time.monotonic() >= deadline:
            return False


# Under dom0

def _under_dom0(folder: Path, image: Path, timeout: float, board: Board) -> End:
    name = image.stem
    with dom0.boot_direct(_overlay(folder, image, board), board=board.name, name="run-app") as machine:
        # A domain that has ended is kept: so `xl list` tells why. What comes later counts.
        machine.check(f"xl create app.cfg 'name=\"{name}\"' 'kernel=\"/root/{image.name}\"' "
                      "'on_poweroff=\"preserve\"' 'on_reboot=\"preserve\"' "
                      "'on_crash=\"preserve\"'", 60)
        guest = _Guest(machine, name)
        reason = guest.follow(timeout)
        return judge(guest.lines, reason != "", timeout, image.with_suffix(".elf"), reason)


def _overlay(folder: Path, image: Path, board: Board) -> Archive:
    overlay = initramfs.default_overlay(board)
    overlay.file(f"root/{image.name}", image, 0o644)
    overlay.data("root/app.cfg", domain_config(folder))
    return overlay


def domain_config(folder: Path) -> bytes:
    """The domain as `xl create` reads it: the folder's own, or a small one."""
    configs = sorted(folder.glob("*.cfg"))
    if len(configs) > 1:
        raise LabError(f"{folder}: which of its *.cfg is the domain's? Keep one: "
                       f"{', '.join(config.name for config in configs)}")
    return configs[0].read_bytes() if configs else _MADE_CONFIG


class _Guest:
    """A guest and its console, watched from dom0."""

    def __init__(self, machine: dom0.Dom0, name: str) -> None:
        self._machine = machine
        self._name = name
        self.lines: list[str] = []

    def follow(self, timeout: float) -> str:
        """Shows its text until it has ended. @return why, in Xen's words; "" if it has not"""
        deadline = time.monotonic() + timeout
        while True:
            reason = self._reason()
            if reason or time.monotonic() > deadline:
                time.sleep(0.5)  # the console daemon's turn
                self._show_news()
                return reason
            self._show_news()

    def _reason(self) -> str:
        listed = self._machine.check("xl list -v")
        # Name, ID, Mem, VCPUs, State, Time, UUID, Reason-Code
        match = re.search(rf"^{re.escape(self._name)}(?:\s+\S+){{6}}\s+(\S+)", listed, re.M)
        if match is None:
            raise LabError(f"{self._name} is not in dom0's list of domains any more:\n{listed}")
        code = match.group(1)
        return "" if code == "-" else _REASONS.get(code, f"reason {code}")

    def _show_news(self) -> None:
        log = f"/var/log/xen/console/guest-{self._name}.log"
        _, text = self._machine.run(f"tail -n +{len(self.lines) + 1} {log} 2>/dev/null")
        # Xen's own messages come out of the same serial line.
        text = re.sub(r"^\(XEN\).*\n", "", text, flags=re.MULTILINE)
        for line in text.split("\n")[:-1]:
            self.lines.append(line)
            _show(line)
