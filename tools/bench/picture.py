# SPDX-License-Identifier: Apache-2.0
"""Histograms as an SVG picture: one below the other, with the same axes.

Its colours are in the middle between light and dark, and it has no background: it can be read on both.
"""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from .histogram import LIMITS_NS, Series

WIDTH = 760
LEFT, RIGHT = 64, 20
TOP, PANEL, PLOT = 72, 164, 104
BOTTOM = 16
# 1 us to 1 s on a logarithmic axis, a bar's width of the same scale for what is below and above, then those that never
# started.
DECADE = 94
BELOW, ABOVE, GAP, NEVER = 28, 28, 10, 28
FLOOR_PERCENT = 0.005

TEXT, STARTED, MISSED = "#737a83", "#3f83c8", "#d2662a"


def draw(all_series: list[Series], machine: str) -> str:
    """The whole picture."""
    height = TOP + PANEL * len(all_series) + BOTTOM
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
             f'font-family="sans-serif" font-size="12" fill="{TEXT}" role="img">',
             "<!-- SPDX-License-Identifier: Apache-2.0; made by: python3 -m tools.bench.response -->",
             _text(LEFT, 24, "Response of a 1 kHz task in a domU: from the alarm's due time to the first statement",
                   'font-size="14" font-weight="bold"'),
             _text(LEFT, 42, machine), *_legend(LEFT, 50)]
    for number, series in enumerate(all_series):
        parts += _panel(series, TOP + PANEL * number)
    parts += [_text(LEFT + BELOW + 3 * DECADE, height - 8, "response in microseconds (logarithmic)",
                    'text-anchor="middle"'), "</svg>"]
    return "\n".join(parts) + "\n"


def x_of(ns: float) -> float:
    """Where a response stands on the axis, from the left edge of the plot; 1 us and more."""
    return BELOW + DECADE * math.log10(ns / 1000)


def height_of(count: int, due: int) -> float:
    """How high the bar of so many among all expiries is, up to PLOT. Logarithmic: what is rare matters here."""
    if count == 0:
        return 0
    share = max(100 * count / due, FLOOR_PERCENT)
    return PLOT * math.log10(share / FLOOR_PERCENT) / math.log10(100 / FLOOR_PERCENT)


def _text(x: float, y: float, words: str, attributes: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{attributes and " "}{attributes}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{TEXT}" stroke-opacity="0.4"/>'


def _legend(x: float, y: float) -> list[str]:
    parts = []
    for offset, colour, words in ((0, STARTED, "expiries after which the task starts so late"),
                                  (290, MISSED, "expiries after which it never starts: lost or refused")):
        parts += [f'<rect x="{x + offset}" y="{y}" width="10" height="10" fill="{colour}"/>',
                  _text(x + offset + 15, y + 9, words)]
    return parts


def _panel(series: Series, top: float) -> list[str]:
    base = top + 34 + PLOT
    return [_text(LEFT, top + 14, series.name, 'font-weight="bold"'),
            _text(WIDTH - RIGHT, top + 14, _summary(series), 'text-anchor="end" font-size="11"'),
            *_y_axis(base), *_x_axis(base), *_bars(series, base)]


def _y_axis(base: float) -> list[str]:
    parts = [_text(14, base - PLOT / 2, "share of expiries", f'text-anchor="middle" transform="rotate(-90 14 '
                   f'{base - PLOT / 2:g})" font-size="11"')]
    for percent in (0.01, 0.1, 1, 10, 100):
        y = base - height_of(round(percent * 100), 10000)
        parts += [_line(LEFT, y, WIDTH - RIGHT, y),
                  _text(LEFT - 5, y + 4, f"{percent:g} %", 'text-anchor="end" font-size="10"')]
    return parts


def _x_axis(base: float) -> list[str]:
    parts = [_line(LEFT, base, WIDTH - RIGHT, base)]
    for power in range(7):
        x = LEFT + x_of(10 ** (power + 3))
        parts += [_line(x, base, x, base + 4),
                  _text(x, base + 15, f"{10 ** power:,}", 'text-anchor="middle" font-size="10"')]
    never = LEFT + x_of(10**9) + ABOVE + GAP + NEVER / 2
    return [*parts, _text(never, base + 15, "never", 'text-anchor="middle" font-size="10"')]


def _bars(series: Series, base: float) -> list[str]:
    edges = [0, *map(x_of, LIMITS_NS[1:]), x_of(LIMITS_NS[-1]) + ABOVE]
    bars = [(left, right, STARTED, count, f"{short(low)} to {short(high)}" if high else f"{short(low)} and more")
            for left, right, count, low, high in zip(edges, edges[1:], series.starts, LIMITS_NS, (*LIMITS_NS[1:], 0))]
    bars.append((edges[-1] + GAP, edges[-1] + GAP + NEVER, MISSED, series.never, "never"))
    return [_bar(LEFT + left + 1, right - left - 2, base, height_of(count, series.due), colour,
                 f"{words}: {count} of {series.due}") for left, right, colour, count, words in bars]


def _bar(x: float, width: float, base: float, height: float, colour: str, words: str) -> str:
    return (f'<rect class="bar" x="{x:.1f}" y="{base - height:.2f}" width="{width:.1f}" height="{height:.2f}" '
            f'fill="{colour}"><title>{escape(words)}</title></rect>')


def _summary(series: Series) -> str:
    shares = [f"{per_mille / 10:g} % {_within(series.within_ns(per_mille))}" for per_mille in (500, 990, 999)]
    return f"starts: {', '.join(shares)}, max {short(series.most_ns)}; never: {100 * series.never / series.due:.3g} %"


def _within(ns: int | None) -> str:
    return f"> {short(LIMITS_NS[-1])}" if ns is None else f"< {short(ns)}"


def short(ns: int) -> str:
    """A time as people write it, with three digits."""
    for unit, size in (("s", 10**9), ("ms", 10**6), ("us", 1000)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns} ns"
