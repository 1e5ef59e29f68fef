"""Axes of points and of days, and labels that keep out of each other's way."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.markup import join, tag
from workbook.fragments.svg import text, text_width
from workbook.i18n import Voice

if TYPE_CHECKING:
    from markupsafe import Markup

_STEPS = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Scale:
    """Points from `low` to `high` on the drawing's x from `left` to `right`."""

    left: float
    right: float
    low: float = 0.0
    high: float = 100.0

    def x(self, points: float) -> float:
        """Where a number of points stands."""
        return self.left + (points - self.low) / (self.high - self.low) * (self.right - self.left)

    def ticks(self, values: Sequence[float], voice: Voice, y: float, bottom: float) -> Markup:
        """Numbers at y with hairlines down to `bottom`."""
        parts = []
        for value in values:
            x = self.x(value)
            parts.append(tag("line", x1=x, x2=x, y1=y + 6, y2=bottom, class_="grid"))
            parts.append(text(x, y, voice.number(value), "soft tiny", "middle"))
        return join(parts)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `start` to `end` on the drawing's x from `left` to `right`."""

    start: dt.date
    end: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """Where a day stands."""
        days = max((self.end - self.start).days, 1)
        return self.left + (day - self.start).days / days * (self.right - self.left)

    def months(self, room: float) -> tuple[dt.date, ...]:
        """First days of months, so far apart that each has `room`."""
        span = max((self.end - self.start).days / 30.44, 1)
        per_month = (self.right - self.left) / span
        years = 12 * math.ceil(room / per_month / 12)
        step = next((s for s in _STEPS if s * per_month >= room), years)
        number = self.start.year * 12 + self.start.month - (self.start.day == 1)
        number += -number % step if step > 1 else 0
        last = self.end.year * 12 + self.end.month - 1
        numbers = range(number, last + 1, step)
        return tuple(dt.date(number // 12, number % 12 + 1, 1) for number in numbers)

    def ticks(self, voice: Voice, y: float, bottom: float, *, apart: float) -> Markup:
        """Month names at y with hairlines down to `bottom`; the year with the first of each.

        A name that the line at `apart` would cross is left out.
        """
        year, parts = 0, []
        for day in self.months(room=62):
            month = voice.date(day, "LLL y" if day.year != year else "LLL")
            x, half = self.x(day), text_width(month, 11) / 2
            parts.append(tag("line", x1=x, x2=x, y1=y + 6, y2=bottom, class_="grid"))
            if x + half <= self.right + 16 and abs(x - apart) > half:
                parts.append(text(x, y, month, "soft tiny", "middle"))
                year = day.year
        return join(parts)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its centre and its line (0 is the first)."""

    text: str
    x: float
    line: int


def placed(labels: Sequence[tuple[float, str]], left: float, right: float) -> tuple[Placed, ...]:
    """Labels around the x they belong to, inside left to right, on the first line with room.

    They are given in order of x. A label wider than the room is centred in it.
    """
    ends: list[float] = []
    result = []
    for x, label in labels:
        half = text_width(label) / 2
        centre = max(min(x, right - half), left + half)
        line = next((i for i, end in enumerate(ends) if centre - half >= end + 10), len(ends))
        ends[line:] = [centre + half, *ends[line + 1 :]]
        result.append(Placed(label, centre, line))
    return tuple(result)
