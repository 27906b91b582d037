# SPDX-License-Identifier: Apache-2.0
"""The package cache: offline once filled, damaged files noticed, clear errors."""

import hashlib
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.lab import apt, debian, lockfile, paths, store
from tools.lab.errors import LabError

SET = lockfile.PackageSet(plain=("demo",))


def make_deb(folder):
    """A real, tiny package; returns its file and its description."""
    tree = folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        "Package: demo\nVersion: 1:2.0\nArchitecture: armhf\nMaintainer: nobody <n@n.test>\n"
        "Description: test\n")
    (tree / "boot").mkdir()
    (tree / "boot" / "file").write_text("content")
    deb = folder / "demo.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", tree, deb], check=True,
                   capture_output=True)
    digest = hashlib.sha256(deb.read_bytes()).hexdigest()
    return deb, lockfile.Package("demo", "armhf", "1:2.0", digest, deb.stat().st_size, 1)


class Cache(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        base = Path(folder.name)
        deb, self.package = make_deb(base)
        # Nobody listens on the discard port: every use of the network fails at once.
        for patch in (mock.patch.dict(os.environ, XDG_CACHE_HOME=str(base / "cache"),
                                      DEBIAN_MIRROR="http://127.0.0.1:9/debian"),
                      mock.patch.object(paths, "BUILD", base / "build"),
                      mock.patch.dict(debian.SETS, {"armhf": SET})):
            patch.start()
            self.addCleanup(patch.stop)
        self.cache = paths.cache() / "debian" / debian.RELEASE
        (self.cache / "pool").mkdir(parents=True)
        self.pooled = self.cache / "pool" / self.package.file_name
        self.pooled.write_bytes(deb.read_bytes())
        self.lock = self.cache / "armhf.lock.json"
        lockfile.write(self.lock, SET, [self.package])
        self.said = []

    def fetch(self):
        return debian.fetch("armhf", self.said.append)

    def test_offline_when_cached(self):
        root = self.fetch()
        self.assertEqual((root / "boot" / "file").read_text(), "content")

    def test_second_fetch_does_nothing(self):
        self.fetch()
        self.said.clear()
        self.fetch()
        self.assertEqual(self.said, [])

    def test_changed_lock_unpacks_again(self):
        root = self.fetch()
        (root / "stale").write_text("")
        (root / ".stamp").write_text("other\n")
        self.fetch()
        self.assertFalse((root / "stale").exists())

    def test_truncated_file_is_removed_and_fetched_again(self):
        self.pooled.write_bytes(self.pooled.read_bytes()[:-10])
        with self.assertRaisesRegex(LabError, "could not reach http://127.0.0.1:9/debian"):
            self.fetch()
        self.assertFalse(self.pooled.exists())

    def test_altered_file_of_the_right_size(self):
        data = bytearray(self.pooled.read_bytes())
        data[-1] ^= 1
        self.pooled.write_bytes(data)
        with self.assertRaises(LabError):
            self.fetch()
        self.assertFalse(paths.debian_root("armhf").exists())

    def test_finished_download_of_an_interrupted_run_is_taken(self):
        partial = self.cache / "pool" / "partial"
        partial.mkdir()
        self.pooled.rename(partial / self.package.file_name)
        self.fetch()
        self.assertTrue(self.pooled.exists())

    def test_damaged_lock_counts_as_none(self):
        for text in ("", "{", '{"request": 1}', '{"request": {}, "packages": [{}]}'):
            self.lock.write_text(text)
            self.assertIsNone(lockfile.read(self.lock, SET))

    def test_lock_of_another_set(self):
        other = lockfile.PackageSet(plain=("other",))
        self.assertIsNone(lockfile.read(self.lock, other))

    def test_full_disk(self):
        usage = mock.Mock(free=10)
        with mock.patch.object(store.shutil, "disk_usage", return_value=usage):
            with self.assertRaisesRegex(LabError, "too full.*Free some space"):
                self.fetch()

    def test_unknown_architecture(self):
        with self.assertRaisesRegex(LabError, "mips.*armhf"):
            debian.fetch("mips")

    def test_failed_unpacking_leaves_no_half_root(self):
        self.pooled.write_bytes(b"no package")
        broken = lockfile.Package("demo", "armhf", "1:2.0",
                                hashlib.sha256(b"no package").hexdigest(), 10, 1)
        lockfile.write(self.lock, SET, [broken])
        with self.assertRaisesRegex(LabError, "dpkg-deb"):
            self.fetch()
        self.assertEqual(list((paths.BUILD / "debian").iterdir()), [])


class Messages(unittest.TestCase):
    def test_full_disk(self):
        text = apt.explain("download", "M", "E: write (28: No space left on device)\nE: other")
        self.assertIn("disk is full", text)
        self.assertNotIn("\n", text)

    def test_no_network(self):
        text = apt.explain("update", "http://m.test/debian",
                           "W: x\nE: Failed to fetch http://m.test  Could not resolve 'm.test'\n")
        self.assertIn("could not reach http://m.test/debian", text)
        self.assertIn("DEBIAN_MIRROR=", text)
        self.assertNotIn("\n", text)

    def test_missing_keyring(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(LabError, "debian-archive-keyring"):
                apt.PrivateApt(Path(folder), "M", "R", ["armhf"], Path(folder) / "none.gpg")

    def test_missing_package(self):
        with tempfile.TemporaryDirectory() as folder:
            keyring = Path(folder) / "k.gpg"
            keyring.write_text("")
            private = apt.PrivateApt(Path(folder), "M", "R", ["armhf"], keyring)
            with self.assertRaisesRegex(LabError, "package nothing:armhf is not in Debian R"):
                private.show(["nothing:armhf"])


if __name__ == "__main__":
    unittest.main()
