#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which lines and branches of kernel/ do the kernel's tests and the conformance cases reach?

usage: tests/coverage.py [FOLDER]

FOLDER (build/coverage) is a build made with `--coverage`. All its programs are run, and gcov's counts of all
configurations are added up: a line that one configuration folds away counts where another has it.
A line that nothing reaches needs a reason, a comment `coverage: REASON` on it or right above it;
without one, or below LEAST_BRANCHES percent of the branches, this fails.

A branch is counted by its place in its line. Where configurations fold parts of one condition away,
the form with the most branches stands for the line.
"""
import collections
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

LEAST_BRANCHES = 95
TIMEOUT_S = 120
REASON = re.compile(r"coverage: \S")


class Source:
    """What is known of one file: counts by line, and of each line's branches by their number."""

    def __init__(self):
        self.lines = collections.Counter()
        self.branches = collections.defaultdict(dict)

    def add(self, line):
        number = line["line_number"]
        self.lines[number] += line["count"]
        counts = [branch["count"] for branch in line["branches"]]
        if counts:
            forms = self.branches[number]
            before = forms.get(len(counts), [0] * len(counts))
            forms[len(counts)] = [a + b for a, b in zip(before, counts)]

    def widest_forms(self):
        return {number: forms[max(forms)] for number, forms in self.branches.items()}


def programs(folder):
    kernel = glob.glob(f"{folder}/tests/test_kernel_*") + glob.glob(f"{folder}/tests/test_timebase")
    cases = glob.glob(f"{folder}/tests/conformance/*/*")
    found = [p for p in sorted(kernel + cases) if os.path.isfile(p) and os.access(p, os.X_OK)]
    if not kernel or not found:
        sys.exit(f"{folder}: no test programs there; `make coverage` builds them")
    return found


def run(program):
    """Whether it passed is not the question here; but it must have ended by itself."""
    try:
        end = subprocess.run([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             timeout=TIMEOUT_S, check=False).returncode
    except subprocess.TimeoutExpired:
        end = "no end in time"
    return f"{program}: {end}" if isinstance(end, str) or end < 0 else None


def gcov(data):
    answer = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", data],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines() if line.startswith(b"{")]


def collect(folder):
    sources = collections.defaultdict(Source)
    # arch/host has the interrupts' side of the kernel's headers
    data = [file for place in ("kernel", "arch/host")
            for file in glob.glob(f"{folder}/**/{place}/*.gcda", recursive=True)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for reports in pool.map(gcov, sorted(data)):
            for report in reports:
                for file in report["files"]:
                    if re.fullmatch(r"kernel/\w+\.[ch]", file["file"]):
                        for line in file["lines"]:
                            sources[file["file"]].add(line)
    return sources


def share(reached, total):
    return f"{reached:5} of {total:5} {100 * reached / total if total else 100:6.1f} %"


def has_reason(text, number):
    return any(REASON.search(line) for line in text[max(0, number - 2):number])


def report(sources):
    """Print the table. @return (lines without a reason, reached branches, all branches)"""
    missing, reached_sum, total_sum = [], 0, 0
    print(f"{'':24}{'lines':>12}{'branches':>24}")
    for name in sorted(sources):
        source = sources[name]
        with open(name, encoding="utf-8") as file:
            text = file.read().splitlines()
        reached = sum(count > 0 for count in source.lines.values())
        branches = source.widest_forms()
        flat = [count for counts in branches.values() for count in counts]
        print(f"{name:24}{share(reached, len(source.lines))}"
              f"  {share(sum(c > 0 for c in flat), len(flat))}")
        for number in sorted(branches):
            if 0 in branches[number] and source.lines[number] > 0:
                print(f"    {number}: not both ways: {text[number - 1].strip()}")
        missing += [f"{name}:{number}: {text[number - 1].strip()}"
                    for number, count in sorted(source.lines.items())
                    if count == 0 and not has_reason(text, number)]
        reached_sum += sum(c > 0 for c in flat)
        total_sum += len(flat)
    return missing, reached_sum, total_sum


def main(folder):
    for data in glob.glob(f"{folder}/**/*.gcda", recursive=True):
        os.remove(data)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        broken = [text for text in pool.map(run, programs(folder)) if text]
    missing, reached, total = report(collect(folder))
    print(f"{'all branches':60}{share(reached, total)}")
    for text in broken:
        print(f"did not end by itself: {text}")
    for text in missing:
        print(f"never reached: {text}")
    if broken or missing:
        return 1
    if 100 * reached < LEAST_BRANCHES * total:
        print(f"less than {LEAST_BRANCHES} % of the branches")
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 2 or sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else "build/coverage"))
