# SPDX-License-Identifier: Apache-2.0
"""Domains that Xen itself starts: their nodes below the host's /chosen, and the files that go with them.

They are described as a person does it for a board: cfg/dom0less/*.dtsi, and README.md there. What cfg/boot.cmd does
with U-Boot's commands is done here before the start: load the file that each module names, and tell Xen where it lies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from . import devicetree, paths
from .errors import LabError
from .xendump import PREFIX

# Both as in cfg/boot.cmd. All machines of the laboratory have RAM there that nobody else uses.
FIRST_MODULE = 0x58000000
MODULE_STEP = 0x00400000

# What Xen on ARM starts: the magic word of a zImage, or of a 64-bit Image, and its place.
_KERNEL_MAGIC = ((0x24, b"\x18\x28\x6f\x01"), (0x38, b"ARM\x64"))
_FILE = re.compile(r'erika-xen,file = "(?P<file>[^"]+)";')
_NODE_OR_FILE = re.compile(rf"\b(?P<domain>domU\d+) {{|\b(?P<module>module@\d+) {{|{_FILE.pattern}")
_MEMORY = re.compile(r"\bmemory = <0 (\w+)>;")


@dataclass(frozen=True)
class Guest:
    """One domU. `memory_kib` as Xen's device tree binding has it."""

    image: Path
    memory_kib: int = 65536
    vcpus: int = 1
    enhanced: str = ""
    """Value of xen,enhanced: "" (no hypervisor node), "no-xenstore" (events and grants), or beside a dom0 "enabled"."""
    bootargs: str = ""
    """The guest's command line, as /chosen/bootargs of its device tree."""


@dataclass(frozen=True)
class DomUs:
    """Device tree source to be appended to the host's, and where the files are that its modules name."""

    source: str
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many domains there are."""
        return len(_MEMORY.findall(self.source))

    @property
    def ram_mib(self) -> int:
        """What they need with their modules, beside Xen."""
        return sum(_ram_of(int(kib, 0)) for kib in _MEMORY.findall(self.source))


def from_guests(guests: list[Guest]) -> DomUs:
    """The description that such domains need."""
    if not guests:
        raise LabError("no guest image given")
    for guest in guests:
        _check_guest(guest)
    nodes = "".join(_domu(number, guest) for number, guest in enumerate(guests, 1))
    return DomUs(f"""
/ {{
    chosen {{
        #address-cells = <1>;
        #size-cells = <1>;
{nodes}    }};
}};
""", {f"{number}.bin": guest.image for number, guest in enumerate(guests, 1)})


def from_file(path: Path, files: dict[str, Path] | None = None) -> DomUs:
    """A description of cfg/dom0less/. Images that are not in `files` are the applications'."""
    return DomUs(path.read_text(), files or {})


@dataclass(frozen=True)
class Placed:
    """Domains with their files in the machine's RAM."""

    source: str
    """Their nodes, which tell Xen where the files lie."""
    qemu_args: list[str]
    """What brings the files there."""


def place(domus: DomUs, folder: Path) -> Placed:
    """Gives each module its place; device trees among them are compiled into `folder`."""
    files = [module.path for module in modules(domus, folder)]
    addresses = range(FIRST_MODULE, FIRST_MODULE + len(files) * MODULE_STEP, MODULE_STEP)
    regs = iter([f"reg = <{address:#x} {file.stat().st_size:#x}>;" for address, file in zip(addresses, files)])
    loaders = [f"loader,file={file},addr={address:#x},force-raw=on" for address, file in zip(addresses, files)]
    return Placed(_FILE.sub(lambda _: next(regs), domus.source), [arg for x in loaders for arg in ("-device", x)])


@dataclass(frozen=True)
class Module:
    """A file for a domain."""

    node: str
    """Its description, below /chosen."""
    file: str
    """The name that this gives."""
    path: Path


def modules(domus: DomUs, folder: Path) -> list[Module]:
    """What the domains need, in the order of their nodes; device trees are compiled into `folder`."""
    found = []
    domain = module = ""
    for match in _NODE_OR_FILE.finditer(domus.source):
        domain, module = match["domain"] or domain, match["module"] or module
        if name := match["file"]:
            found.append(Module(f"{domain}/{module}", name, _find(domus, name, folder)))
    return found


def guest_lines(text: str, domid: int) -> list[str]:
    """What guest `domid` (the first is 1) has printed to its vPL011, complete lines only, from Xen's console."""
    return join_lines(re.findall(rf"^{PREFIX}DOM{domid}: (.*)\n", text, re.MULTILINE))


# Xen's vPL011 cuts a guest's line into pieces of so many characters. The carriage return that our
# guests put before a line's end counts, and is not seen here any more.
_FULL_PIECE = 126 - len("\r")


def join_lines(pieces: list[str]) -> list[str]:
    """Lines from the pieces that Xen's vPL011 makes of them: all but a line's last are full."""
    lines: list[str] = []
    in_line = False
    for piece in pieces:
        if in_line:
            lines[-1] += piece
        else:
            lines.append(piece)
        in_line = is_cut(piece)
    return lines


def is_cut(piece: str) -> bool:
    """Whether the line goes on in the next piece."""
    return len(piece) >= _FULL_PIECE


def _find(domus: DomUs, name: str, folder: Path) -> Path:
    path = domus.files.get(name)
    if path is None and name.endswith(".dtb"):
        path = devicetree.compile_source(paths.CFG / "dom0less" / f"{Path(name).stem}.dts", folder / name)
    path = path or paths.BUILD / "apps" / Path(name).stem / name
    _check_module(path)
    return path


def _check_module(path: Path) -> None:
    if not path.is_file():
        raise LabError(f"no such image: {path}. Build it first")
    if "," in str(path):
        raise LabError(f"{path}: QEMU cannot load a file with a comma in its path")
    if not 0 < path.stat().st_size <= MODULE_STEP:
        raise LabError(f"{path} has {path.stat().st_size} bytes: an image has 1 to {MODULE_STEP}")


def _check_guest(guest: Guest) -> None:
    _check_module(guest.image)
    if guest.memory_kib < 1024 or guest.vcpus < 1:
        raise LabError("a guest needs at least 1024 KiB of memory and one vCPU")
    if not _is_kernel(guest.image):
        raise LabError(f"{guest.image} is no zImage, Xen would not start it. Give the .bin file that `make app` builds")


def _is_kernel(image: Path) -> bool:
    with image.open("rb") as file:
        head = file.read(64)
    return any(head[at:at + len(magic)] == magic for at, magic in _KERNEL_MAGIC)


def _ram_of(memory_kib: int) -> int:
    # Xen's own data for a domain: page tables, vCPU structures. And two modules.
    return (memory_kib + 1023) // 1024 + 4 + 2 * (MODULE_STEP >> 20)


def _domu(number: int, guest: Guest) -> str:
    enhanced = f'\n            xen,enhanced = "{guest.enhanced}";' if guest.enhanced else ""
    bootargs = f'\n                bootargs = "{guest.bootargs}";' if guest.bootargs else ""
    return f"""\
        domU{number} {{
            compatible = "xen,domain";
            #address-cells = <1>;
            #size-cells = <1>;
            cpus = <{guest.vcpus}>;
            memory = <0 {guest.memory_kib}>;
            vpl011;{enhanced}
            module@0 {{
                compatible = "multiboot,kernel", "multiboot,module";
                erika-xen,file = "{number}.bin";{bootargs}
            }};
        }};
"""
