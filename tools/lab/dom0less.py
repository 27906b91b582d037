# SPDX-License-Identifier: Apache-2.0
"""Guests on the real Xen without dom0, in about a second: Xen starts them from its device tree.

Xen says nothing when such a guest shuts down, so the end is not taken from the guest's text but
from Xen's own domain dump (key 'q').
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable

from . import debian, devicetree, domus, rundir
from .domus import DomUs, Guest
from .errors import LabError, TimedOut
from .qemu import Qemu
from .virt import Virt
from .xendump import PREFIX, DomainState, parse_domain_dump

# From where Xen is to the guests' modules; the guests' own RAM lies behind them.
_XEN_RAM_MIB = (domus.FIRST_MODULE >> 20) - 0x400
_MAX_RAM_MIB = 3072 - 64

# All log levels: what Xen has to say about a guest that misbehaves is what one looks for.
_XEN_ARGS = "console=dtuart dtuart=/pl011@9000000 loglvl=all guest_loglvl=all conswitch=ax"
_INPUT = r"\*\*\* Serial input to (\w+) \(type"
# The reason of a panic is in the line below.
_FATAL = [r"Panic on CPU \d+:\n.+", r"Xen BUG at"]
# Half of what Xen's serial driver buffers; the rest of a longer text would be lost.
_RX_BYTES = 16


class Dom0less:
    """A booted hypervisor with its guests; use it in a `with` statement."""

    def __init__(self, qemu: Qemu, count: int) -> None:
        self.qemu = qemu
        self.console = qemu.console
        self.console.fatal = _FATAL
        self.count = count
        self.folder = qemu.folder
        self._input = ""

    def __enter__(self) -> Dom0less:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.qemu.stop()
        for domid in range(1, self.count + 1):
            lines = self.guest_lines(domid)
            (self.folder / f"guest-{domid}.log").write_text("".join(f"{x}\n" for x in lines))

    def expect(self, pattern: str, timeout: float = 30, step: str = "") -> re.Match[str]:
        """Waits for text on the console; guest text is prefixed, see `guest_lines`."""
        return self.console.expect(pattern, timeout, step)

    def guest_lines(self, domid: int) -> list[str]:
        """What guest `domid` (the first is 1) has printed, complete lines only."""
        return domus.guest_lines(self.console.text, domid)

    def type_to(self, domid: int, text: str) -> None:
        """Types into the guest's vPL011.

        While a guest has the input, its text comes without prefix, so Xen gets the input back.
        """
        self._move_input(f"DOM{domid}")
        for at in range(0, len(text), _RX_BYTES):
            piece = text[at:at + _RX_BYTES]
            mark = self.console.mark()
            self.console.send(piece)
            # Xen takes characters from the UART one interrupt at a time: wait for the guest's echo, which not each
            # guest gives, and until the line rests.
            with contextlib.suppress(LabError):
                self.console.find(rf"(?s).{{{len(piece)}}}", 5, mark)
            self.console.wait_quiet(0.2, 2)
        self._move_input("Xen")

    def domain_dump(self, timeout: float = 20) -> dict[int, DomainState]:
        """Xen's own view of all domains. The dump sends VIRQ_DEBUG to guests that bound it."""
        self._move_input("Xen")
        mark = self.console.mark()
        self.console.send("q")
        # A line of Xen's: a guest may print the same, but then Xen's prefix stands before it.
        last = rf"^{PREFIX}Notifying guest {self.count}:\d+ \(virq \d+, port \d+\)"
        self.console.find(last, timeout, mark, "Xen's domain dump")
        return parse_domain_dump(self.console.since(mark))

    def wait_stopped(self, timeout: float = 60, domid: int | None = None,
                     ) -> dict[int, DomainState]:
        """Waits until the guest (or all of them) is shut down, believed only from the dump."""
        wanted = [domid] if domid else list(range(1, self.count + 1))
        deadline = time.monotonic() + timeout
        pause_s = 0.3
        while True:
            # A guest that talks has not ended; asking while it rests disturbs least.
            self.console.wait_quiet(pause_s, max(0.0, deadline - time.monotonic()))
            states = self.domain_dump()
            if all(d in states and states[d].stopped for d in wanted):
                return states
            if time.monotonic() > deadline:
                running = ", ".join(str(states.get(d, f"DOM{d}: unknown")) for d in wanted)
                raise TimedOut(f"no end within {timeout:.0f} s ({running})", [self.console.log])
            pause_s = min(2.0, pause_s * 1.5)

    def _move_input(self, target: str) -> None:
        """Ctrl-A three times gives the input to the next in Xen's circle: guests, then Xen."""
        if not self._input:
            # Keys typed before Xen's own start message would be lost.
            self._input = self.console.find(_INPUT, 30, 0, "Xen's start").group(1)
        for _ in range(self.count + 3):
            if self._input == target:
                return
            mark = self.console.mark()
            self.console.send("\x01\x01\x01")
            moved = self.console.find(_INPUT, 10, mark, "moving Xen's serial input")
            self._input = moved.group(1)
        raise LabError(f"Xen does not give its serial input to {target}", [self.console.log])


