# SPDX-License-Identifier: Apache-2.0
"""What `make bench` and `make bench-compare` run: measure, and print beside what docs/PERFORMANCE.md says.

    python3 -m tools.bench [--compare | --write] [SECTION ...]

Without a section: all but those that take minutes. --write puts the figures into the page. What is not exact has a
command of its own: python3 -m tools.bench.response.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial

from tools.lab import paths
from tools.lab.errors import LabError

from . import boot, growth, masked, pin, services, size, thread_metric, traps
from .figure import Figure
from .page import Page, Row, written

PAGE = paths.ROOT / "docs/PERFORMANCE.md"

# Section -> its heading in the page, and what measures it.
SECTIONS: dict[str, tuple[str, Callable[[], list[Figure]]]] = {
    "bcc1": ("BCC1, standard status", partial(services.figures, "bcc1")),
    "ecc1": ("ECC1, standard status", partial(services.figures, "ecc1")),
    "ecc2": ("ECC2, extended status", partial(services.figures, "ecc2")),
    "ready_tasks": ("Growth with ready tasks", growth.ready_tasks),
    "armed_alarms": ("Growth with armed alarms", growth.armed_alarms),
    "thread_metric": ("Thread-Metric", thread_metric.figures),
    "pin": ("A command for a pin, inside the guest", pin.figures),
    "traps": ("Xen: traps for an operation", traps.figures),
    "boot": ("Start", boot.figures),
    "masked": ("Worst case: interrupts masked", masked.figures),
    "size": ("Bytes of the kernel", size.kernel),
    "images": ("Bytes of whole images", size.images),
    "objects": ("Bytes of one object more", size.objects),
}
# Minutes each.
SLOW = {"masked"}


def verdict(figure: Figure, row: Row | None) -> str:
    """How a figure compares with what the page says."""
    words = []
    for column, value in figure.values.items():
        before = row.figure(column) if row else None
        if before is None:
            words.append(f"{column} is new")
        elif before != value:
            better = (value > before) == (column in figure.more_is_better)
            words.append(f"{column} was {written(before)}: {'better' if better else 'WORSE'}")
    return ", ".join(words)


def show(heading: str, figures: list[Figure], page: Page | None) -> None:
    """Prints a table; with a page, what has changed since it was written."""
    columns = list(dict.fromkeys(column for figure in figures for column in figure.values))
    widths = [max(len(column), 10) for column in columns]
    print(f"\n{heading}\n{'':62}" + " ".join(f"{column:>{width}}" for column, width in zip(columns, widths)))
    rows = page.rows(heading) if page else {}
    for figure in figures:
        cells = [written(figure.values[column]) if column in figure.values else "" for column in columns]
        line = f"{figure.row:62}" + " ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths))
        print((line + "  " + verdict(figure, rows.get(figure.row)) if page else line).rstrip(), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.bench", description="Measure, in executed instructions.")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--compare", action="store_true", help="beside the last committed figures; what got worse")
    mode.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(paths.ROOT)}")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; else all but {', '.join(SLOW)}")
    args = parser.parse_args()
    unknown = [name for name in args.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    page = Page(PAGE) if args.compare or args.write else None
    for name in args.sections or [name for name in SECTIONS if name not in SLOW]:
        heading, measure = SECTIONS[name]
        figures = measure()
        show(heading, figures, page)
        if args.write:
            page.update(heading, figures)
            page.write()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)
