# SPDX-License-Identifier: Apache-2.0
"""Objects whose names are also names inside the system: tests/host/names runs the same application on this machine."""

import re
import unittest

from tests.guests import built
from tools.lab import bare

LIMIT_S = 30


class Names(unittest.TestCase):
    def test_every_object_does_its_part(self):
        with bare.boot(built("tests/target/apps/names"), name="names") as qemu:
            qemu.wait(LIMIT_S, "the end of the machine")
            text = qemu.console.text
        self.assertEqual([f"ok {number}" for number in range(1, 9)], re.findall(r"^(?:not )?ok \d+", text, re.M), text)
        self.assertIn("ShutdownOS: code 0", text)


if __name__ == "__main__":
    unittest.main()
