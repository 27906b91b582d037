# SPDX-License-Identifier: Apache-2.0
"""gdb is started when QEMU listens for it, however late that is."""

import socket
import tempfile
import threading
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from tools.lab import debug
from tools.lab.errors import LabError


class Stub(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "gdb"
        self.server = socket.socket(socket.AF_UNIX)
        self.addCleanup(self.server.close)

    def wait(self, *, running=True, limit_s=20):
        qemu = SimpleNamespace(running=running, error_text=lambda: "bad option", stderr_log=Path("stderr"))
        with mock.patch.object(debug, "_LIMIT_S", limit_s):
            debug.wait_for_stub(qemu, self.path)

    def test_late_is_early_enough(self):
        self.server.bind(str(self.path))
        timer = threading.Timer(0.3, self.server.listen)
        timer.start()
        self.addCleanup(timer.join)
        self.wait()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(self.path))

    def test_never_is_an_error(self):
        self.server.bind(str(self.path))  # which alone is not enough to connect
        with self.assertRaisesRegex(LabError, "does not listen for gdb"):
            self.wait(limit_s=0.2)

    def test_a_qemu_that_ends_is_an_error_at_once(self):
        with self.assertRaisesRegex(LabError, "QEMU ended before gdb could connect: bad option"):
            self.wait(running=False)


if __name__ == "__main__":
    unittest.main()
