# SPDX-License-Identifier: Apache-2.0
"""Device trees by dtc: take a compiled tree, append source text that changes it, compile again."""

from __future__ import annotations

from pathlib import Path

from . import command


def extend(dtb: Path, additions: str, output: Path) -> None:
    """Writes `output` = the tree in `dtb` with `additions` (device tree source) applied.

    In source form a later node with the same path is merged into the earlier one; this is dtc's own
    overlay mechanism and needs no symbols in the original tree.
    """
    source = decompile(dtb)
    # Kept beside the result: whoever looks at a failed run wants to read it.
    text = output.with_suffix(".dts")
    text.write_text(source + additions)
    compile_source(text, output)


def compile_source(source: Path, output: Path) -> Path:
    """Device tree source, or an overlay's, into its binary form."""
    command.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", str(output), str(source)], timeout=30)
    return output


def decompile(dtb: Path) -> str:
    """The tree as source text."""
    return command.run(["dtc", "-q", "-I", "dtb", "-O", "dts", str(dtb)], timeout=30).decode()
