#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the OIL compiler writes, byte for byte: a change of it is seen, and is meant.

After a change that is meant, write the texts anew, and read the difference:

    python3 -m tests.host.oilc.golden.test_golden --write
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
HERE = Path(__file__).resolve().parent
OILC = ROOT / "build" / "tools" / "oilc"
LIMIT_S = 30
# One with objects of every kind, one with few.
GOLDEN = {"objects": ROOT / "tests/target/apps/objects/app.oil", "hello": ROOT / "apps/hello/app.oil"}
WRITTEN = ("os_cfg.h", "os_cfg.c", "os_cfg.orti")


def oilc(*args: object) -> str:
    done = subprocess.run([OILC, *map(str, args)], capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode != 0:
        raise AssertionError(f"oilc {' '.join(map(str, args))}: status {done.returncode}\n{done.stderr}")
    return done.stdout


def texts_of(oil: Path) -> dict[str, str]:
    """File name -> text; what --print says among them."""
    with tempfile.TemporaryDirectory() as folder:
        oilc(oil, "-o", folder)
        texts = {name: Path(folder, name).read_text() for name in WRITTEN}
    return texts | {"print.expected.txt": oilc("--print", oil)}


def configurations() -> list[Path]:
    """Every one of the project that stands for itself; those in folders named body are included by others."""
    oils = [path for folder in ("apps", "tests") for path in sorted((ROOT / folder).rglob("*.oil"))]
    return [path for path in oils if "body" not in path.parts and HERE.parent not in path.parents]


class Golden(unittest.TestCase):
    def test_texts_are_as_before(self):
        self.maxDiff = None
        for name, oil in GOLDEN.items():
            for file, text in texts_of(oil).items():
                with self.subTest(f"{name}/{file}"):
                    self.assertEqual((HERE / name / file).read_text(), text)

    def test_the_same_again(self):
        for oil in GOLDEN.values():
            self.assertEqual(texts_of(oil), texts_of(oil))


class Print(unittest.TestCase):
    def test_what_it_says_means_the_same(self):
        oils = configurations()
        self.assertGreater(len(oils), 20)
        for oil in oils:
            with self.subTest(oil.relative_to(ROOT)), tempfile.TemporaryDirectory() as folder:
                printed = Path(folder, oil.name)
                printed.write_text(oilc("--print", oil))
                self.assertEqual(texts_of(oil), texts_of(printed))


def write() -> None:
    for name, oil in GOLDEN.items():
        (HERE / name).mkdir(exist_ok=True)
        for file, text in texts_of(oil).items():
            (HERE / name / file).write_text(text)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        unittest.main()
