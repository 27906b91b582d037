# SPDX-License-Identifier: Apache-2.0
"""Which mirror is taken from a person's apt sources, in both formats, among third parties."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.lab import sources
from tools.lab.errors import LabError

DEB822 = """\
# A comment
Types: deb deb-src
URIs: http://first.test/debian
 http://second.test/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://first.test/debian-security
Suites: bookworm-security
Components: main
"""


class Mirror(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.etc = Path(folder.name)
        (self.etc / "sources.list.d").mkdir()
        without = {k: v for k, v in os.environ.items() if k != "DEBIAN_MIRROR"}
        patch = mock.patch.dict(os.environ, without, clear=True)
        patch.start()
        self.addCleanup(patch.stop)

    def write(self, name, text):
        (self.etc / name).write_text(text)

    def mirror(self):
        return sources.mirror("bookworm", self.etc)

    def test_deb822(self):
        self.write("sources.list.d/debian.sources", DEB822)
        self.assertEqual(self.mirror(), "http://first.test/debian")

    def test_one_line(self):
        self.write("sources.list", "deb-src http://no.test/debian bookworm main\n"
                   "deb [arch=amd64 signed-by=/k.gpg] http://yes.test/debian/ bookworm main # x\n")
        self.assertEqual(self.mirror(), "http://yes.test/debian")

    def test_security_suite_is_never_taken(self):
        self.write("sources.list", "deb http://a.test/debian-security bookworm-security main\n")
        with self.assertRaisesRegex(LabError, "DEBIAN_MIRROR="):
            self.mirror()

    def test_third_party_with_debians_suite_name(self):
        self.write("sources.list", "deb https://vendor.test bookworm main\n"
                   "deb http://yes.test/debian bookworm main\n")
        self.assertEqual(self.mirror(), "http://yes.test/debian")

    def test_disabled_stanza(self):
        self.write("sources.list.d/debian.sources", "Enabled: no\n" + DEB822.split("\n", 1)[1])
        with self.assertRaises(LabError):
            self.mirror()

    def test_cdrom_is_no_mirror(self):
        self.write("sources.list", "deb cdrom:[Debian 12]/ bookworm main\n")
        with self.assertRaises(LabError):
            self.mirror()

    def test_other_release_of_debian_tells_the_mirror(self):
        self.write("sources.list", "deb http://yes.test/debian trixie main\n")
        self.assertEqual(self.mirror(), "http://yes.test/debian")

    def test_environment_wins(self):
        self.write("sources.list.d/debian.sources", DEB822)
        with mock.patch.dict(os.environ, DEBIAN_MIRROR="http://mine.test/debian/"):
            self.assertEqual(self.mirror(), "http://mine.test/debian")

    def test_environment_without_scheme(self):
        with mock.patch.dict(os.environ, DEBIAN_MIRROR="mine.test/debian"):
            with self.assertRaisesRegex(LabError, "mine.test/debian"):
                self.mirror()


if __name__ == "__main__":
    unittest.main()
