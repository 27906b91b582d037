# SPDX-License-Identifier: Apache-2.0
"""The command line: each command is a thin shell round a function that tests use as well."""

from __future__ import annotations

import argparse
import contextlib
import errno
import re
import signal
import sys
from pathlib import Path

from . import (apprun, bare, debian, debug, demo, dom0less, domus, hostpkgs, kdir, newapp, paths, sdcard,
               shell)
from .console import Console
from .errors import LabError


def main(argv: list[str] | None = None) -> int:
    """Runs one command; an error is printed once, without a stack trace."""
    args = _parser().parse_args(argv)
    # As an exception it unwinds the `with` statements, so no QEMU stays behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return args.run(args)
    except LabError as exc:
        print(f"error: {exc}", file=sys.stderr)
        return 1
    except OSError as exc:
        full = "the disk is full, free some space: " if exc.errno == errno.ENOSPC else ""
        print(f"error: {full}{exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m tools.lab", description="The laboratory: real Xen and Linux on "
                                     "emulated machines. See docs/LAB.md.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in (_add_host_packages, _add_fetch, _add_kdir, _add_sdcard, _add_dom0less, _add_bare,
                _add_run, _add_shell, _add_run_app, _add_new_app, _add_debug):
        add(commands)
    return parser


def _add_host_packages(commands) -> None:
    cmd = commands.add_parser("host-packages", help="install missing packages on this machine")
    cmd.add_argument("groups", nargs="*", metavar="GROUP",
                     help=f"{', '.join(hostpkgs.GROUPS)}; default: base")
    cmd.set_defaults(run=_host_packages)


def _host_packages(args) -> int:
    groups = args.groups or ["base"]
    for group in groups:
        if group not in hostpkgs.GROUPS:
            raise LabError(f"unknown group {group!r}: choose from {', '.join(hostpkgs.GROUPS)}")
    hostpkgs.ensure(groups)
    return 0


def _add_fetch(commands) -> None:
    cmd = commands.add_parser("fetch", help="fetch and unpack the Debian packages")
    cmd.add_argument("--arch", choices=sorted(debian.SETS), default="armhf")
    cmd.set_defaults(run=lambda args: _fetch(args.arch))


def _fetch(arch: str) -> int:
    debian.fetch(arch)
    return 0


def _add_kdir(commands) -> None:
    cmd = commands.add_parser("kdir", help="print the directory to build dom0's module against")
    cmd.add_argument("--arch", choices=sorted(debian.SETS), default="armhf")
    cmd.set_defaults(run=lambda args: print(kdir.prepare(args.arch)) or 0)


def _add_sdcard(commands) -> None:
    cmd = commands.add_parser("sdcard", help="make build/sdcard/BOARD.img")
    cmd.add_argument("board", help="a name from cfg/boards/")
    cmd.add_argument("--beside", type=Path, metavar="FILE", help="domains that Xen starts: one of cfg/dom0less/*.dtsi")
    cmd.add_argument("--without-dom0", action="store_true", help="these domains alone")
    cmd.set_defaults(run=_sdcard)


def _sdcard(args) -> int:
    beside = domus.from_file(args.beside) if args.beside else None
    print(paths.show(sdcard.build(args.board, beside=beside, with_dom0=not args.without_dom0)))
    return 0


def _add_run(commands) -> None:
    cmd = commands.add_parser("run", help="the demonstration: a pin driven from dom0")
    _add_board_option(cmd)
    cmd.set_defaults(run=lambda args: demo.run(args.board))


def _add_board_option(cmd) -> None:
    cmd.add_argument("--board", default="orangepi-pc",
                     help="a name from cfg/boards/; virt-arm64 has 64-bit Xen")


def _add_shell(commands) -> None:
    cmd = commands.add_parser("shell", help="the same system with a prompt in dom0")
    _add_board_option(cmd)
    cmd.set_defaults(run=lambda args: shell.run(args.board))


def _add_run_app(commands) -> None:
    cmd = commands.add_parser("run-app", help="an application on Xen, and how it ended",
                              description="Exit status 0: ShutdownOS(E_OK); 1: another code or a "
                              f"crash; {apprun.TIMED_OUT}: neither within the time.")
    cmd.add_argument("folder", type=Path, metavar="FOLDER", help="of the application")
    cmd.add_argument("image", type=Path, metavar="IMAGE", help="built from it: NAME.bin")
    cmd.add_argument("--timeout", type=_seconds, default=30, metavar="SECONDS")
    cmd.add_argument("--dom0", action="store_true", help="under dom0, created by xl")
    _add_board_option(cmd)
    cmd.set_defaults(run=lambda args: apprun.run(args.folder, args.image, args.timeout, args.board,
                                                 args.dom0))


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 86400:
        raise ValueError
    return value


_seconds.__name__ = "number of seconds"  # in argparse's message


