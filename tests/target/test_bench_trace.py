# SPDX-License-Identifier: Apache-2.0
"""What the benchmark counts inside the guest, counted from outside: in QEMU's record of each instruction."""

import re
import unittest

from tests.guests import built
from tools.lab import dom0less, trace
from tools.lab.dom0less import Guest
from tools.lab.symbols import Code

IMAGE = built("bench/services/bcc1")
LAST = "event channel, to the first instruction of its ISR2"   # of the rows that do not wait for a tick
ROUNDS = 101

# A measurement is longer than the way between two addresses by the instruction that starts it (`cpsie`, or those that
# load the argument and call), and by the `push` that what it leads to begins with, in front of measure_end().
FROM_INTERRUPT, FROM_CALL = 1 + 1, 2 + 1
ROWS = {
    "interrupt, to the first instruction of an ISR2": ("interrupt", "isr_Body", FROM_INTERRUPT),
    "interrupt, ISR2 activates a task, to its first instruction":
        ("interrupt", "task_AfterInterrupt", FROM_INTERRUPT),
    LAST: ("interrupt", "isr_Event", FROM_INTERRUPT),
    "ActivateTask, to the higher task's first instruction": ("ActivateTask", "task_Stamped", FROM_CALL),
}


class Benchmark(unittest.TestCase):
    def test_rows_are_what_the_record_shows(self):
        options = trace.options() | {"icount": True, "cntfrq_hz": 1_000_000_000, "name": "bench-trace"}
        with dom0less.boot([Guest(IMAGE, enhanced="no-xenstore")], **options) as xen:
            xen.expect(rf"DOM1: {LAST}.*\n", 300)
            printed = "\n".join(xen.guest_lines(1))
        code = Code(IMAGE)
        steps = [event for event in trace.read(xen.qemu.log) if isinstance(event, trace.Step)]
        xen.qemu.log.unlink()
        for row, (start, end, more) in ROWS.items():
            with self.subTest(row):
                values = re.search(rf"^{re.escape(row)} +(\d+) +(\d+) +(\d+)$", printed, re.M)
                counted = trace.instructions_between(
                    steps, code.interrupt if start == "interrupt" else code.start(start), code.start(end))
                self.assertEqual(ROUNDS, len(counted))
                self.assertEqual([min(counted) + more, sorted(counted)[ROUNDS // 2] + more, max(counted) + more],
                                 [int(value) for value in values.groups()])


if __name__ == "__main__":
    unittest.main()
