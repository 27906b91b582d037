# SPDX-License-Identifier: Apache-2.0
"""What the benchmark counts inside the guest, counted from outside, and what only the outside sees: QEMU's record of
each instruction and of each exception."""

import re
import unittest

from tests.guests import built
from tools.bench import boot, traps
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


class Xen(unittest.TestCase):
    def test_an_alarm_costs_the_injected_interrupt_and_nothing_else(self):
        """The WFI is what it ends."""
        expiries = traps.alarm()
        self.assertGreater(len(expiries), 50)
        self.assertEqual({(traps.INJECTED, 1), (traps.WAITS, 1)}, {item for expiry in expiries for item in expiry.items()})


class Start(unittest.TestCase):
    def test_each_phase_is_seen(self):
        """And with a device tree like Xen's the first task starts within half a million instructions."""
        counts = boot.run(built("apps/hello"), on_xen=True)
        self.assertEqual([name for name, _ in boot.PHASES], [name for name, count in counts.items() if count > 0])
        self.assertLess(sum(counts.values()), 500_000)


if __name__ == "__main__":
    unittest.main()
