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
    """"": QEMU describes the machine itself."""
    u_boot: str
    """"": it does not boot from an SD card; load_xen and load_dtb are 0 then."""
    xen_bootargs: str
    dom0_bootargs: str
    load_xen: int
    load_dtb: int
    load_kernel: int
    load_initramfs: int
    remove_nodes: tuple[str, ...]
    qemu: QemuMachine | None
    """None: QEMU has no model of this board."""
    guest: str
    """Which of build/apps/ is this board's pin demonstration: it becomes /root/gpio.bin."""
    pin_register: int
    """Offset in the pin controller of the data register of the guest's pin."""
    pin_mask: int
    """The pin's bit in it. 0: the guest has no pin here."""

    def machine(self) -> QemuMachine:
        """QEMU's model of this board."""
        if self.qemu is None:
            raise LabError(f"{self.name}: QEMU cannot run this board. Write the image to an SD "
                           "card, or use the board orangepi-pc")
        return self.qemu

    @property
    def has_card(self) -> bool:
        """Whether it boots from an SD card."""
        return self.u_boot != ""

    def require_card(self) -> None:
        """Stops when it does not boot from an SD card."""
        if not self.has_card:
            raise LabError(f"{self.name}: this machine does not boot from an SD card. `make shell` and "
                           "`make run-app DOM0=1` start it; for a card use the board orangepi-pc")


@dataclass(frozen=True)
class QemuMachine:
    """QEMU's model of a board."""

    name: str
    cpu: str
    ram: str
    cpus: int
    """0: as many as the machine has."""
    gic_versions: tuple[int, ...]
    """From which one may choose; (): the machine has its own."""

    def args(self, cntfrq_hz: int = 0, gic_version: int = 0) -> list[str]:
        """The machine as QEMU's arguments. `gic_version` 0: the usual one."""
        if gic_version and gic_version not in self.gic_versions:
            choice = ", ".join(map(str, self.gic_versions)) or "its own only"
            raise LabError(f"QEMU's machine {self.name.partition(',')[0]} cannot have a GIC of version "
                           f"{gic_version}: {choice}")
        gic = gic_version or next(iter(self.gic_versions), 0)
        return ["-M", self.name + (f",gic-version={gic}" if gic else ""),
                "-cpu", self.cpu + (f",cntfrq={cntfrq_hz}" if cntfrq_hz else ""),
                *(["-smp", str(self.cpus)] if self.cpus else []), "-m", self.ram]


_TEXT = ("title", "arch", "guest", "xen_bootargs", "dom0_bootargs")


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
    qemu = data.pop("qemu", None)
    pin = data.pop("pin", {})
    text = {key: _value(data, key, str, where) for key in _TEXT}
    dtb, u_boot = data.pop("dtb", ""), data.pop("u_boot", "")
    of_card = {key: _value(load_at, key, int, where) if u_boot else 0 for key in ("xen", "dtb")}
    of_dom0 = {key: _value(load_at, key, int, where) for key in ("kernel", "initramfs")}
    nodes = tuple(data.pop("remove_nodes", []))
    if not all(isinstance(node, str) and node.startswith("/") for node in nodes):
        raise LabError(f"{where}: remove_nodes must be a list of full device tree paths")
    if u_boot and not dtb:
        raise LabError(f"{where}: dtb is missing: U-Boot loads it from the SD card")
    machine = _qemu_machine(qemu, where) if qemu is not None else None
    register, mask = pin.pop("register", 0), pin.pop("mask", 0)
    for left in (data, load_at, qemu or {}, pin):
        if left:
            raise LabError(f"{where}: unknown key {next(iter(left))!r}")
    addresses = {f"load_{key}": value for key, value in (of_card | of_dom0).items()}
    return Board(name=name, dtb=dtb, u_boot=u_boot, remove_nodes=nodes, qemu=machine,
                 pin_register=register, pin_mask=mask, **text, **addresses)


def _qemu_machine(table: dict, where: str) -> QemuMachine:
    text = {key: _value(table, key, str, where) for key in ("machine", "cpu", "ram")}
    return QemuMachine(text["machine"], text["cpu"], text["ram"], table.pop("cpus", 0),
                       tuple(table.pop("gic_versions", [])))


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
