# SPDX-License-Identifier: Apache-2.0
"""The OIL compiler as a command: options, exit statuses, the files that it reads and writes."""

import os
import resource
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.host.oilc.compiler import ERRORS, FINE, HERE, MINIMAL, USAGE, WRITTEN, files, oilc

OLD = 1_000_000_000  # a time stamp


class Folder(unittest.TestCase):
    """Tests that have a folder of their own, with one small configuration in it."""

    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        self.write("app.oil", MINIMAL)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def oilc(self, *args, **how):
        return oilc(*args, cwd=self.folder, **how)

    def refused(self, words, *args, status=USAGE, **how):
        result = self.oilc(*args, **how)
        self.assertEqual((status, ""), (result.status, result.out or ""), result.err)
        self.assertIn(words, result.err)


class CommandLine(Folder):
    def test_wrong_usage_says_what_is_wrong(self):
        for words, *args in (
                ("no OIL file",),
                ("no OIL file", "--check"),
                ("say one of -o DIR, --check, --print", "app.oil"),
                ("say one of -o DIR, --check, --print", "app.oil", "--check", "--print"),
                ("say one of -o DIR, --check, --print", "app.oil", "--check", "-o", "d"),
                ("more than one file: b.oil", "--check", "app.oil", "b.oil"),
                ("unknown option --chekc", "--chekc", "app.oil"),
                ("no value behind -o", "app.oil", "-o"),
                ("no value behind -o", "app.oil", "-o", ""),
                ("no value behind -I", "--check", "app.oil", "-I"),
                ("--deps goes with -o", "app.oil", "--check", "--deps", "x.d")):
            with self.subTest(args):
                self.refused(words, *args)
        self.assertEqual(["app.oil"], os.listdir(self.folder))

    def test_help_names_every_option(self):
        result = self.oilc("--help")
        self.assertEqual((FINE, ""), (result.status, result.err))
        for words in ("-o DIR", "--check", "--print", "-I DIR", "--deps", "--strict", "--help", "--version", "status"):
            self.assertIn(words, result.out)

    def test_version(self):
        self.assertRegex(self.oilc("--version").out, r"^oilc \d+\.\d+ of erika-xen, OIL 2\.5\n$")

    def test_writing_says_nothing(self):
        result = self.oilc("app.oil", "-o", "d")
        self.assertEqual((FINE, "", ""), (result.status, result.out, result.err))

    def test_check_tells_the_class_and_writes_nothing(self):
        result = self.oilc("--check", "app.oil")
        self.assertEqual("oilc: app.oil: conformance class not stated, BCC1 needed\n", result.out)
        self.write("app.oil", "OS Os { KERNEL_TYPE = ECC2; }; TASK T { PRIORITY = 1; };")
        result = self.oilc("--check", "app.oil")
        self.assertEqual("oilc: app.oil: conformance class ECC2 stated, BCC1 needed\n", result.out)
        self.assertEqual(["app.oil"], os.listdir(self.folder))

    def test_full_disk_below_standard_output(self):
        for args in (["--print", "app.oil"], ["--check", "app.oil"], ["--help"], ["--version"]):
            with self.subTest(args), open("/dev/full", "w") as full:
                self.refused("standard output: No space left on device", *args, stdout=full)


