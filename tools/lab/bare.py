# SPDX-License-Identifier: Apache-2.0
"""The image on QEMU's `virt` machine without Xen: for gdb and for the first steps of a port."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import rundir
from .errors import LabError
from .qemu import Qemu
from .virt import Virt


def boot(image: Path, *, hypervisor_mode: bool = False, icount: bool = False, cntfrq_hz: int = 0,
         gic_version: int = 2, qemu_args: list[str] | None = None, name: str = "bare",
         log_items: str = "unimp,guest_errors",
         echo: Callable[[str], None] | None = None) -> Qemu:
    """Starts the machine and returns at once; its console is `.console`.

    QEMU's loader passes the device tree in r2 as Linux' boot protocol wants. With
    `hypervisor_mode` the CPU starts in HYP mode, as a board's firmware would leave it.
    """
    if not image.is_file():
        raise LabError(f"no such image: {image}. Build it first")
    machine = Virt("armhf", hypervisor_mode, 1, 512, icount, cntfrq_hz, gic_version)
    args = [*machine.args(), "-kernel", str(image)]
    return Qemu(args + (qemu_args or []), rundir.create(name), echo, log_items)
