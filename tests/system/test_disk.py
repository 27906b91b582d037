# SPDX-License-Identifier: Apache-2.0
"""A guest's disk, by Linux's own xen-blkback and xl: what is on it, and what becomes of it in every way to lose it.

The disk is a file in dom0 behind /dev/loop0. What the guest has read shows in what it writes: it copies the first half
of the disk, which dom0 has filled, to the second, and dom0 compares.
"""

import hashlib
import random
import re
import unittest

from tests.guests import ROOT
from tests.system.pin import Session, overlay_with
from tests.system.test_lives import MEMORY_KB

FOLDER = "tests/system/apps/sectors"
HALF = 512 * 1024
SECTORS = 2 * HALF // 512
WAIT_S = 30
EROFS, ENODEV, ECONNRESET, ESHUTDOWN = -30, -19, -104, -108
BACKEND_STATES = {"InitWait": 2, "Connected": 4, "Closing": 5, "Closed": 6}
CYCLES = 10
COMEBACKS = 8

DATA = [random.Random(seed).randbytes(HALF) for seed in (1, 2)]


class Disk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        overlay = overlay_with(FOLDER)
        overlay.file("root/sectors.cfg", ROOT / FOLDER / "sectors.cfg")
        for number, data in enumerate(DATA):
            overlay.data(f"root/data{number}", data)
        cls.lab = Session("system-disk", overlay=overlay)
        cls.addClassCleanup(cls.lab.close)
        cls.dom0 = cls.lab.dom0
        cls.dom0.check("insmod /lib/modules/loop.ko")
        cls.dom0.check(f"dd if=/dev/zero of=disk.img bs={HALF} count=2; losetup /dev/loop0 disk.img")
        cls.lives = 0

    def setUp(self):
        self.dom0.check("insmod /lib/modules/xen-blkback.ko")
        self.fill(0)

    def tearDown(self):
        """Nothing is left: no domain that somebody holds pages of, no user of the module, no complaint of the kernel."""
        self.lab.destroy_all()
        self.dom0.wait_for("xl list | wc -l", "^2$", WAIT_S, "every domain is gone")
        self.assertNotIn("(null)", self.dom0.check("xl list"))
        self.dom0.wait_for("rmmod xen_blkback; lsmod", r"\A(?![^$]*xen_blkback)", WAIT_S, "xen-blkback is unloaded")
        self.assertEqual([], self.lab.complaints())

    # What dom0 does

    def create(self, disk="phy:/dev/loop0,xvda,w"):
        """Each life has a name of its own, so that no log holds another's lines."""
        type(self).lives += 1
        self.name = f"sectors-{self.lives}"
        self.log = f"/var/log/xen/console/guest-{self.name}.log"
        self.asked = 0
        self.lab.create("sectors.cfg", name=f'"{self.name}"', disk=f'["{disk}"]' if disk else "[]")
        domid = self.lab.domid(self.name)
        self.home = f"/local/domain/{domid}"
        self.backend = f"/local/domain/0/backend/vbd/{domid}/51712"

    def create_connected(self):
        self.create()
        self.wait_printed(f"disk: status 0, {SECTORS} sectors")

    def attach(self):
        self.dom0.check(f"xl block-attach {self.name} phy:/dev/loop0 xvda w", 60)

    def detach(self):
        self.dom0.check(f"xl block-detach {self.name} xvda", 60)

    def poke(self, word):
        self.dom0.check(f"xenstore-write {self.home}/data/poke {word}")

    def wait_printed(self, line, times=1):
        self.dom0.wait_for(f"grep -ac '{line}' {self.log}", rf"^{times}$", WAIT_S, f"the guest prints {line}")

    def wait_backend(self, state):
        self.dom0.wait_for(f"xenstore-read {self.backend}/state", f"^{BACKEND_STATES[state]}$", WAIT_S,
                           f"xen-blkback is {state}")

    def fill(self, number):
        """New data in the first half, by the block device; the second half empty."""
        self.dom0.check(f"cat data{number} > /dev/loop0; dd if=/dev/zero of=/dev/loop0 bs={HALF} seek=1 count=1; sync")

    def second_half(self):
        """In the file, not by way of the device."""
        return self.dom0.check(f"dd if=disk.img bs={HALF} skip=1 2>/dev/null | md5sum").split()[0]

    def count(self):
        """The guest's free grants, answers of its disk, errors, and the disk's status."""
        self.poke("count")
        self.asked += 1
        lines = self.dom0.wait_for(f"grep -a '^count: ' {self.log} | tail -n +{self.asked}", r"(?m)^count: (.*)$", WAIT_S,
                                   "the guest counts").group(1)
        return [int(number) for number in re.findall(r"-?\d+", lines)]

    def copies(self, number=0, times=1):
        """The guest copies, and what it has copied is what dom0 had written."""
        self.poke("copy")
        self.wait_printed("copy: ended with 0", times)
        self.assertEqual(hashlib.md5(DATA[number]).hexdigest(), self.second_half())

    # Tests

    def test_both_directions(self):
        self.create_connected()
        self.assertNotEqual(hashlib.md5(DATA[0]).hexdigest(), self.second_half())
        self.copies(0)
        self.fill(1)
        self.copies(1, times=2)
        # 128 pieces, each read and written, and a flush; twice
        self.assertEqual([2 * 257, 0, 0], self.count()[1:])
        self.assertIn("(arm-abi)", self.dom0.check("dmesg | grep xen-blkback: | tail -n 1"))
        self.assertEqual("4", self.dom0.check(f"xenstore-read {self.home}/device/vbd/51712/state").strip())

    def test_without_a_disk(self):
        self.create(disk=None)
        self.assertEqual(ENODEV, self.count()[-1])
        self.attach()
        self.wait_printed("disk: status 0")
        self.copies()

    def test_read_only(self):
        self.create("phy:/dev/loop0,xvda,r")
        self.wait_printed(f"disk: status 0, {SECTORS} sectors, read-only")
        before = self.dom0.check("md5sum < disk.img")
        self.poke("write")
        self.wait_printed(f"write: {EROFS}")
        self.assertEqual(before, self.dom0.check("md5sum < disk.img"))

    def test_detached_and_attached(self):
        self.create_connected()
        grants = self.count()[0]
        self.detach()
        self.wait_printed(f"disk: status {ECONNRESET}")
        self.dom0.wait_for(f"xenstore-ls {self.backend} 2>&1", "No such file|couldn't|xs_directory", WAIT_S, "no backend")
        self.assertEqual([grants + 5, 0, 0, ENODEV], self.count())
        self.attach()
        self.wait_printed("disk: status 0", 2)
        self.assertEqual([grants, 0, 0, 0], self.count())
        self.copies()

    def test_detached_under_load(self):
        self.create_connected()
        grants = self.count()[0]
        for times in range(1, 4):
            self.poke("hammer")
            self.dom0.check("usleep 300000")
            self.detach()
            self.wait_printed(f"copy: ended with {ECONNRESET}", times)
            self.attach()
            self.wait_printed("disk: status 0", times + 1)
        after = self.count()
        self.assertEqual([grants, 0], [after[0], after[-1]])
        self.assertGreater(after[1], 100)
        self.copies()

    def test_destroyed_under_load(self):
        for _ in range(3):
            self.create_connected()
            self.poke("hammer")
            self.dom0.check("usleep 300000")
            self.dom0.check(f"xl destroy {self.name}")
            self.dom0.wait_for("xl list | wc -l", "^2$", WAIT_S, "the domain is gone")
        self.create_connected()
        self.copies()

    def test_a_backend_s_state_written_by_hand(self):
        """Both ends rest in Closed then; it begins again when the guest, or dom0, wants it to."""
        self.create_connected()
        for times, (state, again) in enumerate((("Closing", "guest"), ("Closed", "dom0"), ("InitWait", "itself")), 1):
            with self.subTest(state):
                self.dom0.check(f"xenstore-write {self.backend}/state {BACKEND_STATES[state]}")
                self.wait_printed(f"disk: status {ECONNRESET}", times)
                if again != "itself":
                    self.wait_backend("Closed")
                if again == "guest":
                    self.poke("open")
                elif again == "dom0":
                    self.dom0.check(f"xenstore-write {self.backend}/state {BACKEND_STATES['InitWait']}")
                self.wait_printed("disk: status 0", times + 1)
                self.wait_backend("Connected")
                self.copies(times=times)

    def test_garbage_for_a_state(self):
        """The guest lets go. Linux does not find out of that state any more: this disk must be made anew."""
        self.create_connected()
        self.poke("hammer")
        self.dom0.check(f"xenstore-write {self.backend}/state banana")
        self.wait_printed(f"copy: ended with {ECONNRESET}")
        self.wait_printed(f"xenbus: {self.backend}/state: .banana. is no state")
        self.assertEqual(ECONNRESET, self.count()[-1])

    def test_closed_and_opened_by_the_guest(self):
        self.create_connected()
        self.poke("close")
        self.wait_printed(f"disk: status {ESHUTDOWN}")
        self.wait_backend("Closed")
        self.poke("open")
        self.wait_printed("disk: status 0", 2)
        self.wait_backend("Connected")
        self.copies()

    def test_backend_s_driver_goes_and_comes(self):
        """The state in the store stays Connected meanwhile; then it is InitWait for a moment. Often: the driver may have
        read what the guest published before, or find Closing."""
        self.create_connected()
        grants = self.count()[0]
        device = f"vbd-{self.home.rpartition('/')[2]}-51712"
        for times in range(1, COMEBACKS + 1):
            self.dom0.check(f"cd /sys/bus/xen-backend/drivers/vbd; echo {device} > unbind; echo {device} > bind; cd /root", 60)
            self.wait_printed(f"disk: status {ECONNRESET}", times)
            self.wait_printed("disk: status 0", times + 1)
            self.copies(times=times)
        self.assertEqual(grants, self.count()[0])

    def test_slow_backend(self):
        """Nodes made by hand, as the toolstack makes them; the backend's driver comes much later."""
        self.create(disk=None)
        self.dom0.check("rmmod xen_blkback")
        self.make_nodes()
        self.wait_printed("the backend does not go on from state 1; ours is 1")
        self.dom0.check("insmod /lib/modules/xen-blkback.ko")
        self.wait_printed("disk: status 0")
        self.copies()

    def make_nodes(self):
        domid = self.home.rpartition("/")[2]
        front = f"{self.home}/device/vbd/51712"
        self.dom0.check(f"F={front}; B={self.backend}; "
                        f"xenstore-write $B/frontend $F $B/frontend-id {domid} $B/online 1 $B/mode w $B/type phy "
                        "$B/physical-device 7:0 $B/params /dev/loop0 $B/dev xvda $B/state 1")
        self.dom0.check("xenstore-write $F/backend $B $F/backend-id 0 $F/virtual-device 51712 $F/state 1")
        self.dom0.check(f"xenstore-chmod -r $F n{domid} r0; xenstore-chmod -r $B n0 r{domid}")

    def test_attached_again_and_again(self):
        self.create_connected()
        self.cycle(2)  # warm-up
        grants = self.count()[0]
        memory = self.dom0.check(MEMORY_KB)
        for _ in range(CYCLES // 5):
            self.cycle(5)
        self.assertEqual([grants, 0], [self.count()[0], self.count()[-1]])
        self.assertEqual(memory, self.dom0.check(MEMORY_KB))
        self.copies()

    def cycle(self, count):
        self.dom0.check(f"n=0; while [ $n -lt {count} ]; do n=$((n+1)); xl block-detach {self.name} xvda && "
                        f"xl block-attach {self.name} phy:/dev/loop0 xvda w && i=0 && "
                        f"until [ \"$(xenstore-read {self.backend}/state)\" = 4 ]; do "
                        "i=$((i+1)); [ $i -lt 100 ] || break 2; usleep 50000; done; done; [ $n = " + f"{count} ]", 120)


if __name__ == "__main__":
    unittest.main()