class Reading(Folder):
    def test_files_that_cannot_be_read(self):
        (self.folder / "folder.oil").mkdir()
        os.mkfifo(self.folder / "pipe.oil")
        with open(self.folder / "long.oil", "wb") as long:
            long.truncate(16 * 1024 * 1024 + 1)
        for name, words in (("none.oil", "No such file"), ("folder.oil", "not a file that can be read"),
                            ("pipe.oil", "not a file that can be read"), ("long.oil", "longer than 16 MiB"),
                            ("/dev/zero", "not a file that can be read"), ("app.oil/x", "Not a directory")):
            with self.subTest(name):
                self.refused(f"oilc: error: {name}: {words}", "--check", name)
                self.write("includes.oil", f'#include "{name}"\n{MINIMAL}')
                self.refused(f"includes.oil:1:1: error: cannot include {name}: {words}", "--check", "includes.oil",
                             status=ERRORS)

    def test_a_zero_byte(self):
        self.write("app.oil", MINIMAL + "\0")
        self.refused(f"app.oil: error: byte {len(MINIMAL)} is zero", "--check", "app.oil", status=ERRORS)

    def test_where_included_files_are_looked_for(self):
        """"x" beside the includer first, <x> in the folders of -I first."""
        self.write("sub/app.oil", '#include QUOTED\nTASK T { PRIORITY = 1; };')
        self.write("sub/os.oil", "OS Beside { };")
        self.write("one/os.oil", "OS One { };")
        self.write("two/os.oil", "OS Two { };")
        for included, folders, name in (('"os.oil"', ("one",), "Beside"), ("<os.oil>", ("one", "two"), "One"),
                                        ("<os.oil>", ("two", "one"), "Two"), ("<os.oil>", (), "Beside")):
            with self.subTest(included, folders=folders):
                self.write("sub/app.oil", f"#include {included}\nTASK T {{ PRIORITY = 1; }};")
                options = [word for folder in folders for word in ("-I", folder)]
                self.assertIn(f"OS {name} {{", self.oilc("--print", "sub/app.oil", *options).out)

    def chain(self, length):
        """app.oil, which includes 1.oil, which includes 2.oil ..."""
        for i in range(length):
            self.write(f"{i}.oil", f'#include "{i + 1}.oil"\n')
        self.write(f"{length}.oil", MINIMAL)
        return self.oilc("--check", "0.oil")

    def test_depth(self):
        self.assertEqual(FINE, self.chain(15).status)
        result = self.chain(16)
        self.assertEqual(ERRORS, result.status)
        self.assertIn("15.oil:1:1: error: more than 16 files one inside the other: 0.oil includes 1.oil", result.err)

    def test_breadth(self):
        """Sixteen files that include each two of the next: 65,535 if nobody counted."""
        for i in range(15):
            self.write(f"{i}.oil", f'#include "{i + 1}.oil"\n' * 2)
        self.write("15.oil", "")
        self.refused("error: more than 1000 files are included", "--check", "0.oil", status=ERRORS)


class Limits(Folder):
    """Texts that are too long to be files of their own."""

    def refused_text(self, words, text):
        self.write("app.oil", text)
        self.refused(words, "--check", "app.oil", status=ERRORS)

    def test_alarms(self):
        alarms = "ALARM A%d { COUNTER = SystemCounter; ACTION = ACTIVATETASK { TASK = Work; }; };\n"
        self.refused_text("error: 32769 alarms and schedule tables; the most is 32768 together",
                          MINIMAL + "".join(alarms % i for i in range(32769)))

    def test_alarms_and_short_ticks(self):
        counter = "COUNTER Fast { MINCYCLE = 1; MAXALLOWEDVALUE = 100; TICKSPERBASE = 1; TICKDURATION = %d; };\n"
        alarms = "".join("ALARM A%d { COUNTER = Fast; ACTION = ACTIVATETASK { TASK = Work; }; };\n" % i
                         for i in range(32))
        self.refused_text("error: counter `Fast`: ticks of 1 ns can be counted for less than 10 years where there are "
                          "32 alarms and schedule tables; possible: 2 ns and more", MINIMAL + counter % 1 + alarms)
        self.write("app.oil", MINIMAL + counter % 2 + alarms)
        self.assertEqual(0, self.oilc("--check", "app.oil").status)

    def test_expiry_points(self):
        point = "EXPIRYPOINT = AT { OFFSET = %d; ACTION = ACTIVATETASK { TASK = Work; }; };\n"
        self.refused_text("error: 65536 expiry points; the most is 65535",
                          MINIMAL + "SCHEDULETABLE S { COUNTER = SystemCounter; DURATION = 100000;"
                          + "".join(point % i for i in range(65536)) + "};")

    def test_attributes_of_sections(self):
        self.refused_text("error: IMPLEMENTATION sections declare more than 5000 attributes and values",
                          "IMPLEMENTATION I { TASK {\n" + "".join(f"UINT32 X{i};\n" for i in range(5000))
                          + "}; };" + MINIMAL)

    def test_memory(self):
        self.write("app.oil", MINIMAL + "EVENT e { };\n" * 300_000)
        room = 24 * 1024 * 1024
        self.refused("oilc: error: out of memory", "app.oil", "-o", "d",
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (room, room)))
        self.assertEqual(["app.oil"], os.listdir(self.folder))


