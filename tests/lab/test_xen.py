# SPDX-License-Identifier: Apache-2.0
"""On the real Xen: a guest that says it is done and is not, beside one that is."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from tools.lab import dom0less
from tools.lab.dom0less import Guest
from tools.lab.errors import LabError

SOURCE = Path(__file__).with_name("xen_guest.S")


class End(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def image(self, end):
        elf, image = self.folder / f"{end}.elf", self.folder / f"{end}.bin"
        subprocess.run(["arm-none-eabi-gcc", "-nostdlib", "-Ttext=0", f"-Wa,--defsym,END={end}",
                        "-o", elf, SOURCE], check=True)
        subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", elf, image], check=True)
        return image

    def boot(self, *ends, **options):
        guests = [Guest(self.image(end)) for end in ends]
        return dom0less.boot(guests, name="lab-test", **options)

    def test_only_the_one_that_powered_off_has_stopped(self):
        for arch in ("armhf", "arm64"):
            with self.subTest(arch), self.boot(0, 1, arch=arch) as xen:
                xen.expect(r"DOM1: I am done", 30)
                states = xen.wait_stopped(30, domid=2)
                self.assertEqual([states[1].stopped, states[2].stopped], [False, True])
                self.assertEqual([xen.guest_lines(1), xen.guest_lines(2)], [["I am done"]] * 2)

    def test_a_guest_that_only_claims_its_end_is_a_time_out(self):
        with self.boot(0) as xen:
            with self.assertRaisesRegex(LabError, "no end within 1 s .DOM1: running"):
                xen.wait_stopped(1)

    def test_32_bit_xen_on_a_gicv3_is_refused(self):
        with self.assertRaisesRegex(LabError, "no driver for a GICv3: use the architecture arm64"):
            self.boot(0, arch="armhf", gic_version=3)

    def test_logs_are_kept(self):
        with self.boot(1) as xen:
            xen.wait_stopped(30)
        self.assertEqual((xen.folder / "guest-1.log").read_text(), "I am done\n")
        self.assertIn("Xen version", (xen.folder / "console.log").read_text())


if __name__ == "__main__":
    unittest.main()
