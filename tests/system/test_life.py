# SPDX-License-Identifier: Apache-2.0
"""The life of a domain: hung and ended by its watchdog, paused, crashed.

The guest (tests/system/apps/life) does what dom0 tells it; what became of it is asked from xl, from Xen's own log and
from the console file that xenconsoled writes. What time it is, dom0's own clock tells.
"""

import calendar
import re
import time
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with

FOLDER = "tests/system/apps/life"
WATCHDOG_S = 9  # app.oil
WAIT_S = 20
SHUTDOWN_CRASH, SHUTDOWN_WATCHDOG = 3, 4  # xen/sched.h

CLOCK = "apps/clock"
CLOCK_ERROR_S = 3  # whole seconds of Xen, whole seconds of `date`, and what dom0 takes to ask
TOLD = re.compile(r"(\d+-\d+-\d+ \d+:\d+:\d+)(\.\d+) UTC$", re.M)
PAUSE_S = 4  # well below WATCHDOG_S
XENCONSOLED = "$(cat /var/run/xen/xenconsoled.pid)"

SESSION = None


def setUpModule():
    global SESSION
    overlay = overlay_with(FOLDER, CLOCK)
    overlay.file("root/life.cfg", ROOT / FOLDER / "life.cfg")
    SESSION = Session("system-life", overlay=overlay)
    unittest.addModuleCleanup(SESSION.close)


class Guest:
    """A guest as dom0 sees it. Each has a name of its own, so that no log holds another's lines."""

    def __init__(self, name, **changes):
        self.dom0 = SESSION.dom0
        self.name = name
        self.log = f"/var/log/xen/console/guest-{name}.log"
        SESSION.create("life.cfg", name=f'"{name}"', **changes)
        self.domid = SESSION.domid(name)
        self.wait_console("words: watch set, status 0")

    def tell(self, word):
        self.dom0.check(f"xenstore-write /local/domain/{self.domid}/data/word {word}")

    def read(self, path):
        return self.dom0.check(f"xenstore-read /local/domain/{self.domid}/{path}").strip()

    def report(self, word):
        """What the guest answers to a question: {"events/console": {"port": ["1"], ...}, ...}."""
        home = f"/local/domain/{self.domid}/data/erika-xen"
        self.dom0.check(f"xenstore-write {home}/report {word}")
        self.dom0.wait_for(f"xenstore-read {home}/reported", f"^{word}$", WAIT_S, "the guest reports")
        listed = self.dom0.check(f"for d in events tasks; do for n in $(xenstore-list "
                                 f"{home}/health/$d); do echo $d/$n $(xenstore-read {home}/health/$d/$n); done; done; "
                                 f"echo counts $(xenstore-read {home}/health/counts)")
        return dict(line.split(" ", 1) for line in listed.splitlines())

    def console(self):
        return self.dom0.guest_console(self.name).replace("\r", "")

    def wait_console(self, line, times=1):
        """Until a line has come so often."""
        self.dom0.wait_for(f"grep -ac '{line}' {self.log}", f"^{times}$", WAIT_S, f"the guest prints {line}")

    def wait_reason(self, code):
        """xl's own record of why the domain has ended."""
        found = self.dom0.wait_for(f"cat /var/log/xen/xl-{self.name}.log", r"has shut down, reason code (\d+)",
                                   WAIT_S + WATCHDOG_S, "xl sees the end")
        if int(found.group(1)) != code:
            raise AssertionError(f"reason {found.group(1)}, not {code}")

    def state(self):
        """The letters of `xl list`; "" when the domain is gone."""
        return self.dom0.check(f"xl list | awk '$1 == \"{self.name}\" {{ print $5 }}'").strip()


class Life(unittest.TestCase):
    def setUp(self):
        self.dom0 = SESSION.dom0
        self.addCleanup(SESSION.destroy_all)

    def assert_xen_says(self, line):
        self.assertRegex(self.dom0.check("xl dmesg | tail -n 200"), line)


