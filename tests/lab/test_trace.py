# SPDX-License-Identifier: Apache-2.0
"""The reader of QEMU's record, and what is made of its events. The lines are QEMU 7.2's own."""

import unittest

from tools.bench.masked import APPLICATION, END, KERNEL, START, XEN_LAYER, room_of, stretches
from tools.bench.traps import HYPERCALLS, INJECTED, OTHERS, WAITS, kind_of, operations
from tools.lab import trace
from tools.lab.trace import Line, Step, Taken

GUEST, XEN, USER = "00000120", "00000160", "00000100"


def step(pc, flags=GUEST, cpu=0):
    return f"Trace {cpu}: 0x7f2ac093d500 [00000400/{pc:08x}/{flags}/ff020201] \n"


def state(cpsr):
    return ["R00=10cd187d R01=10081805 R02=00000400 R03=4001940e\n", "R04=40010000 R05=80008000 R06=c0008000 R07=40029000\n",
            "R08=48000000 R09=4001c06a R10=00000000 R11=00000000\n", "R12=4001e000 R13=40029000 R14=400100c8 R15=80008120\n",
            f"PSR={cpsr:08x} -ZC- A sys32\n"]


def taken(number, kind, source, target, syndrome, cpu=0):
    return [f"Taking exception {number} [{kind}] on CPU {cpu}\n", f"...from EL{source} to EL{target}\n",
            f"...with ESR 0x{syndrome:x}/0x{syndrome << 26:x}\n"]


class Reader(unittest.TestCase):
    def check(self, expected, lines):
        self.assertEqual(expected, list(trace.events(lines)))

    def test_instructions_with_their_states(self):
        self.check([Step(0, 0x80008120, 0x600001df), Step(0, 0x80008124, 0x6000015f)],
                   [step(0x80008120), *state(0x600001df), step(0x80008124), *state(0x6000015f)])

    def test_other_levels_are_left_out(self):
        """And so are their states."""
        self.check([Step(0, 0x80008120, 0x1df), Step(0, 0x80008124, 0x5f)],
                   [step(0x80008120), *state(0x1df), step(0x80008200, XEN), *state(0x1da), step(0x80008200, USER),
                    *state(0x10), step(0x80008124), *state(0x5f)])

    def test_what_is_interrupted_before_it_begins_is_taken_back(self):
        self.check([Step(0, 0x80008120, 0), Step(0, 0x80008018, 0)],
                   [step(0x80008120), step(0x80008124),
                    "Stopped execution of TB chain before 0x7f2ac093d500 [80008124] \n", step(0x80008018)])

    def test_what_starts_again_counts_once(self):
        self.check([Step(0, 0x80008a28, 0), Step(0, 0x80008a2c, 0)],
                   [step(0x80008a28), "cpu_io_recompile: rewound execution of TB to 80008a28\n", step(0x80008a28),
                    step(0x80008a2c)])

    def test_a_loop_of_one_instruction_is_many(self):
        self.check([Step(0, 0x80008120, 0)] * 3, [step(0x80008120)] * 3)

    def test_exceptions_stand_between_the_instructions(self):
        self.check([Step(1, 0x80008120, 0), Taken(1, "Hypervisor Call", 0x12, 1, 2), Step(1, 0x80008124, 0)],
                   [step(0x80008120, cpu=1), *taken(11, "Hypervisor Call", 1, 2, 0x12, cpu=1), step(0x80008124, cpu=1)])

    def test_a_device_is_heard(self):
        said = "pio: unimplemented device write (size 4, offset 0x010, value 0x00008000)"
        self.check([Step(0, 0x80008120, 0), Line(said)], [step(0x80008120), said + "\n"])


class Between(unittest.TestCase):
    def test_each_way_counts_from_its_last_start(self):
        steps = [Step(0, pc, 0) for pc in (1, 2, 9, 5, 1, 1, 9, 9, 1)]
        self.assertEqual([2, 1], trace.instructions_between(steps, 1, 9))

    def test_from_an_instruction_to_itself(self):
        self.assertEqual([2], trace.instructions_between([Step(0, pc, 0) for pc in (1, 2, 1)], 1, 1))


class Masked(unittest.TestCase):
    def check(self, expected, steps):
        self.assertEqual(expected, [(s.began, s.pcs) for s in stretches(Step(0, pc, cpsr) for pc, cpsr in steps)])

    def test_from_behind_cpsid_to_cpsie(self):
        self.check([(0x100, [0x104, 0x108])], [(0xfc, 0x5f), (0x100, 0x5f), (0x104, 0xdf), (0x108, 0xdf), (0x10c, 0x5f)])

    def test_from_the_vector(self):
        self.check([(0x18, [0x18, 0x200])], [(0x100, 0x5f), (0x18, 0xd2), (0x200, 0xd3), (0x204, 0x53)])

    def test_what_does_not_end_counts(self):
        self.check([(0x100, [0x104])], [(0x100, 0x5f), (0x104, 0xdf)])

    def test_who_answers(self):
        kernel, arch, driver = {"SetEvent": "kernel/event.c"}, {"irq": "arch/arm-xen/vectors.S"}, {"feed": "drivers/c.c"}
        mine, library = {"ErrorHook": "tests/x/main.c"}, {"memcpy": "", "__SetEvent_from_thumb": "tests/x/main.c"}
        for room, sources in ((KERNEL, kernel | arch | library), (XEN_LAYER, arch), (XEN_LAYER, kernel | driver | library),
                              (APPLICATION, kernel | driver | mine), (START, mine | {"boot_main": "boot/main.c"}),
                              (END, mine | {"system_end": "boot/end.c"})):
            with self.subTest(sources):
                self.assertEqual(room, room_of(sources))


class Program:
    """As much of a Code as is asked for."""

    interrupt = 0x18

    def start(self, function):
        return {"operation": 1, "disturber": 7}[function]


class Traps(unittest.TestCase):
    HVC = Taken(0, "Hypervisor Call", 0x12, 1, 2)
    WFI = Taken(0, "Undefined Instruction", 1, 1, 2)
    START, OTHER, DISTURBER, VECTOR = (Step(0, pc, 0) for pc in (1, 2, 7, 0x18))

    def check(self, expected, round_):
        self.assertEqual(expected, operations(round_ * 4, Program(), "operation", ["disturber"]))

    def test_kinds(self):
        for kind, event in ((HYPERCALLS, self.HVC), (WAITS, self.WFI), (OTHERS, Taken(0, "Data Abort", 0x24, 1, 2)),
                            ("", Taken(0, "IRQ", 0x12, 1, 2)), ("", Taken(0, "IRQ", 0, 2, 2)),
                            ("", Taken(0, "Virtual IRQ", 1, 1, 1))):
            with self.subTest(event):
                self.assertEqual(kind, kind_of(event))

    def test_what_lies_between_two_operations(self):
        self.check([{HYPERCALLS: 1, WAITS: 1, INJECTED: 1}], [self.START, self.HVC, self.OTHER, self.WFI, self.VECTOR])

    def test_what_follows_an_exception_without_the_guest_is_another_domains(self):
        self.check([{WAITS: 1}], [self.START, self.WFI, self.HVC, self.HVC])

    def test_disturbed_ones_are_left_out(self):
        self.check([], [self.START, self.HVC, self.DISTURBER, self.HVC])


if __name__ == "__main__":
    unittest.main()
