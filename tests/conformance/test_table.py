# SPDX-License-Identifier: Apache-2.0
"""docs/CONFORMANCE.md says what the cases say, and the cases are complete."""

import unittest
from pathlib import Path

from tests.conformance import cases, table


class Table(unittest.TestCase):
    maxDiff = None

    def test_page_is_made_from_these_cases(self) -> None:
        self.assertEqual(table.page(), table.OUTPUT.read_text(), "run tests/conformance/table.py --write")

    def test_each_rule_is_on_the_page_once(self) -> None:
        page = table.page()
        for rule in table.read_rules():
            with self.subTest(rule.number):
                self.assertEqual(1, page.count(f"\n| {rule.number} | {rule.section} | {rule.text} |"))

    def test_configurations_exist(self) -> None:
        for case in cases.names():
            for oil in cases.configurations(case):
                with self.subTest(case):
                    self.assertTrue((cases.ROOT / oil).exists(), oil)

    def test_configurations_are_used(self) -> None:
        used = {Path(oil).name for case in cases.names() for oil in cases.configurations(case)}
        self.assertEqual({oil.name for oil in (cases.FOLDER / "oil").glob("*.oil")}, used)

    def test_cases_end_with_shutdown(self) -> None:
        for case, variant in cases.variants():
            with self.subTest(case):
                self.assertRegex(cases.expected(case, variant)[-1], r"^ShutdownOS: code \d+$")
