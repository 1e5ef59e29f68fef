"""Charts that every format draws from one value: stacked bars, and lines from stop to stop.

Here they are drawn as SVG. Office documents draw them as native charts from the same value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from workbook.fragments.axis import Scale
from workbook.fragments.markup import join, tag
from workbook.fragments.svg import WIDTH, chart, clipped, figure, label, text, text_width
from workbook.i18n import Voice

if TYPE_CHECKING:
    from markupsafe import Markup

SeriesLook = Literal["clear", "strong", "light", "pale", "late"]
HUNDRED = (0, 25, 50, 75, 100)
_FILLS: dict[SeriesLook, str] = {
    "strong": "fill",
    "light": "soft-fill",
    "pale": "seg-3",
    "late": "seg-nobody",
}
_LEFT, _ROW, _BAR = 190.0, 26.0, 14.0
_TALL, _APART = 190.0, 15.0
"""The height of the lines' field, and how far apart two names stand at their ends."""
DASHES = ("", "7 4", "2 3", "9 3 2 3")
"""How lines differ without colour; their signs differ, too."""


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one look in a chart, in the order of its categories."""

    name: str
    values: tuple[float, ...]
    look: SeriesLook = "strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Stacked horizontal bars. `reading` tells in words what the picture shows.

    `ticks`: the numbers on the axis, which ends with the last. `ends`: what stands at the end of
    each bar. `dates`: values are days, counted as workbooks do. `key` names the chart in a page.
    """

    key: str
    title: str
    reading: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[int, ...] = HUNDRED
    ends: tuple[str, ...] = ()
    dates: bool = False

    @property
    def named(self) -> tuple[Series, ...]:
        """The series that a legend explains: those with a name, where there are several."""
        named = tuple(series for series in self.series if series.name)
        return named if len(named) > 1 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """LineChart between 0 and 100 over stops from left to right; `reading` says what they show."""

    key: str
    title: str
    reading: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def ticks_to(most: float) -> tuple[int, ...]:
    """Four or five whole numbers from 0 to the first that holds the most."""
    step = max(1, math.ceil(most / 4))
    return tuple(range(0, step * math.ceil(max(most, 1) / step) + 1, step))


def bars_figure(bars: Bars, voice: Voice) -> Markup:
    """The bars with their axis on top, and a legend where series are named."""
    room = max((text_width(end) for end in bars.ends), default=0) + 12
    scale = Scale(_LEFT, WIDTH - max(room, 20), bars.ticks[0], bars.ticks[-1])
    top = 20.0 + (20.0 if bars.named else 0)
    bottom = top + _ROW * len(bars.categories) + 6
    shapes = [_legend(bars.named), scale.ticks(bars.ticks, voice, top - 8, bottom)]
    for at, category in enumerate(bars.categories):
        middle = top + _ROW * (at + 0.5)
        shapes.append(label(category, _LEFT - 12, middle))
        start = 0.0
        for series in bars.series:
            end = start + series.values[at]
            if series.look != "clear" and end > start:
                box = {"x": scale.x(start), "width": scale.x(end) - scale.x(start)}
                kind = _FILLS[series.look]
                shapes.append(tag("rect", y=middle - _BAR / 2, height=_BAR, **box, class_=kind))
            start = end
        if bars.ends:
            shapes.append(text(scale.x(start) + 6, middle + 4, bars.ends[at], "strong"))
    svg = chart(f"bars-{bars.key}", bars.title, bars.reading, bottom, *shapes)
    return figure(bars.title, svg)


def _legend(named: Sequence[Series]) -> Markup:
    at, parts = _LEFT, []
    for series in named:
        parts.append(tag("rect", x=at, y=2, width=12, height=12, class_=_FILLS[series.look]))
        parts.append(text(at + 18, 12, series.name, "soft tiny"))
        at += 18 + text_width(series.name, 11) + 18
    return join(parts)


def lines_figure(lines: LineChart, voice: Voice) -> Markup:
    """The lines with their names at the right and their numbers at every stop."""
    names = max(text_width(series.name) for series in lines.series)
    left, right = 44.0, WIDTH - min(names, 220) - 50
    step = (right - left - 40) / max(len(lines.categories) - 1, 1)
    stops = [left + 20 + step * at for at in range(len(lines.categories))]
    shapes = []
    for tick in HUNDRED:
        y = _height(tick)
        shapes.append(tag("line", x1=left, x2=right, y1=y, y2=y, class_="grid"))
        shapes.append(text(left - 8, y + 4, voice.number(tick), "soft tiny", "end"))
    each = max(1, math.ceil(max(map(text_width, lines.categories)) / max(step, 1)))
    last = len(lines.categories) - 1
    for at, (x, category) in enumerate(zip(stops, lines.categories, strict=True)):
        if (last - at) % each == 0:
            shapes.append(text(x, _TALL + 32, category, "soft tiny", "middle"))
    for number, series in enumerate(lines.series):
        shapes.append(_line(series, number, stops))
        shapes.append(_numbers(series, lines.series[:number], stops, voice))
    shapes.append(_names(lines.series, right, voice))
    svg = chart(f"lines-{lines.key}", lines.title, lines.reading, _TALL + 40, *shapes)
    return figure(lines.title, svg)


def _height(points: float) -> float:
    return 14 + _TALL * (1 - points / 100)


def _line(series: Series, number: int, stops: Sequence[float]) -> Markup:
    points = [(x, _height(value)) for x, value in zip(stops, series.values, strict=True)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dash = DASHES[number % len(DASHES)] or None
    parts = [tag("path", d=path, class_="whisker", stroke_dasharray=dash)]
    parts += [_sign(x, y, number) for x, y in points]
    return join(parts)


def _numbers(
    series: Series, others: Sequence[Series], stops: Sequence[float], voice: Voice
) -> Markup:
    """Numbers where a line turns, but for its end, and where no other line has the same."""
    values, parts = series.values, []
    turns = [0, *(at for at, (old, new) in enumerate(pairwise(values), 1) if old != new)]
    for at in turns:
        if at < len(stops) - 1 and all(other.values[at] != values[at] for other in others):
            words = voice.number(values[at])
            parts.append(text(stops[at], _height(values[at]) - 9, words, "tiny strong", "middle"))
    return join(parts)


def _sign(x: float, y: float, number: int) -> Markup:
    """A circle, a square, a diamond or a triangle."""
    match number % len(DASHES):
        case 0:
            return tag("circle", cx=x, cy=y, r=4, class_="fill")
        case 1:
            return tag("rect", x=x - 4, y=y - 4, width=8, height=8, class_="fill")
        case 2:
            shape = f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z"
        case _:
            shape = f"M{x:.1f} {y - 5:.1f}l5 9h-10z"
    return tag("path", d=shape, class_="fill")


def _names(series: Sequence[Series], right: float, voice: Voice) -> Markup:
    """The names at the lines' ends, none over another."""
    parts, above = [], -math.inf
    for each in sorted(series, key=lambda each: -each.values[-1]):
        y = above = max(_height(each.values[-1]) + 4, above + _APART)
        number = voice.number(each.values[-1])
        parts.append(text(right - 8, y, number, "strong"))
        parts.append(text(right + 18, y, clipped(each.name, WIDTH - right - 18)))
    return join(parts)
