# SPDX-License-Identifier: Apache-2.0
"""Missing host packages, with small programs in dpkg's and apt's place."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.lab import hostpkgs
from tools.lab.errors import LabError


class Packages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = Path(folder.name)
        self.calls = self.bin / "calls"
        self.calls.write_text("")
        self.state = self.bin / "state"
        self.state.write_text("")
        self.said = []
        groups = mock.patch.dict(hostpkgs.GROUPS, {"base": {"aaa": "x", "bbb": "y"}})
        path = mock.patch.dict(os.environ, PATH=f"{self.bin}:/usr/bin:/bin")
        for patch in (groups, path):
            patch.start()
            self.addCleanup(patch.stop)
        self.program("dpkg-query", f"cat {self.state}")
        self.program("apt-cache", "exit 0")
        self.program("apt-get", f'echo "$@" >> {self.calls}; '
                     f'echo "installed aaa\ninstalled bbb" > {self.state}')

    def program(self, name, script):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def ensure(self, rights):
        with mock.patch.object(hostpkgs, "_rights", return_value=rights):
            hostpkgs.ensure(["base"], self.said.append)

    def test_nothing_missing_calls_nothing(self):
        self.state.write_text("installed aaa\ninstalled bbb\n")
        self.ensure(None)
        self.assertEqual((self.said, self.calls.read_text()), ([], ""))

    def test_removed_but_configured_counts_as_missing(self):
        self.state.write_text("config-files aaa\ninstalled bbb\n")
        with self.assertRaisesRegex(LabError, "aaa$"):
            self.ensure(None)

    def test_without_rights_the_exact_command(self):
        self.state.write_text("installed bbb\n")
        with self.assertRaisesRegex(LabError, "apt-get install .*--no-install-recommends aaa$"):
            self.ensure(None)
        self.assertEqual(self.calls.read_text(), "")

    def test_installs_and_says_which(self):
        self.ensure([])
        self.assertEqual(self.said[0], "missing host packages: aaa, bbb")
        self.assertRegex(self.calls.read_text(), "^install .* aaa bbb\n$")

    def test_index_without_the_package_is_updated_first(self):
        self.program("apt-cache", "exit 100")
        self.ensure([])
        self.assertRegex(self.calls.read_text(), "^update\ninstall ")

    def test_failed_install(self):
        self.program("apt-get", "exit 100")
        with self.assertRaisesRegex(LabError, "status 100.*apt-get install"):
            self.ensure([])

    def test_apt_that_lies(self):
        self.program("apt-get", "exit 0")
        with self.assertRaisesRegex(LabError, "did not install: aaa, bbb"):
            self.ensure([])


if __name__ == "__main__":
    unittest.main()
