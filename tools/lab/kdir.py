# SPDX-License-Identifier: Apache-2.0
"""Makes Debian's unpacked kernel headers usable where they lie, to cross-build a module.

    make -C $(python3 -m tools.lab kdir) ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- M=... modules
"""

from __future__ import annotations

from pathlib import Path

from . import debian, initramfs, paths
from .errors import LabError


def prepare(arch: str = "armhf") -> Path:
    """The KDIR for dom0's kernel. Quick, and safe to call each time."""
    root = debian.require(arch)
    release = initramfs.kernel_release(root)
    if any(character.isspace() for character in str(root)):
        raise LabError(f"make cannot work in a path with spaces: {root}. Move the checkout")
    headers = root / "usr/src" / f"linux-headers-{release}"
    common = root / "usr/src" / f"linux-headers-{_without_flavour(arch, release)}-common"
    for part in (headers / ".config", headers / "scripts" / "Makefile.build", common / "Makefile"):
        if not part.is_file():
            raise LabError(f"{paths.show(part)} is missing. Run: rm -r {paths.show(root)}; "
                           "python3 -m tools.lab fetch")
    # The package expects to be installed at /usr/src; its other links are relative already.
    wanted = f"include {common}/Makefile\n"
    makefile = headers / "Makefile"
    if makefile.read_text() != wanted:
        makefile.write_text(wanted)
    return headers


def _without_flavour(arch: str, release: str) -> str:
    return release.removesuffix(f"-{debian.SETS[arch].kernel_flavour}")
