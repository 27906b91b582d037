# SPDX-License-Identifier: Apache-2.0
"""Each conformance case as a guest of the real Xen in its first configuration, up to 16 in one boot. The end is
believed from Xen's dump."""

import unittest
from pathlib import Path

from tests.conformance import cases
from tests.guests import built
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest

GUESTS_PER_BOOT = 16
GUEST_KIB = 8192


class Xen(unittest.TestCase):
    """One test a boot, one subtest a case; added below."""

    maxDiff = None

    def check_boot(self, names: list[str], **machine) -> None:
        guests = [Guest(built(f"tests/conformance/{name}"), memory_kib=GUEST_KIB) for name in names]
        with dom0less.boot(guests, icount=True, **machine) as xen:
            xen.wait_stopped(120)
            logs = ["\n".join(xen.guest_lines(domid)) for domid in range(1, len(names) + 1)]
        for name, log in zip(names, logs):
            with self.subTest(name):
                variant = Path(cases.configurations(name)[0]).stem
                self.assertEqual(cases.expected(name, variant), cases.steps(log), log)

    def test_interrupts_by_a_bare_gicv3(self) -> None:
        """Xen's GICv3 brings every line to the first vCPU, in group 1, whatever the guest writes; a real one does not."""
        name = "isr-nested"
        with bare.boot(built(f"tests/conformance/{name}"), gic_version=3) as machine:
            machine.wait(60, "the guest's power-off")
            variant = Path(cases.configurations(name)[0]).stem
            self.assertEqual(cases.expected(name, variant), cases.steps(machine.console.text))

    def test_interrupts_by_a_gicv3(self) -> None:
        names = [name for name in cases.names() if "/isr-" in cases.configurations(name)[0]]
        for first in range(0, len(names), GUESTS_PER_BOOT):
            self.check_boot(names[first:first + GUESTS_PER_BOOT], arch="arm64", gic_version=3)


def _add(first: int, names: list[str]) -> None:
    setattr(Xen, f"test_cases_from_{first}", lambda self: self.check_boot(names))


for _first in range(0, len(cases.names()), GUESTS_PER_BOOT):
    _add(_first, cases.names()[_first:_first + GUESTS_PER_BOOT])