class Watchdog(Life):
    """What Xen and xl make of a guest that nobody feeds any more: each action that on_watchdog may name."""

    def hangs(self, guest, how="hang"):
        guest.tell(how)
        guest.wait_reason(SHUTDOWN_WATCHDOG)
        self.assert_xen_says(rf"Watchdog timer fired for domain {guest.domid}\b")

    def test_a_fed_one_lives(self):
        guest = Guest("fed")
        self.dom0.check(f"sleep {2 * WATCHDOG_S}", 60)
        self.assertRegex(guest.state(), "^[rb-]{2}----$")

    def test_a_hung_task_and_destroy(self):
        guest = Guest("hung", on_watchdog='"destroy"')
        self.hangs(guest)
        self.dom0.wait_for("xl list", r"\A(?![^$]*hung)", WAIT_S, "xl destroys it")

    def test_masked_interrupts_and_destroy_by_default(self):
        guest = Guest("masked")
        self.hangs(guest, "hang-masked")
        self.dom0.wait_for("xl list", r"\A(?![^$]*masked)", WAIT_S, "xl destroys it")

    def test_restart(self):
        guest = Guest("restarted", on_watchdog='"restart"')
        self.hangs(guest)
        self.dom0.wait_for("xl domid restarted", rf"^(?!{guest.domid}$)\d+$", WAIT_S, "xl starts it again")
        guest.wait_console("words: watch set, status 0", 2)

    def test_preserve(self):
        guest = Guest("preserved", on_watchdog='"preserve"')
        self.hangs(guest)
        self.assertEqual("---sw-", guest.state())
        self.assertIn(str(guest.domid), self.dom0.check("xl domid preserved"))

    def test_a_pause_above_its_time_ends_it(self):  # fact X7
        guest = Guest("paused-long")
        self.dom0.check("xl pause paused-long")
        guest.wait_reason(SHUTDOWN_WATCHDOG)

    def test_an_orderly_end_is_not_its_doing(self):
        guest = Guest("orderly")
        self.dom0.check("xl shutdown -w orderly", 30)
        guest.wait_reason(0)

class Pause(Life):
    """A pause is not made up for: alarms go on at their phase, and tell what they have lost."""

    COUNTS = re.compile(r"^slow (\d+) lost (\d+), fast (\d+) lost (\d+), tick (\d+)$", re.M)

    def setUp(self):
        super().setUp()
        self.guest = Guest("paused")

    def uptime(self):
        """dom0's own clock, seconds."""
        return float(self.dom0.check("cut -d' ' -f1 /proc/uptime"))

    def lines(self):
        """How many lines the slow alarm's task has printed, as dom0 counts them."""
        return int(self.dom0.run(f"grep -ac '^slow ' {self.guest.log}")[1])

    def counts(self):
        """What the guest has counted last, and when dom0 read that."""
        before = self.lines()
        self.dom0.wait_for(f"grep -ac '^slow ' {self.guest.log}", rf"^(?!{before}$)\d+$", WAIT_S, "the slow alarm")
        now = self.uptime()
        return now, [int(n) for n in self.COUNTS.findall(self.guest.console())[-1]]

    def test_alarms_catch_up_without_a_burst(self):
        """The counter is ahead by the pause, and the timer fires at once (facts B8, I2)."""
        begin, first = self.counts()
        uptime = "cut -d' ' -f1 /proc/uptime"
        lines = f"grep -ac '^slow ' {self.guest.log}"
        out = self.dom0.check(f"xl pause paused; {uptime}; sleep 1; {lines}; sleep {PAUSE_S}; {lines}; "
                              f"xl list | awk '/^paused/ {{ print $5 }}'; {uptime}; xl unpause paused", 60)
        stood, held, still, state, went = out.split()
        self.assertEqual(held, still)
        self.assertEqual("--p---", state)
        pause = float(went) - float(stood)
        end, last = self.counts()
        slow, slow_lost, fast, fast_lost, ticks = (after - before for before, after in zip(first, last))
        # Time went on for the guest as for dom0 ...
        self.assertAlmostEqual(end - begin, ticks / 1000, delta=1.5)
        # ... each expiry that was due has come or is counted as lost, so the phase is kept ...
        self.assertAlmostEqual(ticks, fast + fast_lost, delta=5)
        self.assertAlmostEqual(ticks / 1000, slow + slow_lost, delta=1)
        # ... and those of the pause have not come afterwards.
        self.assertGreaterEqual(fast_lost, 1000 * pause - 50)
        self.assertLessEqual(fast, 1000 * (end - begin - pause) + 50)
        self.assertGreaterEqual(slow_lost, int(pause) - 1)
        self.assertEqual(slow, self.lines_between(first, last))

    def lines_between(self, first, last):
        return sum(first[4] < int(found[4]) <= last[4] for found in self.COUNTS.findall(self.guest.console()))


