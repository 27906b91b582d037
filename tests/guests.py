# SPDX-License-Identifier: Apache-2.0
"""Where the build puts the guest images that tests start."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def built(folder: str) -> Path:
    """The image made from an application's folder."""
    return ROOT / "build" / folder / (Path(folder).name + ".bin")


HELLO = built("apps/hello")
GPIO = built("apps/gpio")
