# SPDX-License-Identifier: Apache-2.0
"""The guest's xenstore client as tasks use it, against the real daemons: long lists, permissions, transactions.

The guest (tests/system/apps/storetasks) does what dom0 writes into its data/do and says in data/done how it went. What
has come of it is looked up in dom0, by Debian's own xenstore tools.
"""

import re
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with
from tools.lab import debian, initramfs

FOLDER = "tests/system/apps/storetasks"
EPERM, EACCES = -1, -13
WAIT_S = 20
COUNT_S = 600
TRANSACTIONS, OTHERS = 1000, 30
XENSTORED = "$(cat /var/run/xen/xenstored.pid)"


def overlay():
    result = overlay_with(FOLDER)
    result.file("root/storetasks.cfg", ROOT / FOLDER / "storetasks.cfg")
    return result


class Guest:
    """A guest, its home in the store, and the words that it is told."""

    def __init__(self, session, name):
        self.dom0 = session.dom0
        self.name = name
        self.log = f"/var/log/xen/console/guest-{name}.log"
        session.create("storetasks.cfg", name=f'"{name}"')
        self.domid = session.domid(name)
        self.data = f"/local/domain/{self.domid}/data"
        self.commands = 0
        self.wait_console("worker: watch set, status 0")

    def wait_console(self, line):
        self.dom0.wait_for(f"grep -ao '{line}' {self.log}", line, WAIT_S, f"the guest prints {line}")

    def command(self, words):
        """The dom0 command that tells the guest what to do."""
        self.commands += 1
        return f"xenstore-write {self.data}/do '{self.commands} {words}'"

    def result(self, timeout=WAIT_S):
        return self.dom0.wait_for(f"xenstore-read {self.data}/done", rf"^{self.commands} (.*)$", timeout,
                                  "the guest says how it went").group(1)

    def do(self, words, timeout=WAIT_S):
        self.dom0.check(self.command(words))
        return self.result(timeout)

    def values(self, folder, count):
        paths = " ".join(f"{self.data}/{folder}/{i}" for i in range(count))
        return self.dom0.check(f"xenstore-read {paths}").split("\n")[:count]

    def offer(self, folder, values):
        pairs = " ".join(f"{self.data}/{folder}/{i} {value}" for i, value in enumerate(values))
        self.dom0.check(f"xenstore-write {pairs}")


class Daemon(unittest.TestCase):
    """One guest that lives through all tests of a daemon."""

    maxDiff = None

    @classmethod
    def boot(cls, name, files):
        cls.session = Session(name, overlay=files)
        cls.addClassCleanup(cls.session.close)
        cls.dom0 = cls.session.dom0
        cls.guest = Guest(cls.session, "storetasks")

    def listed_perms(self, node):
        """What xenstore-ls -p says of a node below data/."""
        out = self.dom0.check(f"xenstore-ls -p {self.guest.data}")
        return re.search(rf"^ *{node} = .*\((.*)\)$", out, re.M).group(1)

    def tearDown(self):
        """The task still works, and no service of the OS has failed meanwhile."""
        self.dom0.check(f"kill -CONT {XENSTORED}")
        self.assertEqual("/local/domain/7", self.guest.do("home 7"))
        self.assertNotIn("error", self.dom0.guest_console("storetasks"))