def _add_new_app(commands) -> None:
    cmd = commands.add_parser("new-app", help="make the folder of a new application")
    cmd.add_argument("name", metavar="NAME")
    cmd.add_argument("--dir", type=Path, default=paths.ROOT / "apps", metavar="FOLDER",
                     help="where, default apps/")
    cmd.set_defaults(run=lambda args: newapp.create(args.name, args.dir))


def _add_debug(commands) -> None:
    cmd = commands.add_parser("debug", help="an application on a bare machine, in gdb",
                              description="gdb stops at the first task's first statement.")
    cmd.add_argument("elf", type=Path, metavar="ELF", help="NAME.elf, beside its NAME.bin")
    cmd.add_argument("gdb_args", nargs="*", metavar="-- GDB_ARG", help="more arguments for gdb")
    cmd.set_defaults(run=lambda args: debug.run(args.elf, args.gdb_args))


def _add_bare(commands) -> None:
    cmd = commands.add_parser("bare", help="start an image on QEMU's virt machine without Xen",
                              description="Ends when the machine switches itself off, or at "
                              "--until; exit status 0 only then.")
    cmd.add_argument("image", type=Path, metavar="IMAGE")
    cmd.add_argument("--hyp", action="store_true", help="start in HYP mode")
    _add_machine_options(cmd)
    cmd.set_defaults(run=_bare)


def _bare(args) -> int:
    with bare.boot(args.image, hypervisor_mode=args.hyp, icount=args.icount,
                   cntfrq_hz=args.cntfrq, gic_version=args.gic, qemu_args=args.qemu_arg,
                   log_items=args.log_items, echo=_print) as qemu:
        if args.until:
            _expect_line(qemu.console, args.until, args.timeout)
        else:
            qemu.wait(args.timeout, "bare")
    return 0


def _expect_line(console: Console, pattern: str, timeout: float) -> None:
    """Waits for the pattern, and for the end of its line so that the person sees it whole."""
    console.expect(pattern, timeout)
    with contextlib.suppress(LabError):
        console.expect("\n", 2)


def _add_machine_options(cmd) -> None:
    cmd.add_argument("--icount", action="store_true", help="repeatable, instruction-exact time")
    cmd.add_argument("--cntfrq", type=int, default=0, metavar="HZ",
                     help="frequency of the generic timer")
    cmd.add_argument("--gic", type=int, choices=(2, 3), default=2,
                     help="version of the interrupt controller; 3 with Xen: --arch arm64")
    cmd.add_argument("--timeout", type=float, default=60, metavar="SECONDS")
    cmd.add_argument("--until", type=_regex, metavar="REGEX",
                     help="end when the console shows this")
    cmd.add_argument("--log-items", default="unimp,guest_errors", metavar="LIST",
                     help="QEMU's -d list, e.g. int")
    cmd.add_argument("--qemu-arg", action="append", default=[], metavar="ARG",
                     help="one more argument for QEMU, may be repeated: --qemu-arg=-s")


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as exc:
        raise argparse.ArgumentTypeError(f"no regular expression: {text!r}: {exc}") from exc
    return text


def _add_dom0less(commands) -> None:
    cmd = commands.add_parser("dom0less", help="start images on Xen without dom0",
                              description="Ends when Xen says that every guest has shut down, or "
                              "at --until; exit status 0 only then.")
    cmd.add_argument("images", nargs="+", type=Path, metavar="IMAGE",
                     help="or one description of domains: cfg/dom0less/*.dtsi")
    cmd.add_argument("--arch", choices=sorted(debian.SETS), default="armhf")
    cmd.add_argument("--memory", type=int, default=65536, metavar="KIB")
    cmd.add_argument("--vcpus", type=int, default=1)
    cmd.add_argument("--cpus", type=int, default=1, help="CPUs of the machine")
    cmd.add_argument("--enhanced", choices=["", "no-xenstore"], default="",
                     help="no-xenstore: give the guest a hypervisor node")
    cmd.add_argument("--verbose", action="store_true", help="show Xen's start and dumps as well")
    _add_machine_options(cmd)
    cmd.set_defaults(run=_dom0less)


def _domains(args) -> domus.DomUs:
    if [image.suffix for image in args.images] == [".dtsi"]:
        return domus.from_file(args.images[0])
    return domus.from_guests([domus.Guest(image, args.memory, args.vcpus, args.enhanced) for image in args.images])


def _dom0less(args) -> int:
    with dom0less.boot(_domains(args), arch=args.arch, cpus=args.cpus, icount=args.icount,
                       cntfrq_hz=args.cntfrq, gic_version=args.gic, qemu_args=args.qemu_arg,
                       log_items=args.log_items,
                       echo=_print if args.verbose else dom0less.QuietEcho(_print)) as xen:
        if args.until:
            _expect_line(xen.console, args.until, args.timeout)
        else:
            for state in xen.wait_stopped(args.timeout).values():
                print(state, flush=True)
    return 0


def _print(text: str) -> None:
    sys.stdout.write(text.replace("\r", ""))
    sys.stdout.flush()
