# SPDX-License-Identifier: Apache-2.0
"""A session in dom0, with an interactive shell of this machine in dom0's place."""

import contextlib
import io
import os
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from tools.lab import shell
from tools.lab.dom0 import Dom0
from tools.lab.errors import LabError
from tools.lab.qemu import Qemu
from tools.lab.transcript import Transcript

# busybox' prompt and a terminal that echoes, as on dom0's console.
FAKE = """\
#!/bin/sh
echo "erika-xen: dom0 is ready, kernel 0"
exec python3 -c "import os, pty; os.environ['PS1'] = 'dom0# '; pty.spawn(['dash', '-i'])"
"""


real_read = os.read


class Session(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        program = Path(folder.name) / "fake"
        program.write_text(FAKE)
        program.chmod(0o755)
        self.dom0 = Dom0(Qemu([str(program)], Path(folder.name)))
        self.addCleanup(self.dom0.qemu.stop)
        self.dom0.wait_ready(10)

    def test_status_and_output(self):
        self.assertEqual(self.dom0.run("echo a; echo b >&2; (exit 3)"), (3, "a\nb\n"))

    def test_state_stays(self):
        self.dom0.run("cd /; X=5")
        self.assertEqual(self.dom0.run("pwd; echo $X"), (0, "/\n5\n"))

    def test_output_without_final_newline(self):
        self.assertEqual(self.dom0.run("printf abc"), (0, "abc"))

    def test_long_line_arrives_whole(self):
        word = "0123456789" * 60
        self.assertEqual(self.dom0.run(f"echo {word}"), (0, word + "\n"))

    def test_end_mark_in_output_is_not_mistaken(self):
        status, output = self.dom0.run("echo @END-0099-0; echo after")
        self.assertEqual((status, output), (0, "@END-0099-0\nafter\n"))

    def test_input_is_empty(self):
        self.assertEqual(self.dom0.run("cat; echo done"), (0, "done\n"))

    def test_time_out_names_the_command(self):
        with self.assertRaisesRegex(LabError, "`sleep 20`.*not seen within 0 s"):
            self.dom0.run("sleep 20", timeout=0.3)
        with self.assertRaisesRegex(LabError, "not at its prompt"):
            self.dom0.run("true")

    def feed(self, text):
        with mock.patch("sys.stdin", io.StringIO(text)), contextlib.redirect_stdout(io.StringIO()):
            return shell._feed(self.dom0, Transcript(steps=1))

    def test_piped_lines_end_with_the_last_ones_status(self):
        self.assertEqual(self.feed("# a remark\ntrue\n\n(exit 4)\n"), 4)

    def test_piped_exit_leaves_and_does_not_wait_for_a_shell_that_has_gone(self):
        self.assertEqual(self.feed("false\nexit\ntrue\n"), 1)
        self.assertEqual(self.dom0.run("echo still here"), (0, "still here\n"))

    def pass_keys(self, keys):
        """@return what dom0 was sent before the person left"""
        sent = []
        read_fd, write_fd = os.pipe()
        for key in keys:
            os.write(write_fd, key)
        os.close(write_fd)
        with os.fdopen(read_fd, "rb") as stdin, mock.patch("sys.stdin", stdin), \
                mock.patch.object(shell, "_send", lambda _machine, some: sent.append(some)), \
                mock.patch("os.read", lambda fd, _size: real_read(fd, 1)):
            shell._pass_keys(self.dom0)
        return b"".join(sent)

    def test_one_leave_key_is_for_xl_console_and_three_leave(self):
        self.assertEqual(b"a\x1db\x1d\x1dc\x1d\x1d", self.pass_keys([b"a\x1db\x1d\x1dc\x1d\x1d\x1dd"]))

    def test_check_tells_what_was_printed(self):
        with self.assertRaisesRegex(LabError, "status 1: it broke"):
            self.dom0.check("echo it broke; false")

    def test_two_lines_are_refused(self):
        with self.assertRaisesRegex(LabError, "one line"):
            self.dom0.run("a\nb")

    def test_wait_for_gives_up(self):
        start = time.monotonic()
        with self.assertRaisesRegex(LabError, "the pin.*no 'on'.*\n.*off"):
            self.dom0.wait_for("echo off", "on", 0.5, "the pin")
        self.assertLess(time.monotonic() - start, 10)


if __name__ == "__main__":
    unittest.main()
