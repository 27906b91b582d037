# SPDX-License-Identifier: Apache-2.0
"""Thread-Metric: the figures that must be reached, and whether what the programs count is what the machine does."""

import contextlib
import tempfile
import unittest
from pathlib import Path

from tests.target.gdbstub import GdbStub
from tests.target.rounds import Rounds
from tools.bench import thread_metric
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest

# Iterations in 10^9 instructions.
REACH = {
    "cooperative": 12_660_000,
    "preemptive": 5_820_000,
    "interrupt": 8_400_000,
    "interrupt_preemption": 3_080_000,
    "synchronization": 23_040_000,
}

FIVE = ["First", "Second", "Third", "Fourth", "Fifth"]
# The task that starts the rounds; how often each function runs in one.
ROUNDS = {
    "basic_processing": ("Thread", {}),
    "cooperative": ("First", {"ChainTask": 5} | {f"task_{name}": 1 for name in FIVE}),
    "preemptive": ("First", {"ActivateTask": 4, "TerminateTask": 4} | {f"task_{name}": 1 for name in FIVE[1:]}),
    "interrupt": ("Thread", {"isr_Software": 1, "SetEvent": 1, "WaitEvent": 1, "ClearEvent": 1}),
    "interrupt_preemption": ("Below", {"isr_Software": 1, "ActivateTask": 1, "task_Above": 1, "TerminateTask": 1}),
    "synchronization": ("Thread", {"GetResource": 1, "ReleaseResource": 1}),
}
# What is added up: five counters, or one.
COUNTED = {test: 5 if test in ("cooperative", "preemptive") else 1 for test in ROUNDS}
WITHOUT_INTERRUPT = [test for test in ROUNDS if not test.startswith("interrupt")]


@contextlib.contextmanager
def stopped(test, on_xen=False):
    """The test's machine at the task that starts its rounds."""
    image = thread_metric.image(test)
    with tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:  # a socket's path must be short
        stub = ["-S", "-gdb", f"unix:{folder}/gdb,server=on,wait=off"]
        with (dom0less.boot([Guest(image)], qemu_args=stub) if on_xen else bare.boot(image, qemu_args=stub)) as machine, \
                GdbStub(Path(folder) / "gdb") as gdb:
            yield machine, gdb, Rounds(gdb, image, ROUNDS[test][0])


class ThreadMetric(unittest.TestCase):
    def test_the_figures_are_reached(self):
        for test, iterations in REACH.items():
            with self.subTest(test):
                self.assertGreaterEqual(thread_metric.on_bare(test).per_billion, iterations)

    def test_an_iteration_is_what_the_machine_executes(self):
        """Stepped through: the functions of a round, its counters, and its length against the reported figure."""
        for test, (_task, calls) in ROUNDS.items():
            with self.subTest(test), stopped(test) as (_machine, _gdb, rounds):
                stepped = rounds.step(bare=True)
                self.assertEqual(calls, {name: stepped.calls[name] for name in calls})
                self.assertEqual([1] * len(stepped.counted), stepped.counted)
                told = thread_metric.on_bare(test)
                self.assertAlmostEqual(1, told.each * COUNTED[test] / stepped.instructions, delta=0.001)

    def test_on_xen_a_round_is_the_same_to_the_instruction(self):
        """In the reported figure Xen's own instructions are counted, too: little more than nothing."""
        for test in WITHOUT_INTERRUPT:
            with self.subTest(test):
                with stopped(test) as (_machine, _gdb, rounds):
                    there = rounds.step(bare=True)
                with stopped(test, on_xen=True) as (_machine, _gdb, rounds):
                    self.assertEqual(there, rounds.step(bare=False))
                told = thread_metric.on_xen(test)
                self.assertAlmostEqual(1, told.each * COUNTED[test] / there.instructions, delta=0.005)

    def test_counters_that_do_not_fit_are_an_error(self):
        with stopped("preemptive") as (machine, gdb, rounds):
            gdb.write(rounds.counters + 8, (1000).to_bytes(4, "little"))
            gdb.go()
            machine.wait(60, "the guest's power-off")
            text = machine.console.text
        self.assertRegex(text, r"(?m)^ERROR: counter 0 is \d+, the average \d+$")
        self.assertIn("ShutdownOS: code 8", text)


if __name__ == "__main__":
    unittest.main()
