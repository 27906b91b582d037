# SPDX-License-Identifier: Apache-2.0
"""Board descriptions, the boot script, the initramfs archive and the SD image's frame."""

import struct
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.lab import board, initramfs, paths, sdcard
from tools.lab.cpio import Archive
from tools.lab.errors import LabError

GOOD = (paths.CFG / "boards" / "orangepi-pc.toml").read_text()


class Boards(unittest.TestCase):
    def load(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "x.toml").write_text(text)
            return board.load("x", Path(folder))

    def test_every_description_of_the_project(self):
        boards = [board.load(path.stem) for path in sorted((paths.CFG / "boards").glob("*.toml"))]
        with_card = [description for description in boards if description.has_card]
        self.assertGreaterEqual(len(with_card), 2)
        self.assertGreater(len(boards), len(with_card))
        for description in with_card:
            self.assertNotRegex(sdcard.boot_script(description, []), "@[A-Z]")

    def test_unknown_board(self):
        with self.assertRaisesRegex(LabError, "'none'.*orangepi-pc"):
            board.load("none")

    def test_missing_key(self):
        with self.assertRaisesRegex(LabError, "title is missing"):
            self.load(GOOD.replace('title = "', 'titel = "'))

    def test_card_without_device_tree(self):
        with self.assertRaisesRegex(LabError, "dtb is missing: U-Boot loads it"):
            self.load(GOOD.replace('dtb = "', '#dtb = "'))

    def test_misspelt_key(self):
        with self.assertRaisesRegex(LabError, "unknown key 'dtbs'"):
            self.load('dtbs = "x"\n' + GOOD)

    def test_wrong_type(self):
        with self.assertRaisesRegex(LabError, "xen is missing or not of type int"):
            self.load(GOOD.replace("xen = 0x", 'xen = "0x').replace("44000000", '44000000"'))

    def test_no_load_table(self):
        with self.assertRaisesRegex(LabError, r"\[load\]"):
            self.load(GOOD.replace("[load]", "[lod]"))

    def test_no_toml(self):
        with self.assertRaisesRegex(LabError, "x.toml"):
            self.load("title = ")

    def test_board_without_model(self):
        with self.assertRaisesRegex(LabError, "QEMU cannot run"):
            board.load("cubieboard2").machine()

    def test_machine_without_card(self):
        with self.assertRaisesRegex(LabError, "virt-arm64: .* does not boot from an SD card.*orangepi-pc"):
            sdcard.build("virt-arm64")

    def test_version_of_the_gic(self):
        machine = board.load("virt-arm64").machine()
        self.assertIn(",gic-version=2", machine.args()[1])
        self.assertIn(",gic-version=3", machine.args(gic_version=3)[1])
        with self.assertRaisesRegex(LabError, "virt cannot have a GIC of version 4: 2, 3"):
            machine.args(gic_version=4)
        with self.assertRaisesRegex(LabError, "orangepi-pc cannot have a GIC of version 3: its own only"):
            board.load("orangepi-pc").machine().args(gic_version=3)


class BootScript(unittest.TestCase):
    def test_leds_of_the_guest_are_taken_from_dom0(self):
        script = sdcard.boot_script(board.load("orangepi-pc"), [])
        self.assertIn("fdt rm /leds/status_led ", script)

    def test_unknown_word_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "boot.cmd").write_text("load @NOTHING@\n")
            description = board.load("orangepi-pc")
            with mock.patch.object(paths, "CFG", Path(folder)):
                with self.assertRaisesRegex(LabError, "@NOTHING@"):
                    sdcard.boot_script(description, [])


class Cpio(unittest.TestCase):
    def test_another_implementation_reads_it(self):
        archive = Archive()
        archive.data("root/file", b"hello", 0o600)
        archive.link("bin/sh", "busybox")
        listed = subprocess.run(["cpio", "-itv", "--quiet"], input=archive.pack(), check=True,
                                capture_output=True).stdout.decode()
        self.assertRegex(listed, r"-rw------- +1 root +root +5 .* root/file\n")
        self.assertRegex(listed, r"lrwxrwxrwx .* bin/sh -> busybox\n")
        self.assertRegex(listed, r"drwxr-xr-x .* root\n")

    def test_order_of_adding_does_not_matter(self):
        first, second = Archive(), Archive()
        for archive, names in ((first, "ab"), (second, "ba")):
            for name in names:
                archive.data(name, name.encode())
        self.assertEqual(first.pack(), second.pack())

    def test_length_keeps_the_next_archive_aligned(self):
        for length in range(5):
            archive = Archive()
            archive.data("x", b"1" * length)
            self.assertEqual(len(archive.pack()) % 4, 0)

    def test_missing_parts_are_named(self):
        with self.assertRaisesRegex(LabError, "not built yet: a.bin. Run make"):
            initramfs.require_parts(Archive(), ("a.bin",))


class Card(unittest.TestCase):
    def test_partition_table(self):
        table = sdcard._partition_table()
        self.assertEqual(len(table), 512)
        self.assertEqual(table[510:], b"\x55\xaa")
        first, count = struct.unpack_from("<II", table, 446 + 8)
        self.assertEqual((table[446], table[450]), (0x80, 0x83))
        self.assertEqual((first * 512, (first + count) * 512), (1 << 20, 64 << 20))


if __name__ == "__main__":
    unittest.main()
