# SPDX-License-Identifier: Apache-2.0
"""Where the build puts the guest images that tests start."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def built(folder: str) -> Path:
    """The image made from an application's folder."""
    name = Path(folder).name
    return ROOT / "build" / ("apps/" + name if folder.startswith("apps/") else "guests/" + folder) / (name + ".bin")


HELLO = built("apps/hello")
GPIO = built("apps/gpio")
