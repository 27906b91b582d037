# SPDX-License-Identifier: Apache-2.0
"""Fetches the Debian packages that the laboratory boots, and unpacks them below build/debian/.

The .deb files and a lock file stay in the shared cache: whoever has fetched once works offline, and
every clone on the machine gets the same versions.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import command, lockfile, paths
from .errors import LabError
from .lockfile import Package, PackageSet
from .store import Store, check_space

RELEASE = "bookworm"

_TOOLSTACK = ("xen-utils-4.17", "xen-utils-common", "xenstore-utils")

SETS = {
    "armhf": PackageSet(
        plain=("xen-hypervisor-4.17-armhf", "u-boot-sunxi", "busybox-static"),
        with_libraries=_TOOLSTACK, kernel_flavour="armmp-lpae"),
    "arm64": PackageSet(
        plain=("xen-hypervisor-4.17-arm64", "busybox-static"),
        with_libraries=_TOOLSTACK, kernel_flavour="arm64"),
}


def fetch(arch: str, say: Callable[[str], None] | None = None) -> Path:
    """Makes build/debian/ARCH complete and returns it; without network when all is cached."""
    say = say or _to_stderr
    wanted = package_set(arch)
    cache = paths.cache() / "debian" / RELEASE
    _make_folder(cache / "pool")
    with _only_one(cache / "lock", say):
        lock_file = cache / f"{arch}.lock.json"
        packages = lockfile.read(lock_file, wanted)
        if packages is not None and _is_unpacked(arch, packages):
            return paths.debian_root(arch)
        store = Store(cache, arch, RELEASE, say)
        if packages is None:
            packages = store.resolve(wanted)
            lockfile.write(lock_file, wanted, packages)
        if missing := store.missing(packages):
            packages = store.download_or_resolve_again(wanted, packages, missing, lock_file)
        return _unpack(arch, packages, cache / "pool", say)


def _to_stderr(text: str) -> None:
    """Standard output belongs to results, e.g. the path that `kdir` prints."""
    print(text, file=sys.stderr, flush=True)


def package_set(arch: str) -> PackageSet:
    """The set of one architecture, or a clear error."""
    if arch not in SETS:
        raise LabError(f"unknown architecture {arch!r}: choose one of {', '.join(SETS)}")
    return SETS[arch]


def require(arch: str) -> Path:
    """The unpacked root, fetched now if need be. Quick when it is there."""
    return fetch(arch)


def _is_unpacked(arch: str, packages: list[Package]) -> bool:
    marker = paths.debian_root(arch) / ".stamp"
    return marker.is_file() and marker.read_text() == lockfile.stamp(packages)


def _unpack(arch: str, packages: list[Package], pool: Path, say) -> Path:
    root = paths.debian_root(arch)
    temporary = root.with_name(f".{arch}-{os.getpid()}")
    say(f"unpacking {len(packages)} packages into {paths.show(root)}")
    _make_folder(temporary)
    try:
        check_space(temporary, sum(p.installed_kib for p in packages) * 1024)
        for package in packages:
            command.run(["dpkg-deb", "-x", str(pool / package.file_name), str(temporary)],
                        timeout=300)
        (temporary / ".stamp").write_text(lockfile.stamp(packages))
        if root.exists():
            shutil.rmtree(root)
        temporary.rename(root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return root


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise LabError(f"cannot make {folder}: {exc.strerror}. The cache folder can be moved with "
                       "XDG_CACHE_HOME=") from exc


@contextlib.contextmanager
def _only_one(path: Path, say, timeout_s: float = 1800) -> Iterator[None]:
    """Clones share the cache: one fetches, the others wait and then find it all there."""
    with path.open("w") as file:
        deadline = time.monotonic() + timeout_s
        told = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    say(f"waiting for another fetch to finish (lock {path})")
                    told = True
                if time.monotonic() > deadline:
                    raise LabError(f"another fetch holds {path} for {timeout_s:.0f} s: "
                                   "find and end it, then run again") from None
                time.sleep(0.2)
        yield
