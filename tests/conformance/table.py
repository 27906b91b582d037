#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make docs/CONFORMANCE.md from the headers of the cases and from checklist.txt.

    tests/conformance/table.py --write    make the file
    tests/conformance/table.py --check    fail if it is not what --write would make

The page has what one cannot see in a folder: which cases belong to a section and to a rule. What a case does is in
its own header: a sentence or two, then a line `Tests: OSEK 13.2.3.1, 4.6.1; AUTOSAR 8.4.27; rules 1.2, 3.9`.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.conformance import cases  # noqa: E402

OUTPUT = cases.ROOT / "docs" / "CONFORMANCE.md"
HEADER = re.compile(r"/\* SPDX[^\n]*\n \*\n(.*?)\n \*/", re.S)

INTRODUCTION = """# Conformance with OSEK/VDX OS 2.2.3

<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Made by tests/conformance/table.py from the cases' headers: do not edit. -->

{cases} cases in {variants} variants, {oils} configurations. Each case is a folder of `tests/conformance/`; it passes when
it prints exactly the steps that it expects, in their order, and ends with the code that it expects. The first comment
of its `main.c` says what it tests, its file `config` with which configurations. `make test-conformance` runs every
variant on this machine and every case once, with its first configuration, on Xen.

Of the {rules} rules of `tests/conformance/checklist.txt`, {tested} are tested by cases, {none} cannot be (the reason is
given), {missing}.
"""


@dataclass
class Case:
    """What a case's header says."""

    name: str
    tags: dict[str, list[str]]  # "OSEK", "AUTOSAR" -> sections; "rules" -> numbers


@dataclass
class Rule:
    """One line of the checklist."""

    number: str
    section: str
    text: str
    reason: str


class BadHeader(Exception):
    """A case whose header cannot be read."""


def read_tags(name: str, text: str) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for part in text.split(";"):
        kind, _, values = part.strip().partition(" ")
        if kind not in ("OSEK", "AUTOSAR", "rules"):
            raise BadHeader(f"{name}/main.c: `Tests:` knows OSEK, AUTOSAR and rules, not `{kind}`")
        tags[kind] = [value.strip() for value in values.split(",")]
    return tags


def read_case(name: str) -> Case:
    source = (cases.FOLDER / name / "main.c").read_text()
    found = HEADER.match(source)
    if not found:
        raise BadHeader(f"{name}/main.c: does not begin with a comment that says what is tested")
    header = " ".join(line.removeprefix(" *").strip() for line in found[1].splitlines())
    text, _, tags = header.partition(" Tests: ")
    if not text or not tags:
        raise BadHeader(f"{name}/main.c: no line `Tests: OSEK section, ...; rules number, ...` in the header")
    return Case(name, read_tags(name, tags))


def read_rules() -> list[Rule]:
    lines = (cases.FOLDER / "checklist.txt").read_text().splitlines()
    fields = [[field.strip() for field in line.split("|")] for line in lines if line[:1].isdigit()]
    return [Rule(*(field + [""])[:4]) for field in fields]


def parts() -> list[tuple[str, str]]:
    """The checklist's headings, `== number title`."""
    lines = (cases.FOLDER / "checklist.txt").read_text().splitlines()
    headings = (line.split(maxsplit=2) for line in lines if line.startswith("=="))
    return [(number, title) for _mark, number, title in headings]


def section_key(section: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", section)]


def by_section(found: list[Case], kind: str) -> list[str]:
    sections = sorted({section for case in found for section in case.tags.get(kind, [])}, key=section_key)
    rows = []
    for section in sections:
        names = ", ".join(f"`{case.name}`" for case in found if section in case.tags.get(kind, []))
        rows.append(f"| {section} | {names} |")
    return rows


def by_rule(found: list[Case], rules: list[Rule]) -> list[str]:
    rows = []
    for rule in rules:
        names = ", ".join(f"`{case.name}`" for case in found if rule.number in case.tags.get("rules", []))
        rows.append(f"| {rule.number} | {rule.section} | {rule.text} | {names or rule.reason or '**no case**'} |")
    return rows


def check_rules(found: list[Case], rules: list[Rule]) -> None:
    known = {rule.number for rule in rules}
    for case in found:
        strange = set(case.tags.get("rules", [])) - known
        if strange:
            raise BadHeader(f"{case.name}/main.c: no such rule in checklist.txt: {', '.join(sorted(strange))}")


def introduction(found: list[Case], rules: list[Rule]) -> str:
    used = {number for case in found for number in case.tags.get("rules", [])}
    none = [rule for rule in rules if rule.reason and rule.number not in used]
    missing = [rule.number for rule in rules if not rule.reason and rule.number not in used]
    oils = {oil for case in found for oil in cases.configurations(case.name)}
    return INTRODUCTION.format(
        cases=len(found), variants=len(cases.variants()), oils=len(oils), rules=len(rules),
        tested=len(rules) - len(none) - len(missing), none=len(none),
        missing="and these have no case: " + ", ".join(missing) if missing else "and none lacks a case")


def page() -> str:
    found = [read_case(name) for name in cases.names()]
    rules = read_rules()
    check_rules(found, rules)
    lines = [introduction(found, rules), "## Sections of OSEK OS 2.2.3", "", "| section | cases |", "|---|---|"]
    lines += by_section(found, "OSEK")
    lines += ["", "## Sections of AUTOSAR OS", "", "| section | cases |", "|---|---|"]
    lines += by_section(found, "AUTOSAR")
    lines += ["", "## Rules"]
    for part, title in parts():
        lines += ["", f"### {part}. {title}", "", "| rule | section | text | cases |", "|---|---|---|---|"]
        lines += by_rule(found, [rule for rule in rules if rule.number.startswith(f"{part}.")])
    return "\n".join(lines) + "\n"


def main() -> int:
    if sys.argv[1:] not in (["--write"], ["--check"]):
        print("usage: tests/conformance/table.py --write | --check", file=sys.stderr)
        return 2
    try:
        text = page()
    except BadHeader as error:
        print(error, file=sys.stderr)
        return 1
    if sys.argv[1] == "--write":
        OUTPUT.write_text(text)
        return 0
    if not OUTPUT.exists() or OUTPUT.read_text() != text:
        print("docs/CONFORMANCE.md is stale: run tests/conformance/table.py --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
