# SPDX-License-Identifier: Apache-2.0
"""What the OIL compiler says of wrong texts (bad/) and of right ones (good/), word by word.

Beside each NAME.oil stands NAME.expected.txt: what is printed for `oilc --check`; beside some of good/ also
NAME.strict.expected.txt, for `--strict`. After a change that is meant, write them anew, and read the difference:

    python3 -m tests.host.oilc.test_messages --write
"""

import re
import sys
import tempfile
import unittest

from tests.host.oilc.compiler import ERRORS, FINE, HERE, ROOT, Result, oilc

INCLUDED = "implementation.oil"  # a part of good/vendor.oil
PLACE = re.compile(r"^(\S+?):(\d+):(\d+): (?:error|warning|note): .", re.M)


def texts(folder):
    return [path.relative_to(HERE) for path in sorted((HERE / folder).glob("*.oil")) if path.name != INCLUDED]


def check(path, *options) -> Result:
    return oilc("--check", *options, "-I", "good", path)


def expected(path, suffix=".expected.txt"):
    return (HERE / path).with_suffix(suffix)


class Bad(unittest.TestCase):
    maxDiff = None

    def test_each_error_is_told_as_written_down(self):
        self.assertGreater(len(texts("bad")), 80)
        for path in texts("bad"):
            with self.subTest(path.name):
                result = check(path)
                self.assertEqual(expected(path).read_text(), result.err)
                self.assertEqual((ERRORS, ""), (result.status, result.out))
                self.assertIn("error: ", result.err)

    def test_each_place_is_the_line_that_is_shown(self):
        """The number of a message's line, and the line and the caret below it, belong together."""
        for path in texts("bad"):
            lines = check(path).err.splitlines()
            for number, line in enumerate(lines):
                place = PLACE.match(line)
                if not place:
                    continue
                with self.subTest(f"{path.name}: {line}"):
                    file, row, column = place.group(1), int(place.group(2)), int(place.group(3))
                    source = (HERE / file).read_text().split("\n")[row - 1].replace("\x01", "?")
                    self.assertLessEqual(column, len(source) + 1)
                    if column <= 160:
                        self.assertEqual(" " + source[:160], lines[number + 1])
                        self.assertEqual(column, lines[number + 2].index("^"))

    def test_nothing_is_written(self):
        for path in texts("bad")[::8]:
            with self.subTest(path.name):
                self.assertEqual(ERRORS, oilc(path, "-o", "/nowhere/at/all").status)


class Good(unittest.TestCase):
    maxDiff = None

    def test_accepted_with_these_words(self):
        for path in texts("good"):
            with self.subTest(path.name):
                result = check(path)
                self.assertEqual(expected(path).read_text(), result.out + result.err)
                self.assertEqual(FINE, result.status)

    def test_strict_refuses_what_nobody_declared(self):
        refused = [path for path in texts("good") if expected(path, ".strict.expected.txt").exists()]
        self.assertTrue(refused)
        for path in texts("good"):
            with self.subTest(path.name):
                result = check(path, "--strict")
                if path in refused:
                    self.assertEqual(expected(path, ".strict.expected.txt").read_text(), result.err)
                    self.assertEqual(ERRORS, result.status)
                else:
                    self.assertEqual(check(path), result)


class Names(unittest.TestCase):
    """Whatever a header of the system calls its own cannot be the name of an object."""

    HEADERS = ("kernel/os.h", "kernel/os_types.h", "kernel/os_error.h", "drivers/console/console.h")
    NAMES = re.compile(r"^#define (\w+)|\b(\w+)\([^(){};]*\)(?:;|\n\{)|^typedef [^;{]*\b(\w+);|^\} (\w+);", re.M)
    OBJECTS = {"RES_SCHEDULER", "OSDEFAULTAPPMODE"}

    def test_refused(self):
        names = set()
        for header in self.HEADERS:
            found = {next(filter(None, match)) for match in self.NAMES.findall((ROOT / header).read_text())}
            self.assertTrue(found, header)
            names |= found
        self.assertLessEqual({"ActivateTask", "E_OS_LIMIT", "TaskType", "AlarmBaseType", "printk", "TASK"}, names)
        for name in sorted(names - self.OBJECTS):
            with self.subTest(name), tempfile.NamedTemporaryFile("w", suffix=".oil") as text:
                print(f"OS Os {{ }}; TASK {name} {{ PRIORITY = 1; }};", file=text, flush=True)
                result = oilc("--check", text.name)
                self.assertEqual(ERRORS, result.status)
                self.assertRegex(result.err, f"`{name}`.* cannot ")


def write() -> None:
    for path in texts("bad"):
        expected(path).write_text(check(path).err)
    for path in texts("good"):
        result, strict = check(path), check(path, "--strict")
        expected(path).write_text(result.out + result.err)
        if strict.status == ERRORS:
            expected(path, ".strict.expected.txt").write_text(strict.err)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        unittest.main()
