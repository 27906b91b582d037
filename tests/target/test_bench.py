# SPDX-License-Identifier: Apache-2.0
"""The figures of docs/PERFORMANCE.md: they are what is measured now, to the digit, and what is to be reached is."""

import unittest

from tests.guests import ROOT
from tools.bench import services
from tools.bench.__main__ import SECTIONS
from tools.bench.page import Page


class Figures(unittest.TestCase):
    def check(self, section):
        heading, measure = SECTIONS[section]
        rows = Page(ROOT / "docs/PERFORMANCE.md").rows(heading)
        figures = measure()
        self.assertGreater(len(figures), 0)
        for figure in figures:
            with self.subTest(figure.row):
                row = rows[figure.row]
                for column, value in figure.values.items():
                    self.assertEqual(value, row.figure(column), f"{column}: python3 -m tools.bench --write {section}")
                if row.limit() is not None:
                    self.assertLessEqual(figure.values["max"], row.limit())

    def test_bcc1(self):
        self.check("bcc1")

    def test_ecc1(self):
        self.check("ecc1")

    def test_ecc2(self):
        self.check("ecc2")

    def test_the_same_each_time(self):
        self.assertEqual(services.figures("bcc1"), services.figures("bcc1"))


if __name__ == "__main__":
    unittest.main()