class Crash(Life):
    """What dom0 can read of a crash, always."""

    ROW = r"  r{:<2} X r{:<2} X r{:<2} X r{:<2} X\n"
    REPORT = (r"\nCRASH: data abort at X: address 00000010, .*\n(CRASH: task \w+ was running\n)?" +
              ROW.format(0, 1, 2, 3) + ROW.format(4, 5, 6, 7) + ROW.format(8, 9, 10, 11) +
              r"  r12 X sp  X lr  X pc  X\n  cpsr X\n\Z").replace("X", "[0-9a-f]{8}")

    def assert_reported(self, guest):
        self.dom0.wait_for(f"tail -n 1 {guest.log}", r"^  cpsr [0-9a-f]{8}\r?$", WAIT_S, "the report's last line")
        self.assertRegex(guest.console(), self.REPORT)

    def test_each_time_with_a_slow_reader(self):
        for life in range(5):
            with self.subTest(life):
                guest = Guest(f"crash-{life}")
                self.addCleanup(self.dom0.run, f"kill -CONT {XENCONSOLED}")
                self.dom0.check(f"kill -STOP {XENCONSOLED}")
                guest.tell("crash")
                guest.wait_reason(SHUTDOWN_CRASH)
                self.dom0.check(f"kill -CONT {XENCONSOLED}")
                self.assert_reported(guest)

    def test_preserve(self):
        """The domain stays as it was, for xl to look at."""
        guest = Guest("crash-kept", on_crash='"preserve"')
        guest.tell("crash")
        guest.wait_reason(SHUTDOWN_CRASH)
        self.assert_reported(guest)
        self.assertEqual("---sc-", guest.state())

    def test_nobody_read_it(self):
        """xenconsoled was not there when it happened: the report waits in the kept domain's ring."""
        guest = Guest("crash-unread", on_crash='"preserve"')
        self.dom0.check(f"kill -STOP {XENCONSOLED}")
        guest.tell("crash")
        guest.wait_reason(SHUTDOWN_CRASH)
        self.dom0.check(f"kill -KILL {XENCONSOLED}; while kill -0 {XENCONSOLED} 2>/dev/null; do sleep 1; done; "
                        "xenconsoled --log=all --pid-file=/var/run/xen/xenconsoled.pid", 30)
        self.assert_reported(guest)