class Xenstored(Daemon):
    """The C daemon, which Debian starts."""

    @classmethod
    def setUpClass(cls):
        cls.boot("system-xenstored", overlay())

    # Nodes

    def test_list_longer_than_a_message(self):
        names = [f"a-rather-long-name-of-a-node-number-{i:03}" for i in range(150)]
        self.assertGreater(sum(len(name) + 1 for name in names), 4096)
        self.dom0.check(f"i=0; while [ $i -lt 150 ]; do set --; j=0; while [ $j -lt 50 ]; do "
                        f"set -- \"$@\" $(printf {self.guest.data}/long/a-rather-long-name-of-a-node-number-%03d $i) x; "
                        f"i=$((i+1)); j=$((j+1)); done; xenstore-write \"$@\"; done")
        self.assertEqual(f"status 0, length {150 * 40}", self.guest.do("list data/long"))
        self.assertEqual(names, sorted(self.dom0.check(
            f"i=0; while [ $i -lt 4 ]; do xenstore-read -R {self.guest.data}/out/$i; i=$((i+1)); done").split()))

    def test_activation_by_an_answer(self):
        self.assertEqual("0", self.guest.do("activate"))
        self.dom0.wait_for(f"xenstore-read {self.guest.data}/activated", "^storetasks$", WAIT_S, "the task has run")

    # Permissions

    def test_permissions(self):
        self.dom0.check(f"xenstore-write {self.guest.data}/perms/mine x")
        own = self.guest.domid
        for mode in "rwbn":
            with self.subTest(mode):
                self.assertEqual(f"status 0 n{own} {mode}0", self.guest.do(f"perms data/perms {mode} 0"))
                self.assertEqual(f"n{own},{mode}0", self.listed_perms("perms"))

    def test_what_a_guest_may_not_change(self):
        own = self.listed_perms("do")
        self.assertEqual(f"status {EPERM}", self.guest.do("give data/do"))
        self.assertEqual(own, self.listed_perms("do"))
        self.assertEqual(f"status {EACCES}", self.guest.do("give name"))
        self.assertEqual(f"status {EACCES}", self.guest.do("give /local/domain/0/name"))

    # Transactions

    def test_transactions_against_other_writers(self):
        """A guest adds 1,000 times to a number; another guest adds to the same one, dom0 changes what they have read.

        dom0's tools write in transactions, but none of them reads first: another guest must be the second adder.
        """
        other = Guest(self.session, "storetasks-2")
        self.addCleanup(self.dom0.run, "xl destroy storetasks-2")
        shared = f"{self.guest.data}/sum"
        self.dom0.check(f"xenstore-write {shared} x")
        self.guest.do(f"perms data/sum b {other.domid}")
        self.dom0.check(f"xenstore-write {shared}/count 0 {shared}/noise 0")
        self.dom0.check(f"(i=0; while [ ! -e /tmp/enough ]; do i=$((i+1)); xenstore-write {shared}/noise $i; "
                        "usleep 200000; done; echo $i > /tmp/noise) & true")
        self.dom0.check(f"{self.guest.command(f'count {TRANSACTIONS} {shared}')}; "
                        f"{other.command(f'count {OTHERS} {shared}')}")
        tries = 0
        for guest, wanted in ((other, OTHERS), (self.guest, TRANSACTIONS)):
            result = guest.result(COUNT_S)
            self.assertRegex(result, rf"^status 0, committed {wanted}, tries \d+$")
            tries += int(result.rpartition(" ")[2])
        noise = int(self.dom0.check("touch /tmp/enough; wait; cat /tmp/noise"))
        self.assertEqual(TRANSACTIONS + OTHERS, int(self.dom0.check(f"xenstore-read {shared}/count")))
        self.assertGreater(tries, TRANSACTIONS + OTHERS)  # else nobody was in the way
        self.assertGreater(noise, 10)

    def test_transaction_that_is_aborted(self):
        self.dom0.check(f"xenstore-write {self.guest.data}/abort before")
        for _ in range(20):  # more than the daemon lets a guest have open
            self.assertEqual(f"status {EPERM}", self.guest.do("abort data/abort"))
        self.assertEqual("before", self.dom0.check(f"xenstore-read {self.guest.data}/abort").strip())

    # A daemon that stands still

    def stop_after(self, words, line, then):
        """The guest says when it begins; then the daemon is stopped. Waits for a line of the guest's meanwhile."""
        until = "until grep -aq '{}' " + self.guest.log + "; do usleep 50000; done; "
        return self.dom0.check(f"echo > {self.guest.log}; {self.guest.command(words)}; " + until.format("open: in") +
                               f"kill -STOP {XENSTORED}; " + until.format(line) + then + f"; kill -CONT {XENSTORED}", 60)

    def test_eight_requests_open_while_the_daemon_stands_still(self):
        values = [f"value-{i}-{'x' * i}" for i in range(8)]
        self.guest.offer("in", values)
        self.stop_after("open", "open: 8 requests under way in data/in", "sleep 3")
        self.assertEqual("8 answered", self.guest.result())
        self.assertEqual(values, self.guest.values("out", 8))

    def test_late_answers_reach_nobody(self):
        """Eight requests time out; their answers come first, when eight others wait for theirs."""
        values = [f"right-{i}-{'x' * i}" for i in range(8)]
        self.guest.offer("in", values)
        self.guest.offer("other", [f"wrong-{i}" for i in range(8)])
        self.stop_after("late", "open: 8 requests under way in data/in", "sleep 1")
        self.assertEqual("8 answered", self.guest.result())
        self.assertEqual(values, self.guest.values("out", 8))
        self.assertIn("open: 8 timed out", self.dom0.guest_console("storetasks"))

    def test_broken_ring(self):
        """This daemon cannot connect anew: it announces no features at all."""
        guest = Guest(self.session, "storetasks-broken")
        self.addCleanup(self.dom0.run, "xl destroy storetasks-broken")
        self.dom0.check(guest.command("break"))
        guest.wait_console("the connection is broken: .*; not used any more. Restart the domain")
        self.assertIn("features are 0x0", self.dom0.guest_console("storetasks-broken"))


