# SPDX-License-Identifier: Apache-2.0
"""One exception for all that a person can act on; the command line prints it as one clear text."""

from __future__ import annotations

from pathlib import Path


class LabError(Exception):
    """What happened and what to do, plus the logs that show it."""

    def __init__(self, message: str, logs: list[Path] | None = None) -> None:
        super().__init__(message)
        self.logs = list(logs or [])
        self._step = ""

    def add_step(self, step: str) -> None:
        """Says in which step of a longer run it happened; the innermost one stays."""
        self._step = self._step or step

    def add_logs(self, *logs: Path) -> None:
        """More places to look at; those that do not exist are left out."""
        self.logs += [log for log in logs if log not in self.logs and log.exists()]

    def __str__(self) -> str:
        text = f"{self._step}: " if self._step else ""
        text += super().__str__()
        for log in self.logs:
            text += f"\n  see {log}"
        return text


class TimedOut(LabError):
    """Nothing is broken: what was waited for has not happened in time."""