class Report(Life):
    """What dom0 reads of a guest's events, beside what Xen itself says of them."""

    EVENT = re.compile(r"^port (\d+) (domain 0 port (\d+)|virq 1) received (\d+) again \d+ early \d+ throttled 0 "
                       r"worst_ns (\d+)$")

    def setUp(self):
        super().setUp()
        self.guest = Guest(self._testMethodName.replace("_", "-"))

    def event(self, report, name):
        """Its port, the other end's port (none: None), how often its handler ran, and for how long."""
        found = self.EVENT.match(report[f"events/{name}"])
        self.assertTrue(found, report[f"events/{name}"])
        port, _, other, received, worst_ns = found.groups()
        self.assertGreater(int(worst_ns), 0 if int(received) else -1)
        return int(port), other and int(other), int(received)

    def xen_channels(self):
        """By Xen's dump, of the guest: port -> the port of domain 0 (state 3, interdomain)."""
        self.dom0.check("xl debug-keys e; sleep 1")
        dump = self.dom0.check("xl dmesg").rpartition("'e' pressed")[2]
        of_guest = dump.partition(f"Event channel information for domain {self.guest.domid}:")[2]
        of_guest = of_guest.partition("Event channel information for domain")[0]
        return {int(port): int(other) for port, other in
                re.findall(r" (\d+) \[\d+/\d+/.*?\]: s=3 n=0 x=0 d=0 p=(\d+)", of_guest)}

    def test_ports_are_those_that_xen_knows(self):
        report = self.guest.report("ports")
        channels = self.xen_channels()
        self.assertEqual(2, len(channels), channels)
        for name in ("console", "xenstore"):
            port, other, received = self.event(report, name)
            self.assertEqual(channels[port], other)
            self.assertGreater(received, 0)

    def test_counts_what_comes(self):
        """Ten letters typed, one by one, are ten events: dom0 sent them."""
        tty = self.guest.read("console/tty")
        before = self.event(self.guest.report("before"), "console")[2]
        self.dom0.check(f"for i in 0 1 2 3 4 5 6 7 8 9; do echo -n $i > {tty}; usleep 200000; done")
        after = self.event(self.guest.report("after"), "console")[2]
        self.assertGreaterEqual(after - before, 10)

    def test_tasks_and_counts(self):
        report = self.guest.report("all")
        self.assertEqual({"Feed", "Slow", "Hang", "HangMasked"},
                         {key.partition("/")[2] for key in report if key.startswith("tasks/")})
        self.assertEqual("SUSPENDED", report["tasks/Hang"])
        counts = report["counts"].split()
        self.assertEqual(["lost_expiries", "lost_rounds", "spurious_interrupts", "stray_events", "store_timeouts",
                          "store_strays", "console_lost_bytes", "input_lost_bytes", "worst_upcall_ns"], counts[::2])
        self.assertEqual(["0"] * 7, counts[3:16:2])

    def test_a_pause_is_seen(self):
        """The 1 kHz alarm alone has lost a thousand expiries in each second of it."""
        self.dom0.check(f"xl pause {self.guest.name}; sleep {PAUSE_S}; xl unpause {self.guest.name}")
        lost = int(self.guest.report("paused")["counts"].split()[1])
        self.assertGreater(lost, 1000 * PAUSE_S - 100)

    def test_masked_events_wait(self):
        """Fact E3: what came while a port was masked is delivered when it is not any more."""
        tty = self.guest.read("console/tty")
        self.guest.tell("mask")
        self.dom0.check(f"sleep 1; echo typed-behind-a-mask > {tty}; sleep 2")
        self.assertNotIn("typed-behind", self.guest.console())
        self.guest.tell("unmask")
        self.guest.wait_console("typed-behind-a-mask")

    def test_debug_key_shows_who_hangs(self):
        """VIRQ_DEBUG, which comes although no task can run any more."""
        self.guest.tell("hang")
        self.dom0.check("sleep 1; xl debug-keys q; sleep 1")
        port = re.search(rf"Notifying guest {self.guest.domid}:0 \(virq 1, port (\d+)\)", self.dom0.check("xl dmesg"))
        self.guest.wait_console("report: tasks/Hang RUNNING")
        self.guest.wait_console("report: counts lost_expiries")
        self.assertIn(f"\nreport: events/debug port {port.group(1)} virq 1 received ", self.guest.console())


class WallClock(Life):
    """The guest's time of day is dom0's, but for what dom0's Linux does not know (drivers/xen/wallclock.h)."""

    def told(self):
        """The next time that the guest tells, and dom0's at that moment: seconds since 1970."""
        lines = f"grep -ac UTC {self.log}"
        before = self.dom0.run(lines)[1].strip()
        self.dom0.wait_for(lines, rf"^(?!{before}$)\d+$", WAIT_S, "the guest tells the time")
        dom0 = float(self.dom0.check("date +%s"))
        day, fraction = TOLD.findall(self.dom0.check(f"grep -a UTC {self.log} | tail -n 1").replace("\r", ""))[-1]
        return calendar.timegm(time.strptime(day, "%Y-%m-%d %H:%M:%S")) + float(fraction), dom0

    def started_late(self):
        """How long Xen had been running when dom0's clock began."""
        self.dom0.check("xl debug-keys q; cut -d' ' -f1 /proc/uptime > /tmp/uptime; sleep 1")  # Xen prints here, too
        xen = re.findall(r"now = (\d+)", self.dom0.check("xl dmesg | grep 'dumping domain info'"))[-1]
        return int(xen) / 1e9 - float(self.dom0.check("cat /tmp/uptime"))

    def assert_right(self):
        guest, dom0 = self.told()
        self.assertAlmostEqual(dom0 + self.started_late(), guest, delta=CLOCK_ERROR_S)

    def test_follows_dom0(self):  # fact X8
        self.log = "/var/log/xen/console/guest-clock.log"
        SESSION.create("life.cfg", name='"clock"', kernel='"/root/clock.bin"')
        self.assert_right()
        now = int(self.dom0.check("date +%s"))
        self.addCleanup(self.dom0.run, f"date -s @{now}")
        self.dom0.check("date -s '2028-02-29 12:00:00'")
        self.assert_right()
        self.dom0.check("date -s '2001-01-01 00:00:00'")
        self.assert_right()


if __name__ == "__main__":
    unittest.main()
