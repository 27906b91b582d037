# SPDX-License-Identifier: Apache-2.0
"""The guest's Xen layer against the real Xen, xenstored, xenconsoled and xl.

The guest (tests/system/apps/xenlayer) uses the layer and tells what it got; what really happened is asked from dom0:
the store's content, xl's log, and the console file that xenconsoled writes.
"""

import hashlib
import random
import re
import string
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with

FOLDER = "tests/system/apps/xenlayer"
ENOENT, EACCES, EINVAL, EOVERFLOW, ETIMEDOUT = -2, -13, -22, -75, -110
WAIT_S = 15
XENSTORED, XENCONSOLED = (f"$(cat /var/run/xen/{name}.pid)" for name in ("xenstored", "xenconsoled"))

LONG_VALUE = "".join(chr(ord("a") + i % 23) for i in range(2000))
# What the guest does (steps.c) -> status, length of the answer, its beginning. `ls` is judged apart.
STEPS = [
    ("read name", 0, 8, "xenlayer"),
    ("write data/steps/text", 0, None, ""),
    ("read data/steps/text", 0, 11, "hello, dom0"),
    ("read data/steps/text", EOVERFLOW, 11, "hello"),
    ("write data/steps/empty", 0, None, ""),
    ("read data/steps/empty", 0, 0, ""),
    ("write data/steps/long", 0, None, ""),
    ("read data/steps/long", 0, 2000, LONG_VALUE[:40]),
    ("write data/steps/copy", 0, None, ""),
    ("mkdir data/steps/folder", 0, None, ""),
    ("mkdir data/steps/folder", 0, None, ""),
    ("write data/steps/gone/below", 0, None, ""),
    ("rm data/steps/gone", 0, None, ""),
    ("read data/steps/gone/below", ENOENT, 0, ""),
    ("ls data/steps", 0, 28, None),
    ("ls data/steps/folder", 0, 0, ""),
    ("rm data/none/below", ENOENT, 0, ""),
    ("write /local/domain/0/name", EACCES, 0, ""),
    ("read data/no such path", EINVAL, 0, ""),
]
CHILDREN = ["copy", "empty", "folder", "long", "text"]

COPIES = string.ascii_lowercase[:16]
_random = random.Random(2)
# Of all lengths that a guest may write; the first is the longest.
VALUES = ["".join(_random.choices(string.ascii_letters, k=2000 - 133 * i)) for i in range(len(COPIES))]

SESSION = None


