# SPDX-License-Identifier: Apache-2.0
"""The conformance cases, and how a console log is compared with what a case expects."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def names() -> list[str]:
    """All cases: each is a folder with a main.c."""
    return sorted(main.parent.name for main in FOLDER.glob("*/main.c"))


def expected(case: str) -> list[str]:
    """The lines that a case must print, in this order."""
    return (FOLDER / case / "expected.txt").read_text().splitlines()


def steps(log: str) -> list[str]:
    """A log's lines that belong to the case: the machine may print others before, between and after them."""
    lines = (line.strip("\r") for line in log.splitlines())
    return [line for line in lines if line.startswith(("step: ", "ShutdownOS: "))]


def shutdown_code(case: str) -> int:
    """The code that a case ends the system with, from its last expected line."""
    return int(expected(case)[-1].rpartition(" ")[2])
