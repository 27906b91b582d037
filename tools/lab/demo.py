# SPDX-License-Identifier: Apache-2.0
"""What `make run` shows: a pin driven from dom0 through the guest, believed from QEMU's own log.

The whole chain of a real board: SD card, SPL, U-Boot, boot.scr, Xen, dom0, xl, guest, pin.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

from . import board as boards
from . import dom0, initramfs, paths, pio, sdcard
from .board import Board
from .cpio import Archive
from .dom0 import Dom0
from .errors import LabError
from .transcript import Transcript

GUEST = "ERIKA_Enterprise"
PIN_STATE = "/proc/sys/erika-xen/pin_state"
_NO_PIN = "No such device or address"  # the guest's own answer, where there is none
_PARTS = ("erika.cfg", "gpio.bin", "erika-xen.ko")
# What the person sees of the start, in this order, and how long each may take after the last.
_FIRMWARE = ((r"U-Boot SPL \S+ ", 30), (r"^U-Boot 20\S+ ", 30), (r"Found U-Boot script \S+", 40))
_XEN = ((r"Xen version \S+ ", 40),)


def run(board: str = "orangepi-pc") -> int:
    """The demonstration. Returns 0 only if the pin moved as told; else raises LabError."""
    description = boards.load(board)
    description.require_card()
    transcript = Transcript(steps=5)
    with started(description, transcript) as machine:
        with transcript.step("the guest"):
            start_guest(machine, transcript, description)
        with transcript.step("the pin"):
            seen = _drive_pin(machine, transcript, description)
        with transcript.step("the end of the guest"):
            _typed(machine, transcript, f"xl shutdown -w {GUEST}", 60)
            listed = _typed(machine, transcript, "xl list")
            if GUEST in listed:
                raise LabError(f"{GUEST} is still in the list after xl shutdown")
        print("\nWhat QEMU's model of the pin controller saw, whatever the guest says:")
        for command, write in seen:
            print(f"  after `{command}`: {write}")
        print(f"\nOK in {transcript.elapsed_s:.0f} s, logs in {paths.show(machine.folder)}")
    return 0


@contextlib.contextmanager
def started(board: Board, transcript: Transcript) -> Iterator[Dom0]:
    """Steps 1 and 2: gathers dom0's files, on a card where there is one, and boots up to its prompt."""
    with transcript.step("the SD card" if board.has_card else "dom0's files"):
        overlay = initramfs.default_overlay(board)
        initramfs.require_parts(overlay, _PARTS)
        card = sdcard.build(board.name, overlay) if board.has_card else None
        if card:
            transcript.note(paths.show(card))
    with _switched_on(board, overlay, card) as machine:
        try:
            with transcript.step(f"power on: {board.title}, in QEMU"):
                _watch_boot(machine, transcript, _FIRMWARE + _XEN if card else _XEN)
            yield machine
        except LabError as exc:
            exc.add_logs(machine.console.log, machine.qemu.log, machine.qemu.stderr_log)
            raise


def _switched_on(board: Board, overlay: Archive, card: Path | None) -> Dom0:
    if card:
        return dom0.boot_card(card, board=board.name, name="run")
    return dom0.start_direct(overlay, board=board.name, name="run")


def start_guest(machine: Dom0, transcript: Transcript, board: Board, keys: str = "") -> None:
    """Loads the module, creates the guest, shows its banner, waits until it answers commands.

    `keys` are xl's, beside those of erika.cfg.
    """
    _typed(machine, transcript, "insmod erika-xen.ko")
    keys += "" if board.pin_mask else " 'iomem=[]'"
    _typed(machine, transcript, f"xl create erika.cfg {keys}".rstrip(), 60)
    listed = _typed(machine, transcript, "xl list")
    if not re.search(rf"^{GUEST}\s", listed, re.MULTILINE):
        raise LabError(f"{GUEST} is not in the list of domains")
    machine.wait_for(f"cat {PIN_STATE}", r"^[01]$" if board.pin_mask else _NO_PIN, 30, "the guest's pin service")
    log = f"/var/log/xen/console/guest-{GUEST}.log"
    if not _typed(machine, transcript, f"cat {log}").strip():
        raise LabError(f"{GUEST} has printed nothing to its console")


def _watch_boot(machine: Dom0, transcript: Transcript, milestones: tuple[tuple[str, int], ...]) -> None:
    for pattern, timeout in milestones:
        match = machine.console.expect(pattern, timeout, f"boot, waiting for {pattern!r}")
        transcript.note(match.group(0).strip())
    machine.wait_ready(90)
    transcript.note("dom0 is ready")


def _drive_pin(machine: Dom0, transcript: Transcript,
               board: Board) -> list[tuple[str, pio.Write]]:
    """Sets the pin to 1 and 0; returns each command with the device's write, already checked."""
    seen = []
    for value, expected in ((1, board.pin_mask), (0, 0)):
        mark = machine.pio_mark()
        command = f"echo {value} > {PIN_STATE}"
        _typed(machine, transcript, command)
        state = _typed(machine, transcript, f"cat {PIN_STATE}").strip()
        if state != str(value):
            raise LabError(f"pin_state says {state!r} after {command!r}")
        seen.append((command, _witness(machine, mark, board.pin_register, expected)))
    return seen


def _witness(machine: Dom0, mark: int, register: int, expected: int) -> pio.Write:
    """The one write that the device must have seen, and no other to that register."""
    deadline = time.monotonic() + 2
    writes: list[pio.Write] = []
    while not writes and time.monotonic() < deadline:
        writes = machine.pio_writes(mark, register)
    wanted = pio.Write(register, expected)
    if writes != [wanted]:
        said = ", ".join(str(write) for write in writes) or "nothing"
        raise LabError(f"the device should have seen exactly one {wanted}, it saw: {said}")
    return wanted


def _typed(machine: Dom0, transcript: Transcript, command: str, timeout: float = 30) -> str:
    transcript.command(command)
    status, output = machine.run(command, timeout)
    transcript.output(output)
    if status != 0:
        raise LabError(f"`{command}` in dom0 ended with status {status}")
    return output