class Writing(Folder):
    def test_the_three_files_and_nothing_else(self):
        self.assertEqual(FINE, self.oilc("app.oil", "-o", "new/folder/in/folders").status)
        self.assertEqual(set(WRITTEN), set(files(self.folder / "new/folder/in/folders")))

    def test_the_same_bytes_from_anywhere(self):
        self.oilc("app.oil", "-o", "one")
        other = self.write("other/place/app.oil", MINIMAL)
        oilc(other, "-o", self.folder / "two", cwd=Path("/"))
        self.oilc("./other/../app.oil", "-o", "three")
        for again in ("two", "three"):
            self.assertEqual(files(self.folder / "one"), files(self.folder / again))

    def test_what_does_not_change_keeps_its_time(self):
        self.oilc("app.oil", "-o", "d", "--deps", "d/made.d")
        for path in (self.folder / "d").iterdir():
            os.utime(path, (OLD, OLD))
        self.oilc("app.oil", "-o", "d", "--deps", "d/made.d")
        self.assertEqual({OLD}, {path.stat().st_mtime for path in (self.folder / "d").iterdir()})
        self.write("app.oil", MINIMAL.replace("AUTOSTART = TRUE", "AUTOSTART = FALSE"))
        self.oilc("app.oil", "-o", "d")
        changed = {path.name for path in (self.folder / "d").iterdir() if path.stat().st_mtime != OLD}
        self.assertEqual({"os_cfg.c"}, changed)

    def test_an_error_in_the_text_changes_nothing(self):
        self.oilc("app.oil", "-o", "d")
        before = files(self.folder / "d")
        self.write("app.oil", MINIMAL + "TASK Work { PRIORITY = 2; };")
        self.refused("contradicts", "app.oil", "-o", "d", "--deps", "d/made.d", status=ERRORS)
        self.assertEqual(before, files(self.folder / "d"))

    def test_folders_that_cannot_be_made(self):
        for folder in ("app.oil", "app.oil/below", "/proc/none"):
            with self.subTest(folder):
                self.refused(f"oilc: error: {folder}", "app.oil", "-o", folder)
        self.assertEqual(["app.oil"], os.listdir(self.folder))

    def test_a_rule_for_make_that_cannot_be_written(self):
        self.refused("oilc: error: none/x.d: No such file or directory", "app.oil", "-o", "d", "--deps", "none/x.d")

    def test_something_else_in_a_files_place(self):
        (self.folder / "d/os_cfg.orti").mkdir(parents=True)
        self.refused("oilc: error: d/os_cfg.orti: is there and is no file", "app.oil", "-o", "d")
        self.assertEqual(["os_cfg.orti"], os.listdir(self.folder / "d"))

    def test_full_disk(self):
        """A limit of file sizes stands for it: all three files are as before, and nothing is left beside them."""
        self.oilc("app.oil", "-o", "d")
        before = files(self.folder / "d")
        self.write("app.oil", MINIMAL + "".join(f"EVENT e{i} {{ }};\n" for i in range(500)))
        room = 2000
        self.assertLess(room, max(map(len, before.values())))
        self.refused("oilc: error: d/os_cfg.h: File too large", "app.oil", "-o", "d", restore_signals=False,
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
        self.assertEqual(before, files(self.folder / "d"))
        self.assertEqual(FINE, self.oilc("app.oil", "-o", "d").status)


class Dependencies(Folder):
    def is_up_to_date(self):
        done = subprocess.run(["make", "-q", "x"], cwd=self.folder, timeout=60, check=False)
        return done.returncode == 0

    def test_make_knows_what_was_read(self):
        included = self.write("blank and $.oil", "OS Os { };")
        self.write("app.oil", '#include "blank and $.oil"\nTASK T { PRIORITY = 1; };')
        self.assertEqual(FINE, self.oilc("app.oil", "-o", "d", "--deps", "x.d").status)
        self.write("Makefile", "include x.d\nx:\n\ttouch x\n")
        target = self.write("x", "")
        self.assertTrue(self.is_up_to_date())
        os.utime(target, (OLD, OLD))
        for name in ("app.oil", "blank and $.oil"):
            with self.subTest(name):
                for source in ("app.oil", "blank and $.oil"):
                    os.utime(self.folder / source, (OLD + (source == name),) * 2)
                self.assertFalse(self.is_up_to_date())
        os.utime(included, (OLD, OLD))
        self.assertTrue(self.is_up_to_date())
        included.unlink()
        self.assertFalse(self.is_up_to_date(), "a file that is gone means to start again, not to stop")
        self.assertEqual(0, subprocess.run(["make", "-s", "x"], cwd=self.folder, timeout=60, check=False).returncode)


class Print(Folder):
    def test_it_means_the_same_and_prints_the_same(self):
        """For the files in other systems' styles; those of the project: golden/test_golden.py."""
        for path in sorted((HERE / "good").glob("*.oil")):
            if path.name == "implementation.oil":
                continue
            with self.subTest(path.name):
                printed = oilc("--print", path, "-I", HERE / "good")
                self.assertEqual(FINE, printed.status)
                copy = self.folder / path.name
                copy.write_text(printed.out)
                again = self.oilc("--print", "--strict", copy)
                self.assertEqual(printed.out, again.out)
                oilc(path, "-I", HERE / "good", "-o", self.folder / "one")
                self.oilc(copy, "-o", "two")
                self.assertEqual(files(self.folder / "one"), files(self.folder / "two"))


if __name__ == "__main__":
    unittest.main()
