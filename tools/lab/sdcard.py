# SPDX-License-Identifier: Apache-2.0
"""SD card images that a real board, and QEMU, boots: SPL and U-Boot, boot.scr, Xen, dom0.

Made without root: the file system is filled by mke2fs itself, the partition table is 16 bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import tempfile
from pathlib import Path

from . import board as boards
from . import command, debian, devicetree, dom0, domus, initramfs, paths
from .board import Board
from .cpio import Archive
from .domus import DomUs
from .errors import LabError

_SECTOR = 512
_SPL_OFFSET = 8 * 1024
_PARTITION_OFFSET = 1024 * 1024
# QEMU wants a power of two.
_SIZE = 64 * 1024 * 1024
# Fixed, so that the same input gives the same image.
_UUID = "6f1d4f0c-9b8e-4c39-8a53-4552494b4158"


def build(name: str, overlay: Archive | None = None, output: Path | None = None, *,
          beside: DomUs | None = None, with_dom0: bool = True) -> Path:
    """Writes build/sdcard/NAME.img and returns it. `beside` are domains that Xen starts itself."""
    board = boards.load(name)
    board.require_card()
    output = output or paths.BUILD / "sdcard" / f"{name}.img"
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{name}-") as work:
        content = Path(work) / "root"
        content.mkdir()
        root = debian.require(board.arch)
        _fill(content, root, board, beside or DomUs(""), with_dom0)
        if with_dom0:
            _add_dom0(content, root, board, overlay or initramfs.default_overlay(board))
        _same_for_all(content)
        image = Path(work) / "image"
        _make_image(image, content, root, board)
        image.replace(output)
    return output


def _fill(content: Path, root: Path, board: Board, beside: DomUs, with_dom0: bool) -> None:
    """The files of the card's only partition, but for dom0's."""
    shutil.copyfile(dom0.xen_image(root), content / "xen")
    devicetree.extend(dom0.board_dtb(root, board), beside.source, content.parent / "board.dtb")
    shutil.copyfile(content.parent / "board.dtb", content / "board.dtb")
    modules = domus.modules(beside, content.parent)
    for module in modules:
        shutil.copyfile(module.path, content / module.file)
    script = content.parent / "boot.cmd"
    script.write_text(boot_script(board, [module.node for module in modules], with_dom0))
    # The time stamp in the header would make each image different.
    command.run(["env", "SOURCE_DATE_EPOCH=0", "mkimage", "-C", "none", "-A", "arm", "-T", "script",
                 "-n", "erika-xen", "-d", str(script), str(content / "boot.scr")], timeout=30)


def _add_dom0(content: Path, root: Path, board: Board, overlay: Archive) -> None:
    shutil.copyfile(root / "boot" / f"vmlinuz-{initramfs.kernel_release(root)}",
                    content / "vmlinuz")
    initramfs.build(overlay, content / "initramfs", board.arch)


def _same_for_all(content: Path) -> None:
    for path in content.iterdir():
        path.chmod(0o644)
        os.utime(path, (0, 0))


def boot_script(board: Board, modules: list[str], with_dom0: bool = True) -> str:
    """cfg/boot.cmd with the board's values, and the nodes of the domains' modules."""
    text = (paths.CFG / "boot.cmd").read_text()
    words = {"TITLE": board.title, "DOM0": "yes" if with_dom0 else "no", "XEN_BOOTARGS": board.xen_bootargs,
             "DOM0_BOOTARGS": board.dom0_bootargs, "XEN_ADDR": f"{board.load_xen:#x}",
             "DTB_ADDR": f"{board.load_dtb:#x}", "KERNEL_ADDR": f"{board.load_kernel:#x}",
             "INITRAMFS_ADDR": f"{board.load_initramfs:#x}", "MODULES": " ".join(modules),
             "MODULE_ADDR": f"{domus.FIRST_MODULE:#x}", "MODULE_STEP": f"{domus.MODULE_STEP:#x}",
             "REMOVE_NODES": "".join(f"fdt rm {node} || setenv failed {node}\n"
                                     for node in board.remove_nodes)}
    script = re.sub(r"^@REMOVE_NODES@\n", lambda _: words["REMOVE_NODES"], text, flags=re.MULTILINE)
    script = re.sub(r"@([A-Z0-9_]+)@", lambda m: words.get(m.group(1), m.group(0)), script)
    if left := re.search(r"@[A-Z0-9_]+@", script):
        raise LabError(f"cfg/boot.cmd: nothing known to put in place of {left.group(0)}")
    return script


def _make_image(image: Path, content: Path, root: Path, board: Board) -> None:
    spl = root / "usr/lib/u-boot" / board.u_boot / "u-boot-sunxi-with-spl.bin"
    if not spl.is_file():
        raise LabError(f"{board.name}: Debian's u-boot-sunxi has no {board.u_boot!r}: correct "
                       f"u_boot in cfg/boards/{board.name}.toml")
    firmware = spl.read_bytes()
    if _SPL_OFFSET + len(firmware) > _PARTITION_OFFSET:
        raise LabError(f"{spl} has {len(firmware)} bytes and would reach into the partition")
    with image.open("wb") as file:
        file.truncate(_SIZE)
        file.write(_partition_table())
        file.seek(_SPL_OFFSET)
        file.write(firmware)
    blocks_kib = (_SIZE - _PARTITION_OFFSET) // 1024
    # No journal: the card is only read, and a board is often switched off without notice.
    command.run(["env", "E2FSPROGS_FAKE_TIME=1", "mke2fs", "-q", "-F", "-t", "ext4",
                 "-O", "^has_journal", "-L", "erika-xen", "-U", _UUID,
                 "-E", f"offset={_PARTITION_OFFSET},hash_seed={_UUID},root_owner=0:0",
                 "-d", str(content), str(image), f"{blocks_kib}k"], timeout=120)


def _partition_table() -> bytes:
    """A master boot record with one bootable Linux partition up to the end."""
    first = _PARTITION_OFFSET // _SECTOR
    count = _SIZE // _SECTOR - first
    # Cylinder numbers are of no use today: the largest value says "use the sector numbers".
    entry = struct.pack("<B3sB3sII", 0x80, b"\xfe\xff\xff", 0x83, b"\xfe\xff\xff", first, count)
    return entry.rjust(446 + 16, b"\0").ljust(510, b"\0") + b"\x55\xaa"
