# SPDX-License-Identifier: Apache-2.0
"""Pin commands from dom0 to the pin and back, with one guest that lives through all of it."""

import unittest

from tests.system.pin import HIGH, LOW, PIN_STATE, Session

COMMANDS = 1000
TIMEOUT_MS = 1000  # the module's default


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Session("system-commands")
        cls.addClassCleanup(cls.lab.close)
        cls.lab.insmod()
        cls.lab.create("erika.cfg")
        cls.lab.wait_connected()

    def test_set_and_read_back(self):
        for value, level in ((1, HIGH), (0, LOW)):
            mark = self.lab.mark()
            self.assertEqual("", self.lab.write(value))
            self.assertEqual([level], self.lab.levels(mark))
            self.assertEqual(str(value), self.lab.read())

    def test_bad_values_are_refused_and_nothing_is_sent(self):
        mark = self.lab.mark()
        digits = "$(head -c 4096 /dev/zero | tr '\\0' 1)"
        for bad in ("2", "x", '""', "-1", "01x", "'1 0'", digits):
            with self.subTest(bad):
                self.assertIn("Invalid argument", self.lab.write(bad))
        self.assertEqual([], self.lab.levels(mark))

    def test_root_writes_and_all_read(self):
        mode = self.lab.dom0.check(f"stat -c '%a %u' {PIN_STATE}").strip()
        self.assertEqual("644 0", mode)

    def test_1000_commands_arrive_in_order(self):
        mark = self.lab.mark()
        self.lab.dom0.check(f"i=0; while [ $i -lt {COMMANDS // 2} ]; do echo 1 > {PIN_STATE} || exit 1; "
                            f"echo 0 > {PIN_STATE} || exit 1; i=$((i+1)); done", 120)
        self.assertEqual([HIGH, LOW] * (COMMANDS // 2), self.lab.levels(mark))

    def test_writers_at_once_are_all_served(self):
        mark = self.lab.mark()
        writer = f"(i=0; while [ $i -lt 50 ]; do echo 1 > {PIN_STATE} || echo FAILED; i=$((i+1)); done)"
        out = self.lab.dom0.check(f"{writer} & {writer} & {writer} & {writer} & wait", 120)
        self.assertNotIn("FAILED", out)
        self.assertEqual([HIGH] * 200, self.lab.levels(mark))

    def test_paused_guest_times_out_and_the_pin_does_not_move_later(self):
        self.assertEqual("", self.lab.write(0))
        self.lab.dom0.check("xl pause ERIKA_Enterprise")
        mark = self.lab.mark()
        self.assertIn("timed out", self.lab.write(1).lower())
        self.lab.dom0.check("xl unpause ERIKA_Enterprise")
        self.assertEqual("0", self.lab.read())
        self.assertEqual([], self.lab.levels(mark))
        self.assertEqual("", self.lab.write(1))
        self.assertEqual([HIGH], self.lab.levels(mark))

    def test_paused_guest_with_more_commands_than_the_ring_holds(self):
        self.lab.dom0.check("xl pause ERIKA_Enterprise")
        mark = self.lab.mark()
        out = self.lab.dom0.run(f"i=0; while [ $i -lt 40 ]; do echo 1 > {PIN_STATE} & i=$((i+1)); done; wait", 60)[1]
        self.lab.dom0.check("xl unpause ERIKA_Enterprise")
        self.assertGreaterEqual(out.lower().count("timed out"), 30)
        self.assertIn("busy", out.lower())
        self.assertEqual("", self.lab.write(0))
        self.assertEqual([LOW], self.lab.levels(mark))

    def test_module_comes_and_goes_while_the_guest_runs(self):
        for _ in range(3):
            self.lab.rmmod()
            self.assertNotEqual(0, self.lab.dom0.run(f"test -e {PIN_STATE}")[0])
            self.lab.insmod()
            self.lab.wait_connected()
            mark = self.lab.mark()
            self.assertEqual("", self.lab.write(1))
            self.assertEqual([HIGH], self.lab.levels(mark))

    def test_rmmod_wakes_a_waiting_writer(self):
        """Else it would wait for him for a minute (fact D4)."""
        self.lab.dom0.check("echo 60000 > /sys/module/erika_xen/parameters/timeout_ms; xl pause ERIKA_Enterprise")
        out = self.lab.dom0.run(f"(echo 1 > {PIN_STATE}) & sleep 1; rmmod erika_xen; wait; echo woken", 20)[1]
        self.lab.dom0.check("xl unpause ERIKA_Enterprise")
        self.assertIn("No such device", out)
        self.assertIn("woken", out)
        self.lab.insmod()
        self.lab.wait_connected()
        mark = self.lab.mark()
        self.assertEqual("", self.lab.write(0))
        self.assertEqual([LOW], self.lab.levels(mark))


if __name__ == "__main__":
    unittest.main()
