# SPDX-License-Identifier: Apache-2.0
"""A session in dom0: Xen, Linux and the xl toolstack on an emulated board, driven by commands."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from . import board as boards
from . import debian, devicetree, initramfs, pio, rundir
from .board import Board
from .cpio import Archive
from .errors import LabError
from .qemu import Qemu

READY = r"erika-xen: dom0 is ready, kernel \S+"
_FATAL = [r"Panic on CPU \d+", r"Kernel panic - not syncing", r"erika-xen: dom0 start failed",
          r"Xen BUG at", r"erika-xen: boot failed at .*"]
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
        # The quotes keep the typed line, which is echoed, from looking like the marks.
        self._type(f"echo; echo @'BEGIN'-{tag}; {{ {command} ; }} </dev/null 2>&1; "
                   f"echo @'END'-{tag}-$?\n")
        pattern = rf"@BEGIN-{tag}\n((?s:.*?))@END-{tag}-(\d+)\n"
        try:
            match = self.console.find(pattern, timeout, start, f"dom0 command `{command}`")
        except LabError:
            self._at_prompt = False
            raise
        return int(match.group(2)), match.group(1)

    def release_prompt(self, echo: Callable[[str], None]) -> None:
        """Hands the shell to a person: ends the loop of `wait_ready`. `run` works no more."""
        self._at_prompt = False
        self.console.echo = echo
        self.console.send("break\n")

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
        _, names = self.run(f"ls {_GUEST_LOGS}", 10)
        for name in re.findall(r"^(guest-\S+\.log)$", names, re.MULTILINE):
            _, text = self.run(f"cat {_GUEST_LOGS}/{name}", 10)
            (self.folder / name).write_text(text)
        _, text = self.run("dmesg", 20)
        (self.folder / "dmesg.log").write_text(text)


def boot_direct(overlay: Archive | None = None, *, board: str = "orangepi-pc",
                cntfrq_hz: int = 0, qemu_args: list[str] | None = None, name: str = "dom0",
                log_items: str = "unimp,guest_errors", timeout: float = 120,
                echo: Callable[[str], None] | None = None) -> Dom0:
    """Boots Xen and dom0 without firmware and returns at dom0's prompt (about 10 s).

    `overlay` is what lies in dom0's /root, by default the guest, its configurations and the module.
    """
    description = boards.load(board)
    description.require_qemu()
    root = debian.require(description.arch)
    folder = rundir.create(name)
    image = initramfs.build(overlay or initramfs.default_overlay(), folder / "initramfs.cpio",
                            description.arch)
    kernel = root / "boot" / f"vmlinuz-{initramfs.kernel_release(root)}"
    devicetree.extend(board_dtb(root, description),
                      _chosen(description, kernel, image), folder / "board.dtb")
    args = [*machine_args(description, cntfrq_hz), "-kernel", str(xen_image(root)),
            "-dtb", str(folder / "board.dtb")]
    for path, address in ((kernel, description.load_kernel), (image, description.load_initramfs)):
        args += ["-device", f"loader,file={path},addr={address:#x},force-raw=on"]
    dom0 = Dom0(Qemu(args + (qemu_args or []), folder, echo, log_items))
    return _ready(dom0, timeout)


def boot_card(image: Path, *, board: str = "orangepi-pc", qemu_args: list[str] | None = None,
              name: str = "card", log_items: str = "unimp,guest_errors",
              echo: Callable[[str], None] | None = None) -> Dom0:
    """Switches a board with this SD card on and returns at once; `wait_ready` waits for dom0."""
    description = boards.load(board)
    description.require_qemu()
    # The image stays as it is: what the machine writes goes to a temporary file.
    args = [*machine_args(description), "-drive", f"if=sd,format=raw,snapshot=on,file={image}"]
    return Dom0(Qemu(args + (qemu_args or []), rundir.create(name), echo, log_items))


def _ready(dom0: Dom0, timeout: float) -> Dom0:
    """The caller's `with` has not begun yet, so a failed start must stop the machine itself."""
    try:
        dom0.wait_ready(timeout)
    except BaseException:
        dom0.qemu.stop()
        raise
    return dom0


def machine_args(board: Board, cntfrq_hz: int = 0) -> list[str]:
    """QEMU and the board's machine."""
    args = ["qemu-system-arm", "-M", board.qemu_machine, "-m", board.qemu_ram]
    if cntfrq_hz:
        args += ["-global", f"cortex-a7-arm-cpu.cntfrq={cntfrq_hz}"]
    return args


def board_dtb(root: Path, board: Board) -> Path:
    """The board's device tree in Debian's kernel package."""
    folder = root / "usr/lib" / f"linux-image-{initramfs.kernel_release(root)}"
    path = folder / board.dtb
    if not path.is_file():
        raise LabError(f"Debian's kernel has no device tree {board.dtb}: see {folder}")
    return path


def xen_image(root: Path) -> Path:
    """The hypervisor."""
    found = sorted(path for path in (root / "boot").glob("xen-*") if path.suffix != ".config")
    if len(found) != 1:
        raise LabError(f"{root / 'boot'} has {len(found)} hypervisors, one is needed")
    return found[0]


def _chosen(board: Board, kernel: Path, image: Path) -> str:
    """Xen's boot modules, as U-Boot would describe them."""
    removed = "".join(f"/delete-node/ &{{{node}}};\n" for node in board.remove_nodes)
    return removed + f"""
/ {{
    chosen {{
        #address-cells = <1>;
        #size-cells = <1>;
        xen,xen-bootargs = "{board.xen_bootargs}";
        module@0 {{
            compatible = "xen,linux-zimage", "xen,multiboot-module";
            reg = <{board.load_kernel:#x} {kernel.stat().st_size:#x}>;
            bootargs = "{board.dom0_bootargs}";
        }};
        module@1 {{
            compatible = "xen,linux-initrd", "xen,multiboot-module";
            reg = <{board.load_initramfs:#x} {image.stat().st_size:#x}>;
        }};
    }};
}};
"""
