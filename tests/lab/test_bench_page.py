# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/PERFORMANCE.md as tools/bench reads and writes them, and what it says of a change."""

import tempfile
import unittest
from pathlib import Path

from tools.bench.__main__ import verdict
from tools.bench.figure import Figure
from tools.bench.page import Page, number, written
from tools.lab.errors import LabError

TEXT = """# Title

## One

Words.

| what | max | to reach | why |
|---|---:|---|---|
| a thing | 12,345 | <= 20,000 | long |
| another | | - | |

More words, and | a bar.

## Two

| what | max |
|---|---|
| a thing | 7 |
"""


class Tables(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "PAGE.md")
        self.path.write_text(TEXT)
        self.page = Page(self.path)

    def test_rows_are_those_below_the_heading(self):
        rows = self.page.rows("One")
        self.assertEqual(["a thing", "another"], list(rows))
        self.assertEqual(12345, rows["a thing"].figure("max"))
        self.assertEqual(20000, rows["a thing"].limit())
        self.assertIsNone(rows["another"].figure("max"))
        self.assertIsNone(rows["another"].limit())
        self.assertEqual(7, self.page.rows("Two")["a thing"].figure("max"))

    def test_writing_changes_figures_and_nothing_else(self):
        self.page.update("One", [Figure("another", {"max": 10000, "min": 3})])
        self.page.write()
        self.assertEqual(TEXT.replace("| another | | - | |", "| another | 10,000 | - |  |"), self.path.read_text())

    def test_a_row_that_the_page_lacks_is_an_error(self):
        with self.assertRaisesRegex(LabError, "`Two`: no row for another"):
            self.page.update("Two", [Figure("another", {"max": 1})])
        with self.assertRaisesRegex(LabError, "no heading `Three`"):
            self.page.rows("Three")

    def test_numbers(self):
        for value in (0, 999, 1000, 9999, 10000, 1234567):
            self.assertEqual(value, number(written(value)))
        for text in ("", "-", "none", "12.5", "1 2"):
            self.assertIsNone(number(text), text)

    def test_what_got_worse_is_marked(self):
        row = self.page.rows("Two")["a thing"]
        self.assertEqual("", verdict(Figure("a thing", {"max": 7}), row))
        self.assertEqual("max was 7: WORSE", verdict(Figure("a thing", {"max": 8}), row))
        self.assertEqual("max was 7: better", verdict(Figure("a thing", {"max": 6}), row))
        self.assertEqual("max was 7: better", verdict(Figure("a thing", {"max": 8}, frozenset({"max"})), row))
        self.assertEqual("max is new", verdict(Figure("other", {"max": 8}), None))


if __name__ == "__main__":
    unittest.main()
