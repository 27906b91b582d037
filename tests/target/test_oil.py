# SPDX-License-Identifier: Apache-2.0
"""Configurations in the styles of ERIKA and of three other OSEK systems, without an edit, on Xen: the demo of 2014,
Trampoline, FreeOSEK, and a system whose vendor ships an IMPLEMENTATION section. Here are only their C sources; the
texts are those of tests/host/oilc/good."""

import re
import subprocess
import unittest

from tests.guests import ROOT, built
from tools.lab import dom0less
from tools.lab.dom0less import Guest

SAYS = {
    "oil_erika": ["port bound", "background", "period 1", "event 1", "period 2", "event 2", "period 3", "event 3"],
    "oil_trampoline": ["blink 1", "blink 2", "blink 3"],
    "oil_freeosek": ["InitTask", "PeriodicTask ran 4 times"],
    "oil_vendor": ["mode Normal", "run 1, milestones 1", "second activation: 0", "run 2, milestones 3", "report"],
}
STAMPED = r"^\(XEN\) \[ *(\d+)\.(\d{6})\] DOM(\d): (.*?)\r?$"


class OtherStyles(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        """All of them in one boot, with Xen's own time on each line."""
        guests = [Guest(built(f"tests/target/apps/{name}"), enhanced="no-xenstore") for name in SAYS]
        with dom0less.boot(guests, icount=True, xen_args="console_timestamps=boot") as xen:
            cls.states = xen.wait_stopped(120)
            text = xen.console.text
        cls.lines = {name: [] for name in SAYS}
        for seconds, us, domid, line in re.findall(STAMPED, text, re.M):
            cls.lines[list(SAYS)[int(domid) - 1]].append((int(seconds) * 1_000_000 + int(us), line))

    def test_the_configurations_are_the_texts_in_other_styles(self):
        for name in SAYS:
            with self.subTest(name):
                folder = ROOT / "tests/target/apps" / name
                self.assertEqual(["config", "main.c"], sorted(path.name for path in folder.iterdir()))
                self.assertRegex((folder / "config").read_text(), r"^tests/host/oilc/good/[\w-]+\.oil\n$")

    def test_each_does_its_work_and_ends(self):
        for domid, (name, says) in enumerate(SAYS.items(), 1):
            with self.subTest(name):
                lines = [line for _, line in self.lines[name]]
                self.assertTrue(self.states[domid].stopped)
                first = lines.index(says[0])
                self.assertEqual(says + ["ShutdownOS: code 0"], lines[first:first + len(says) + 1])

    def test_100_ticks_of_a_millisecond_by_xens_clock(self):
        """ERIKA's SECONDSPERTICK, and Trampoline's SystemCounter, which is there without being said. Four guests share
        the CPU, so one may print a little late; tests/target/test_time.py looks closer."""
        for name, period in (("oil_erika", "period"), ("oil_trampoline", "blink")):
            stamps = [stamp for stamp, line in self.lines[name] if line.startswith(period)]
            self.assertEqual(3, len(stamps))
            for before, after in zip(stamps, stamps[1:]):
                with self.subTest(name):
                    self.assertAlmostEqual(100_000, after - before, delta=20_000)


class MakeApp(unittest.TestCase):
    def test_it_tells_the_conformance_class_once(self):
        for app, words in (("tests/target/apps/oil_erika", "erika-2014.oil: conformance class BCC1 stated, BCC1 needed"),
                           ("tests/target/apps/oil_freeosek", "freeosek.oil: conformance class not stated, ECC1 needed")):
            with self.subTest(app):
                done = subprocess.run(["make", "app", f"APP={app}"], cwd=ROOT, capture_output=True, text=True,
                                      timeout=300, check=False)
                self.assertEqual(0, done.returncode, done.stdout + done.stderr)
                self.assertEqual(1, done.stdout.count("conformance class"), done.stdout)
                self.assertIn(f"oilc: {words}\n", done.stdout)


if __name__ == "__main__":
    unittest.main()
