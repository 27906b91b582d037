# SPDX-License-Identifier: Apache-2.0
"""The image on QEMU's bare `virt`, put at any place and entered as a loader would, with or without a device tree."""

from __future__ import annotations

import struct
import subprocess
import tempfile
from pathlib import Path

from tests.target.gdbstub import PC, R2, GdbStub
from tools.lab import rundir
from tools.lab.qemu import Qemu
from tools.lab.virt import Virt

RAM_BASE = 0x40000000


def edited(tree: bytes, *fdtput_args: str) -> bytes:
    """A device tree with one thing changed by fdtput."""
    with tempfile.NamedTemporaryFile(suffix=".dtb") as file:
        file.write(tree)
        file.flush()
        options = [arg for arg in fdtput_args if arg.startswith("-")]
        rest = [arg for arg in fdtput_args if not arg.startswith("-")]
        subprocess.run(["fdtput", *options, file.name, *rest], check=True, timeout=30)
        return Path(file.name).read_bytes()


def packed(tree: bytes) -> bytes:
    """Without the free room behind the strings block, which QEMU leaves a MiB of."""
    _, _, structure, strings, _, _, _, _, strings_bytes, structure_bytes = struct.unpack(">10I", tree[:40])
    total = max(structure + structure_bytes, strings + strings_bytes)
    return tree[:4] + total.to_bytes(4, "big") + tree[8:total]


class Place:
    """A machine that stands still before the image's first instruction; use it in a `with` statement."""

    def __init__(self, image: Path, entry: int, *, hypervisor_mode: bool = False) -> None:
        machine = Virt("armhf", hypervisor_mode, 1, 3072)
        folder = rundir.create("place")
        machine.dump_devicetree(folder / "virt.dtb")
        self.tree = packed((folder / "virt.dtb").read_bytes())
        self.qemu = Qemu([*machine.args(), "-S", "-gdb", f"unix:{folder}/gdb,server=on,wait=off"], folder)
        try:
            self.gdb = GdbStub(folder / "gdb")
            self.gdb.write(entry, image.read_bytes())
            self.gdb.set_register(PC, entry)
        except BaseException:
            self.qemu.stop()
            raise

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.gdb.__exit__()
        self.qemu.stop()

    def pass_tree(self, address: int, tree: bytes | None = None) -> None:
        """Put a device tree there (the machine's own if none is given) and name it in r2."""
        self.gdb.write(address, self.tree if tree is None else tree)
        self.gdb.set_register(R2, address)
