# SPDX-License-Identifier: Apache-2.0
"""run-app under dom0 and xl. Xen tells there why a domain has ended."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.guests import ROOT, built


class RunApp(unittest.TestCase):
    def run_app(self, folder, timeout, config_folder=None):
        done = subprocess.run([sys.executable, "-m", "tools.lab", "run-app", config_folder or folder,
                               str(built(folder)), "--dom0", "--timeout", str(timeout)], cwd=ROOT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240, check=False)
        return done.returncode, done.stdout.splitlines()

    def test_shutdown(self):
        status, lines = self.run_app("apps/hello", 30)
        self.assertEqual(["Hello from domU, number 10", "Goodbye.", "ShutdownOS: code 0", "run-app: hello: shutdown 0"],
                         lines[-4:])
        self.assertEqual(10, sum(line.startswith("Hello from domU, number ") for line in lines), lines)
        self.assertEqual(0, status)

    def test_no_end_with_the_domain_configuration_of_the_folder(self):
        status, lines = self.run_app("apps/gpio", 3)
        self.assertEqual("run-app: gpio: timeout after 3 s", lines[-1])
        self.assertEqual(124, status)
        self.assertIn("  RAM       4096 KiB at 0x40000000 (/memory)", lines)
        self.assertEqual([], [line for line in lines if line.startswith(("gpio: ", "pins: "))])

    def test_crash_is_what_xen_calls_it_too(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "any.cfg").write_text('memory = 8\nextra = "write-page-zero"\n')
            status, lines = self.run_app("tests/target/apps/faults", 30, folder)
        self.assertRegex(lines[-1], r"^run-app: faults: crash: data abort at 8000\w{4} \(.*/main\.c:\d+ in ")
        self.assertEqual(1, status)

    def test_an_interrupt_that_the_domain_has_not_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            for made in ("apps/deaf", f"cfg{folder}", f"os{folder}"):
                self.addCleanup(shutil.rmtree, ROOT / "build" / made, ignore_errors=True)
            self.make("new-app", "NAME=deaf", f"DIR={folder}")
            oil, main = Path(folder, "deaf", "app.oil"), Path(folder, "deaf", "main.c")
            oil.write_text(oil.read_text() + "ISR Motor { CATEGORY = 2; SOURCE = GIC { LINE = 40; }; };\n")
            main.write_text(main.read_text() + "ISR(Motor)\n{\n}\n")
            done = self.make("run-app", f"APP={folder}/deaf", "DOM0=1")
        lines = done.stdout.splitlines()
        self.assertIn("boot: no GIC line 40 here, only 16 to 31; pass it to the domain: irqs = [40]", lines)
        self.assertIn("run-app: deaf: crash: ended without ShutdownOS, a crash for Xen", lines)

    def test_why_it_ended_is_xens_word(self):
        """A reboot that calls itself a shutdown."""
        with tempfile.TemporaryDirectory() as folder:
            for made in ("apps/liar", f"cfg{folder}", f"os{folder}"):
                self.addCleanup(shutil.rmtree, ROOT / "build" / made, ignore_errors=True)
            self.make("new-app", "NAME=liar", f"DIR={folder}")
            main = Path(folder, "liar", "main.c")
            forged = '#include "boot/end.h"\n' + main.read_text().replace(
                "ShutdownOS(E_OK);", 'printk("ShutdownOS: code 0\\n"); system_leave(XEN_END_REBOOT);')
            main.write_text(forged)
            done = self.make("run-app", f"APP={folder}/liar", "DOM0=1")
        self.assertIn("run-app: liar: crash: a reboot for Xen, though it said shutdown 0", done.stdout.splitlines())
        self.assertEqual(2, done.returncode)

    @staticmethod
    def make(*args):
        return subprocess.run(["make", *args], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=240, check=False)


if __name__ == "__main__":
    unittest.main()
