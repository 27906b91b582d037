# SPDX-License-Identifier: Apache-2.0
"""Both consoles of a domain, as a person in dom0 and xenconsoled see them: what the guest says is taken from the files
that xenconsoled writes, and from what `xl console` shows on a terminal."""

import contextlib
import re
import unittest

from tests.system.pin import Session, overlay_with
from tools.lab.errors import LabError

XENCONSOLED = "$(cat /var/run/xen/xenconsoled.pid)"
START_XENCONSOLED = "xenconsoled --log=all --pid-file=/var/run/xen/xenconsoled.pid"
WAIT_S = 30
LINES = 2000
BLOCK_MS = 8000  # of console_block
PROMPT = "A command line. Try help\n> "
LEAVE = "\x1d"

SESSION = None


def setUpModule():
    global SESSION
    SESSION = Session("system-console", overlay=overlay_with("tests/system/apps/console_drop",
                                                             "tests/system/apps/console_block", "tests/target/apps/typing",
                                                             "apps/console"))
    unittest.addModuleCleanup(SESSION.close)


class Console:
    """One console of a guest, as xenconsoled has it."""

    def __init__(self, guest, node, suffix=""):
        self.dom0 = SESSION.dom0
        self.node = f"/local/domain/{SESSION.domid(guest)}/{node}"
        self.file = f"/var/log/xen/console/guest-{guest}{suffix}.log"

    def text(self):
        return self.dom0.check(f"cat {self.file}").replace("\r", "")

    def wait(self, pattern):
        return self.dom0.wait_for(f"cat {self.file}", pattern, WAIT_S, f"{self.file} shows {pattern}")

    def type(self, line):
        self.dom0.check(f"echo {line} > $(xenstore-read {self.node}/tty)")


