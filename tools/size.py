#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Print what images take: bytes of the file; RAM from the first byte to the last stack; and of that the variables.

    tools/size.py IMAGE.elf...
"""

import subprocess
import sys
from pathlib import Path


def symbols(elf: Path) -> dict[str, int]:
    lines = subprocess.run(["arm-none-eabi-nm", elf], capture_output=True, text=True, check=True).stdout.splitlines()
    return {name: int(address, 16) for address, _, name in (line.split() for line in lines if line[0] != " ")}


def main() -> None:
    print(f"{'image':16}{'file':>10}{'RAM':>10}{'variables':>12}")
    for elf in map(Path, sys.argv[1:]):
        at = symbols(elf)
        variables = at["image_file_end"] - at["rodata_end"] + at["bss_end"] - at["bss_start"]
        print(f"{elf.stem:16}{elf.with_suffix('.bin').stat().st_size:10}"
              f"{at['image_limit'] - at['image_start']:10}{variables:12}")


if __name__ == "__main__":
    main()