def setUpModule():
    global SESSION
    overlay = overlay_with(FOLDER)
    overlay.file("root/xenlayer.cfg", ROOT / FOLDER / "xenlayer.cfg")
    for letter, value in zip(COPIES, VALUES):
        overlay.data(f"root/values/{letter}", value.encode())
    SESSION = Session("system-xenlayer", overlay=overlay)
    unittest.addModuleCleanup(SESSION.close)


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Guest:
    """A guest as dom0 sees it. Each has a name of its own, so that no log holds another's lines."""

    def __init__(self, name):
        self.dom0 = SESSION.dom0
        self.name = name
        self.log = f"/var/log/xen/console/guest-{name}.log"
        SESSION.create("xenlayer.cfg", name=f'"{name}"')
        self.find()
        self.wait_console("poke: watch set, status 0")
        self.round = 0  # of copies
        self.asked = 0  # for statistics

    def find(self):
        """After a reboot it is another domain."""
        self.home = f"/local/domain/{SESSION.domid(self.name)}"

    # The store

    def read(self, path):
        return self.dom0.check(f"xenstore-read {self.home}/{path}").rstrip("\n")

    def md5(self, path):
        """Of the value and the line feed that xenstore-read adds."""
        return self.dom0.check(f"xenstore-read {self.home}/{path} | md5sum").split()[0]

    def poke(self, word):
        self.dom0.check(f"xenstore-write {self.home}/data/poke {word}")

    def wait_echo(self, word):
        self.dom0.wait_for(f"xenstore-read {self.home}/data/echo", f"^{word}$", WAIT_S, f"the guest echoes {word}")

    def tell(self, word):
        self.poke(word)
        self.wait_echo(word)

    # The console

    def console(self):
        return self.dom0.guest_console(self.name).replace("\r", "")

    def wait_console(self, line):
        self.dom0.wait_for(f"grep -ao '{line}' {self.log}", line, WAIT_S, f"the guest prints {line}")

    def tty(self):
        return self.read("console/tty")

    # Both together

    def stats(self):
        """The client's own counts."""
        self.asked += 1
        self.poke("stats")
        line = self.dom0.wait_for(f"grep -a '^stats {self.asked}:' {self.log}", r":(.* fired \d+)", WAIT_S, "statistics")
        return {name: int(count) for name, count in re.findall(r" ([a-z ]+) (\d+)", line.group(1))}

    def offer_values(self):
        """New values for the guest to copy: no node has the one that it had last time.

        Returns what copied() must return then.
        """
        self.round += 1
        turn = self.round % len(COPIES)
        pairs = " ".join(map("".join, zip(COPIES, COPIES[turn:] + COPIES[:turn])))
        self.dom0.check(f"set --; for i in {pairs}; do "
                        f"set -- \"$@\" {self.home}/data/in/${{i%?}} \"$(cat /root/values/${{i#?}})\"; done; "
                        f"xenstore-rm {self.home}/data/out; xenstore-write \"$@\"")
        values = VALUES[turn:] + VALUES[:turn]
        return [value[:20] for value in values], md5("".join(f"{value}\n" for value in values))

    def copied(self):
        """What the guest has made of them: the values' beginnings, and the MD5 sum of all."""
        out = f"{self.home}/data/out"
        self.dom0.wait_for(f"xenstore-list {out} | wc -l", f"^{len(COPIES)}$", WAIT_S, "the guest copies 16 values")
        paths = " ".join(f"$O/{letter}" for letter in COPIES)
        lines = self.dom0.check(f"O={out}; xenstore-read {paths} > /tmp/out; cut -c1-20 /tmp/out; md5sum < /tmp/out")
        *begins, last = lines.splitlines()
        return begins, last.split()[0]


