# SPDX-License-Identifier: Apache-2.0
"""The linker's word on where things are."""

from __future__ import annotations

import subprocess
from pathlib import Path


def symbols(image: Path) -> dict[str, int]:
    """Address of each symbol of the image's ELF file."""
    listing = subprocess.run(["arm-none-eabi-nm", image.with_suffix(".elf")], capture_output=True, text=True,
                             check=True, timeout=30).stdout
    fields = (line.split() for line in listing.splitlines())
    return {entry[2]: int(entry[0], 16) for entry in fields if len(entry) == 3}
