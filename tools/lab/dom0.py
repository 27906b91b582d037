# SPDX-License-Identifier: Apache-2.0
"""Boots Xen, Linux and the xl toolstack on an emulated machine: from an SD card, or directly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import board as boards
from . import debian, devicetree, domus, initramfs, rundir, virt
from .board import Board
from .cpio import Archive
from .domus import DomUs
from .errors import LabError
from .qemu import Qemu
from .session import Dom0

__all__ = ["Dom0", "boot_card", "boot_direct", "start_direct"]


def boot_direct(overlay: Archive | None = None, *, timeout: float = 120, **options) -> Dom0:
    """Boots Xen and dom0 without firmware and returns at dom0's prompt (about 10 s). The options are
    those of `start_direct`."""
    return _ready(start_direct(overlay, **options), timeout)


def start_direct(overlay: Archive | None = None, *, board: str = "orangepi-pc", beside: DomUs | None = None,
                 cntfrq_hz: int = 0, gic_version: int = 0, qemu_args: list[str] | None = None,
                 name: str = "dom0", log_items: str = "unimp,guest_errors", xen_args: str = "",
                 echo: Callable[[str], None] | None = None) -> Dom0:
    """Starts Xen and dom0 without firmware and returns at once; `wait_ready` waits for dom0.

    `overlay` is what lies in dom0's /root, by default the guest, its configurations and the module.
    `beside` are domains that Xen starts, too.
    `gic_version` is for boards that leave it open; 0: the usual one.
    `xen_args` is added to the board's command line for Xen, where the last word counts.
    """
    description = boards.load(board)
    machine = machine_args(description, cntfrq_hz, gic_version)
    root = debian.require(description.arch)
    folder = rundir.create(name)
    image = initramfs.build(overlay or initramfs.default_overlay(description), folder / "initramfs.cpio",
                            description.arch)
    kernel = root / "boot" / f"vmlinuz-{initramfs.kernel_release(root)}"
    placed = domus.place(beside or DomUs(""), folder)
    dtb = board_dtb(root, description) if description.dtb else _qemu_dtb(machine, folder)
    devicetree.extend(dtb, _chosen(description, xen_args, kernel, image) + placed.source, folder / "board.dtb")
    args = [*machine, "-kernel", str(xen_image(root)), "-dtb", str(folder / "board.dtb"), *placed.qemu_args]
    for path, address in ((kernel, description.load_kernel), (image, description.load_initramfs)):
        args += ["-device", f"loader,file={path},addr={address:#x},force-raw=on"]
    return Dom0(Qemu(args + (qemu_args or []), folder, echo, log_items))


def boot_card(image: Path, *, board: str = "orangepi-pc", qemu_args: list[str] | None = None,
              name: str = "card", log_items: str = "unimp,guest_errors",
              echo: Callable[[str], None] | None = None) -> Dom0:
    """Switches a board with this SD card on and returns at once; `wait_ready` waits for dom0."""
    description = boards.load(board)
    description.require_card()
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


def machine_args(board: Board, cntfrq_hz: int = 0, gic_version: int = 0) -> list[str]:
    """QEMU and the board's machine."""
    return [virt.PROGRAMS[board.arch], *board.machine().args(cntfrq_hz, gic_version)]


def board_dtb(root: Path, board: Board) -> Path:
    """The board's device tree in Debian's kernel package."""
    folder = root / "usr/lib" / f"linux-image-{initramfs.kernel_release(root)}"
    path = folder / board.dtb
    if not path.is_file():
        raise LabError(f"Debian's kernel has no device tree {board.dtb}: see {folder}")
    return path


def _qemu_dtb(machine: list[str], folder: Path) -> Path:
    path = folder / "qemu.dtb"
    virt.dump_devicetree(machine, path)
    return path


def xen_image(root: Path) -> Path:
    """The hypervisor."""
    found = sorted(path for path in (root / "boot").glob("xen-*")
                   if path.suffix not in (".config", ".efi"))
    if len(found) != 1:
        raise LabError(f"{root / 'boot'} has {len(found)} hypervisors, one is needed")
    return found[0]


def _chosen(board: Board, xen_args: str, kernel: Path, image: Path) -> str:
    """Xen's boot modules, as U-Boot would describe them."""
    bootargs = f"{board.xen_bootargs} {xen_args}".strip()
    removed = "".join(f"/delete-node/ &{{{node}}};\n" for node in board.remove_nodes)
    return removed + f"""
/ {{
    chosen {{
        #address-cells = <1>;
        #size-cells = <1>;
        xen,xen-bootargs = "{bootargs}";
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
