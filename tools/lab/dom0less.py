# SPDX-License-Identifier: Apache-2.0
"""Guests on the real Xen without dom0, in about a second: Xen starts them from its device tree.

Xen says nothing when such a guest shuts down, so the end is not taken from the guest's text but
from Xen's own domain dump (key 'q').
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import debian, devicetree, rundir
from .errors import LabError, TimedOut
from .qemu import Qemu
from .virt import Virt
from .xendump import PREFIX, DomainState, parse_domain_dump

_RAM_BASE_MIB = 0x400
# QEMU puts Xen at the start of RAM and the device tree 128 MiB above it.
_FIRST_MODULE = 0x50000000
_MODULE_STEP = 0x00400000
_XEN_RAM_MIB = 384
_MAX_RAM_MIB = 3072 - 64

# All log levels: what Xen has to say about a guest that misbehaves is what one looks for.
_XEN_ARGS = "console=dtuart dtuart=/pl011@9000000 loglvl=all guest_loglvl=all conswitch=ax"
_INPUT = r"\*\*\* Serial input to (\w+) \(type"
# The reason of a panic is in the line below.
_FATAL = [r"Panic on CPU \d+:\n.+(?=\n)", r"Xen BUG at"]
# What Xen on ARM starts: the magic word of a zImage, or of a 64-bit Image, and its place.
_KERNEL_MAGIC = ((0x24, b"\x18\x28\x6f\x01"), (0x38, b"ARM\x64"))


@dataclass(frozen=True)
class Guest:
    """One domU. `memory_kib` as Xen's device tree binding has it."""

    image: Path
    memory_kib: int = 65536
    vcpus: int = 1
    enhanced: str = ""
    """Value of xen,enhanced: "" (no hypervisor node) or "no-xenstore" (events and grants)."""
    bootargs: str = ""
    """The guest's command line, as /chosen/bootargs of its device tree."""


# Xen's vPL011 cuts a guest's line into pieces of so many characters. The carriage return that our
# guests put before a line's end counts, and is not seen here any more.
_FULL_PIECE = 126 - len("\r")


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
        return join_lines(re.findall(rf"^{PREFIX}DOM{domid}: (.*)\n", self.console.text, re.MULTILINE))

    def type_to(self, domid: int, text: str) -> None:
        """Types into the guest's vPL011.

        While a guest has the input, its text comes without prefix, so Xen gets the input back.
        """
        self._move_input(f"DOM{domid}")
        self.console.send(text)
        # Xen takes characters from the UART one interrupt at a time: wait until it rests.
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


def join_lines(pieces: list[str]) -> list[str]:
    """Lines from the pieces that Xen's vPL011 makes of them: all but a line's last are full."""
    lines: list[str] = []
    in_line = False
    for piece in pieces:
        if in_line:
            lines[-1] += piece
        else:
            lines.append(piece)
        in_line = is_cut(piece)
    return lines


def is_cut(piece: str) -> bool:
    """Whether the line goes on in the next piece."""
    return len(piece) >= _FULL_PIECE


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


def boot(guests: list[Guest], *, arch: str = "armhf", cpus: int = 1, icount: bool = False,
         cntfrq_hz: int = 0, qemu_args: list[str] | None = None, name: str = "dom0less",
         log_items: str = "unimp,guest_errors", xen_args: str = "",
         echo: Callable[[str], None] | None = None) -> Dom0less:
    """Starts Xen with `guests` (numbered from 1) and returns at once.

    `xen_args` is added to Xen's own command line.
    """
    _check(guests)
    xen = debian.require(arch) / "boot" / f"xen-4.17-{arch}"
    ram_mib = _XEN_RAM_MIB + sum(_ram_of(guest) for guest in guests)
    if ram_mib > _MAX_RAM_MIB:
        raise LabError(f"{len(guests)} guests need {ram_mib} MiB of RAM, the machine has at most "
                       f"{_MAX_RAM_MIB}: use a smaller --memory or fewer guests")
    machine = Virt(arch, True, cpus, ram_mib, icount, cntfrq_hz)
    folder = rundir.create(name)
    machine.dump_devicetree(folder / "virt.dtb")
    devicetree.extend(folder / "virt.dtb", _chosen(guests, xen_args), folder / "dom0less.dtb")
    args = [*machine.args(), "-kernel", str(xen), "-dtb", str(folder / "dom0less.dtb")]
    for index, guest in enumerate(guests):
        args += ["-device", f"loader,file={guest.image},addr={_module_at(index):#x},force-raw=on"]
    qemu = Qemu(args + (qemu_args or []), folder, echo, log_items)
    return Dom0less(qemu, len(guests))


def _check(guests: list[Guest]) -> None:
    if not guests:
        raise LabError("no guest image given")
    for guest in guests:
        if not guest.image.is_file():
            raise LabError(f"no such image: {guest.image}. Build it first")
        if "," in str(guest.image):
            raise LabError(f"{guest.image}: QEMU cannot load a file with a comma in its path")
        if not 0 < guest.image.stat().st_size <= _MODULE_STEP:
            raise LabError(f"{guest.image} has {guest.image.stat().st_size} bytes: "
                           f"an image has 1 to {_MODULE_STEP}")
        if guest.memory_kib < 1024 or guest.vcpus < 1:
            raise LabError("a guest needs at least 1024 KiB of memory and one vCPU")
        if not _is_kernel(guest.image):
            raise LabError(f"{guest.image} is no zImage, Xen would not start it. "
                           "Give the .bin file that `make app` builds")


def _is_kernel(image: Path) -> bool:
    with image.open("rb") as file:
        head = file.read(64)
    return any(head[at:at + len(magic)] == magic for at, magic in _KERNEL_MAGIC)


def _ram_of(guest: Guest) -> int:
    # Xen's own data for a domain: page tables, vCPU structures.
    return (guest.memory_kib + 1023) // 1024 + 4


def _module_at(index: int) -> int:
    return _FIRST_MODULE + index * _MODULE_STEP


def _chosen(guests: list[Guest], xen_args: str) -> str:
    nodes = "".join(_domu(index, guest) for index, guest in enumerate(guests))
    bootargs = f"{_XEN_ARGS} {xen_args}".strip()
    return f"""
/ {{
    chosen {{
        #address-cells = <1>;
        #size-cells = <1>;
        xen,xen-bootargs = "{bootargs}";
{nodes}    }};
}};
"""


def _domu(index: int, guest: Guest) -> str:
    address = _module_at(index)
    enhanced = f'\n            xen,enhanced = "{guest.enhanced}";' if guest.enhanced else ""
    bootargs = f'\n                bootargs = "{guest.bootargs}";' if guest.bootargs else ""
    return f"""\
        domU{index + 1} {{
            compatible = "xen,domain";
            #address-cells = <1>;
            #size-cells = <1>;
            cpus = <{guest.vcpus}>;
            memory = <0 {guest.memory_kib}>;
            vpl011;{enhanced}
            module@{address:x} {{
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <{address:#x} {guest.image.stat().st_size:#x}>;{bootargs}
            }};
        }};
"""
