# SPDX-License-Identifier: Apache-2.0
"""The Debian packages that building and running needs on this machine, each with its reason."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess

from .command import environment
from .errors import LabError

GROUPS: dict[str, dict[str, str]] = {
    "base": {
        "bc": "kernel build files",
        "binutils": "readelf: which libraries dom0's programs need",
        "bison": "the OIL compiler",
        "cpio": "second opinion on our archives, in the tests",
        "debian-archive-keyring": "signature check of fetched packages",
        "device-tree-compiler": "dtc: device trees for Xen",
        "e2fsprogs": "mke2fs: SD card's file system",
        "flex": "the OIL compiler",
        "gcc": "the OIL compiler, host tests",
        "gcc-arm-linux-gnueabihf": "dom0's kernel module",
        "gcc-arm-none-eabi": "guest images",
        "kmod": "module checks of the kernel build files",
        "libc6-dev": "host tests",
        "libc6-dev-armhf-cross": "the tests' programs in dom0",
        "libcmocka-dev": "host tests",
        "libfdt-dev": "oracle of the device tree reader's tests",
        "libnewlib-arm-none-eabi": "guest images",
        "libxen-dev": "Xen's public headers",
        "make": "everything",
        "qemu-system-arm": "all emulated machines",
        "u-boot-tools": "mkimage: boot.scr",
    },
    "arm64": {
        "gcc-aarch64-linux-gnu": "dom0's kernel module for 64-bit Xen",
    },
    "debug": {
        "gdb-multiarch": "make debug",
    },
    "lint": {
        "clang-format": "layout of C files",
        "clang-tidy": "static checks",
        "cppcheck": "static checks",
        "sparse": "kernel module checks",
    },
    "fuzz": {
        "clang": "libFuzzer",
        "libclang-rt-14-dev": "sanitizer run-time libraries",
    },
}

_ASK_TIMEOUT_S = 30
_INSTALL_TIMEOUT_S = 3600


def ensure(groups: list[str], say=print) -> None:
    """Installs what is missing; quick when nothing is. Raises LabError when it cannot."""
    wanted = sorted({name for group in groups for name in GROUPS[group]})
    missing = [name for name in wanted if name not in installed(wanted)]
    if not missing:
        return
    say("missing host packages: " + ", ".join(missing))
    as_root = _rights()
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *missing]
    if as_root is None:
        raise LabError("no rights to install them. As root, run:\n"
                       f"  {shlex.join(['apt-get', 'update'])} && {shlex.join(install)}")
    if not _known(missing):
        _call([*as_root, "apt-get", "update"])
    say("running: " + shlex.join([*as_root, *install]))
    _call([*as_root, "env", "DEBIAN_FRONTEND=noninteractive", *install])
    left = [name for name in missing if name not in installed(missing)]
    if left:
        raise LabError(f"apt-get did not install: {', '.join(left)}")


def installed(names: list[str]) -> set[str]:
    """Those of `names` that are installed, on any architecture of this machine."""
    try:
        done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\\n",
                               *names], capture_output=True, text=True, check=False,
                              timeout=_ASK_TIMEOUT_S, env=environment())
    except FileNotFoundError as exc:
        raise LabError("dpkg is not here: this needs Debian 12 or a system derived from it. "
                       f"The packages: {' '.join(names)}") from exc
    pairs = [line.split() for line in done.stdout.splitlines()]
    return {pair[1] for pair in pairs if len(pair) == 2 and pair[0] == "installed"}


def _rights() -> list[str] | None:
    """The prefix that gives root's rights; None when there is none."""
    if os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") else None


def _known(names: list[str]) -> bool:
    """Whether apt's index has them all, so that no update is needed."""
    done = subprocess.run(["apt-cache", "show", "--no-all-versions", *names], capture_output=True,
                          check=False, timeout=_ASK_TIMEOUT_S, env=environment())
    return done.returncode == 0


def _call(args: list[str]) -> None:
    """Runs with the person's terminal: sudo may ask for a password."""
    try:
        status = subprocess.run(args, check=False, timeout=_INSTALL_TIMEOUT_S).returncode
    except subprocess.TimeoutExpired as exc:
        raise LabError(f"no end after {_INSTALL_TIMEOUT_S} s: {shlex.join(args)}") from exc
    if status != 0:
        raise LabError(f"failed (status {status}): {shlex.join(args)}\n"
                       "  apt's own message is above; run the same command by hand to see more")
