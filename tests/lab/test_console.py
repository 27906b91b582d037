# SPDX-License-Identifier: Apache-2.0
"""The console and the life of the emulator, with small programs in QEMU's place."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from tools.lab import rundir
from tools.lab.console import Console
from tools.lab.errors import LabError
from tools.lab.qemu import Qemu


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def program(self, script):
        path = self.folder / "program"
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)
        return str(path)


class ConsoleText(Folder):
    def setUp(self):
        super().setUp()
        read_fd, self.machine = os.pipe()
        self.typed, write_fd = os.pipe()
        self.console = Console(read_fd, write_fd, self.folder / "log")
        self.addCleanup(self.finish)

    def finish(self):
        self.hang_up()
        self.console.close()
        self.console.join(5)
        os.close(self.typed)

    def hang_up(self):
        if self.machine >= 0:
            os.close(self.machine)
            self.machine = -1

    def say(self, text):
        os.write(self.machine, text.encode())

    def test_expect_goes_on_behind_the_match(self):
        self.say("one two\r\none three\r\n")
        self.console.expect("one", 5)
        self.assertEqual(self.console.expect(r"one (\w+)\n", 5).group(1), "three")

    def test_text_that_comes_in_pieces(self):
        self.say("rea")
        with self.assertRaises(LabError):
            self.console.expect("ready", 0.2)
        self.say("dy")
        self.console.expect("ready", 5)

    def test_time_out_names_step_and_log(self):
        self.say("something else\n")
        with self.assertRaises(LabError) as caught:
            self.console.expect("ready", 0.2, "dom0's start")
        text = str(caught.exception)
        for part in ("dom0's start", "0 s", "something else", str(self.folder / "log")):
            self.assertIn(part, text)

    def say_later(self, text, pause_s, times):
        def talk():
            for _ in range(times):
                time.sleep(pause_s)
                self.say(text)
        talker = threading.Thread(target=talk)
        talker.start()
        self.addCleanup(talker.join)

    def test_quiet_is_since_the_last_byte_whatever_it_was(self):
        """A carriage return alone leaves the text as it is."""
        begin = time.monotonic()
        self.say_later("\r", 0.2, 2)
        self.assertTrue(self.console.wait_quiet(1, 20))
        self.assertGreaterEqual(time.monotonic() - begin, 1.4)

    def test_quiet_lasts_its_time_with_nothing_said(self):
        begin = time.monotonic()
        self.assertTrue(self.console.wait_quiet(0.3, 20))
        self.assertGreaterEqual(time.monotonic() - begin, 0.3)

    def test_a_line_that_never_rests(self):
        self.say_later("x", 0.1, 10)
        self.assertFalse(self.console.wait_quiet(0.8, 0.5))

    def test_fatal_text_ends_the_wait_early(self):
        self.console.fatal = [r"Panic on CPU \d"]
        self.say("(XEN) Panic on CPU 0:\n")
        start = time.monotonic()
        with self.assertRaisesRegex(LabError, r"\(XEN\) Panic on CPU 0:"):
            self.console.expect("ready", 30)
        self.assertLess(time.monotonic() - start, 5)

    def test_fatal_text_of_two_lines_is_told_whole(self):
        self.console.fatal = [r"Panic on CPU \d+:\n.+"]
        self.say("(XEN) Panic on CPU 0:\n(XEN) No memory\n(XEN) ***\n")
        with self.assertRaisesRegex(LabError, r"says: \(XEN\) Panic on CPU 0: \(XEN\) No memory\n"):
            self.console.expect("ready", 5)

    def test_fatal_text_that_comes_in_pieces_is_told_whole(self):
        self.console.fatal = [r"boot failed at .*"]
        self.say("boot failed at vml")
        said = threading.Timer(0.3, self.say, ["inuz\nmore\n"])
        said.start()
        with self.assertRaisesRegex(LabError, "says: boot failed at vmlinuz\n"):
            self.console.expect("ready", 30)
        said.join()

    def test_end_of_the_machine_ends_the_wait_early(self):
        self.hang_up()
        with self.assertRaisesRegex(LabError, "ended first"):
            self.console.expect("ready", 30)

    def test_log_keeps_every_byte(self):
        self.say("a\r\n\x01\x1b[0m")
        self.console.expect("a", 5)
        self.hang_up()
        self.console.join(5)
        self.assertEqual((self.folder / "log").read_bytes(), b"a\r\n\x01\x1b[0m")

    def test_typing(self):
        self.console.send("q\x01")
        self.assertEqual(os.read(self.typed, 10), b"q\x01")


class Emulator(Folder):
    def test_stop_ends_even_a_program_that_ignores_signals(self):
        script = "trap '' TERM; echo up; while :; do sleep 0.1; done"
        with Qemu([self.program(script)], self.folder) as qemu:
            qemu.console.expect("up", 5)
            pid = qemu.pid
        self.assertFalse(Path(f"/proc/{pid}").exists())

    def test_stop_after_an_exception(self):
        with self.assertRaises(ZeroDivisionError):
            with Qemu([self.program("exec sleep 60")], self.folder) as qemu:
                pid = qemu.pid
                raise ZeroDivisionError
        self.assertFalse(Path(f"/proc/{pid}").exists())

    def test_dies_with_a_killed_parent(self):
        code = ("import sys, time; from pathlib import Path; from tools.lab.qemu import Qemu\n"
                "q = Qemu([sys.argv[1]], Path(sys.argv[2]))\n"
                "print(q.pid, flush=True); time.sleep(60)")
        parent = subprocess.Popen([sys.executable, "-c", code, self.program("exec sleep 60"),
                                   str(self.folder)], stdout=subprocess.PIPE, text=True)
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait(5)
        parent.stdout.close()
        deadline = time.monotonic() + 5
        while _alive(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(_alive(pid))

    def test_failure_shows_the_programs_own_words(self):
        with Qemu([self.program("echo no such machine >&2; exit 1")], self.folder) as qemu:
            with self.assertRaisesRegex(LabError, "status 1: no such machine"):
                qemu.wait(5, "start")

    def test_not_installed(self):
        with self.assertRaisesRegex(LabError, "host-packages"):
            Qemu([str(self.folder / "absent")], self.folder)


def _alive(pid):
    """A zombie that its new parent has not collected yet is dead as well."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class RunFolder(Folder):
    def test_numbers_go_up_and_latest_follows(self):
        first = rundir.create("a", self.folder)
        second = rundir.create("a", self.folder)
        other = rundir.create("b-c", self.folder)
        self.assertEqual([first.name, second.name, other.name], ["a-0001", "a-0002", "b-c-0001"])
        self.assertEqual((self.folder / "latest").resolve(), other.resolve())


if __name__ == "__main__":
    unittest.main()
