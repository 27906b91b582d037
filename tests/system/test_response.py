# SPDX-License-Identifier: Apache-2.0
"""bench/response under xl: whatever dom0 does, each expiry that was due has a start or is counted as lost or refused.

How late the starts are is no matter here: the emulator shares this computer's CPUs.
"""

import re
import unittest

from tools.bench import response
from tools.bench.histogram import LIMITS_NS, parse

EXPIRIES = 1000
# Long enough to be paused before its end: on a busy computer, dom0 takes many seconds to start `xl pause`.
PAUSED_EXPIRIES, PAUSE_S = 30000, 2


class Response(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        booted = response.booted()
        cls.dom0 = booted.__enter__()
        cls.addClassCleanup(booted.__exit__, None, None, None)

    def uptime_s(self):
        return float(self.dom0.check("cat /proc/uptime").split()[0])

    def test_all_that_was_due_is_accounted_for_while_dom0_works(self):
        text = response.run(self.dom0, EXPIRIES, 1)
        series = parse(text)  # which refuses what does not add up
        self.assertEqual(["dom0 idle, CPUs shared", "dom0 loaded, CPUs shared", "dom0 idle, CPUs own", "dom0 loaded, CPUs own"],
                         [one.name for one in series])
        for one in series:
            self.assertGreaterEqual(one.due, EXPIRIES, one.name)
            self.assertGreater(sum(one.starts), 0, one.name)
        loads = re.findall(r"^load: (\d+) disk sectors, (\d+) console lines$", text, re.M)
        self.assertEqual(2, len(loads), text)
        for disk_sectors, console_lines in loads:
            self.assertGreater(int(disk_sectors), 0)
            self.assertGreater(int(console_lines), 0)
        self.dom0.wait_for("xl list | wc -l", "^2$", 30, "only dom0 is left")

    def test_a_pause_is_seen_as_long_as_it_was(self):
        begin_s = self.uptime_s()
        self.dom0.check("rm -f /var/log/xen/console/guest-response.log; "
                        f"xl create -q response.cfg 'extra=\"expiries={PAUSED_EXPIRIES}\"' && xl pause response && "
                        f"cat /proc/uptime > paused && sleep {PAUSE_S} && cat /proc/uptime >> paused && xl unpause response",
                        120)
        self.dom0.wait_for("xl list | wc -l", "^2$", 180, "the guest ends")
        life_ms = 1000 * (self.uptime_s() - begin_s)
        before_s, after_s = (float(line.split()[0]) for line in self.dom0.check("cat paused").splitlines())
        pause_ns = (after_s - before_s) * 1e9
        series, = parse("series: paused\n" + self.dom0.guest_console("response"))
        self.assertGreaterEqual(series.most_ns, pause_ns * 0.99)
        self.assertGreaterEqual(series.starts[LIMITS_NS.index(10**9)], 1)
        self.assertGreaterEqual(series.never, 0.98 * pause_ns / 1e6)
        self.assertGreaterEqual(series.due, PAUSED_EXPIRIES)
        self.assertLessEqual(series.due, life_ms)


if __name__ == "__main__":
    unittest.main()
