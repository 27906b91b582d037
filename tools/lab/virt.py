# SPDX-License-Identifier: Apache-2.0
"""QEMU's generic `virt` machine, with or without the virtualization extension."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import command
from .errors import LabError

PROGRAMS = {"armhf": "qemu-system-arm", "arm64": "qemu-system-aarch64"}
# The cores of the boards that matter: Cortex-A15 stands for the 32-bit ones with virtualization,
# Cortex-A72 is the Raspberry Pi 4's.
_CPU = {"armhf": "cortex-a15", "arm64": "cortex-a72"}


@dataclass(frozen=True)
class Virt:
    """A machine: architecture of the hypervisor, CPUs, RAM and clock."""

    arch: str = "armhf"
    hypervisor_mode: bool = True
    cpus: int = 1
    ram_mib: int = 512
    icount: bool = False
    """1 ns of virtual time is one instruction, and a run is repeatable. One CPU only."""
    cntfrq_hz: int = 0
    """Frequency of the generic timer; 0: QEMU's own, 62.5 MHz."""
    gic_version: int = 2
    """Of the interrupt controller: 2 or 3. Xen gives its guests the same."""

    def args(self) -> list[str]:
        """The machine as QEMU arguments, the program first."""
        if self.arch not in PROGRAMS:
            raise LabError(f"unknown architecture {self.arch!r}: choose one of {', '.join(PROGRAMS)}")
        if self.icount and self.cpus != 1:
            raise LabError("--icount needs one CPU: Xen hangs with more")
        if self.gic_version not in (2, 3):
            raise LabError(f"no GIC of version {self.gic_version}: choose 2 or 3")
        if self.gic_version == 3 and self.hypervisor_mode and self.arch == "armhf":
            raise LabError("32-bit Xen has no driver for a GICv3: use the architecture arm64")
        cpu = _CPU[self.arch] + (f",cntfrq={self.cntfrq_hz}" if self.cntfrq_hz else "")
        machine = f"virt,gic-version={self.gic_version},highmem=off,dtb-randomness=off"
        machine += ",virtualization=on" if self.hypervisor_mode else ""
        args = [PROGRAMS[self.arch], "-M", machine, "-cpu", cpu, "-smp", str(self.cpus),
                "-m", str(self.ram_mib)]
        return args + (["-icount", "shift=0,sleep=off"] if self.icount else [])

    def dump_devicetree(self, output: Path) -> None:
        """The tree that this very machine would pass, to be extended."""
        dump_devicetree(self.args(), output)


def dump_devicetree(args: list[str], output: Path) -> None:
    """The tree that QEMU makes for the machine of `args`, the program first."""
    machine = args.index("-M") + 1
    args = [*args[:machine], f"{args[machine]},dumpdtb={output}", *args[machine + 1:]]
    command.run([*args, "-nodefaults", "-display", "none"], timeout=30)
