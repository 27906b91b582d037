# SPDX-License-Identifier: Apache-2.0
"""What goes wrong ends the domain with a report that names it: each fault in a domain of its own, all in one boot.
The end itself is believed from Xen's domain dump."""

import re
import unittest

from tests.guests import built
from tools.lab import dom0less
from tools.lab.dom0less import Guest

FAULTS = {
    "read-page-zero": r"CRASH: data abort at 8000\w{4}: address 00000008, status 005, nothing is mapped there",
    "write-page-zero": r"CRASH: data abort at 8000\w{4}: address 00000008, status 805, nothing is mapped there",
    "write-code": r"CRASH: data abort at 8000\w{4}: address 8000\w{4}, status 80f, not permitted",
    "write-constant": r"CRASH: data abort at 8000\w{4}: address 8000\w{4}, status 80f, not permitted",
    "execute-data": r"CRASH: prefetch abort at 8000\w{4}: address 8000\w{4}, status 00f, not permitted",
    "execute-page-zero": r"CRASH: prefetch abort at 00000010: address 00000010, status 005, nothing is mapped there",
    "undefined": r"CRASH: undefined instruction at 8000\w{4}",
    "supervisor-call": r"CRASH: supervisor call at 8000\w{4}",
    "floating-point": r"CRASH: undefined instruction at 8000\w{4}",
    "stack-overflow": r"CRASH: task stack overflow",
    "shutdown-7": r"ShutdownOS: code 7",
}


class Faults(unittest.TestCase):
    def test_each_fault_is_reported_and_ends_the_domain(self):
        image = built("tests/target/apps/faults")
        guests = [Guest(image, memory_kib=8192, bootargs=fault) for fault in FAULTS]
        with dom0less.boot(guests) as xen:
            xen.wait_stopped(90)
            texts = {fault: xen.guest_lines(domid) for domid, fault in enumerate(FAULTS, 1)}
        for fault, report in FAULTS.items():
            with self.subTest(fault):
                text = "\n".join(texts[fault])
                self.assertIn(f"now: {fault}", text)
                self.assertRegex(text, report)
                if report.startswith("CRASH"):
                    self.assertTrue(re.search(r"pc  \w{8}\n  cpsr", text), text)
                    self.assertIn("CRASH: task 0 was running", text)


if __name__ == "__main__":
    unittest.main()
