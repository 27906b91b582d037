# SPDX-License-Identifier: Apache-2.0
"""dom0's root file system, in memory: Debian's toolstack (base) and our files on top (overlay).

Linux unpacks concatenated archives one after the other, so a changed guest or module costs only the
small overlay; the base is kept until its inputs change.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from pathlib import Path

from . import command, debian, paths
from .board import Board
from .cpio import Archive
from .errors import LabError

XEN = "usr/lib/xen-4.17/bin"
# Programs by their path in Debian's tree. Debian's /usr/sbin/xl is a wrapper that chooses among
# versions; the real ones are taken, at the place that libxl has compiled in.
_PROGRAMS = [f"{XEN}/{name}" for name in ("xl", "xenstored", "init-dom0less", "xenconsoled", "xen-init-dom0",
                                          "xenconsole", "libxl-save-helper", "xen-diag", "xentop",
                                          "vchan-socket-proxy")]
_PROGRAMS += [f"usr/bin/xenstore-{name}" for name in ("chmod", "exists", "list", "ls", "read", "rm",
                                                      "watch", "write")]
# In the order of loading.
MODULES = ("xen-privcmd", "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xenfs")
# For whoever gives a guest a disk: `insmod /lib/modules/loop.ko`; and dom0's own, the SD card of Allwinner's boards.
DISK_MODULES = ("loop", "xen-blkback", "sunxi-mmc")
_LIBRARY_FOLDERS = ("lib", "usr/lib")
_INIT = Path(__file__).with_name("dom0-init.sh")
_BLOCK = Path(__file__).with_name("xen-block.sh")


def build(overlay: Archive, output: Path, arch: str = "armhf") -> Path:
    """Writes base + `overlay` to `output`."""
    root = debian.require(arch)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(base(root, arch).read_bytes() + overlay.pack())
    return output


def default_overlay(board: Board) -> Archive:
    """What a person finds in dom0's /root: the guest, its configurations, the module.

    `gpio.bin` is the board's own, so that erika.cfg is the same file everywhere.

    Parts that are not built yet are left out; whoever needs one gets a clear message from
    `require_parts`.
    """
    overlay = Archive()
    overlay.file("init", _INIT, 0o755)
    overlay.file("etc/xen/scripts/block", _BLOCK, 0o755)
    for config in sorted(paths.CFG.glob("*.cfg")):
        overlay.file(f"root/{config.name}", config)
    for image in sorted((paths.BUILD / "apps").glob("*/*.bin")):
        if image.stem != "gpio":
            overlay.file(f"root/{image.name}", image, 0o644)
    guest = paths.BUILD / "apps" / board.guest / f"{board.guest}.bin"
    if guest.is_file():
        overlay.file("root/gpio.bin", guest, 0o644)
    module = paths.BUILD / "dom0-driver" / board.arch / "erika-xen.ko"
    if module.is_file():
        overlay.file("root/erika-xen.ko", module)
    return overlay


def require_parts(overlay: Archive, names: tuple[str, ...]) -> None:
    """Stops with one clear line when a built part is missing from dom0's /root."""
    missing = [name for name in names if not overlay.has(f"root/{name}")]
    if missing:
        raise LabError(f"not built yet: {', '.join(missing)}. Run make first")


def kernel_release(root: Path) -> str:
    """Version of dom0's kernel as `uname -r` would say."""
    images = sorted((root / "boot").glob("vmlinuz-*"))
    if len(images) != 1:
        raise LabError(f"{paths.show(root)}/boot has {len(images)} kernels, one is needed. "
                       f"Run: rm -r {paths.show(root)}; python3 -m tools.lab fetch")
    return images[0].name.removeprefix("vmlinuz-")


def base(root: Path, arch: str) -> Path:
    """The archive with Debian's parts, compressed; made anew when an input has changed."""
    key = hashlib.sha256((root / ".stamp").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    output = paths.BUILD / "initramfs" / f"base-{arch}-{key[:16]}.cpio.gz"
    if not output.is_file():
        output.parent.mkdir(parents=True, exist_ok=True)
        temporary = output.with_suffix(f".{os.getpid()}")
        # No time stamp in the header: same input, same bytes.
        packed = gzip.compress(_base_archive(root).pack(), 6, mtime=0)
        # Linux skips zeros between archives, but wants each to start at a multiple of four.
        temporary.write_bytes(packed + b"\0" * (-len(packed) % 4))
        temporary.replace(output)
    return output


def _base_archive(root: Path) -> Archive:
    archive = Archive()
    for folder in ("dev", "proc", "sys", "run", "tmp", "root", "etc/xen", "var/lock", "var/run/xen",
                   "var/lib/xen", "var/lib/xenstored", "var/log/xen/console"):
        archive.folder(folder)
    archive.file("bin/busybox", root / "bin/busybox")
    archive.link("bin/sh", "busybox")
    # xl complains about a missing file, not about an empty one.
    archive.data("etc/xen/xl.conf", b"")
    for program in _PROGRAMS:
        archive.file(program, root / program, 0o755)
    for library in _libraries(root):
        archive.file(str(library.relative_to(root)), library.resolve(), 0o755)
    modules = root / "lib" / "modules" / kernel_release(root)
    for name in MODULES + DISK_MODULES:
        archive.file(f"lib/modules/{name}.ko", _find(modules, f"{name}.ko"))
    return archive


def _libraries(root: Path) -> list[Path]:
    """All shared libraries that the programs need, found as the dynamic loader would."""
    found: dict[str, Path] = {}
    todo = [root / program for program in _PROGRAMS]
    # glibc loads this one by itself when a thread is cancelled, which xl does.
    found["libgcc_s.so.1"] = _find_library(root, "libgcc_s.so.1")
    while todo:
        for name in _needed(todo.pop()):
            if name not in found:
                found[name] = _find_library(root, name)
                todo.append(found[name])
    result = set(found.values())
    # The loader is named by its path in each program, which is not the multiarch folder.
    for path in list(result):
        if path.name.startswith("ld-linux"):
            result.add(root / "lib" / path.name)
    return sorted(result)


def _needed(binary: Path) -> list[str]:
    out = command.run(["readelf", "-d", str(binary)], timeout=30).decode()
    return re.findall(r"\(NEEDED\).*\[(.+)\]", out)


def _find_library(root: Path, name: str) -> Path:
    for folder in _LIBRARY_FOLDERS:
        for path in sorted((root / folder).glob(f"*-linux-*/{name}")):
            return path
    raise LabError(f"no package has the shared library {name}: add its package in "
                   "tools/lab/debian.py")


def _find(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if not found:
        raise LabError(f"{name} is not in {paths.show(folder)}: Debian's kernel has changed, "
                       "see tools/lab/initramfs.py")
    return found[0]