class Oxenstored(Daemon):
    """The other daemon in Debian's package, written in OCaml. Its access log is a witness of each message."""

    LOG = "/var/log/xen/xenstored-access.log"

    @classmethod
    def setUpClass(cls):
        root = debian.require("armhf")
        files = overlay()
        files.file(f"{initramfs.XEN}/xenstored", root / initramfs.XEN / "oxenstored", 0o755)
        files.file("etc/xen/oxenstored.conf", root / "etc/xen/oxenstored.conf")
        cls.boot("system-oxenstored", files)

    def messages(self):
        """What the guest has sent so far, but for reads, which are not logged: (message, what about)."""
        log = self.dom0.check(f"grep ' D{self.guest.domid} ' {self.LOG}")
        found = re.findall(r"\] +\S+ +(reset watches|watch|write) +(\S*)", log)
        return [(what, path) for what, path in found if path != "data/done"]

    def test_watches_of_an_earlier_life_are_forgotten_first(self):
        self.assertEqual([("reset watches", ""), ("watch", "control/shutdown")], self.messages()[:2])

    def test_broken_ring_is_connected_anew(self):
        before = self.messages()
        self.guest.do("home 1")
        self.dom0.check(self.guest.command("break"))
        self.guest.wait_console("the connection is broken: .*; the store is asked to connect anew")
        self.assertEqual("/local/domain/9", self.guest.do("home 9"))
        after = self.messages()[len(before):]
        self.assertEqual(("reset watches", ""), after[0])
        # All watches, and what drivers have to say to a store that has come again.
        self.assertEqual([("watch", "control/shutdown"), ("watch", "data/do"), ("write", "control/feature-poweroff"),
                          ("write", "control/feature-reboot")], sorted(after[1:]))

    def test_permissions(self):
        self.dom0.check(f"xenstore-write {self.guest.data}/perms x")
        own = self.guest.domid
        self.assertEqual(f"status 0 n{own} b0", self.guest.do("perms data/perms b 0"))
        self.assertEqual(f"n{own},b0", self.listed_perms("perms"))

    def test_transactions(self):
        self.dom0.check(f"xenstore-write {self.guest.data}/sum/count 40 {self.guest.data}/sum/noise 0")
        self.assertEqual("status 0, committed 10, tries 10", self.guest.do("count 10 data/sum"))
        self.assertEqual("50", self.dom0.check(f"xenstore-read {self.guest.data}/sum/count").strip())


if __name__ == "__main__":
    unittest.main()
