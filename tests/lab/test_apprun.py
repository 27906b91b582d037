# SPDX-License-Identifier: Apache-2.0
"""How run-app judges: Xen's word on the end, the application's on the code."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from tools.lab.apprun import End, _Screen, domain_config, judge
from tools.lab.errors import LabError

SHUTDOWN = ["hello", "ShutdownOS: code 0"]
CRASH = ["CRASH: data abort at 80008123: address 00000008, status 805, nothing is mapped there",
         "CRASH: task Hello was running", "  r0  00000000"]


class Judge(unittest.TestCase):
    def test_shutdown(self):
        self.assertEqual(End("shutdown 0", 0), judge(SHUTDOWN, True, 30))
        self.assertEqual(End("shutdown 7", 1), judge(["ShutdownOS: code 7"], True, 30))

    def test_a_word_in_a_sentence_is_none(self):
        self.assertEqual(End("crash: ended without ShutdownOS", 1),
                         judge(["no ShutdownOS: code 0", "ShutdownOS: code 0!"], True, 30))

    def test_crash(self):
        self.assertEqual(End("crash: data abort at 80008123 (address 00000008, status 805, nothing is mapped there; "
                             "task Hello was running)", 1), judge(CRASH, True, 30))
        self.assertEqual(End("crash: stack overflow", 1), judge(["CRASH: stack overflow"], True, 30))

    def test_a_crash_while_shutting_down_is_a_crash(self):
        self.assertEqual(1, judge(SHUTDOWN + CRASH, True, 30).status)

    def test_xen_is_believed_before_the_guest(self):
        self.assertEqual(End("timeout after 30 s, though its last words are out", 124), judge(SHUTDOWN, False, 30))
        for reason in ("crash", "reboot", "watchdog"):
            self.assertEqual(End(f"crash: a {reason} for Xen, though it said shutdown 0", 1),
                             judge(SHUTDOWN, True, 30, reason=reason))
        self.assertEqual(End("shutdown 0", 0), judge(SHUTDOWN, True, 30, reason="poweroff"))
        self.assertEqual(1, judge(["ShutdownOS: code 7"], True, 30, reason="poweroff").status)
        self.assertEqual(End("shutdown 7", 1), judge(["ShutdownOS: code 7"], True, 30, reason="crash"))

    def test_timeout(self):
        self.assertEqual(End("timeout after 2.5 s", 124), judge(["hello"], False, 2.5))

    def test_silent_end(self):
        self.assertEqual(End("crash: ended without ShutdownOS", 1), judge([], True, 30))
        self.assertEqual(End("crash: ended without ShutdownOS, a reboot for Xen", 1),
                         judge([], True, 30, reason="reboot"))


class Screen(unittest.TestCase):
    def test_lines_are_whole_and_the_last_one_is_not_lost(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            screen = _Screen()
            for line in ("short\r\n", "a" * 125 + "\r\n", "\n", "b" * 126 + "\n", "b\r\n", "\r\n", "c" * 126 + "\n"):
                screen.take("(XEN) DOM1: " + line)
            screen.flush()
        self.assertEqual(["short", "a" * 125, "b" * 127, "", "c" * 126], out.getvalue().splitlines())


class DomainConfig(unittest.TestCase):
    def test_the_folders_own_or_a_made_one_and_never_a_guess(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            self.assertIn(b"memory = ", domain_config(folder))
            (folder / "lamp.cfg").write_text("memory = 5\n")
            self.assertEqual(b"memory = 5\n", domain_config(folder))
            (folder / "other.cfg").touch()
            with self.assertRaisesRegex(LabError, "which of its .* Keep one: lamp.cfg, other.cfg"):
                domain_config(folder)


if __name__ == "__main__":
    unittest.main()