class QuietEcho:
    """Passes on what a person wants to see: no start messages of Xen, no dumps."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._partial = ""
        self._started = False
        self._in_dump = False

    def __call__(self, text: str) -> None:
        *lines, self._partial = (self._partial + text).split("\n")
        for line in lines:
            if self._wanted(line):
                self._show(line + "\n")

    def _wanted(self, line: str) -> bool:
        if re.match(PREFIX + r"DOM\d+: ", line):
            return True
        if "*** Serial input" in line:
            return False
        if "Notifying guest" in line or "'q' pressed" in line:
            self._in_dump = "'q' pressed" in line
            return False
        if "kB init memory" in line:
            self._started = True
            return False
        return self._started and not self._in_dump or "Panic" in line


def boot(guests: list[Guest] | DomUs, *, arch: str = "armhf", cpus: int = 1, icount: bool = False,
         cntfrq_hz: int = 0, gic_version: int = 2, qemu_args: list[str] | None = None,
         name: str = "dom0less", log_items: str = "unimp,guest_errors", xen_args: str = "",
         echo: Callable[[str], None] | None = None) -> Dom0less:
    """Starts Xen with `guests` (numbered from 1) and returns at once.

    `xen_args` is added to Xen's own command line.
    """
    wanted = guests if isinstance(guests, DomUs) else domus.from_guests(guests)
    xen = debian.require(arch) / "boot" / f"xen-4.17-{arch}"
    ram_mib = _ram_for(wanted)
    machine = Virt(arch, True, cpus, ram_mib, icount, cntfrq_hz, gic_version)
    folder = rundir.create(name)
    machine.dump_devicetree(folder / "virt.dtb")
    placed = domus.place(wanted, folder)
    devicetree.extend(folder / "virt.dtb", _chosen(xen_args) + placed.source, folder / "dom0less.dtb")
    args = [*machine.args(), "-kernel", str(xen), "-dtb", str(folder / "dom0less.dtb"), *placed.qemu_args]
    qemu = Qemu(args + (qemu_args or []), folder, echo, log_items)
    return Dom0less(qemu, wanted.count)


def _ram_for(wanted: DomUs) -> int:
    ram_mib = _XEN_RAM_MIB + wanted.ram_mib
    if ram_mib > _MAX_RAM_MIB:
        raise LabError(f"{wanted.count} guests need {ram_mib} MiB of RAM, the machine has at most "
                       f"{_MAX_RAM_MIB}: use a smaller --memory or fewer guests")
    return ram_mib


def _chosen(xen_args: str) -> str:
    bootargs = f"{_XEN_ARGS} {xen_args}".strip()
    return f"""
/ {{
    chosen {{
        xen,xen-bootargs = "{bootargs}";
    }};
}};
"""
