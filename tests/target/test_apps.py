# SPDX-License-Identifier: Apache-2.0
"""The applications do what their pages say, and the commands around them: run-app, new-app, debug.
An application's end is believed from run-app, which asks Xen."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.guests import GPIO, ROOT, built
from tools.lab import dom0less
from tools.lab.dom0less import Guest

FENCE = re.compile(r"^```\n(.*?)^```$", re.M | re.S)
LIMIT_S = 120


def call(*args):
    """A command from the repository's top: its status and what it printed."""
    done = subprocess.run(args, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=LIMIT_S, check=False)
    return done.returncode, done.stdout


def run_app(folder, timeout=30):
    return call(sys.executable, "-m", "tools.lab", "run-app", folder, str(built(folder)), "--timeout", str(timeout))


def page(folder, number=0):
    """The lines that a README.md promises."""
    return FENCE.findall((ROOT / folder / "README.md").read_text())[number].splitlines()


def number(line):
    """Figures that differ from run to run count as any figure."""
    return re.sub(r"(?:\\ )*\d+", lambda _: r" *\d+", re.escape(line))


class Pages(unittest.TestCase):
    maxDiff = None

    def check(self, folder, status=0, timeout=30, block=0):
        got, text = run_app(folder, timeout)
        expected = page(folder, block)
        self.assertEqual(expected, text.splitlines()[-len(expected):], text)
        self.assertEqual(status, got)

    def test_hello(self):
        self.check("apps/hello")

    def test_events(self):
        self.check("apps/events")

    def test_resources(self):
        self.check("apps/resources")

    def test_clock_without_dom0(self):
        self.check("apps/clock", block=1)

    def test_gpio_runs_for_ever(self):
        self.check("apps/gpio", 124, 3)

    def test_gpio_cubieboard2_is_the_same_program(self):
        status, text = run_app("apps/gpio-cubieboard2", 3)
        self.assertEqual(124, status)
        self.assertRegex(text, r"\nrun-app: gpio-cubieboard2: timeout after 3 s\n$")
        self.assertIn("gpio: no port controller at 0x01c20800", text)

    def check_figures(self, folder):
        status, text = run_app(folder)
        self.assertEqual(0, status, text)
        expected = page(folder)
        lines = text.splitlines()[-len(expected):]
        for want, line in zip(expected, lines):
            self.assertRegex(line, f"^{number(want)}$")
        return lines

    def test_periodic(self):
        """Also on a machine that is held up all the time: what was due has run or is counted as lost."""
        for line, due in zip(self.check_figures("apps/periodic"), (100, 40, 10)):
            runs, lost = re.search(r": (\d+) runs, (\d+) lost, ", line).groups()
            self.assertGreaterEqual(int(runs) + int(lost), due)
            self.assertLessEqual(int(runs) + int(lost), 2 * due)

    def test_periodic_is_on_time_to_the_microsecond_where_nobody_disturbs(self):
        with dom0less.boot([Guest(built("apps/periodic"))], icount=True) as xen:
            xen.expect("DOM1: ShutdownOS: code 0", 60)
            text = "\n".join(xen.guest_lines(1))
            xen.wait_stopped(30)
        found = re.findall(r"every (\d+) ms: (\d+) runs, (\d+) lost, intervals of (\d+) to (\d+) us", text)
        self.assertEqual([("10", "100", "0"), ("25", "40", "0"), ("100", "10", "0")], [row[:3] for row in found])
        for period_ms, _, _, shortest, longest in found:
            self.assertLessEqual(1000 * int(period_ms) - int(shortest), 10)
            self.assertLessEqual(int(longest) - 1000 * int(period_ms), 10)

    def test_erika_source(self):
        status, text = run_app("tests/target/apps/erika")
        self.assertIn("Test result: SUCCESS", text)
        self.assertEqual(0, status)


