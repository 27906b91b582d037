# SPDX-License-Identifier: Apache-2.0
"""Forty domains at once on the 1 GiB board: each answers on its own console, and only there (fact B5).

What is typed goes through each guest's terminal in dom0, the answer is what xenconsoled wrote into that guest's log.
"""

import re
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with

FOLDER = "tests/system/apps/tenant"
TENANTS = 40
AT_ONCE = 5
LOGS = "guest-tenant?.log guest-tenant??.log"  # of the PV consoles alone
START_S, ANSWER_S = 60, 30


class Tenants(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        overlay = overlay_with(FOLDER)
        overlay.file("root/tenant.cfg", ROOT / FOLDER / "tenant.cfg")
        cls.lab = Session("system-tenants", overlay=overlay)
        cls.addClassCleanup(cls.lab.close)

    def create(self, first):
        """All are the same configuration, but for the name; nobody has the pins."""
        numbers = " ".join(map(str, range(first, first + AT_ONCE)))
        self.lab.dom0.check(f"for i in {numbers}; do xl create -e -q tenant.cfg name=\\\"tenant$i\\\" iomem=[] || break; "
                            "done", 30 * AT_ONCE)

    def lines(self, word):
        """All lines with this word in all logs: {"tenant1": ["..."]}."""
        out = self.lab.dom0.run(f"cd /var/log/xen/console; grep -a '{word}' {LOGS}; cd /root")[1]
        found = {}
        for name, line in re.findall(r"^guest-(tenant\d+)\.log:(.*?)\r?$", out, re.M):
            found.setdefault(name, []).append(line.rstrip("\r"))
        return found

    def wait_lines(self, word, seconds):
        self.lab.dom0.wait_for(f"(cd /var/log/xen/console; grep -al '{word}' {LOGS} | wc -l)", f"^{TENANTS}$",
                               seconds, f"{TENANTS} guests say {word!r}")
        return self.lines(word)

    def test_each_of_40_answers_on_its_own_console(self):
        names = [f"tenant{i}" for i in range(1, TENANTS + 1)]
        for first in range(1, TENANTS + 1, AT_ONCE):
            self.create(first)
        self.assertEqual({name: [f"{name} is there"] for name in names}, self.wait_lines("is there", START_S))
        self.assertEqual(TENANTS + 2, int(self.lab.dom0.check("xl list | wc -l")))
        self.lab.dom0.check("for i in $(xl list | awk 'NR > 2 { print $2 }'); do "
                            "echo word$i > $(xenstore-read /local/domain/$i/console/tty); done", 60)
        ids = dict(re.findall(r"^(tenant\d+) +(\d+) ", self.lab.dom0.check("xl list"), re.M))
        self.assertEqual({name: [f"{name} heard word{ids[name]}"] for name in names},
                         self.wait_lines("heard", ANSWER_S))
        self.lab.dom0.check("for i in $(xl list | awk 'NR > 2 { print $2 }'); do xl destroy $i; done", 240)
        self.lab.dom0.wait_for("xl list | wc -l", "^2$", 60, "all have gone")


if __name__ == "__main__":
    unittest.main()
