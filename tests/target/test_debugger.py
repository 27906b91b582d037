# SPDX-License-Identifier: Apache-2.0
"""What a debugger sees: every expression of the ORTI files, evaluated by gdb on the running machine, against what the
application has done to its objects and against the bytes in memory."""

import re
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from tests.guests import ROOT, built
from tools.lab import bare
from tools.lab.errors import LabError

OBJECTS = built("tests/target/apps/objects")
EVENTS = built("apps/events")
LEVELS = built("tests/target/apps/levels")
LIMIT_S = 60
FILL = 0xA5

Tables = dict[str, dict[str, dict[str, str]]]


def debug(image: Path, *commands: str) -> str:
    """What gdb prints for the commands, from the machine's first instruction on."""
    with tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:  # a socket's path must be short
        socket = Path(folder) / "gdb"
        with bare.boot(image, qemu_args=["-S", "-gdb", f"unix:{socket},server=on,wait=off"], name="debugger"):
            wait_for(socket)
            args = ["gdb-multiarch", "-nx", "-batch", str(image.with_suffix(".elf")), "-ex", f"target remote {socket}",
                    "-ex", "source tools/gdb/osek.py"]
            for command in commands:
                args += ["-ex", command]
            done = subprocess.run(args, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    return done.stdout + done.stderr


def wait_for(socket: Path) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not socket.exists():
        if time.monotonic() > deadline:
            raise LabError(f"QEMU has not made {socket} within {LIMIT_S} s")
        time.sleep(0.05)


def cells(heading: str, line: str) -> list[str]:
    starts = [found.start() for found in re.finditer(r"(?:(?<=  )|^)\S", heading)]
    ends = starts[1:] + [len(line) + 1]
    return [line[start:end].strip() for start, end in zip(starts, ends)]


def tables(text: str) -> Tables:
    """`osek` without an argument: title -> object -> column -> cell."""
    found: Tables = {}
    for title, body in re.findall(r"^(\w+):\n((?:.+\n)+)", text, re.M):
        heading, *lines = body.splitlines()
        names = cells(heading, heading)
        found[title] = {line.split()[0]: dict(zip(names, cells(heading, line))) for line in lines}
    return found


class Expressions(unittest.TestCase):
    def test_each_formula_of_each_image_has_a_value(self):
        for image in (OBJECTS, EVENTS, LEVELS, built("apps/gpio")):
            with self.subTest(image.stem):
                text = image.with_suffix(".orti").read_text()
                formulas = [formula for formula in re.findall(r"^ {4}\w+ = \"(.*)\";", text, re.M)
                            if re.search(r"\bos\.|_error|\[\d+\]", formula)]
                self.assertGreater(len(formulas), 10)
                script = [part for formula in formulas for part in (f"output {formula}", "echo \\n")]
                output = debug(image, "thbreak arch_task_enter", "thbreak arch_idle", "continue", "echo begin\\n",
                               *script, "echo end\\n", "kill")
                values = re.search(r"^begin\n(.*)^end\n", output, re.M | re.S)
                self.assertIsNotNone(values, output)
                self.assertEqual(len(formulas), len(values[1].splitlines()), output)
                self.assertNotRegex(output, r"No symbol|Cannot access|no member|syntax error")


class Objects(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="erika-xen-")
        cls.dump = Path(cls.folder.name) / "stack"
        cls.text = debug(OBJECTS, "thbreak look", "continue", "osek",
                         f"dump binary memory {cls.dump} stack_task_Waiter stack_task_Waiter+8192",
                         "thbreak look", "continue", "echo \\nISR\\n", "osek", "kill")
        first, _, second = cls.text.partition("\nISR\n")
        cls.first, cls.second = tables(first), tables(second)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def expect(self, title: str, name: str, **wanted: str) -> None:
        row = self.first.get(title, {}).get(name)
        self.assertIsNotNone(row, f"no {name} among the {title}:\n{self.text}")
        got = {key: row.get(key.replace("_", " ")) for key in wanted}
        self.assertEqual(wanted, got, self.text)

    def test_system(self):
        self.expect("os", "Kernel", Running_task="Main", Its_priority="4", Running_ISR2="NO_ISR",
                    Last_error="E_OS_LIMIT", Application_mode="OSDEFAULTAPPMODE")

    def test_tasks(self):
        self.expect("tasks", "Main", State="RUNNING", Priority="4", Stack="shared", Activations="1")
        self.expect("tasks", "Waiter", State="WAITING", Priority="4", Stack="Waiter", Activations="1")
        self.expect("tasks", "Queued", State="READY", Priority="1", Activations="2")
        self.expect("tasks", "Neighbour", State="SUSPENDED", Activations="0")

    def test_alarms(self):
        self.expect("alarms", "Cyclic", State="RUNNING", Due_at_tick="7", Cycle="3", Counter="Soft",
                    Action="ActivateTask(Neighbour)")
        self.expect("alarms", "Wake", State="STOPPED", Action="SetEvent(Waiter, Go)")
        self.expect("alarms", "Beep", State="STOPPED", Counter="SystemCounter")

    def test_resources(self):
        self.expect("resources", "Shared", State="LOCKED", Locked_by="Main", Ceiling="4")
        self.expect("resources", "Alias", State="UNLOCKED", Locked_by="-")

    def test_events(self):
        self.expect("events", "Waiter_Go", State="AWAITED", Mask="0x00000001")
        self.expect("events", "Waiter_Stop", State="SET", Mask="0x00000080")

    def test_counters_and_tables(self):
        row = self.first["counters"]["Soft"]
        self.assertEqual(["SOFTWARE", "2", "2", "7"], list(row.values()), self.text)
        self.expect("tables", "Plan", State="RUNNING", Round_begins_at_tick="1", Next_expiry_point="1", Counter="Soft")

    def test_interrupts(self):
        self.expect("interrupts", "Fire", Source="GIC 30", Category="2", Level="3")
        self.expect("interrupts", "Quick", Source="GIC 64", Category="1", Level="9")
        self.expect("interrupts", "Motor", Source="EVENTCHANNEL motor", Category="2", Level="2")

    def test_in_an_interrupt(self):
        self.assertEqual("Fire", self.second["os"]["Kernel"]["Running ISR2"], self.text)
        self.assertEqual("UNLOCKED", self.second["resources"]["Shared"]["State"], self.text)

    def test_stack_use_is_what_memory_shows(self):
        used = len(self.dump.read_bytes().lstrip(bytes([FILL])))
        self.assertGreater(used, 0)
        self.expect("stacks", "stack_task_Waiter", Most_used=str(used))
        self.expect("stacks", "stack_shared", Grows="DOWN")
        self.assertEqual("8192", self.first["stacks"]["stack_task_Waiter"]["Size, bytes"])


class Questions(unittest.TestCase):
    def test_wrong_ones_get_an_answer(self):
        output = debug(EVENTS, "osek nonsense", "osek tables", "kill")
        self.assertIn("osek nonsense: there are os, tasks,", output)
        self.assertIn("This application has no tables.", output)


if __name__ == "__main__":
    unittest.main()