class Test(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.dom0 = SESSION.dom0
        self.addCleanup(SESSION.destroy_all)

    def create(self, name, image="console", **changes):
        """@return its PV console and its vPL011"""
        SESSION.create("console.cfg", name=f'"{name}"', kernel=f'"/root/{image}.bin"', **changes)
        return Console(name, "console"), Console(name, "vuart/0", "-vuart0")


class Both(Test):
    def test_both_show_all_and_either_takes_input(self):
        pv, uart = self.create("both")
        pv.wait("A command line")
        uart.wait("A command line")
        self.assertRegex(pv.text(), r"  console   PV \(HVM parameters\)\n"
                                    r"  console   vPL011 at 0x22000000, interrupt 32 \(device tree\)\n")
        pv.type("count 2")
        pv.wait("line 2 of 2")
        uart.type("count 3")
        uart.wait("line 3 of 3")
        pv.wait("line 3 of 3")
        two, three = ("".join(f"line {i} of {n}\n" for i in range(1, n + 1)) for n in (2, 3))
        # Each shows what was typed at it, and all that the guest says.
        self.assertEqual(f"{PROMPT}count 2\n{two}> {three}> ", pv.text()[-len(f"{PROMPT}count 2\n{two}> {three}> "):])
        self.assertEqual(f"{PROMPT}{two}> count 3\n{three}> ", uart.text()[-len(f"{PROMPT}{two}> count 3\n{three}> "):])
        for console in (pv, uart):
            console.type("stats")
            console.wait("Xen PV console: 0 bytes lost\n(.*\n)*vPL011: 0 bytes lost")

    def test_input_in_the_interrupt_and_the_echo_on_the_uart(self):
        pv, uart = self.create("echo", "console_drop")
        pv.wait("how many lines")
        pv.type("1")
        pv.wait("line 1 of 1")
        self.assertIn("how many lines?\nasked for 1 in an interrupt\n", pv.text())
        uart.wait("how many lines\\?\n1\nasked for 1 in an interrupt\n")

    def test_xl_create_with_a_terminal(self):
        self.on_a_terminal("xl create -c console.cfg 'name=\"terminal\"'", "count 1", "line 1 of 1")
        self.on_a_terminal("xl console terminal", "count 4", "line 4 of 4")
        self.on_a_terminal("xl console -t vuart terminal", "count 5", "line 5 of 5")
        self.on_a_terminal("xl console -t pv terminal", "halt", "ShutdownOS: code 0", leave="")
        self.dom0.wait_for("xl list | wc -l", "^2$", WAIT_S, "the domain has gone")

    def on_a_terminal(self, command, line, answer, leave=LEAVE):
        """dom0's own is one: what is typed there goes to the guest until Ctrl-]."""
        screen = self.dom0.console
        mark = screen.mark()
        screen.send(f"{command}; echo xl' has ended'\n")
        screen.wait_quiet(3, WAIT_S)  # while xl starts, it throws away what is typed
        screen.send(f"{line}\r")
        try:
            screen.find(rf"{line}\r?\n(\r?\n|line .*\n)*{answer}", WAIT_S, mark, command)
        finally:
            self.leave(leave, mark)

    def leave(self, key, mark):
        """xl knows its key only if it comes alone, and on a busy machine it reads late."""
        screen = self.dom0.console
        for _ in range(5):
            screen.send(key)
            with contextlib.suppress(LabError):
                screen.find("xl has ended", 6, mark)
                return
        self.fail("xl does not end: the session is lost")


class Many(Test):
    def test_each_domain_has_its_own(self):
        """Guests without an alarm: QEMU's four CPUs would be busy with eight domains' timers alone."""
        consoles = {}
        for number in range(1, 9):
            vuart = "sbsa_uart" if number % 2 else "unknown"
            consoles[number] = self.create(f"many-{number}", "typing", vuart=f'"{vuart}"')[0]
        for number, console in consoles.items():
            console.wait("type something")
            console.type(number * "x")
        for number, console in consoles.items():
            console.wait(f"interrupt: {number + 1} bytes")
            self.assertEqual(1, len(re.findall("interrupt: ", console.text())))


class Unread(Test):
    """xenconsoled, who reads all consoles, is stopped while a guest prints more than its rings hold."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.dom0.check, f"kill -CONT {XENCONSOLED}")

    def print_unread(self, consoles, stopped_s):
        """The guest begins to print when nobody reads any more. @return what it says of that"""
        pv, uart = consoles
        pv.wait("how many lines")
        pv.type(LINES)
        self.dom0.check(f"until grep -aq 'asked for' {pv.file} && grep -aq 'asked for' {uart.file}; do usleep 50000; done; "
                        f"kill -STOP {XENCONSOLED}; sleep {stopped_s}; kill -CONT {XENCONSOLED}", stopped_s + WAIT_S)
        for console in (uart, pv):
            said = console.wait(r"printed in (\d+) ms, beats (\d+), late (\d+)")
        return [int(figure) for figure in said.groups()]

    def lost(self, console):
        """All that was printed is there, or is counted where it is missing."""
        printed = "".join(f"line {i} of {LINES}\n" for i in range(1, LINES + 1))
        shown = re.search(r"asked for .*\n((?s:.*))printed in", console.text()).group(1)
        before, *rest = re.split(r"\n\.\.\. (\d+) bytes lost\n", shown)
        sum_lost = sum(map(int, rest[::2]))
        self.assertTrue(printed.startswith(before))
        if rest:
            self.assertTrue(printed.endswith(rest[-1]), shown[-200:])
        self.assertEqual(len(printed), len(before) + sum_lost + sum(map(len, rest[1::2])))
        return sum_lost

    def assert_others_went_on(self, took_ms, beats, late):
        self.assertAlmostEqual(took_ms / 100, beats + late, delta=2 + took_ms / 1000)
        self.assertGreater(beats, took_ms / 300)

    def test_dropped(self):
        consoles = self.create("drop", "console_drop")
        self.print_unread(consoles, 8)
        for console in consoles:
            self.assertGreater(self.lost(console), 10000)

    def test_waited_for(self):
        consoles = self.create("patient", "console_block")
        took_ms, *work = self.print_unread(consoles, 7)
        self.assertIn("asked for 2000 in a task", consoles[0].text())
        self.assertEqual([0, 0], [self.lost(console) for console in consoles])
        self.assertGreater(took_ms, 1000)
        self.assert_others_went_on(took_ms, *work)

    def test_waited_for_in_vain(self):
        """Both consoles cost the time, once, and at the same time; then their text is dropped."""
        consoles = self.create("in-vain", "console_block")
        took_ms, *work = self.print_unread(consoles, 3 + BLOCK_MS // 1000 + 8)
        for console in consoles:
            self.assertGreater(self.lost(console), 10000)
        self.assertGreaterEqual(took_ms, BLOCK_MS)
        self.assertLess(took_ms, BLOCK_MS + 6000)
        self.assert_others_went_on(took_ms, *work)


class Restarted(Test):
    def test_xenconsoled_killed_and_restarted(self):
        """What was printed meanwhile is shown, and both consoles work as before."""
        pv, uart = self.create("restarted")
        pv.wait("A command line")
        pv.type("count 500")
        self.dom0.check(f"until grep -aq 'line 10 of 500' {pv.file}; do usleep 20000; done; kill -9 {XENCONSOLED}")
        self.dom0.check(f"sleep 2; rm -f /var/run/xen/xenconsoled.pid; {START_XENCONSOLED}")
        for console, number in ((pv, 6), (uart, 7)):
            console.wait("line 500 of 500")
            self.dom0.wait_for(f"t=$(xenstore-read {console.node}/tty) && ls $t", "pts", WAIT_S, "a new terminal")
            console.type(f"count {number}")
            console.wait(f"count {number}\n(.*\n)*line {number} of {number}\n")


if __name__ == "__main__":
    unittest.main()
