# SPDX-License-Identifier: Apache-2.0
"""bench/response where nobody disturbs and each count of the timer is an instruction: all is there, and in time."""

import re
import unittest

from tests.guests import built
from tools.bench.histogram import parse
from tools.lab import dom0less
from tools.lab.dom0less import Guest

EXPIRIES = 10000
# Xen's part is most of it: it wakes an idle guest, and now and then has work of its own to do first.
LEAST, MOST = 2000, 20000
DELAY_MS = 100
STAMP = r"^\(XEN\) \[ *(\d+)\.(\d{6})\] DOM1: "


def boot(**options):
    return dom0less.boot([Guest(built("bench/response"), enhanced="no-xenstore", **options)], icount=True,
                         cntfrq_hz=1_000_000_000, xen_args="console_timestamps=boot")


def stamp_ms(text, line):
    """When Xen has seen this line, by Xen's clock."""
    match = re.search(STAMP + line, text, re.M)
    return int(match[1]) * 1000 + int(match[2]) // 1000


class Response(unittest.TestCase):
    def test_10000_of_10000_starts_are_within_20000_instructions(self):
        with boot() as xen:
            xen.expect("DOM1: ShutdownOS: code 0", 120)
            text = xen.console.text
            xen.wait_stopped(30)
        series, = parse("series: alone\n" + re.sub(STAMP, "", text, flags=re.M))
        self.assertEqual((EXPIRIES, EXPIRIES, 0), (series.due, sum(series.starts), series.never))
        self.assertGreaterEqual(series.least_ns, LEAST)
        self.assertLessEqual(series.most_ns, MOST)
        self.assertEqual(MOST, series.within_ns(1000))
        # It did last 10 s, whatever the guest has counted.
        took_ms = stamp_ms(text, "response: from 1000000000 ns") - stamp_ms(text, "  console   vPL011")
        self.assertAlmostEqual(DELAY_MS + EXPIRIES, took_ms, delta=50)

    def check_refused(self, words):
        with boot(bootargs=words) as xen:
            xen.expect("DOM1: ShutdownOS: code 8", 60)
            self.assertIn(f'response: the command line is "{words}"; it may say expiries=N, N above 0',
                          [re.sub(r"^\[.*?\] ", "", line) for line in re.findall(r"DOM1: (.*)", xen.console.text)])

    def test_a_command_line_that_means_nothing_is_refused(self):
        for words in ("expiries=0", "expiries=5x", "expiries", "samples=7"):
            with self.subTest(words):
                self.check_refused(words)


if __name__ == "__main__":
    unittest.main()