class RunApp(unittest.TestCase):
    """The command itself, when something else ends it than the application."""

    @staticmethod
    def command(image, *options):
        return [sys.executable, "-m", "tools.lab", "run-app", "apps/gpio", str(image), *options]

    def test_ctrl_c(self):
        """The text comes while the application runs; the key ends all, QEMU too."""
        with subprocess.Popen(self.command(GPIO, "--timeout", "60"), cwd=ROOT, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True) as lab:
            self.assertIn("pins: no event channel (-3): no pin service\n", iter(lab.stdout.readline, ""))
            qemu = Path(f"/proc/{lab.pid}/task/{lab.pid}/children").read_text().split()
            self.assertEqual(1, len(qemu))
            lab.send_signal(signal.SIGINT)
            self.assertEqual("interrupted\n", lab.stdout.read())
        self.assertEqual(130, lab.returncode)
        self.assertFalse(Path("/proc", *qemu).exists())

    def test_a_reader_that_goes_away(self):
        out, into = os.pipe()
        os.close(out)
        done = subprocess.run(self.command(GPIO, "--timeout", "2"), cwd=ROOT, stdout=into, stderr=subprocess.PIPE,
                              timeout=LIMIT_S, check=False)
        os.close(into)
        self.assertEqual((124, b""), (done.returncode, done.stderr))

    def test_an_image_that_xen_refuses(self):
        with tempfile.NamedTemporaryFile(suffix=".bin") as half:
            half.write(GPIO.read_bytes()[:20000])
            half.flush()
            status, text = call(*self.command(half.name))
        self.assertEqual(1, status)
        self.assertRegex(text, r"error: the start on Xen: failed, the console says: .*Could not set up domain domU1\n"
                               r"  see /.*/console\.log\n$")


class Elsewhere(unittest.TestCase):
    """A folder outside the tree, with sources in the style of another system."""

    FILES = {
        "motor/engine.oil": """OIL_VERSION = "2.5";
            CPU any {
              OS any { STATUS = STANDARD; };
              APPMODE Normal; APPMODE Service;
              TASK Control { PRIORITY = 5; ACTIVATION = 1; SCHEDULE = FULL; USEFPU = TRUE;
                             AUTOSTART = TRUE { APPMODE = Service; }; };
              TASK Drive { PRIORITY = 6; ACTIVATION = 1; SCHEDULE = FULL;
                           AUTOSTART = TRUE { APPMODE = Normal; }; };
            };""",
        "motor/main.c": """#include <os.h>
            #include <console.h>
            #include "filter/filter.h"
            extern int scaled(int x);
            TASK(Drive) { ShutdownOS(7); }
            TASK(Control) { int unused; printk("%d %d\\n", scaled(3), filtered(3)); ShutdownOS(E_OK); }
            int main(void) { StartOS(Service); return 0; }""",
        "motor/control.c": "int scaled(int x) { float y = x * 1.5f; return (int)(10 * y); }",
        "motor/filter/filter.h": "int filtered(int x);",
        "motor/filter/filter.c": '#include "filter.h"\nint filtered(int x) { char y = x; return y / 2; }',
        "motor/app.mk": "SRCS := filter/filter.c\nFPU_SRCS := control.c\n",
        "common/other.c": "#error a neighbour's file",
    }

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for made in ("apps/motor", f"cfg{folder.name}", f"os{folder.name}"):
            self.addCleanup(shutil.rmtree, ROOT / "build" / made, ignore_errors=True)
        self.top = Path(folder.name)
        for name, text in self.FILES.items():
            (self.top / name).parent.mkdir(parents=True, exist_ok=True)
            (self.top / name).write_text(text)

    def test_it_builds_as_it_is_and_runs(self):
        status, text = call("make", "run-app", f"APP={self.top}/motor")
        self.assertEqual((0, ["45 1", "ShutdownOS: code 0", "run-app: motor: shutdown 0"]),
                         (status, text.splitlines()[-3:]), text)

    def test_what_is_missing_is_said(self):
        (self.top / "motor/app.mk").write_text("FPU_SRCS := control.c\n")
        oil = self.top / "motor/engine.oil"
        for change, word in ((lambda: None, "undefined reference to `filtered'"),
                             (lambda: (self.top / "motor/second.oil").write_text(oil.read_text()),
                              "which of its OIL files? Name it app.oil: engine.oil second.oil"),
                             (lambda: [file.unlink() for file in self.top.glob("motor/*.oil")], "no app.oil there")):
            with self.subTest(word):
                change()
                status, text = call("make", "app", f"APP={self.top}/motor")
                self.assertEqual(2, status)
                self.assertIn(word, text)


