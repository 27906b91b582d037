# SPDX-License-Identifier: Apache-2.0
"""Board descriptions: data in cfg/boards/NAME.toml. A new board is a new file, no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from . import paths
from .errors import LabError


@dataclass(frozen=True)
class Board:
    """What the boot script, the SD image and QEMU must know. cfg/boards/ explains the fields."""

    name: str
    title: str
    arch: str
    dtb: str
    u_boot: str
    xen_bootargs: str
    dom0_bootargs: str
    load_xen: int
    load_dtb: int
    load_kernel: int
    load_initramfs: int
    remove_nodes: tuple[str, ...]
    qemu_machine: str
    qemu_ram: str
    guest: str
    """Which of build/apps/ is this board's pin demonstration: it becomes /root/gpio.bin."""
    pin_register: int
    """Offset in the pin controller of the data register of the guest's pin."""
    pin_mask: int
    """The pin's bit in it."""

    def require_qemu(self) -> None:
        """Stops when QEMU has no model of this board."""
        if not self.qemu_machine:
            raise LabError(f"{self.name}: QEMU cannot run this board. Write the image to an SD "
                           "card, or use the board orangepi-pc")


_TEXT = ("title", "arch", "dtb", "u_boot", "guest", "xen_bootargs", "dom0_bootargs")
_ADDRESSES = ("xen", "dtb", "kernel", "initramfs")


def load(name: str, folder: Path | None = None) -> Board:
    """Reads and checks cfg/boards/NAME.toml."""
    folder = folder or paths.CFG / "boards"
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.toml")))
        raise LabError(f"unknown board {name!r}: choose one of {known}")
    try:
        data = tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as exc:
        raise LabError(f"{paths.show(path)}: {exc}") from exc
    return _check(name, path, data)


def _check(name: str, path: Path, data: dict) -> Board:
    where = paths.show(path)
    load_at = _table(data, "load", where)
    qemu = data.pop("qemu", {})
    text = {key: _value(data, key, str, where) for key in _TEXT}
    addresses = {f"load_{key}": _value(load_at, key, int, where) for key in _ADDRESSES}
    nodes = tuple(data.pop("remove_nodes", []))
    if not all(isinstance(node, str) and node.startswith("/") for node in nodes):
        raise LabError(f"{where}: remove_nodes must be a list of full device tree paths")
    pin = data.pop("pin", {})
    machine, ram = qemu.pop("machine", ""), qemu.pop("ram", "")
    register, mask = pin.pop("register", 0), pin.pop("mask", 0)
    for left in (data, load_at, qemu, pin):
        if left:
            raise LabError(f"{where}: unknown key {next(iter(left))!r}")
    return Board(name=name, remove_nodes=nodes, qemu_machine=machine, qemu_ram=ram,
                 pin_register=register, pin_mask=mask,
                 **text, **addresses)


def _table(data: dict, key: str, where: str) -> dict:
    table = data.pop(key, None)
    if not isinstance(table, dict):
        raise LabError(f"{where}: the table [{key}] is missing")
    return table


def _value(data: dict, key: str, kind: type, where: str):
    value = data.pop(key, None)
    if not isinstance(value, kind):
        raise LabError(f"{where}: {key} is missing or not of type {kind.__name__}")
    return value