class Living(unittest.TestCase):
    """One guest that lives through all of it: after each test it still answers."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.dom0 = SESSION.dom0
        cls.guest = Guest("xenlayer")
        cls.addClassCleanup(SESSION.destroy_all)

    def tearDown(self):
        """16 requests at once, each of which must get its own answer."""
        self.dom0.check(f"kill -CONT {XENSTORED} {XENCONSOLED}")
        expected = self.guest.offer_values()
        self.guest.tell(f"end-{self.guest.round}")
        self.guest.tell("copy")
        self.assertEqual(expected, self.guest.copied())
        self.assertRegex(self.dom0.check("xl list xenlayer"), r"(?m)^xenlayer .* (-b|r-)----")

    def while_stopped(self, daemon, command):
        """Runs a command, which must do without it, while a daemon is stopped."""
        return self.dom0.run(f"kill -STOP {daemon}; {command}; kill -CONT {daemon}")[1]

    def listen(self):
        self.guest.tell("listen")
        self.addCleanup(self.guest.tell, "unlisten")
        return self.guest.tty()

    def hurry(self, tty, what, then="true"):
        """A request that cannot be answered in time; the guest must say so while xenstored is still stopped."""
        line = f"hurry: {what} ended with {ETIMEDOUT}"
        out = self.while_stopped(XENSTORED, f"echo hurry-{what} > {tty}; i=0; "
                                 f"until grep -a '{line}' {self.guest.log}; do "
                                 f"i=$((i+1)); [ $i -lt 50 ] || break; usleep 100000; done; {then}")
        self.assertIn(line, out)

    # xenstore

    def test_each_kind_of_request(self):
        printed = re.findall(r"^step \d+: (.*): status (-?\d+), length (\d+) '(.*)'$", self.guest.console(), re.M)
        self.assertEqual([what for what, *_ in STEPS], [what for what, *_ in printed])
        for (what, status, length, text), (_, *answer) in zip(STEPS, printed):
            with self.subTest(what):
                self.assertEqual(status, int(answer[0]))
                if length is not None:
                    self.assertEqual(length, int(answer[1]))
                if text is not None:
                    self.assertEqual(text, answer[2])
        listed = next(text for what, _, _, text in printed if what == "ls data/steps")
        self.assertEqual(CHILDREN, sorted(listed.rstrip(",").split(",")))

    def test_before_the_start(self):
        domid = self.guest.home.rpartition("/")[2]
        self.assertIn(f"before StartOS: status 0, domid '{domid}'", self.guest.console())

    def test_what_the_store_holds(self):
        home = f"{self.guest.home}/data/steps"
        self.assertEqual(CHILDREN, sorted(self.dom0.check(f"xenstore-list {home} | cat").split()))
        self.assertEqual("hello, dom0", self.guest.read("data/steps/text"))
        self.assertEqual("", self.guest.read("data/steps/empty"))
        self.assertEqual(md5(LONG_VALUE + "\n"), self.guest.md5("data/steps/long"))
        self.assertEqual(md5(LONG_VALUE + "\n"), self.guest.md5("data/steps/copy"))
        self.assertEqual("Domain-0", self.dom0.check("xenstore-read /local/domain/0/name").strip())

    def test_watch_in_a_storm(self):
        """300 nodes changed by one commit: each event comes, and the word that is the last one is the last echo."""
        before = self.guest.stats()
        self.dom0.check(f"P={self.guest.home}/data/poke; set --; i=0; while [ $i -lt 300 ]; do i=$((i+1)); "
                        "set -- \"$@\" $P/$i x; done; xenstore-write \"$@\" $P after-300-nodes")
        self.guest.wait_echo("after-300-nodes")
        self.assertGreaterEqual(self.guest.stats()["fired"] - before["fired"], 300)
        self.dom0.check(f"P={self.guest.home}/data/poke; xenstore-rm $P; i=0; while [ $i -lt 300 ]; do i=$((i+1)); "
                        "xenstore-write $P n$i; done", 240)
        self.guest.wait_echo("n300")

    def test_store_stopped_with_requests_open(self):
        tty = self.listen()
        expected = self.guest.offer_values()
        before = self.guest.stats()
        told = "copy: 16 reads under way"
        had = int(self.dom0.run(f"grep -ac '{told}' {self.guest.log}")[1])
        out = self.while_stopped(XENSTORED, f"echo copy > {tty}; sleep 3; grep -ac '{told}' {self.guest.log}")
        self.assertEqual(had + 1, int(out))
        self.assertEqual(expected, self.guest.copied())
        after = self.guest.stats()
        self.assertEqual(before["timed out"], after["timed out"])
        self.assertEqual(before["strays"], after["strays"])

    def test_late_answer_reaches_nobody(self):
        """It comes first, when 16 other reads are waiting for theirs."""
        tty = self.listen()
        expected = self.guest.offer_values()
        before = self.guest.stats()
        self.hurry(tty, "read", f"echo copy > {tty}; usleep 500000")
        self.assertEqual(expected, self.guest.copied())
        after = self.guest.stats()
        self.assertEqual(before["timed out"] + 1, after["timed out"])
        self.assertEqual(before["strays"] + 1, after["strays"])

    def test_time_out_of_a_half_sent_message(self):
        """The rest of it goes out as NUL bytes, so that the next message begins where the store expects it."""
        tty = self.listen()
        self.hurry(tty, "write")
        self.guest.tell("after-half-a-message")
        raw = self.dom0.check(f"xenstore-read -R {self.guest.home}/data/hurry | tr -d '\\n' | tr '\\0' 0")
        self.assertRegex(raw.strip(), r"^h{900,1024}0+$")
        self.assertEqual(2000, len(raw.strip()))

    # The domain's life

    def test_pause(self):
        self.guest.tell("before-the-pause")
        self.dom0.check("xl pause xenlayer")
        self.addCleanup(self.dom0.run, "xl unpause xenlayer")
        self.guest.poke("in-the-pause")
        self.dom0.check("sleep 1")
        self.assertRegex(self.dom0.check("xl list xenlayer"), r"(?m)^xenlayer .* --p---")
        self.assertEqual("before-the-pause", self.guest.read("data/echo"))
        self.dom0.check("xl unpause xenlayer")
        self.guest.wait_echo("in-the-pause")

    def test_unknown_word_in_control_shutdown(self):
        for word in ("fly", "suspend", "a-word-longer-than-any-known"):
            with self.subTest(word):
                self.dom0.check(f"xenstore-write {self.guest.home}/control/shutdown {word}")
                self.guest.wait_console(f"shutdown: dom0 asks for .{word[:15]}.: not supported, refused")
                self.assertEqual("", self.guest.read("control/shutdown"))

    # The console

    def test_what_is_typed_is_echoed(self):
        self.dom0.check(f"echo typed-in-dom0 > {self.guest.tty()}")
        self.guest.wait_console("typed-in-dom0")

    def test_console_that_nobody_reads(self):
        self.dom0.check(f"kill -STOP {XENCONSOLED}")
        self.guest.tell("print")
        self.guest.tell("alive-without-console")
        self.assertNotIn("line 300 of 300", self.guest.console())
        self.dom0.check(f"kill -CONT {XENCONSOLED}")
        self.guest.wait_console("line 300 of 300, with text behind it")
        got = [int(n) for n in re.findall(r"line (\d+) of 300, with text behind it\n", self.guest.console())]
        self.assertLess(len(got), 300)  # else nothing was lost, and nothing shown
        self.assertGreater(len(got), 100)
        self.assertEqual(sorted(set(got)), got)
        self.assertEqual(list(range(got[-1] - 80, 301)), got[-81:])


class Ends(unittest.TestCase):
    """Every way to end, as xl sees it."""

    def setUp(self):
        self.dom0 = SESSION.dom0
        self.addCleanup(SESSION.destroy_all)

    def assert_reason(self, guest, code):
        """xl's own record of why the domain has ended."""
        log = f"cat /var/log/xen/xl-{guest.name}.log"
        found = self.dom0.wait_for(log, r"has shut down, reason code (\d+)", WAIT_S, "xl sees the end")
        self.assertEqual(code, int(found.group(1)))

    def test_shutdown(self):
        guest = Guest("xenlayer-shutdown")
        self.dom0.check("xl shutdown -w xenlayer-shutdown", 30)
        self.assert_reason(guest, 0)
        self.assertNotIn("xenlayer-shutdown", self.dom0.check("xl list"))
        self.assertIn("shutdown: dom0 asks for 'poweroff'", guest.console())
        self.assertTrue(guest.console().endswith("ShutdownOS: code 0\n"))

    def test_reboot(self):
        guest = Guest("xenlayer-reboot")
        first = SESSION.domid(guest.name)
        self.dom0.check("xl reboot xenlayer-reboot", 30)
        self.assert_reason(guest, 1)
        self.dom0.wait_for("xl domid xenlayer-reboot", rf"^(?!{first}$)\d+$", 30, "xl starts it again")
        guest.find()
        self.dom0.wait_for(f"grep -ac 'poke: watch set' {guest.log}", "^2$", WAIT_S, "its second life begins")
        guest.tell("second-life")

    def test_crash(self):
        guest = Guest("xenlayer-crash")
        guest.poke("crash")
        self.assert_reason(guest, 3)
        self.dom0.wait_for("xl list | wc -l", "^2$", WAIT_S, "xl destroys it")
        self.assertTrue(guest.console().endswith("ShutdownOS: code 7\n"))

    def test_last_words_reach_a_slow_reader(self):
        """xenconsoled holds the ring's page, so that the text can still be read when the domain has ended."""
        guest = Guest("xenlayer-last-words")
        self.addCleanup(self.dom0.check, f"kill -CONT {XENCONSOLED}")
        self.dom0.check(f"kill -STOP {XENCONSOLED}")
        guest.poke("crash")
        self.assert_reason(guest, 3)
        self.assertNotIn("ShutdownOS", guest.console())
        self.dom0.check(f"kill -CONT {XENCONSOLED}")
        guest.wait_console("ShutdownOS: code 7")
        self.dom0.wait_for("xl list | wc -l", "^2$", WAIT_S, "the domain has gone")


if __name__ == "__main__":
    unittest.main()
