#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run test suites and count: one line a test, one closing line `N passed, N failed, N skipped`.

    tests/run.py SUITE...      SUITE: host, conformance, target, system

`host` takes the names of its programs, below build/tests/, from HOST_TESTS (make test-host sets it).
`host` and `conformance` are programs that print TAP; the others are Python unittest modules that boot the real
Xen through tools/lab. A program that ends badly, or that announces more tests than it reports, counts as failed.
"""

import os
import re
import subprocess
import sys
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PROGRAM_LIMIT_S = 300
TAP_LINE = re.compile(r"^\s*(not )?ok \d+ (?:- (\S+)|# SKIP (\S+))", re.M)   # cmocka's "not ok 1 # SKIP name"
TAP_PLAN = re.compile(r"^\s*1\.\.(\d+)", re.M)


class Tally:
    """Counts, and prints each result as it comes."""

    def __init__(self) -> None:
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}

    def add(self, result: str, name: str, detail: str = "") -> None:
        self.counts[result] += 1
        print(f"{result.upper():8}{name}", flush=True)
        if detail:
            print("        " + detail.rstrip().replace("\n", "\n        "), flush=True)

    def closing_line(self) -> str:
        return "{passed} passed, {failed} failed, {skipped} skipped".format(**self.counts)


def run_program(tally: Tally, program: Path) -> None:
    """One TAP program. Its own word counts only together with its exit status and its plan."""
    suite = program.name
    env = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP")
    try:
        done = subprocess.run([program], cwd=ROOT, env=env, capture_output=True, text=True, errors="replace",
                              timeout=PROGRAM_LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        tally.add("failed", suite, f"no end after {PROGRAM_LIMIT_S} s")
        return
    except OSError as exc:
        tally.add("failed", suite, f"cannot start {program}: {exc.strerror}")
        return
    results = TAP_LINE.findall(done.stdout)
    failed = 0
    for bad, name, skipped in results:
        result = "skipped" if skipped else "failed" if bad else "passed"
        failed += result == "failed"
        tally.add(result, f"{suite}: {name or skipped}")
    planned = sum(int(n) for n in TAP_PLAN.findall(done.stdout))
    if failed or done.returncode != 0 or not results or planned != len(results):
        if not failed:
            tally.add("failed", suite, f"exit status {done.returncode}, {len(results)} of {planned} results")
        print(done.stdout[-4000:] + done.stderr[-6000:], flush=True)


class Reporter(unittest.TestResult):
    """unittest's results into the tally, with the seconds that each took."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally
        self.begin = 0.0

    def startTest(self, test):  # noqa: N802 (unittest's name)
        super().startTest(test)
        self.begin = time.monotonic()

    def _report(self, result, test, detail=""):
        seconds = time.monotonic() - self.begin
        self.tally.add(result, f"{test.id()} ({seconds:.1f} s)", detail)

    def addSuccess(self, test):  # noqa: N802
        self._report("passed", test)

    def addFailure(self, test, err):  # noqa: N802
        self._report("failed", test, self._exc_info_to_string(err, test))

    addError = addFailure  # noqa: N815

    def addSkip(self, test, reason):  # noqa: N802
        self._report("skipped", test, reason)

    def addSubTest(self, test, subtest, err):  # noqa: N802
        if err is not None:
            self._report("failed", subtest, self._exc_info_to_string(err, test))


def run_modules(tally: Tally, folder: str) -> None:
    tests = unittest.defaultTestLoader.discover(str(ROOT / folder), pattern="test_*.py", top_level_dir=str(ROOT))
    tests.run(Reporter(tally))


def run_programs(tally: Tally, names: str) -> None:
    if not names:
        tally.add("failed", "host", "HOST_TESTS is empty: run `make test-host`")
    for name in names.split():
        run_program(tally, ROOT / "build" / "tests" / name)


SUITES = {
    "host": lambda tally: (run_programs(tally, os.environ.get("HOST_TESTS", "")), run_modules(tally, "tests/host"),
                           run_modules(tally, "tests/lab")),
    "conformance": lambda tally: run_modules(tally, "tests/conformance"),
    "target": lambda tally: run_modules(tally, "tests/target"),
    "system": lambda tally: run_modules(tally, "tests/system"),
}


def main() -> int:
    suites = sys.argv[1:]
    if not suites or not set(suites) <= set(SUITES):
        print(f"usage: tests/run.py SUITE...    SUITE: {', '.join(SUITES)}", file=sys.stderr)
        return 2
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
        os.environ.pop(name, None)   # tests call make as a person does, not as a part of this make
    tally = Tally()
    for suite in suites:
        print(f"== {suite}", flush=True)
        SUITES[suite](tally)
    print(tally.closing_line(), flush=True)
    return 1 if tally.counts["failed"] or not tally.counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
