# SPDX-License-Identifier: Apache-2.0
"""What a configuration does not use is not in its image, and standard status makes no check that OSEK asks for in
extended status only (OSEK_FACTS part 1). The linker's map and the objects' relocations are the witnesses."""

import re
import subprocess
import unittest

from tests.guests import HELLO, ROOT, built

# .SECTION, which ends the line if it is long, address, size, object
PLACED = re.compile(r"^ \.(text|data|rodata|bss)\.(\S+)\s+0x[0-9a-f]+\s+0x([0-9a-f]+) \S*/kernel/(\w+)\.o$", re.M)
STANDARD = ROOT / "build/os/tests/conformance/oil/alarms-standard/kernel"

# Who may find an error in standard status. Alarms and expiry points do by what they act (OSEK 9.2).
FALLIBLE = {"ActivateTask", "ChainTask", "SetRelAlarm", "SetAbsAlarm", "CancelAlarm", "GetAlarm", "expire_until",
            "schedtable_expire", "StartScheduleTableRel", "StartScheduleTableAbs", "StopScheduleTable", "NextScheduleTable"}
# Extended status calls these alone; the linker drops them.
NEVER_CALLED = {"interrupt_kept_by_isr", "resource_kept_by_isr", "resource_release_held", "resource_init"}


def placed(image):
    """What of kernel/ the linker kept: its (section, symbol, file)."""
    text = image.with_suffix(".map").read_text().partition("Linker script and memory map")[2]
    return [(section, symbol, file) for section, symbol, size, file in PLACED.findall(text) if int(size, 16) != 0]


def users(symbol, objects):
    """The functions whose code refers to a symbol."""
    found = set()
    for file in objects.glob("*.o"):
        listing = subprocess.run(["arm-none-eabi-objdump", "-r", file], capture_output=True, text=True, check=True,
                                 timeout=30).stdout
        for records in listing.split("RELOCATION RECORDS FOR ")[1:]:
            section, _, lines = records.partition("\n")
            if section.startswith("[.text.") and re.search(rf"\s{re.escape(symbol)}\b", lines):
                found.add(section[len("[.text."):].rstrip("]:"))
    return found - {symbol}


class Unused(unittest.TestCase):
    def files(self, image):
        return {file for _section, _symbol, file in placed(image)}

    def test_two_tasks_and_an_alarm(self):
        """No events, no resources, no schedule tables, no error hook, no stack report, no queues of activations."""
        self.assertEqual({"action", "alarm", "counter", "interrupt", "ready", "reciprocal", "sched", "start", "task",
                          "timebase"}, self.files(HELLO))
        ram = {symbol for section, symbol, _file in placed(HELLO) if section in ("data", "bss")}
        self.assertEqual({"os", "os_interrupt", "os_alarms", "queue_entries", "epoch", "timebases", "os_counters"}, ram)

    def test_one_task(self):
        """No counter and no alarm either."""
        self.assertEqual({"interrupt", "ready", "sched", "start", "task"},
                         self.files(built("tests/target/apps/idle")))

    def test_standard_status_reports_its_own_errors_only(self):
        self.assertEqual(FALLIBLE, users("error_call_hook", STANDARD) - NEVER_CALLED)

    def test_standard_status_does_not_track_resources(self):
        self.assertEqual(set(), (users("os_resource_held", STANDARD) | users("tracks", STANDARD)
                                 | users(".bss.tracks", STANDARD)) - NEVER_CALLED)

    def test_extended_status_does_both(self):
        """So the tests above look at the right names."""
        extended = STANDARD.parent.parent / "alarms-extended/kernel"
        self.assertLess({"TerminateTask", "GetResource", "GetTaskState", "WaitEvent"},
                        users("error_call_hook", extended))
        self.assertLess({"GetResource", "TerminateTask"}, users("os_resource_held", extended))


if __name__ == "__main__":
    unittest.main()
