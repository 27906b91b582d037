# SPDX-License-Identifier: Apache-2.0
"""Floods of events from dom0: none is lost that was not coalesced, no alarm is missed, no wake-up is forgotten.

dom0's program (tests/system/dom0/flood.c) sends and counts; the guest (tests/system/apps/flood) counts what it saw, in
a page that both share. An emulator on a busy computer stops a vCPU, or keeps its timer's interrupt back, for
milliseconds: the guest measures that, and an alarm that was missed without it is a failure.
"""

import re
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with

FOLDER = "tests/system/apps/flood"
PORTS = [f"port{i}" for i in range(4)]
STORM_S = 60
ROUNDS, ROUND_MS = 200, 30
CLOCK_TOLERANCE = 0.02


class Flood(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        overlay = overlay_with(FOLDER)
        overlay.file("root/flood.cfg", ROOT / FOLDER / "flood.cfg")
        overlay.file("root/flood", ROOT / "build/dom0/flood", 0o755)
        cls.lab = Session("system-flood", overlay=overlay)
        cls.addClassCleanup(cls.lab.close)

    def setUp(self):
        self.lab.create("flood.cfg")
        self.addCleanup(self.lab.destroy_all)
        offer = self.lab.dom0.wait_for("cat /var/log/xen/console/guest-flood.log", r"flood: ([\d ]+) end", 15,
                                       "the guest offers its ports")
        self.command = f"./flood {self.lab.domid('flood')} {offer.group(1)}"

    def flood(self, milliseconds, rounds):
        """What flood.c counted: {"port0": {"sent": 1, ...}, "alarm": ...}."""
        status, out = self.lab.dom0.run(f"{self.command} {milliseconds} {rounds}", 120 + milliseconds * rounds / 500)
        self.assertEqual(0, status, out)
        return {line.split()[0]: {name: int(n) for name, n in re.findall(r"(\w+) (\d+)", line.partition(" ")[2])}
                for line in out.splitlines()}

    def check(self, counts):
        for port in PORTS:
            with self.subTest(port):
                self.assertEqual(counts[port]["sent"], counts[port]["seen"])
                self.assertEqual(0, counts[port]["backwards"])
                self.assertLessEqual(counts[port]["runs"], counts[port]["sent"])
        self.assertEqual(0, counts["alarm"]["wrong"])
        self.assertEqual(0, counts["alarm"]["no_excuse"], counts)
        clock = counts["clock"]
        self.assertAlmostEqual(clock["dom0"], clock["guest"], delta=100 + clock["dom0"] * CLOCK_TOLERANCE)

    def test_nothing_is_lost_in_a_minute(self):
        counts = self.flood(STORM_S * 1000, 1)
        self.check(counts)
        self.assertGreater(counts["alarm"]["runs"], STORM_S * 100)
        for port in PORTS:
            self.assertGreater(counts[port]["runs"], STORM_S * 20)

    def test_after_each_of_200_floods_one_event_is_answered(self):
        counts = self.flood(ROUND_MS, ROUNDS)
        self.check(counts)
        self.assertEqual(ROUNDS, counts["rounds"]["answered"])


if __name__ == "__main__":
    unittest.main()
