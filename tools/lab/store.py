# SPDX-License-Identifier: Apache-2.0
"""The pool of .deb files that all clones share, and the private apt that finds and fetches them."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from . import command, lockfile, sources
from .apt import PrivateApt
from .errors import LabError
from .lockfile import Package, PackageSet


class Store:
    """The pool of one cache folder, as one architecture uses it."""

    def __init__(self, cache: Path, arch: str, release: str, say) -> None:
        self.pool = cache / "pool"
        self._cache = cache
        self._arch = arch
        self._release = release
        self._say = say
        self._apt: PrivateApt | None = None

    def resolve(self, wanted: PackageSet) -> list[Package]:
        """Asks the mirror's signed index which files the set means today."""
        apt = self._open_apt()
        self._say(f"reading the index of Debian {self._release} ({self._arch}) from {apt.mirror}")
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
            lockfile.write(lock_file, wanted, packages)
            self._download(self.missing(packages))
        return packages

    def _download(self, missing: list[Package]) -> None:
        total = sum(p.size for p in missing)
        check_space(self.pool, total)
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
            self._apt = PrivateApt(self._cache / f"apt-{self._arch}", sources.mirror(self._release),
                                   self._release, archs)
        return self._apt


def check_space(folder: Path, need_bytes: int) -> None:
    """Better one clear line now than half a file later."""
    free = shutil.disk_usage(folder).free
    if free < need_bytes:
        raise LabError(f"the disk is too full: {folder} has {free / 1e6:.0f} MB free, "
                       f"{need_bytes / 1e6:.0f} MB are needed. Free some space and run again")


def _dependency(apt: PrivateApt, spec: str, pattern: str) -> str:
    depends = apt.show([spec])[0].get("Depends", "")
    match = re.search(pattern, depends)
    if not match:
        raise LabError(f"package {spec} depends on {depends!r}, which does not name {pattern}: "
                       "the archive has changed, update tools/lab/store.py")
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
