# SPDX-License-Identifier: Apache-2.0
"""docs/XEN_FACTS.md is true of the tree: each fact is cited by the code that obeys it and by the test of it, and
what is cited anywhere stands in the list."""

import re
import unittest

from tests.guests import ROOT

PAGE = ROOT / "docs/XEN_FACTS.md"
ROW = re.compile(r"^\| ([A-Z]\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.M)
FILE = re.compile(r"`([\w./-]+)`(?: (\w+))?")  # of docs/LIMITS.md: not shown by any test
# The facts from B1 to X6: letter and how many.
WANTED = {f"{letter}{number}" for letter, last in {"B": 8, "M": 5, "E": 6, "G": 3, "I": 3, "X": 6}.items()
          for number in range(1, last + 1)}
CITATION = re.compile(r"\b[Ff]acts?[\s*#@]+((?:[A-Z]\d+(?:,[\s*]+|[\s*]+and[\s*]+|-)?)+)")
SOURCES = ("*.c", "*.h", "*.S", "*.lds", "*.py", "*.cfg", "*.dts")
ROOMS = ("arch", "boot", "cfg", "drivers", "dom0-driver", "kernel", "lib", "linker", "tests", "tools")


def cited(text):
    """Every fact that a text cites; "facts E1-E6" are all of them."""
    found = set()
    for group in CITATION.findall(text):
        names = re.findall(r"([A-Z])(\d+)", group)
        found |= {letter + number for letter, number in names}
        for letter, first, _letter, last in re.findall(r"([A-Z])(\d+)-([A-Z])(\d+)", group):
            found |= {f"{letter}{number}" for number in range(int(first), int(last) + 1)}
    return found


def test_text(text, name):
    """The test's first lines, and the comment above it; without a name, all of the text."""
    if not name:
        return text
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if re.search(rf"\b{name}\(", line)]
    if not starts:
        return None
    return "\n".join(lines[max(0, starts[0] - 3):starts[0] + 4])


class Facts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = {number: (code, test) for number, _text, code, test in ROW.findall(PAGE.read_text())}

    def test_all_are_there(self):
        self.assertEqual(set(), WANTED - set(self.rows))

    def test_code_cites_them(self):
        for number, (code, _test) in self.rows.items():
            for path, _name in FILE.findall(code):
                with self.subTest(number, path=path):
                    self.assertIn(number, cited((ROOT / path).read_text()))

    def test_tests_cite_them(self):
        for number, (_code, test) in self.rows.items():
            tests = FILE.findall(test)
            self.assertTrue(tests, number)
            for path, name in tests:
                with self.subTest(number, test=f"{path} {name}"):
                    text = test_text((ROOT / path).read_text(), name)
                    self.assertIsNotNone(text, f"{path} has no {name}")
                    self.assertIn(number, cited(text))

    def test_what_is_cited_is_listed(self):
        for room in ROOMS:
            for path in (path for pattern in SOURCES for path in (ROOT / room).rglob(pattern)):
                with self.subTest(path.relative_to(ROOT)):
                    self.assertEqual(set(), cited(path.read_text(errors="replace")) - set(self.rows))


if __name__ == "__main__":
    unittest.main()
