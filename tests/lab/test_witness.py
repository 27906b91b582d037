# SPDX-License-Identifier: Apache-2.0
"""The two witnesses besides a guest's own words: the device log and Xen's domain dump."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.lab import demo, dom0less, domus, pio, xendump
from tools.lab.errors import LabError

LOG = """\
pio: unimplemented device read  (size 4, offset 0x010)
r_pio: unimplemented device write (size 4, offset 0x010, value 0x00000001)
pio: unimplemented device write (size 4, offset 0x004, value 0x10000000)
pio: unimplemented device write (size 4, offset 0x010, value 0x00008000)
"""

DUMP = """\
(XEN) 'q' pressed -> dumping domain info (now = 4792152144)
(XEN) General information for domain 1:
(XEN)     refcnt=3 dying=0 pause_count=0
(XEN)     VCPU0: CPU0 [has=F] poll=0 upcall_pend=00 upcall_mask=01
(XEN)     pause_count=0 pause_flags=1
(XEN) DOM2: pause_count
(XEN) General information for domain 2:
(XEN)     refcnt=3 dying=0 pause_count=0
(XEN)     VCPU0: CPU0 [has=F] poll=0 upcall_pend=00 upcall_mask=01
(XEN)     pause_count=1 pause_flags=0
(XEN)     VCPU1: CPU0 [has=F] poll=0 upcall_pend=00 upcall_mask=01
(XEN)     pause_count=1 pause_flags=2
"""


class DeviceLog(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "qemu.log"
        self.log.write_text(LOG)

    def test_only_the_pin_controllers_writes(self):
        self.assertEqual(pio.writes(self.log),
                         [pio.Write(0x004, 0x10000000), pio.Write(0x010, 0x8000)])

    def test_one_register_and_since(self):
        self.assertEqual(len(pio.writes(self.log, offset=0x010)), 1)
        self.assertEqual(pio.writes(self.log, since=pio.mark(self.log)), [])

    def test_text_that_the_issue_names(self):
        self.assertEqual(str(pio.Write(0x10, 0x8000)),
                         "PIO write offset 0x010 value 0x00008000")

    def test_no_log(self):
        self.assertEqual(pio.writes(self.log.with_name("none")), [])


class Verdict(unittest.TestCase):
    """The demonstration's judgement of the device log."""

    def judge(self, *writes):
        machine = mock.Mock()
        machine.pio_writes.return_value = [pio.Write(0x10, value) for value in writes]
        return demo._witness(machine, 0, 0x10, 0x8000)

    def test_the_one_write(self):
        self.assertEqual(self.judge(0x8000), pio.Write(0x10, 0x8000))

    def test_nothing_wrong_value_or_too_much(self):
        for writes in ((), (0,), (0x8000, 0x8000), (0x8000, 0), (0x8001,)):
            with self.subTest(writes), self.assertRaisesRegex(LabError, "exactly one PIO write"):
                self.judge(*writes)


class DomainDump(unittest.TestCase):
    def test_blocked_is_not_stopped(self):
        states = xendump.parse_domain_dump(DUMP)
        self.assertFalse(states[1].stopped)
        self.assertTrue(states[2].stopped)
        self.assertEqual([vcpu.number for vcpu in states[2].vcpus], [0, 1])

    def test_one_running_vcpu_means_running(self):
        running = DUMP.replace("pause_count=1 pause_flags=2", "pause_count=0 pause_flags=0")
        self.assertFalse(xendump.parse_domain_dump(running)[2].stopped)

    def test_cut_dump_is_not_taken_for_an_end(self):
        cut = DUMP[:DUMP.index("(XEN)     VCPU0: CPU0", DUMP.index("domain 2"))]
        self.assertFalse(xendump.parse_domain_dump(cut)[2].stopped)

    def test_a_guest_that_prints_a_dump_is_not_believed(self):
        end = "General information for domain 2:\nVCPU0: CPU0\npause_count=1 pause_flags=0\n"
        forged = "".join(f"(XEN) DOM2: {line}\n" for line in ["'q' pressed", *end.splitlines()])
        self.assertEqual({}, xendump.parse_domain_dump(forged))
        running = DUMP.replace("pause_count=1", "pause_count=0")
        self.assertFalse(xendump.parse_domain_dump(running + forged)[2].stopped)


class GuestLines(unittest.TestCase):
    def test_pieces_of_a_line_are_put_together(self):
        self.assertEqual(["a" * 124, "b" * 125, "c" * 126, "d" * 127, "e" * 253, "f"],
                         domus.join_lines(["a" * 124, "b" * 125, "", "c" * 126, "", "d" * 126, "d",
                                              "e" * 126, "e" * 126, "e", "f"]))


class QuietEcho(unittest.TestCase):
    def test_guest_text_passes_dumps_do_not(self):
        shown = []
        echo = dom0less.QuietEcho(shown.append)
        echo("(XEN) Xen version 4.17\n(XEN) Freed 324kB init memory.\n(XEN) DOM1: he")
        echo("llo\n" + DUMP + "(XEN) Notifying guest 1:0 (virq 1, port 0)\n(XEN) d1 fault\n")
        self.assertEqual(shown, ["(XEN) DOM1: hello\n", "(XEN) DOM2: pause_count\n",
                                 "(XEN) d1 fault\n"])


class BadGuests(unittest.TestCase):
    def boot(self, **values):
        with tempfile.NamedTemporaryFile() as image:
            image.write(values.pop("content", bytes(0x24) + b"\x18\x28\x6f\x01"))
            image.flush()
            path = values.pop("path", Path(image.name))
            return dom0less.boot([dom0less.Guest(path, **values)])

    def test_each_is_refused_before_xen_starts(self):
        with mock.patch.object(dom0less, "Qemu") as started:
            for values, said in (({"path": Path("/none")}, "no such image"),
                                 ({"content": b""}, "0 bytes"),
                                 ({"content": b"# a text\n" * 9}, "no zImage"),
                                 ({"memory_kib": 10}, "1024 KiB"),
                                 ({"vcpus": 0}, "one vCPU"),
                                 ({"memory_kib": 4 << 20}, "at most")):
                with self.subTest(said), self.assertRaisesRegex(LabError, said):
                    self.boot(**values)
            started.assert_not_called()

    def test_no_guest(self):
        with self.assertRaisesRegex(LabError, "no guest"):
            dom0less.boot([])


if __name__ == "__main__":
    unittest.main()
