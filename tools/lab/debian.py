# SPDX-License-Identifier: Apache-2.0
"""Fetches the Debian packages that the laboratory boots, and unpacks them below build/debian/.

The .deb files and a lock file (names, versions, SHA256) stay in the shared cache: whoever has
fetched once works offline, and every clone on the machine gets the same versions.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from . import command, paths, sources
from .apt import PrivateApt
from .errors import LabError

RELEASE = "bookworm"


@dataclass(frozen=True)
class PackageSet:
    """What one architecture needs. The order is the order of unpacking."""

    plain: tuple[str, ...]
    """Unpacked alone."""
    with_libraries: tuple[str, ...] = ()
    """Unpacked with the shared libraries they need: dom0's programs."""
    kernel_flavour: str = ""
    """Debian's name of the dom0 kernel, e.g. armmp-lpae; empty: no kernel."""


SETS = {
    "armhf": PackageSet(
        plain=("xen-hypervisor-4.17-armhf", "u-boot-sunxi", "busybox-static"),
        with_libraries=("xen-utils-4.17", "xen-utils-common", "xenstore-utils"),
        kernel_flavour="armmp-lpae"),
    # dom0less only: the 32-bit image on the 64-bit hypervisor needs no dom0.
    "arm64": PackageSet(plain=("xen-hypervisor-4.17-arm64",)),
}


@dataclass(frozen=True)
class Package:
    """One .deb as the signed index describes it."""

    name: str
    arch: str
    version: str
    sha256: str
    size: int
    installed_kib: int

    @property
    def file_name(self) -> str:
        """The name that apt-get download gives (a colon is not safe in a file name)."""
        return f"{self.name}_{self.version.replace(':', '%3a')}_{self.arch}.deb"

    @property
    def spec(self) -> str:
        """The exact version, for apt-get."""
        arch = "" if self.arch == "all" else f":{self.arch}"
        return f"{self.name}{arch}={self.version}"


def fetch(arch: str, say=print) -> Path:
    """Makes build/debian/ARCH complete and returns it; without network when all is cached."""
    wanted = package_set(arch)
    cache = paths.cache() / "debian" / RELEASE
    _make_folder(cache / "pool")
    with _only_one(cache / "lock", say):
        lock_file = cache / f"{arch}.lock.json"
        packages = read_lock(lock_file, wanted)
        if packages is not None and _is_unpacked(arch, packages):
            return paths.debian_root(arch)
        store = _Store(cache, arch, say)
        if packages is None:
            packages = store.resolve(wanted)
            write_lock(lock_file, wanted, packages)
        if missing := store.missing(packages):
            packages = store.download_or_resolve_again(wanted, packages, missing, lock_file)
        return _unpack(arch, packages, cache / "pool", say)


def package_set(arch: str) -> PackageSet:
    """The set of one architecture, or a clear error."""
    if arch not in SETS:
        raise LabError(f"unknown architecture {arch!r}: choose one of {', '.join(SETS)}")
    return SETS[arch]


def require(arch: str) -> Path:
    """The unpacked root, fetched now if need be. Quick when it is there."""
    return fetch(arch)


class _Store:
    """The shared pool of .deb files, and the private apt that fills it."""

    def __init__(self, cache: Path, arch: str, say) -> None:
        self.pool = cache / "pool"
        self._cache = cache
        self._arch = arch
        self._say = say
        self._apt: PrivateApt | None = None

    def resolve(self, wanted: PackageSet) -> list[Package]:
        """Asks the mirror's signed index which files the set means today."""
        apt = self._open_apt()
        self._say(f"reading the index of Debian {RELEASE} ({self._arch}) from {apt.mirror}")
        apt.update()
        specs = [f"{name}:{self._arch}" for name in self._names(apt, wanted)]
        if wanted.kernel_flavour:
            specs += self._kernel_specs(apt, wanted.kernel_flavour)
        return [_package(record) for record in apt.show(specs)]

    def _names(self, apt: PrivateApt, wanted: PackageSet) -> list[str]:
        names = list(wanted.plain) + list(wanted.with_libraries)
        if wanted.with_libraries:
            names += apt.libraries_of([f"{n}:{self._arch}" for n in wanted.with_libraries])
        return list(dict.fromkeys(names))

    def _kernel_specs(self, apt: PrivateApt, flavour: str) -> list[str]:
        """The real packages behind the meta package, and what builds modules for that kernel."""
        arch = self._arch
        image = _dependency(apt, f"linux-image-{flavour}:{arch}", rf"linux-image-\d\S*-{flavour}")
        version = image.removeprefix("linux-image-").removesuffix(f"-{flavour}")
        headers = f"linux-headers-{version}-{flavour}:{arch}"
        # kbuild holds programs that run here, so it must be of this machine's architecture.
        kbuild = _dependency(apt, headers, r"linux-kbuild-\S+")
        return [f"{image}:{arch}", headers, f"linux-headers-{version}-common:{arch}",
                f"{kbuild}:{_host_arch()}"]

    def missing(self, packages: list[Package]) -> list[Package]:
        """Packages whose file is absent or damaged; damaged ones are removed."""
        return [p for p in packages if not _accept(self.pool / p.file_name, p)]

    def download_or_resolve_again(self, wanted: PackageSet, packages: list[Package],
                                  missing: list[Package], lock_file: Path) -> list[Package]:
        """Downloads; when the mirror has moved on to newer versions, follows it once."""
        try:
            self._download(missing)
        except LabError:
            fresh = self.resolve(wanted)
            if fresh == packages:
                raise
            packages = fresh
            write_lock(lock_file, wanted, packages)
            self._download(self.missing(packages))
        return packages

    def _download(self, missing: list[Package]) -> None:
        total = sum(p.size for p in missing)
        _check_space(self.pool, total)
        apt = self._open_apt()
        self._say(f"downloading {len(missing)} packages, {total / 1e6:.0f} MB, from {apt.mirror}")
        partial = self.pool / "partial"
        partial.mkdir(exist_ok=True)
        # Files that an interrupted run has finished are taken, the others fetched again.
        todo = [p for p in missing if not self._keep(partial, p)]
        if todo:
            apt.download([p.spec for p in todo], partial)
        for package in todo:
            if not self._keep(partial, package):
                raise LabError(f"{package.file_name} from {apt.mirror} is damaged or incomplete. "
                               "Run the command again; if it stays so, use another DEBIAN_MIRROR=")

    def _keep(self, partial: Path, package: Package) -> bool:
        source = partial / package.file_name
        if not _accept(source, package):
            return False
        source.replace(self.pool / package.file_name)
        return True

    def _open_apt(self) -> PrivateApt:
        if self._apt is None:
            archs = list(dict.fromkeys([self._arch, _host_arch()]))
            self._apt = PrivateApt(self._cache / f"apt-{self._arch}", sources.mirror(RELEASE),
                                   RELEASE, archs)
        return self._apt


