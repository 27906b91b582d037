# SPDX-License-Identifier: Apache-2.0
"""Channels between guests and dom0's own vchan-socket-proxy (Debian's xen-utils): nothing of ours stands between.

What comes back is judged in dom0: by the shell, or by a program that compares each byte (tests/system/dom0/pump.c).
"""

import itertools
import re
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with

ECHO = "apps/channel"
CLIENT = "tests/system/apps/vchan"
PROXY = "/usr/lib/xen-4.17/bin/vchan-socket-proxy"
SOCKET = "/tmp/echo.socket"
MEGABYTE = 1 << 20
WAIT_S = 20

NUMBERS = itertools.count(1)
SESSION = None


def setUpModule():
    global SESSION
    overlay = overlay_with(ECHO, CLIENT)
    for folder in (ECHO, CLIENT):
        for config in (ROOT / folder).glob("*.cfg"):
            overlay.file(f"root/{config.name}", config)
    overlay.file("root/pump", ROOT / "build/dom0/pump", 0o755)
    SESSION = Session("system-channel", overlay=overlay)
    unittest.addModuleCleanup(SESSION.close)


class Channel(unittest.TestCase):
    """A guest, and the path of its channel as dom0's programs want it."""

    def start(self, application, path):
        """Each guest has a name of its own, so that no console's file holds another's lines."""
        self.dom0 = SESSION.dom0
        self.name = f"{application}-{next(NUMBERS)}"
        SESSION.create(f"{application}.cfg", name=f'"{self.name}"')
        self.addCleanup(SESSION.destroy_all)
        self.domid = SESSION.domid(self.name)
        self.path = f"/local/domain/{self.domid}/{path}"

    def say(self, word, answer_len, mode="client", path=None):
        """What a proxy prints into which a word is written, until so many bytes are there: it ends with its input."""
        wait = (f"i=0; while [ $(wc -c < /tmp/said) -lt {answer_len} ] && [ $i -lt {WAIT_S * 10} ]; "
                "do usleep 100000; i=$((i+1)); done")
        self.dom0.check(f"> /tmp/said; (printf {word}; {wait}) | "
                        f"{PROXY} -m {mode} {self.domid} {path or self.path} - > /tmp/said", WAIT_S * 3)
        return self.dom0.check("cat /tmp/said")

    def echo(self, word):
        return self.say(word, len(word))

    def wait_console(self, text, count=1):
        log = f"/var/log/xen/console/guest-{self.name}.log"
        self.dom0.wait_for(f"grep -ac '{text}' {log}", f"^{count}$", WAIT_S, f"the guest prints {text}")


class GuestServes(Channel):
    """apps/channel"""

    def setUp(self):
        self.start("channel", "data/vchan/echo")

    def start_proxy(self):
        """The channel as a Unix socket. Its process id is in $PROXY_PID."""
        self.dom0.check(f"rm -f {SOCKET}; {PROXY} {self.domid} {self.path} {SOCKET} > /tmp/proxy.log 2>&1 & "
                        f"PROXY_PID=$!; while ! test -S {SOCKET}; do usleep 10000; done", WAIT_S)
        self.addCleanup(self.dom0.run, "kill $PROXY_PID")

    def pump(self, size, timeout):
        out = self.dom0.check(f"/root/pump {SOCKET} {size}", timeout)
        self.assertRegex(out, f"^pump: {size} bytes came back unchanged")
        return out

    def test_100_megabytes_come_back_unchanged(self):
        self.start_proxy()
        print(self.pump(100 * MEGABYTE, 900).strip())  # how fast is no question of right or wrong here

    def test_one_client_after_another(self):
        for i in range(10):
            self.assertEqual(f"word-{i}", self.echo(f"word-{i}"))
        self.wait_console("channel: a client", 10)

    def test_proxy_serves_one_connection_after_another(self):
        self.start_proxy()
        for size in (1, 1000, 32768, 300000):
            self.pump(size, 60)

    def test_clients_that_are_killed_leave_nothing_to_the_next(self):
        command = f"{PROXY} {self.domid} {self.path} - > /dev/null"
        for i in range(5):
            self.dom0.check(f"head -c 500000 /dev/zero | {command} & PID=$!; usleep {100000 * i + 50000}; "
                            "kill -9 $PID; wait $PID 2>/dev/null; true")
            self.assertEqual(f"word-{i}", self.echo(f"word-{i}"))

    def test_guest_that_is_paused_goes_on(self):
        self.start_proxy()
        self.dom0.check(f"(/root/pump {SOCKET} {4 * MEGABYTE} > /tmp/pump.log) & PUMP_PID=$!; sleep 1; "
                        f"xl pause {self.name}; sleep 2; xl unpause {self.name}; wait $PUMP_PID", 120)
        self.assertIn("unchanged", self.dom0.check("cat /tmp/pump.log"))

    def test_guest_that_is_destroyed_and_the_next_one(self):
        """The proxy still holds the old guest's pages; the next guest's channel is another one."""
        self.start_proxy()
        self.pump(1000, 60)
        SESSION.destroy_all()
        self.start("channel", "data/vchan/echo")
        self.assertEqual("again", self.echo("again"))


class Dom0Serves(Channel):
    """tests/system/apps/vchan, which answers by the reverse."""

    def setUp(self):
        self.start("vchan", "data/dom0")

    def test_one_server_after_another(self):
        """The guest has one slot for a foreign page: it must give it back each time.

        It may also find a server that is just ending, by its old keys: that is one connection more.
        """
        for i in range(5):
            self.assertEqual(f"{i}7654321", self.say(f"1234567{i}", 8, "server"))
        connections = re.findall(r"vchan: closed, (.*)", self.dom0.guest_console(self.name).replace("\r", ""))
        self.assertGreaterEqual(len(connections), 4)  # the last one's end may still be to come
        self.assertEqual({"status 0, 1 slots free"}, set(connections))

    def test_grant_copy(self):
        """The message goes into dom0's page by Xen alone: the guest maps nothing."""
        self.assertEqual("by grant copy\n", self.say("unused", 14, "server", self.path.replace("dom0", "copied")))
        self.wait_console("copied: read, status 0: orders 10 and 11, clients 2")
        self.wait_console("copied: a page that nobody lends, status -2")  # ENOENT
        self.wait_console("copied: write, status 0")
        self.wait_console("copied: event, status 0")

    def test_other_guests_are_out_of_reach(self):
        """Debian's Xen keeps domUs apart (fact E5, XSM's SILO mode): EPERM, and so no port that is for this guest."""
        SESSION.create("channel.cfg")
        self.dom0.check(f"xenstore-write /local/domain/{self.domid}/data/neighbour {SESSION.domid('channel')}")
        self.wait_console("neighbour: port -1, connection -22, map -1, copy -1")


if __name__ == "__main__":
    unittest.main()
