# SPDX-License-Identifier: Apache-2.0
"""docs/TUTORIAL.md: its files make an application, and the pin moves as it says. The pin is believed from QEMU."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.guests import ROOT
from tools.lab import paths, pio

PAGE = (ROOT / "docs" / "TUTORIAL.md").read_text()
DATA_A, PA15 = 0x010, 0x8000


def block(language):
    """The one file of that language that the page shows."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)
    assert len(found) == 1, f"{len(found)} {language} blocks"
    return found[0]


def shown(start):
    """The output block that begins with this line."""
    return re.search(rf"^```\n({re.escape(start)}.*?)^```$", PAGE, re.M | re.S)[1].splitlines()


class Tutorial(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        for made in ("apps/blinky", f"cfg{folder.name}", f"os{folder.name}"):
            cls.addClassCleanup(shutil.rmtree, ROOT / "build" / made, ignore_errors=True)
        cls.make("new-app", "NAME=blinky", f"DIR={folder.name}")
        cls.app = Path(folder.name) / "blinky"
        (cls.app / "app.oil").write_text(block("oil"))
        (cls.app / "main.c").write_text(block("c"))

    @staticmethod
    def make(*args):
        done = subprocess.run(["make", *args], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=240, check=False)
        assert done.returncode == 0, done.stdout
        return done.stdout.splitlines()

    def test_without_a_port_controller(self):
        lines = self.make("run-app", f"APP={self.app}")
        expected = shown("gpio: no port controller")
        self.assertEqual(expected, lines[-len(expected):])

    def test_with_the_pin(self):
        (self.app / "blinky.cfg").write_text(block("cfg"))
        lines = self.make("run-app", f"APP={self.app}", "DOM0=1")
        expected = shown("LED on: done")
        self.assertEqual(expected, lines[-len(expected):])
        run = max(paths.RUNS.glob("run-app-*"))
        writes = pio.writes(run / "qemu.log", 0, DATA_A)
        self.assertEqual([0] + 4 * [PA15, 0], [write.value for write in writes])

    def test_in_gdb(self):
        frame, statement = shown("#0  task_Blink")[:2]
        lines = self.make("debug", f"APP={self.app}", "GDB_ARGS=-batch")
        self.assertIn(frame.replace("apps/blinky", str(self.app)), lines)
        self.assertIn(statement, lines)


if __name__ == "__main__":
    unittest.main()
