# SPDX-License-Identifier: Apache-2.0
"""What the system tests share: dom0's session, guests made from a configuration, and the pin file.

The pin's state is believed only from QEMU's device model (offset 0x10 is port A's data register, bit 15 the LED).
"""

import re

from tests.guests import built
from tools.lab import board as boards
from tools.lab import dom0 as lab_dom0
from tools.lab import initramfs

PIN_STATE = "/proc/sys/erika-xen/pin_state"
MODULE = "erika-xen.ko"
DATA_REGISTER = 0x10
HIGH, LOW = 0x8000, 0x0000
NAME = "ERIKA_Enterprise"
CONNECT_S = 10


def overlay_with(*folders, board="orangepi-pc"):
    """dom0's /root with the images of more applications in it, each as NAME.bin."""
    overlay = initramfs.default_overlay(boards.load(board))
    for folder in folders:
        image = built(folder)
        overlay.file(f"root/{image.name}", image)
    return overlay


class Session:
    """A dom0 with its guests."""

    def __init__(self, name, **options):
        self.dom0 = lab_dom0.boot_direct(name=name, **options)
        self.dom0.check("dmesg -n 1; echo 1 > /proc/sys/kernel/panic_on_oops")

    def close(self):
        self.dom0.__exit__(None, None, None)

    def complaints(self):
        """What dom0's kernel has complained of."""
        return re.findall(r".*(?:Oops|BUG:|WARNING:|[Cc]all [Tt]race|Unable to handle).*", self.dom0.check("dmesg"))

    def insmod(self):
        self.dom0.check(f"insmod {MODULE}")

    def rmmod(self):
        self.dom0.check("rmmod erika_xen")

    def create(self, config="erika-small.cfg", **changes):
        """Start a guest from a configuration file, with keys replaced as xl accepts them on its command line."""
        extra = " ".join(f"'{key}={value}'" for key, value in changes.items())
        self.dom0.check(f"xl create {config} {extra}", 60)

    def destroy_all(self):
        self.dom0.check("for i in $(xl list | awk 'NR > 2 { print $2 }'); do xl destroy $i; done", 60)

    def domid(self, name):
        return int(self.dom0.check(f"xl domid {name}"))

    def wait_connected(self):
        """The module has found a guest: the file can be read."""
        self.dom0.wait_for(f"cat {PIN_STATE}", r"^[01]$", CONNECT_S, "the module finds the guest")

    def write(self, value, timeout=30):
        """`echo VALUE > pin_state`: "" if it succeeded, else the shell's message, which holds the errno's text."""
        status, output = self.dom0.run(f"echo {value} > {PIN_STATE}", timeout)
        return "" if status == 0 else output

    def read(self):
        return self.dom0.check(f"cat {PIN_STATE}").strip()

    def levels(self, since):
        """The values that were stored into port A's data register, in order."""
        return [write.value for write in self.dom0.pio_writes(since, DATA_REGISTER)]

    def mark(self):
        return self.dom0.pio_mark()

    def maps_and_unmaps(self):
        out = self.dom0.check("cd /sys/module/erika_xen/parameters; cat grant_maps grant_unmaps; cd - >/dev/null")
        return [int(n) for n in out.split()]