class NewApp(unittest.TestCase):
    """From nothing to an application, outside the tree, and each way in which it can end."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = f"{folder.name}/blink-test"
        cls.main = Path(cls.folder) / "main.c"
        status, text = call("make", "new-app", "NAME=blink-test", f"DIR={folder.name}")
        assert status == 0, text
        for made in ("apps/blink-test", f"cfg{folder.name}", f"os{folder.name}"):
            cls.addClassCleanup(shutil.rmtree, ROOT / "build" / made, ignore_errors=True)
        cls.source = cls.main.read_text()

    def run_app(self, timeout=30):
        return call("make", "run-app", f"APP={self.folder}", f"TIMEOUT={timeout}")

    def end(self, statement, timeout=30):
        """How it ends with `statement` in ShutdownOS(E_OK)'s place: the exit status, the last line."""
        self.main.write_text(self.source.replace("ShutdownOS(E_OK);", statement))
        status, text = self.run_app(timeout)
        words = [line for line in text.splitlines() if line.startswith("run-app: ")]
        return status, words[-1] if words else text

    def test_it_runs_as_its_page_says(self):
        self.main.write_text(self.source)
        status, text = self.run_app()
        expected = FENCE.findall((self.main.parent / "README.md").read_text())[0].splitlines()
        self.assertEqual(expected, text.splitlines()[-len(expected):], text)
        self.assertEqual(0, status)

    def test_shutdown_with_a_code(self):
        self.assertEqual((2, "run-app: blink-test: shutdown 7"), self.end("ShutdownOS(7);"))

    def test_crash_names_the_line(self):
        status, line = self.end("static volatile unsigned int *volatile nowhere; nowhere[2] = 1;")
        self.assertEqual(2, status)
        self.assertRegex(line, r"^run-app: blink-test: crash: data abort at 8000\w{4} "
                               r"\(.*/blink-test/main\.c:\d+ in task_Periodic; address 00000008, .*\)$")

    def test_the_end_is_found_behind_a_line_that_was_only_begun(self):
        self.assertEqual((0, "run-app: blink-test: shutdown 0"), self.end('printk("and"); ShutdownOS(E_OK);'))
        self.assertRegex(self.end('printk("and"); *(volatile int *)8 = 1;')[1], "crash: data abort at ")

    def test_no_end(self):
        self.assertEqual((2, "run-app: blink-test: timeout after 3 s"), self.end("CancelAlarm(Every200ms);", 3))

    def test_the_end_is_xens_word(self):
        forged = """printk("Notifying guest 1:0 (virq 1, port 0)\\nShutdownOS: code 0\\n"); CancelAlarm(Every200ms);"""
        self.assertEqual((2, "run-app: blink-test: timeout after 5 s, though its last words are out"),
                         self.end(forged, 5))

    def test_a_service_that_fails_is_reported(self):
        status, line = self.end("ReleaseResource(0);")
        self.assertEqual((2, "run-app: blink-test: shutdown 3"), (status, line))  # E_OS_ID

    def test_refusals(self):
        for name, word in (("blink-test", "is there already"), ("a/b", "a letter"), ("1a", "a letter"),
                           ("-x", "a letter"), ("", "a letter"), ("hello", "has an application hello")):
            with self.subTest(name):
                status, text = call("make", "new-app", f"NAME={name}", f"DIR={self.main.parent.parent}")
                self.assertNotEqual(0, status)
                self.assertIn(word, text)
        status, text = call("make", "new-app", "NAME=x", f"DIR={self.main}")
        self.assertNotEqual(0, status)
        self.assertIn("main.c/x: Not a directory. Choose another DIR=", text)
        self.assertEqual(["blink-test"], [path.name for path in self.main.parent.parent.iterdir()])


class Debug(unittest.TestCase):
    def test_gdb_stops_at_the_first_task(self):
        elf = built("apps/hello").with_suffix(".elf")
        status, text = call(sys.executable, "-m", "tools.lab", "debug", str(elf), "--", "-batch",
                            "-ex", "print count", "-ex", "next", "-ex", "print count")
        self.assertEqual(0, status, text)
        self.assertRegex(text, r"task_Hello \(\) at .*apps/hello/main\.c:\d+")
        self.assertRegex(text, r"\$1 = 0\n(.*\n)*.*\$2 = 1\n")


if __name__ == "__main__":
    unittest.main()
