# SPDX-License-Identifier: Apache-2.0
"""`make new-app`: a folder that builds, runs and explains itself, to be changed into something."""

from __future__ import annotations

import os
import re
from pathlib import Path

from . import paths
from .errors import LabError

_TEMPLATES = Path(__file__).with_name("new-app")
_MARK = "@NAME@"


def create(name: str, parent: Path) -> int:
    """Makes PARENT/NAME from the templates in tools/lab/new-app/."""
    folder = Path(os.path.normpath(paths.ROOT / parent / name))
    _check(name, folder)
    texts = {path.name: path.read_text().replace(_MARK, name)
             for path in sorted(_TEMPLATES.iterdir())}
    try:
        folder.mkdir(parents=True)
        for file, text in texts.items():
            (folder / file).write_text(text)
    except OSError as exc:
        raise LabError(f"cannot write {folder}: {exc.strerror}. Choose another DIR=") from exc
    shown = paths.show(folder)
    print(f"made {shown}: {', '.join(texts)}\nnow: make run-app APP={shown}")
    return 0


def _check(name: str, folder: Path) -> None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,39}", name):
        raise LabError(f"NAME={name}: an application's name has letters, digits, - and _, starts "
                       "with a letter and has at most 40 characters")
    # make cannot work with these, and the shell and linker not well.
    if re.search(r"[^A-Za-z0-9_./+@-]", str(folder)):
        raise LabError(f"{folder}: make cannot work with that path, choose another DIR=")
    if folder.exists():
        raise LabError(f"{paths.show(folder)} is there already: another NAME=, or remove it")
    if (paths.ROOT / "apps" / name).exists():
        raise LabError(f"the project has an application {name}: another NAME=")