def _dependency(apt: PrivateApt, spec: str, pattern: str) -> str:
    depends = apt.show([spec])[0].get("Depends", "")
    match = re.search(pattern, depends)
    if not match:
        raise LabError(f"package {spec} depends on {depends!r}, which does not name {pattern}: "
                       "the archive has changed, update tools/lab/debian.py")
    return match.group(0).rstrip(",")


def _package(record: dict[str, str]) -> Package:
    try:
        return Package(record["Package"], record["Architecture"], record["Version"],
                       record["SHA256"], int(record["Size"]), int(record["Installed-Size"]))
    except (KeyError, ValueError) as exc:
        raise LabError(f"the index has an incomplete record of {record.get('Package')}: {exc}. "
                       "Try another mirror: DEBIAN_MIRROR=...") from exc


def _host_arch() -> str:
    return command.run(["dpkg", "--print-architecture"], timeout=20).decode().strip()


# The lock file: which exact files a set meant when it was last resolved.

def read_lock(lock_file: Path, wanted: PackageSet) -> list[Package] | None:
    """The locked packages; None when there is no lock, or it is damaged or for another set."""
    try:
        data = json.loads(lock_file.read_text())
        if data["request"] != _request(wanted):
            return None
        return [Package(**entry) for entry in data["packages"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_lock(lock_file: Path, wanted: PackageSet, packages: list[Package]) -> None:
    """Replaces the lock in one step, so a reader sees the old or the new one."""
    data = {"request": _request(wanted), "packages": [asdict(p) for p in packages]}
    temporary = lock_file.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(data, indent=1) + "\n")
    temporary.replace(lock_file)


def _request(wanted: PackageSet) -> dict:
    return json.loads(json.dumps(asdict(wanted)))


def _accept(path: Path, package: Package) -> bool:
    """Whether the file is whole; a damaged one is removed, so that it is fetched again."""
    if not path.is_file():
        return False
    if path.stat().st_size == package.size and _sha256(path) == package.sha256:
        return True
    path.unlink()
    return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Unpacking

def _stamp(packages: list[Package]) -> str:
    text = json.dumps([asdict(p) for p in packages])
    return hashlib.sha256(text.encode()).hexdigest() + "\n"


def _is_unpacked(arch: str, packages: list[Package]) -> bool:
    stamp = paths.debian_root(arch) / ".stamp"
    return stamp.is_file() and stamp.read_text() == _stamp(packages)


def _unpack(arch: str, packages: list[Package], pool: Path, say) -> Path:
    root = paths.debian_root(arch)
    temporary = root.with_name(f".{arch}-{os.getpid()}")
    say(f"unpacking {len(packages)} packages into {paths.show(root)}")
    _make_folder(temporary)
    try:
        _check_space(temporary, sum(p.installed_kib for p in packages) * 1024)
        for package in packages:
            command.run(["dpkg-deb", "-x", str(pool / package.file_name), str(temporary)],
                        timeout=300)
        (temporary / ".stamp").write_text(_stamp(packages))
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


def _check_space(folder: Path, need_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < need_bytes:
        raise LabError(f"the disk is too full: {folder} has {free / 1e6:.0f} MB free, "
                       f"{need_bytes / 1e6:.0f} MB are needed. Free some space and run again")


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
