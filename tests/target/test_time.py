# SPDX-License-Identifier: Apache-2.0
"""Time, judged by clocks that are not the guest's: Xen's console time stamps, and QEMU's record of exceptions."""

import re
import unittest

from tests.guests import built
from tools.lab import dom0less
from tools.lab.dom0less import Guest

EXPIRIES = 60000
STAMPED = r"^\(XEN\) \[ *(\d+)\.(\d{6})\] DOM1: expiry %d\r?$"


def xen_stamp_us(text, expiry):
    match = re.search(STAMPED % expiry, text, re.M)
    return int(match[1]) * 1_000_000 + int(match[2])


class Alarm(unittest.TestCase):
    def check_frequency(self, cntfrq_hz):
        """60,000 periods of 1 ms are 60 s of Xen's clock, +- 1 ms."""
        guest = Guest(built("tests/target/apps/alarm"))
        with dom0less.boot([guest], icount=True, cntfrq_hz=cntfrq_hz, xen_args="console_timestamps=boot") as xen:
            xen.expect(rf"DOM1: expiry {EXPIRIES}\b", timeout=240)
            text = xen.console.text
        elapsed_us = xen_stamp_us(text, EXPIRIES) - xen_stamp_us(text, 0)
        self.assertAlmostEqual(elapsed_us, EXPIRIES * 1000, delta=1000)

    def test_60000_expiries_in_60_s_at_62_5_mhz(self):
        """Xen masks the timer each time (fact I2): one expiry that is not armed again would be the last."""
        self.check_frequency(62_500_000)

    def test_60000_expiries_in_60_s_at_24_mhz(self):
        self.check_frequency(24_000_000)


def guest_exceptions(xen):
    """Exceptions that QEMU saw the guest take (to EL1) or cause (traps and interrupts from EL1 into Xen)."""
    return len(re.findall(r"^\.\.\.from EL\d to EL1$|^\.\.\.from EL1 to EL2$", xen.qemu.log.read_text(errors="replace"), re.M))


def settled(test, xen):
    """The count once it has stood still for 3 s: on a busy machine the guest's last steps take a while."""
    for _ in range(10):
        count = guest_exceptions(xen)
        xen.console.wait_quiet(3, 10)
        if count == guest_exceptions(xen):
            return count
    test.fail("the guest takes exceptions all the time")


class Idle(unittest.TestCase):
    def test_an_idle_guest_takes_no_exception_in_10_s(self):
        """It sleeps in WFI (fact I3)."""
        with dom0less.boot([Guest(built("tests/target/apps/idle"))], log_items="int") as xen:
            xen.expect("DOM1: nothing left to do", timeout=60)
            before = settled(self, xen)
            xen.console.wait_quiet(10, 11)
            self.assertGreater(before, 0, "QEMU's record shows no exception at all: it cannot be a witness")
            self.assertEqual(before, guest_exceptions(xen))


if __name__ == "__main__":
    unittest.main()
