# SPDX-License-Identifier: Apache-2.0
"""A serial console that a program can talk to: everything is logged, waits have a deadline.

A thread of its own reads all the time. If nobody read, the pipe would fill up and the emulated
machine would stop in the middle of a character, which no real machine does.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .errors import LabError, TimedOut


class Console:
    """Both directions of one serial line, given as file descriptors that it then owns."""

    def __init__(self, read_fd: int, write_fd: int, log: Path,
                 echo: Callable[[str], None] | None = None) -> None:
        self.log = log
        self.fatal: list[str] = []
        """Patterns that end every wait with an error, e.g. a panic message."""
        self.echo = echo
        """Called with all text as it comes, carriage returns included, in the reading thread."""
        self._write_fd = write_fd
        self._text = ""
        self._position = 0
        self._heard_s = 0.0  # when something came last, be it a carriage return only
        self._closed = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read, args=(read_fd,), daemon=True)
        self._thread.start()

    @property
    def text(self) -> str:
        """All that has come so far."""
        with self._news:
            return self._text

    @property
    def closed(self) -> bool:
        """True once the other side has gone and all its text has been read."""
        with self._news:
            return self._closed

    def mark(self) -> int:
        """A place in the text, for `since()`."""
        with self._news:
            return len(self._text)

    def since(self, mark: int) -> str:
        """What came after `mark`."""
        with self._news:
            return self._text[mark:]

    def send(self, text: str) -> None:
        """Types `text`."""
        data = text.encode()
        try:
            while data:
                data = data[os.write(self._write_fd, data):]
        except OSError as exc:
            raise LabError(f"cannot type {text!r}: the machine has gone ({exc.strerror})",
                           [self.log]) from exc

    def expect(self, pattern: str, timeout: float, step: str = "") -> re.Match[str]:
        """Waits for a regular expression in what has not been matched yet.

        `timeout` is in seconds. The next call goes on behind the match. `step` names what is being
        waited for, for the person who reads the error.
        """
        match = self.find(pattern, timeout, self._position, step)
        self._position = match.end()
        return match

    def find(self, pattern: str, timeout: float, start: int, step: str = "") -> re.Match[str]:
        """Like `expect`, from the place `start` (see `mark`), and without using up the text."""
        wanted = re.compile(pattern, re.MULTILINE)
        deadline = time.monotonic() + timeout
        with self._news:
            while True:
                match = wanted.search(self._text, start)
                if match:
                    return match
                left = deadline - time.monotonic()
                self._give_up_if_pointless(step or f"waiting for {pattern!r}", left, timeout,
                                           self._text[start:])
                self._news.wait(min(left, 1.0))

    def wait_quiet(self, quiet_s: float, timeout: float) -> bool:
        """Waits until nothing has come for `quiet_s`; False when the line never rests."""
        begin = time.monotonic()
        with self._news:
            while not self._closed:
                now = time.monotonic()
                quiet_at = max(begin, self._heard_s) + quiet_s
                if now >= quiet_at:
                    return True
                if now >= begin + timeout:
                    return False
                self._news.wait(min(quiet_at, begin + timeout) - now)
        return True

    def close(self) -> None:
        """Stops typing; reading goes on until the other side closes."""
        if self._write_fd >= 0:
            os.close(self._write_fd)
            self._write_fd = -1

    def join(self, timeout: float) -> None:
        """Waits for the last text after the other side has closed."""
        self._thread.join(timeout)

    def _give_up_if_pointless(self, step: str, left_s: float, timeout: float,
                              unread: str) -> None:
        for bad in self.fatal:
            match = re.search(bad, unread, re.MULTILINE)
            # What it says counts when its line has ended: text comes in pieces.
            if match and ("\n" in unread[match.end():] or self._closed or left_s <= 0):
                line = _lines_around(unread, match.start(), match.end())
                raise LabError(f"{step}: failed, the console says: {line}", [self.log])
        if self._closed:
            raise LabError(f"{step}: the machine ended first.{_tail(unread)}", [self.log])
        if left_s <= 0:
            raise TimedOut(f"{step}: not seen within {timeout:.0f} s.{_tail(unread)}", [self.log])

    def _read(self, fd: int) -> None:
        try:
            with (self.log.open("ab", buffering=0) as log,
                  os.fdopen(fd, "rb", buffering=0) as source):
                while data := _read_some(source):
                    log.write(data)
                    self._take(data.decode(errors="replace"))
        finally:
            # Also when the log cannot be written: whoever waits must not wait for ever.
            with self._news:
                self._closed = True
                self._news.notify_all()

    def _take(self, text: str) -> None:
        with self._news:
            # Carriage returns are of use to a terminal only.
            self._text += text.replace("\r", "")
            self._heard_s = time.monotonic()
            self._news.notify_all()
        if self.echo:
            self.echo(text)


def _read_some(source) -> bytes:
    try:
        return source.read(65536)
    except OSError:
        return b""


def _lines_around(text: str, start: int, end: int) -> str:
    """All lines that text[start:end] touches, as one."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return " ".join(text[first:last if last >= 0 else None].split())


def _tail(text: str, lines: int = 5) -> str:
    last = [line for line in text.splitlines() if line.strip()][-lines:]
    return "" if not last else " Last lines:\n" + "\n".join(f"    {line}" for line in last)
