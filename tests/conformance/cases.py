# SPDX-License-Identifier: Apache-2.0
"""The conformance cases, and how a console log is compared with what a case expects."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent


def names() -> list[str]:
    """All cases: each is a folder with a main.c."""
    return sorted(main.parent.name for main in FOLDER.glob("*/main.c"))


def configurations(case: str) -> list[str]:
    """The OIL files that a case is built with, below the project's folder. On Xen it runs with the first."""
    return (FOLDER / case / "config").read_text().split()


def variants() -> list[tuple[str, str]]:
    """Each case with the name of each of its configurations."""
    return [(case, Path(oil).stem) for case in names() for oil in configurations(case)]


def expected(case: str, variant: str) -> list[str]:
    """The lines that a case must print, in this order: of expected-WORD.txt, if the configuration's name has a
    word, between its hyphens, for which there is such a file, else of expected.txt."""
    files = [FOLDER / case / f"expected-{word}.txt" for word in variant.split("-")] + [FOLDER / case / "expected.txt"]
    return next(file for file in files if file.exists()).read_text().splitlines()


def steps(log: str) -> list[str]:
    """A log's lines that belong to the case: the machine may print others before, between and after them."""
    lines = (line.strip("\r") for line in log.splitlines())
    return [line for line in lines if line.startswith(("step: ", "ShutdownOS: "))]


def shutdown_code(lines: list[str]) -> int:
    """The code that a case ends the system with, from its last expected line."""
    return int(lines[-1].rpartition(" ")[2])
