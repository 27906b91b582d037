# SPDX-License-Identifier: Apache-2.0
"""What a debugger sees: every expression of the ORTI files, evaluated by gdb on the running machine, against what the
application has done to its objects and against the bytes in memory."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.guests import ROOT, built
from tools.lab import bare, dom0less
from tools.lab.debug import wait_for_stub
from tools.lab.dom0less import Guest

OBJECTS = built("tests/target/apps/objects")
EVENTS = built("apps/events")
LEVELS = built("tests/target/apps/levels")
PRIORITIES = built("tests/target/apps/priorities")
LIMIT_S = 60
FILL = 0xA5

Tables = dict[str, dict[str, dict[str, str]]]


def debug(image: Path, *commands: str, on_xen: bool = False) -> str:
    """What gdb prints for the commands, from the machine's first instruction on."""
    with tempfile.TemporaryDirectory(prefix="erika-xen-") as folder:  # a socket's path must be short
        socket = Path(folder) / "gdb"
        stub = ["-S", "-gdb", f"unix:{socket},server=on,wait=off"]
        with (dom0less.boot([Guest(image)], qemu_args=stub, name="debugger") if on_xen
              else bare.boot(image, qemu_args=stub, name="debugger")) as machine:
            wait_for_stub(machine.qemu if on_xen else machine, socket)
            args = ["gdb-multiarch", "-nx", "-batch", str(image.with_suffix(".elf")), "-ex", f"target remote {socket}",
                    "-ex", "source tools/gdb/osek.py"]
            for command in commands:
                args += ["-ex", command]
            done = subprocess.run(args, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    return done.stdout + done.stderr


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


def formulas(image: Path) -> list[str]:
    """What the image's ORTI file asks a debugger to evaluate."""
    found = re.findall(r"^ {4}\w+ = \"(.*)\";", image.with_suffix(".orti").read_text(), re.M)
    return [formula for formula in found if re.search(r"\bos\.|_error|\[\d+\]", formula)]


class Expressions(unittest.TestCase):
    def check(self, image: Path, output: str) -> None:
        values = re.search(r"^begin\n(.*)^end\n", output, re.M | re.S)
        self.assertIsNotNone(values, output)
        self.assertGreater(len(formulas(image)), 10)
        self.assertEqual(len(formulas(image)), len(values[1].splitlines()), output)
        self.assertNotRegex(output, r"No symbol|Cannot access|no member|syntax error")

    def commands(self, image: Path) -> list[str]:
        each = [part for formula in formulas(image) for part in (f"output {formula}", "echo \\n")]
        return ["echo begin\\n", *each, "echo end\\n"]

    def test_each_formula_has_a_value_in_a_running_image(self):
        for image in (OBJECTS, EVENTS, LEVELS, PRIORITIES, built("apps/gpio")):
            with self.subTest(image.stem):
                self.check(image, debug(image, "thbreak arch_task_enter", "thbreak arch_idle", "continue",
                                        *self.commands(image), "kill"))

    def test_each_formula_has_a_value_in_every_image(self):
        images = [built(f"apps/{elf.stem}") for elf in sorted((ROOT / "build/apps").glob("*/*.elf"))]
        self.assertGreater(len(images), 5)
        for image in images:
            with self.subTest(image.stem):
                args = [part for command in self.commands(image) for part in ("-ex", command)]
                done = subprocess.run(["gdb-multiarch", "-nx", "-batch", str(image.with_suffix(".elf")), *args],
                                      cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
                self.check(image, done.stdout + done.stderr)


class Objects(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="erika-xen-")
        cls.dump = Path(cls.folder.name) / "stack"
        cls.text = debug(OBJECTS, "thbreak look", "continue", "osek",
                         f"dump binary memory {cls.dump} stack_task_Waiter stack_task_Waiter+8192",
                         "thbreak look", "continue", "echo \\nNEXT\\n", "osek",
                         "thbreak look", "continue", "echo \\nNEXT\\n", "osek",
                         'printf "armed_at=%u\\n", armed_at', "kill")
        cls.first, cls.in_isr, cls.in_timer = map(tables, cls.text.split("\nNEXT\n"))

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
        self.assertEqual(["SOFTWARE", "2", "7"], list(row.values()), self.text)
        self.expect("tables", "Plan", State="RUNNING", Round_begins_at_tick="1", Next_expiry_point="1", Counter="Soft")

    def test_interrupts(self):
        self.expect("interrupts", "Fire", Source="GIC 30", Category="2", Level="3")
        self.expect("interrupts", "Quick", Source="GIC 64", Category="1", Level="9")
        self.expect("interrupts", "Motor", Source="EVENTCHANNEL motor", Category="2", Level="2")

    def test_in_an_interrupt(self):
        self.assertEqual("Fire", self.in_isr["os"]["Kernel"]["Running ISR2"], self.text)
        self.assertEqual("UNLOCKED", self.in_isr["resources"]["Shared"]["State"], self.text)
        self.assertEqual("RUNNING", self.in_isr["tasks"]["Main"]["State"], self.text)

    def test_in_the_timer(self):
        self.assertEqual("SYSTEM_TIMER", self.in_timer["os"]["Kernel"]["Running ISR2"], self.text)
        before, now = self.in_isr["alarms"]["Beep"], self.in_timer["alarms"]["Beep"]
        armed_at = int(re.search(r"^armed_at=(\d+)$", self.text, re.M)[1])
        self.assertEqual(("STOPPED", "0"), (now["State"], now["Due at tick"]), self.text)
        self.assertEqual("RUNNING", before["State"], self.text)
        self.assertIn(int(before["Due at tick"]) - armed_at, (50, 51), self.text)

    def test_stack_use_is_what_memory_shows(self):
        used = len(self.dump.read_bytes().lstrip(bytes([FILL])))
        self.assertGreater(used, 0)
        self.expect("stacks", "stack_task_Waiter", Most_used=str(used))
        self.expect("stacks", "stack_shared", Grows="DOWN")
        self.assertEqual("8192", self.first["stacks"]["stack_task_Waiter"]["Size, bytes"])


class ManyPriorities(unittest.TestCase):
    def test_all_are_ready_then_none(self):
        text = debug(PRIORITIES, "thbreak task_T64", "continue", "osek tasks", "thbreak task_T2", "continue",
                     "echo \\nNEXT\\n", "osek tasks", "kill")
        first, last = ({row.split()[0]: row.split()[1:3] for row in re.findall(r"^(?:Main|T\d+) .*$", part, re.M)}
                       for part in text.split("\nNEXT\n"))
        names = {f"T{prio}": prio for prio in range(2, 65)} | {"Main": 1}
        self.assertEqual({name: [str(prio), "RUNNING" if name == "T64" else "READY"] for name, prio in names.items()},
                         first, text)
        states = {"T2": "RUNNING", "Main": "READY"}
        self.assertEqual({name: [str(prio), states.get(name, "SUSPENDED")] for name, prio in names.items()}, last, text)


class Scene(unittest.TestCase):
    """Single activations: apps/resources, where High waits for the flag that Low, preempted by Medium, holds."""

    def test_on_a_bare_machine(self):
        text = debug(built("apps/resources"), "thbreak task_Medium", "continue", "osek", "kill")
        self.check(text)
        page = (ROOT / "docs/DEBUG.md").read_text().partition("(gdb) osek tasks\n")[2].partition("```")[0]
        self.assertEqual(5, len(page.splitlines()))
        self.assertIn(page, text, "docs/DEBUG.md shows it otherwise")

    def test_under_xen(self):
        text = debug(built("apps/resources"), "osek", "thbreak task_Medium", "continue", "osek", "kill", on_xen=True)
        self.assertIn("the machine stands in Xen now: osek shows a system that runs", text)
        self.check(text)

    def check(self, text: str) -> None:
        seen = tables(text)
        states = {name: (row["State"], row["Activations"]) for name, row in seen["tasks"].items()}
        self.assertEqual({"High": ("WAITING", "1"), "Medium": ("RUNNING", "1"), "Low": ("READY", "1"),
                          "Director": ("READY", "1")}, states, text)
        self.assertEqual("Medium", seen["os"]["Kernel"]["Running task"], text)
        self.assertEqual("AWAITED", seen["events"]["High_LockIsFree"]["State"], text)
        self.assertEqual("STOPPED", seen["alarms"]["StartMedium"]["State"], text)


class FirstTask(unittest.TestCase):
    def test_is_found_also_when_it_begins_with_a_block(self):
        done = subprocess.run([sys.executable, "-m", "tools.lab", "debug", EVENTS.with_suffix(".elf"), "--", "-batch"],
                              cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        self.assertRegex(done.stdout + done.stderr, r"task_Consumer \(\) at .*apps/events/main\.c:\d+")


class Questions(unittest.TestCase):
    def test_wrong_ones_get_an_answer(self):
        output = debug(EVENTS, "osek nonsense", "osek tables", "kill")
        self.assertIn("osek nonsense: there are os, tasks,", output)
        self.assertIn("This application has no tables.", output)

    def test_before_the_system_runs(self):
        output = debug(EVENTS, "osek tasks", "kill")
        self.assertRegex(output, "Cannot access memory.*: osek shows a system that runs")


if __name__ == "__main__":
    unittest.main()
