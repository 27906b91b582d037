# SPDX-License-Identifier: Apache-2.0
"""QEMU's gdb server as a hand inside the machine: memory and registers are set before the first instruction and
looked at later, so no word of the guest has to be believed."""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path

from tools.lab.errors import LabError

R2, PC, CPSR = 2, 15, 25
_CHUNK = 1024
_LIMIT_S = 10
_BROKEN_OFF = 5  # times in a row: then it is an instruction that jumps to itself


class GdbStub:
    """A connection to `-gdb unix:PATH`; the machine stands still from the connection to `go()`."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_LIMIT_S)
        deadline = time.monotonic() + _LIMIT_S
        while True:
            try:
                self._socket.connect(str(path))
                break
            except OSError as exc:
                if time.monotonic() > deadline:
                    raise LabError(f"QEMU's gdb server does not answer at {path}: {exc}") from exc
                time.sleep(0.05)
        self._data = b""
        self._ask("qXfer:features:read:target.xml:0,ffb")  # QEMU serves single registers only to those who read it

    def __enter__(self) -> GdbStub:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._socket.close()

    def write(self, address: int, data: bytes) -> None:
        for start in range(0, len(data), _CHUNK):
            piece = data[start:start + _CHUNK]
            self._ok(f"M{address + start:x},{len(piece):x}:{piece.hex()}")

    def read_physical(self, address: int, length: int) -> bytes:
        self._ok("Qqemu.PhyMemMode:1")
        data = self.read(address, length)
        self._ok("Qqemu.PhyMemMode:0")
        return data

    def write_physical(self, address: int, data: bytes) -> None:
        """Also into device registers, as the CPU would."""
        self._ok("Qqemu.PhyMemMode:1")
        self.write(address, data)
        self._ok("Qqemu.PhyMemMode:0")

    def register(self, number: int) -> int:
        return int.from_bytes(bytes.fromhex(self._ask(f"p{number:x}")), "little")

    def set_register(self, number: int, value: int) -> None:
        self._ok(f"P{number:x}={value.to_bytes(4, 'little').hex()}")

    def system_register(self, name: str) -> int:
        """By QEMU's name, for example TTBR0_EL1."""
        xml = ""
        while True:
            part = self._ask(f"qXfer:features:read:system-registers.xml:{len(xml):x},ffb")
            xml += part[1:]
            if part[0] == "l":
                break
        found = re.search(rf'<reg name="{name}"[^>]*regnum="(\d+)"', xml)
        if not found:
            raise LabError(f"QEMU has no register {name}")
        return self.register(int(found[1]))

    def go(self) -> None:
        self._send("c")

    def halt(self) -> None:
        """Stop the machine wherever it is."""
        self._socket.sendall(b"\x03")
        self._answer()

    def run_to(self, address: int, timeout: float = 60) -> None:
        """Let the machine go on to an instruction that it has not yet executed; `address` is the program's."""
        self._ok(f"Z0,{address:x},2")
        self._socket.settimeout(timeout)
        self._ask("c")
        self._socket.settimeout(_LIMIT_S)
        self._ok(f"z0,{address:x},2")

    def step_through_interrupts(self, wanted: bool) -> None:
        """Whether `step()` lets interrupts in. Time stands still meanwhile."""
        enable, no_interrupts, no_time = 1, 2, 4
        self._ok(f"Qqemu.sstep={enable | no_time | (0 if wanted else no_interrupts):x}")

    def step(self) -> int:
        """One instruction, or the way to an interrupt's vector. @return where the machine stands then

        Now and then QEMU breaks a step off before it has executed anything; it is done again.
        """
        before = self.register(PC)
        for _ in range(_BROKEN_OFF):
            self._ask("s")
            if self.register(PC) != before:
                break
        return self.register(PC)

    def read(self, address: int, length: int) -> bytes:
        return b"".join(bytes.fromhex(self._ask(f"m{address + start:x},{min(_CHUNK, length - start):x}"))
                        for start in range(0, length, _CHUNK))

    def _ok(self, command: str) -> None:
        answer = self._ask(command)
        if answer != "OK":
            raise LabError(f"QEMU's gdb server refuses {command[:40]}: {answer!r}")

    def _ask(self, command: str) -> str:
        self._send(command)
        return self._answer()

    def _send(self, command: str) -> None:
        data = command.encode()
        self._socket.sendall(b"$%s#%02x" % (data, sum(data) % 256))

    def _answer(self) -> str:
        while True:
            found = re.search(rb"\$([^#]*)#..", self._data, re.S)
            if found:
                self._data = self._data[found.end():]
                self._socket.sendall(b"+")
                return re.sub(rb"}(.)", lambda m: bytes([m[1][0] ^ 0x20]), found[1], flags=re.S).decode("latin-1")
            more = self._socket.recv(65536)
            if not more:
                raise LabError("QEMU's gdb server has closed the connection")
            self._data += more
