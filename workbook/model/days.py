"""Days counted from a day, within what a calendar holds."""

from __future__ import annotations

import datetime as dt


def local_day(moment: dt.datetime) -> dt.date:
    """The day of a moment where this machine stands: the one zone for baselines and as-of."""
    return moment.astimezone().date()


def shifted(day: dt.date, days: int) -> dt.date:
    """The day that many days later, or earlier; the calendar's first or last day beyond it."""
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))
