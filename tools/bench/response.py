# SPDX-License-Identifier: Apache-2.0
"""How late a 1 kHz task in a domU starts while dom0 is idle and while it is loaded: runs bench/response/interference.sh in
the laboratory's dom0, or reads what it has printed on a board, and draws docs/response.svg."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.lab import board, dom0, initramfs, paths
from tools.lab.cpio import Archive
from tools.lab.errors import LabError

from . import histogram, picture

_FOLDER = paths.ROOT / "bench" / "response"
_IMAGE = paths.BUILD / "guests/bench/response/response.bin"
_OUTPUT = paths.ROOT / "docs" / "response.svg"
_MACHINE = "Orange Pi PC in QEMU: only the shape counts"
_CARD_BYTES = 64 << 20
_MODULE = "/lib/modules/sunxi-mmc.ko"
_DISK = "/dev/mmcblk0"


def overlay() -> Archive:
    """dom0's /root with what interference.sh needs."""
    archive = initramfs.default_overlay(board.load("orangepi-pc"))
    if not _IMAGE.is_file() or not archive.has("root/console.bin"):
        raise LabError(f"an image is missing. Run: make apps; make {paths.show(_IMAGE)}")
    archive.file("root/response.bin", _IMAGE)
    for name in ("response.cfg", "interference.sh"):
        archive.file(f"root/{name}", _FOLDER / name)
    return archive


@contextlib.contextmanager
def booted() -> Iterator[dom0.Dom0]:
    """A dom0 with as many CPUs as this computer has for the emulator, at least two, and an SD card as its disk."""
    cpus = min(max(os.cpu_count() or 1, 2), 4)
    with tempfile.TemporaryDirectory() as folder:
        card = Path(folder) / "card.img"
        with card.open("wb") as file:
            file.truncate(_CARD_BYTES)
        with dom0.boot_direct(overlay(), name="response", xen_args=f"maxcpus={cpus} dom0_max_vcpus={cpus}", timeout=240,
                              qemu_args=["-drive", f"if=sd,format=raw,file={card}"]) as machine:
            machine.check(f"insmod {_MODULE}")
            machine.wait_for(f"test -b {_DISK}; echo $?", "^0$", 30, "dom0's SD card")
            yield machine


def run(machine: dom0.Dom0, expiries: int, rounds: int) -> str:
    """What interference.sh prints."""
    return machine.check(f"sh interference.sh {_DISK} {expiries} {rounds}", rounds * (1000 + expiries / 25))


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m tools.bench.response", description=__doc__)
    parser.add_argument("--expiries", type=int, default=2000, metavar="N",
                        help="how often the alarm is due each time: 2000")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how many times each way: 5")
    parser.add_argument("--from", dest="source", type=Path, metavar="FILE",
                        help="do not run it: draw what interference.sh has printed elsewhere")
    parser.add_argument("--machine", default=_MACHINE, help="what the picture says about the machine")
    parser.add_argument("--output", type=Path, default=_OUTPUT, metavar="FILE", help="docs/response.svg")
    return parser.parse_args(argv)


def _run(expiries: int, rounds: int) -> str:
    with booted() as machine:
        text = run(machine, expiries, rounds)
    sys.stdout.write(text)
    return text


def main(argv: list[str]) -> int:
    """`python3 -m tools.bench.response`."""
    args = _arguments(argv)
    if args.expiries < 1 or args.rounds < 1:
        raise LabError("--expiries and --rounds: give numbers above 0")
    text = args.source.read_text(errors="replace") if args.source else _run(args.expiries, args.rounds)
    args.output.write_text(picture.draw(histogram.parse(text), args.machine))
    print(f"written: {paths.show(args.output.resolve())}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (LabError, OSError) as exc:
        sys.exit(f"error: {exc}")
