# SPDX-License-Identifier: Apache-2.0
"""The short live account of a run: numbered steps with elapsed time, commands, real output."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TextIO

from .errors import LabError


class Transcript:
    """Prints as things happen, so that a person sees where the time goes."""

    def __init__(self, steps: int, out: TextIO = sys.stdout) -> None:
        self._steps = steps
        self._number = 0
        self._out = out
        self._start = time.monotonic()

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One numbered step; an error inside names it."""
        self._number += 1
        name = f"step {self._number}/{self._steps}, {title}"
        self._print(f"[{self.elapsed_s:5.1f} s] {self._number}/{self._steps} {title}")
        try:
            yield
        except LabError as exc:
            exc.add_step(name)
            raise

    def note(self, text: str) -> None:
        """Something that happened within the step."""
        self._print(f"[{self.elapsed_s:5.1f} s]     {text}")

    def command(self, command: str) -> None:
        """What the person would type."""
        self._print(f"dom0# {command}")

    def output(self, text: str) -> None:
        """What the command printed."""
        if text.strip("\n"):
            self._print(text.strip("\n"))

    def _print(self, text: str) -> None:
        print(text, file=self._out, flush=True)
