# SPDX-License-Identifier: Apache-2.0
"""Xen's own view of its domains, read from the text of its console key 'q'."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PREFIX = r"\(XEN\) (?:\[ *[\d.]+\] )?"
"""What a line of Xen's console begins with; the time is there with `console_timestamps`."""


@dataclass(frozen=True)
class Vcpu:
    """One line of Xen's domain dump."""

    number: int
    pause_count: int
    pause_flags: int
    """Bit 0: blocked (WFI), bit 1: off."""


@dataclass
class DomainState:
    """What Xen's domain dump says about one domain."""

    domid: int
    dying: int = 0
    vcpus: list[Vcpu] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Shut down or crashed: Xen has paused every vCPU for good.

        Nobody else could have: there is no toolstack to pause a domain. A guest that waits in WFI
        is blocked (a flag), not paused (a count). Xen's dump does not tell the shutdown's reason.
        """
        return bool(self.vcpus) and all(vcpu.pause_count > 0 for vcpu in self.vcpus)

    def __str__(self) -> str:
        if self.stopped:
            return f"DOM{self.domid}: stopped"
        return f"DOM{self.domid}: running"


def parse_domain_dump(text: str) -> dict[int, DomainState]:
    """Reads the text of key 'q'."""
    states: dict[int, DomainState] = {}
    current = None
    vcpu = 0
    for line in text.splitlines():
        if re.match(PREFIX + r"DOM\d+: ", line):
            continue  # a guest's text, whatever it looks like
        if match := re.search(r"General information for domain (\d+):", line):
            current = states.setdefault(int(match.group(1)), DomainState(int(match.group(1))))
        elif current is None:
            continue
        elif match := re.search(r"refcnt=\d+ dying=(\d+)", line):
            current.dying = int(match.group(1))
        elif match := re.search(r"VCPU(\d+): CPU\d+", line):
            vcpu = int(match.group(1))
        elif match := re.search(r"pause_count=(\d+) pause_flags=([0-9a-f]+)", line):
            current.vcpus.append(Vcpu(vcpu, int(match.group(1)), int(match.group(2), 16)))
    return states
