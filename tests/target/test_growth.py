# SPDX-License-Identifier: Apache-2.0
"""No task service costs more because more tasks are ready; more alarms cost what a deeper queue does, and no more. And
whether the figures that say so are what the machine executes, with as many tasks and alarms as they say."""

import contextlib
import math
import struct
import tempfile
import unittest
from pathlib import Path

from tests.target.gdbstub import GdbStub
from tools.bench import growth, services
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest
from tools.lab.errors import LabError
from tools.lab.symbols import symbols

LR = 14
LIMIT = 5000
NONE = 2**64 - 1
# The worst of many times is not always the same way through the queue.
MARGIN = 1.03


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.worst = {kind: growth.worst(kind) for kind in growth.COUNTS}

    def rows(self, kind, count):
        rows = self.worst[kind]
        self.assertEqual(count, len(rows))
        for row, most in rows.items():
            self.assertEqual(growth.COUNTS[kind], list(most), row)
            with self.subTest(row):
                yield most

    def test_up_to_31_tasks_cost_the_same(self):
        for most in self.rows("priorities", 4):
            self.assertEqual([most[2]] * 2, [most[8], most[31]])

    def test_from_32_tasks_on_they_cost_the_same_too(self):
        for most in self.rows("priorities", 4):
            self.assertEqual([most[32]] * 2, [most[64], most[128]])

    def test_tasks_of_one_priority_cost_the_same(self):
        for most in self.rows("one_priority", 1):
            self.assertEqual([most[2]] * 2, [most[8], most[32]])

    def test_alarms_cost_a_step_for_each_doubling(self):
        """A line through 10 and 100 alarms, by the logarithm, is not crossed at 1000."""
        for most in self.rows("alarms", 6):
            step = (most[100] - most[10]) / math.log2(10)
            self.assertLessEqual(most[1000], (most[100] + step * math.log2(10)) * MARGIN)


class Machine:
    """A program on Xen, before the first instruction of a task."""

    def __init__(self, gdb, image, task):
        self.gdb = gdb
        self.symbols = symbols(image)
        gdb.run_to(self.symbols[task])

    def to(self, name):
        self.gdb.run_to(self.symbols[name])

    def words(self, name, count, form="I"):
        data = self.gdb.read(self.symbols[name], count * struct.calcsize(form))
        return list(struct.unpack(f"<{count}{form}", data))

    def armed(self, places):
        return sum(entry != NONE for entry in self.words("queue_entries", places, "Q")[1:])

    def executed(self):
        """The instructions from the next return of measure_begin() to the call of measure_end(), that call not counted."""
        self.to("measure_begin")
        self.gdb.run_to(self.gdb.register(LR))
        for count in range(LIMIT):
            if self.gdb.step() == self.symbols["measure_end"]:
                return count
        raise LabError(f"no measure_end() within {LIMIT} instructions")


@contextlib.contextmanager
def standing(kind, count, task, **options):
    image = growth.image(kind, count)
    with tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:  # a socket's path must be short
        stub = ["-S", "-gdb", f"unix:{folder}/gdb,server=on,wait=off"]
        with dom0less.boot([Guest(image)], qemu_args=stub, **options), GdbStub(Path(folder) / "gdb") as gdb:
            yield Machine(gdb, image, task)


class Machines(unittest.TestCase):
    def check_executed(self, kind, count, task, rows):
        """Rows in which all times are alike, in the order of the program's first measurements."""
        printed = {figure.row: figure.values for figure in services.measured(growth.image(kind, count))}
        with standing(kind, count, task) as machine:
            machine.gdb.step_through_interrupts(False)
            for row in rows:
                steps = machine.executed()
                self.assertEqual({"min": steps, "median": steps, "max": steps}, printed[row], row)

    def test_what_tasks_execute_is_what_is_printed(self):
        self.check_executed("priorities", 64, "every_task", [
            "ChainTask(self)",
            "TerminateTask, to the next ready task's first instruction",
            "ChainTask(self)",
            "ActivateTask, to the higher task's first instruction",
            "TerminateTask, back to the lower task",
        ])
        self.check_executed("one_priority", 8, "every_task", ["of one priority: ChainTask(self), to the next one"] * 2)

    def test_what_services_of_alarms_execute_is_what_is_printed(self):
        self.check_executed("alarms", 1, "task_Bench", [
            "CancelAlarm",
            "SetRelAlarm",
            "SetRelAlarm, for a time before all others",
            "CancelAlarm of the first to expire",
        ])

    def test_cycles_without_xen_are_the_same(self):
        """Expiries cannot be stepped through: time goes on while the machine stands. So another counter is asked."""
        image = growth.image("alarms", 10)
        with bare.boot(image, icount=True, cntfrq_hz=services.INSTRUCTIONS_PER_S) as machine:
            machine.wait(120, "the guest's power-off")
            text = machine.console.text
        self.assertIn("Counts of the CPU's cycles.", text)
        self.assertEqual(services.measured(image), services.rows(text))

    def test_128_tasks_are_ready(self):
        """And idle, which always is."""
        with standing("priorities", 128, "every_task") as machine:
            self.assertEqual(128 + 1, sum(word.bit_count() for word in machine.words("os_ready_groups", 5)))

    def test_32_tasks_take_turns(self):
        with standing("one_priority", 32, "every_task") as machine:
            turns = []
            for _ in range(33):
                machine.to("ChainTask")
                turns.append(machine.gdb.register(0))
                machine.to("every_task")
        self.assertEqual([*range(32), 0], turns)

    def test_1000_alarms_are_armed(self):
        """All but the one that has just expired; and all of them at the end."""
        with standing("alarms", 1000, "task_Due", icount=True, cntfrq_hz=services.INSTRUCTIONS_PER_S) as machine:
            self.assertEqual(999, machine.armed(2048))
            machine.to("measure_print_heading")
            self.assertEqual(1000, machine.armed(2048))


if __name__ == "__main__":
    unittest.main()
