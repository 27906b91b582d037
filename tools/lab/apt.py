# SPDX-License-Identifier: Apache-2.0
"""A private apt: foreign packages are found and checked without touching the person's system.

The state folder, the list of sources and the set of architectures are ours; proxies and the like
still come from the person's own configuration, because apt reads that first.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from .command import environment
from .errors import LabError

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_UPDATE_TIMEOUT_S = 600
_DOWNLOAD_TIMEOUT_S = 3600


class PrivateApt:
    """apt with its own state below `state`, reading one suite of one mirror."""

    def __init__(self, state: Path, mirror: str, release: str, archs: list[str],
                 keyring: Path = KEYRING) -> None:
        if not keyring.is_file():
            raise LabError(f"Debian's archive keys are not at {keyring}: packages cannot be "
                           "checked. Run: apt-get install debian-archive-keyring")
        self.mirror = mirror
        self.release = release
        self._config = state / "apt.conf"
        (state / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        (state / "cache" / "archives" / "partial").mkdir(parents=True, exist_ok=True)
        (state / "status").write_text("")  # nothing is installed here
        (state / "sources.list").write_text(
            f"deb [arch={','.join(archs)} signed-by={keyring}] {mirror} {release} main\n")
        self._config.write_text(_configuration(state, archs))

    def update(self) -> None:
        """Fetches and checks the signed index. Stale data is an error, not a warning."""
        self._run(["apt-get", "update", "-q", "-o", "APT::Update::Error-Mode=any"],
                  _UPDATE_TIMEOUT_S)

    def show(self, specs: list[str]) -> list[dict[str, str]]:
        """The newest version's record of each `name:arch`, in the order asked for."""
        out = self._run(["apt-cache", "show", "--no-all-versions", *specs], 120, check=False)
        records = [_record(stanza) for stanza in out.split("\n\n") if stanza.strip()]
        found = {(r.get("Package"), r.get("Architecture")): r for r in records}
        return [self._pick(found, spec) for spec in specs]

    def _pick(self, found: dict, spec: str) -> dict[str, str]:
        name, arch = spec.split(":")
        record = found.get((name, arch)) or found.get((name, "all"))
        if record is None:
            raise LabError(f"package {spec} is not in Debian {self.release} main at "
                           f"{self.mirror}. Try another mirror: DEBIAN_MIRROR=http://HOST/debian")
        return record

    def libraries_of(self, specs: list[str]) -> list[str]:
        """Names of the library packages that `specs` need, directly or through libraries.

        Only edges to libraries are followed: the root file system here is a handful of programs,
        not an installed system, so interpreters, maintainer scripts' tools and so on are left out.
        """
        flags = [f"--no-{kind}" for kind in ("recommends", "suggests", "conflicts", "breaks",
                                             "replaces", "enhances")]
        out = self._run(["apt-cache", "depends", "--recurse", *flags, *specs], 60)
        edges = _edges(out)
        found: set[str] = set()
        todo = [spec.split(":")[0] for spec in specs]
        while todo:
            for name in edges.get(todo.pop(), []):
                if name.startswith(("lib", "zlib")) and name not in found:
                    found.add(name)
                    todo.append(name)
        return sorted(found)

    def download(self, specs: list[str], folder: Path) -> None:
        """Fetches `name:arch=version` files into `folder`; apt checks them by the signed index."""
        self._run(["apt-get", "download", "-q", *specs], _DOWNLOAD_TIMEOUT_S, cwd=folder)

    def _run(self, args: list[str], timeout: float, cwd: Path | None = None,
             check: bool = True) -> str:
        command = [args[0], "-c", str(self._config), *args[1:]]
        try:
            done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, errors="replace", timeout=timeout, check=False,
                                  env=environment())
        except FileNotFoundError as exc:
            raise LabError("apt is not here: the laboratory needs a Debian host") from exc
        except subprocess.TimeoutExpired as exc:
            raise LabError(f"{args[0]} {args[1]} from {self.mirror} did not finish within "
                           f"{timeout:.0f} s. Run the command again, it resumes") from exc
        if check and done.returncode != 0:
            raise LabError(explain(args[1], self.mirror, done.stderr))
        return done.stdout


def explain(action: str, mirror: str, said: str) -> str:
    """One line out of apt's many: what failed and what to do."""
    if "No space left on device" in said:
        return f"the disk is full: apt-get {action} could not write. Free some space and run again"
    errors = [line for line in said.splitlines() if line.startswith(("E:", "Err:"))]
    first = errors[0].removeprefix("E:").strip() if errors else said.strip() or "no message"
    network = ("Temporary failure resolving", "Could not resolve", "Could not connect",
               "Connection failed", "Connection timed out", "Cannot initiate", "Failed to fetch")
    if any(word in said for word in network):
        return (f"apt-get {action} could not reach {mirror}: {first}. "
                "Check the network, or give another mirror: DEBIAN_MIRROR=http://HOST/debian")
    return f"apt-get {action} from {mirror} failed: {first}"


def _configuration(state: Path, archs: list[str]) -> str:
    quoted = " ".join(f'"{arch}";' for arch in archs)
    # The person's hooks (e.g. "delete downloaded files") are for the person's system, not for ours.
    # Container images switch apt's binary cache off, which would cost seconds for each question.
    # The sandbox user could not write below the person's home.
    return f"""\
#clear APT::Architectures;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Architecture "{archs[0]}";
APT::Architectures {{ {quoted} }};
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Dir::State "{state}";
Dir::State::lists "{state}/lists";
Dir::State::status "{state}/status";
Dir::Cache "{state}/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "{state}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
"""


def _record(text: str) -> dict[str, str]:
    fields = {}
    for line in text.splitlines():
        match = re.match(r"([A-Za-z0-9-]+): (.*)", line)
        if match:
            fields[match.group(1)] = match.group(2)
    return fields


def _edges(depends: str) -> dict[str, list[str]]:
    edges: dict[str, list[str]] = {}
    name = ""
    for line in depends.splitlines():
        if line and not line.startswith((" ", "|")):
            name = line.split(":")[0]
            edges.setdefault(name, [])
        elif match := re.match(r"[ |]+(?:Pre)?Depends: ([^<\s]+)", line):
            edges[name].append(match.group(1).split(":")[0])
    return edges
