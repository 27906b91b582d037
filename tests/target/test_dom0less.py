# SPDX-License-Identifier: Apache-2.0
"""The descriptions of cfg/dom0less/ that need no dom0, as a person would use them. (Those with one: tests/system.)"""

import re
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from tests.guests import HELLO, built
from tools.lab import dom0less, domus, paths
from tools.lab.errors import LabError

BELL = built("tests/target/apps/bell")
RUNG = "rung 100 times"
END = 0x2c + 1   # in the header of a zImage: the second byte of the word `end`


def description(name):
    """A file of cfg/dom0less/; an image that is no application's is a test's."""
    return domus.from_file(paths.CFG / "dom0less" / f"{name}.dtsi", {"bell.bin": BELL})


def boot(name, **options):
    return dom0less.boot(description(name), name=f"dom0less-{name}", **options)


class Descriptions(unittest.TestCase):
    def check_hello(self, lines):
        self.assertIn("Hello from domU, number 10", lines)
        self.assertEqual("ShutdownOS: code 0", lines[-1])

    def test_one_domain(self):
        for arch in ("armhf", "arm64"):
            with self.subTest(arch), boot("one", arch=arch) as xen:
                xen.wait_stopped(60)
                self.check_hello(xen.guest_lines(1))

    def test_several_domains_answer_each_on_its_own_console(self):
        with boot("several") as xen:
            xen.wait_stopped(60)
            self.assertEqual(3, xen.count)
            self.check_hello(xen.guest_lines(1))
            self.check_hello(xen.guest_lines(2))
            self.assertRegex("\n".join(xen.guest_lines(3)), r"every 10 ms: \d+ runs")


class StaticChannel(unittest.TestCase):
    """X4, E6: Xen makes the channel before the guests run, and neither asks anybody for it."""

    def test_two_domains_ring_each_other(self):
        for arch in ("armhf", "arm64"):
            with self.subTest(arch), boot("bell", arch=arch) as xen:
                for domid in (1, 2):
                    xen.console.find(f"DOM{domid}: {RUNG}", 60, 0)

    def test_without_the_channel_nothing_rings(self):
        whole = description("bell")
        without = replace(whole, source=re.sub(r"bell\d: evtchn \{.*?\};", "", whole.source, flags=re.DOTALL))
        with dom0less.boot(without) as xen:
            xen.wait_stopped(60, domid=1)
            self.assertIn("the bell does not ring (-22)", xen.guest_lines(1))
            self.assertFalse(xen.domain_dump()[2].stopped)
            self.assertNotIn(RUNG, xen.guest_lines(2))


class Many(unittest.TestCase):
    def test_eight_domains_with_command_lines_of_their_own(self):
        """Four pairs; which end begins is in the command line, and only one of them may."""
        pair = description("bell")
        body = re.search(r"(domU1 \{.*\};)\n    \};\n\};", pair.source, re.DOTALL).group(1)
        pairs = "\n".join(re.sub(r"domU(\d)", lambda m, n=n: f"domU{2 * n + int(m.group(1))}",
                                 re.sub(r"bell(\d)\b", rf"pair{n}_\1", body)) for n in range(4))
        with dom0less.boot(replace(pair, source=pair.source.replace(body, pairs))) as xen:
            self.assertEqual(8, xen.count)
            for domid in range(1, 9):
                xen.console.find(f"DOM{domid}: {RUNG}", 120, 0)
            for domid, state in xen.domain_dump().items():
                self.assertFalse(state.stopped, f"domain {domid}")


class Refused(unittest.TestCase):
    """What Debian's Xen 4.17 answers to what it does not accept: docs/TROUBLESHOOTING.md has each."""

    def check(self, said, old, new, name="one"):
        whole = description(name)
        self.assertIn(old, whole.source)
        with dom0less.boot(replace(whole, source=whole.source.replace(old, new, 1))) as xen:
            with self.assertRaisesRegex(LabError, said):
                xen.expect("DOM1: ", 30)

    def test_too_little_memory(self):
        self.check("Panic.*Unable to find suitable location for dtb", "<0 0x2000>", "<0 0x1000>")

    def test_image_that_says_it_is_longer_than_its_file(self):   # B2
        image = bytearray(HELLO.read_bytes())
        image[END] += 1
        with tempfile.NamedTemporaryFile() as file:
            file.write(image)
            file.flush()
            whole = replace(description("one"), files={"hello.bin": Path(file.name)})
            with dom0less.boot(whole) as xen, self.assertRaisesRegex(LabError, "Panic.*Could not set up domain domU1"):
                xen.expect("DOM1: ", 30)

    def test_nothing_was_loaded(self):
        self.check("Panic.*Could not set up domain domU1", 'erika-xen,file = "hello.bin";', "reg = <0x58000000 0>;")

    def test_xenstore_without_a_dom0(self):
        self.check("Panic.*Xenstore support requires dom0", 'xen,enhanced = "no-xenstore"', 'xen,enhanced = "enabled"')

    def test_a_channel_with_one_end(self):
        self.check("Panic.*Could not set up domains evtchn", "<10 &bell1>", "<10 &bell2>", "bell")

    def test_static_shared_memory(self):
        """Not compiled in, so Xen stops reading its device tree there, and has no domain left."""
        self.check("Panic.*Could not set up DOM0", "module@0 {", """\
            shared@70000000 {
                compatible = "xen,domain-shared-memory-v1";
                role = "owner";
                xen,shm-id = "1";
                xen,shared-mem = <0x70000000 0x50000000 0x1000>;
            };
            module@0 {""")

    def test_static_memory(self):
        self.check("Panic.*Could not set up domain domU1", "vpl011;", """\
            vpl011;
            #xen,static-mem-address-cells = <1>;
            #xen,static-mem-size-cells = <1>;
            xen,static-mem = <0x60000000 0x1000000>;""")


if __name__ == "__main__":
    unittest.main()
