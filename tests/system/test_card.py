# SPDX-License-Identifier: Apache-2.0
"""The SD card, from the first instruction of SPL on: what `make run` shows, and a card that is not whole."""

import re
import shutil
import subprocess
import sys
import unittest

from tests.guests import ROOT
from tools.lab import dom0, paths, sdcard
from tools.lab.errors import LabError

PARTITION = 1 << 20


def card_without(name):
    card = paths.BUILD / "tests" / "card.img"
    shutil.copyfile(sdcard.build("orangepi-pc"), card)
    subprocess.run(["debugfs", "-w", "-R", f"rm /{name}", f"{card}?offset={PARTITION}"], check=True, timeout=30,
                   capture_output=True, env={"PATH": "/sbin:/usr/sbin:/bin:/usr/bin"})
    return card


class Card(unittest.TestCase):
    def test_the_demonstration(self):
        done = subprocess.run([sys.executable, "-m", "tools.lab", "run"], cwd=ROOT, timeout=300, check=False, text=True,
                              capture_output=True)
        self.assertEqual(0, done.returncode, done.stdout[-3000:] + done.stderr)
        witness = [int(value, 16) for value in re.findall(r"PIO write offset 0x010 value (0x\w+)", done.stdout)]
        self.assertEqual([0x8000, 0], [value & 0x8000 for value in witness])

    def test_a_missing_file_is_named_and_xen_is_not_started(self):
        for name in ("vmlinuz", "xen"):
            with self.subTest(name), dom0.boot_card(card_without(name)) as machine:
                with self.assertRaisesRegex(LabError, f"boot failed at {name}"):
                    machine.wait_ready(60)
                self.assertNotIn("(XEN)", machine.console.text)


if __name__ == "__main__":
    unittest.main()
