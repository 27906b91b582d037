# SPDX-License-Identifier: Apache-2.0
"""Each conformance case in each of its configurations on arch/host, under AddressSanitizer and UBSan. The exit
status is the second witness."""

import subprocess
import unittest

from tests.conformance import cases

PROGRAMS = cases.ROOT / "build" / "tests" / "conformance"
LIMIT_S = 30


class Host(unittest.TestCase):
    """One test a case and configuration, added below."""

    maxDiff = None


def _add(case: str, variant: str) -> None:
    def test(self: Host) -> None:
        expected = cases.expected(case, variant)
        done = subprocess.run([PROGRAMS / case / variant], capture_output=True, text=True, timeout=LIMIT_S, check=False)
        self.assertEqual(expected, cases.steps(done.stdout), done.stderr)
        self.assertEqual(cases.shutdown_code(expected), done.returncode, done.stderr)

    setattr(Host, f"test_{case}_with_{variant}".replace("-", "_"), test)


for _case, _variant in cases.variants():
    _add(_case, _variant)
