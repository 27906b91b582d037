# SPDX-License-Identifier: Apache-2.0
"""Each conformance case on arch/host, under AddressSanitizer and UBSan. The exit status is the second witness."""

import subprocess
import unittest

from tests.conformance import cases

PROGRAMS = cases.FOLDER.parent.parent / "build" / "tests" / "conformance"
LIMIT_S = 30


class Host(unittest.TestCase):
    """One test a case, added below."""

    maxDiff = None


def _add(case: str) -> None:
    def test(self: Host) -> None:
        done = subprocess.run([PROGRAMS / case], capture_output=True, text=True, timeout=LIMIT_S, check=False)
        self.assertEqual(cases.expected(case), cases.steps(done.stdout), done.stderr)
        self.assertEqual(cases.shutdown_code(case), done.returncode, done.stderr)

    setattr(Host, "test_" + case.replace("-", "_"), test)


for _case in cases.names():
    _add(_case)
