"""Times and days as exports of forms write them: by locale, with AM and PM, as serial numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import pairwise

from workbook.exchange.tables.words import fold

_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_BEGINNING = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a form's time is of its own place
"""Day 0 of a spreadsheet."""
MONTHS, CENTURY = 12, 2000
_NAMES = (
    "jan", "feb fev", "mar", "apr avr", "may mai", "jun juin", "jul juil", "aug aou", "sep", "oct",
    "nov", "dec",
)  # fmt: skip
_NUMBER = {name: n for n, names in enumerate(_NAMES, 1) for name in names.split()}
_NAMED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[ ./-]+([^\W\d_]{3,9})\.?[ ./,-]+(\d{2,4})")
_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp])?\.?(?:[Mm]\b)?")


def day_comes_first(texts: Iterable[str], *, usual: bool) -> bool:
    """Whether days stand before months: some number is no month, else the order in time says.

    `usual` is the custom of the export's language where neither tells.
    """
    days = [match for text in texts if (match := _DAY.search(text)) and not _is_iso(match)]
    firsts, seconds = ([int(match[n]) for match in days] for n in (1, 2))
    if max(*firsts, *seconds, 0, 0) > MONTHS:
        return max(firsts) > MONTHS
    # Rows are exported as they came in: the right reading leaves fewer steps back in time.
    steps = {turned: _steps_back(days, day_first=turned) for turned in (True, False)}
    return usual if steps[True] == steps[False] else steps[True] < steps[False]


def _steps_back(days: Iterable[re.Match[str]], *, day_first: bool) -> int:
    read = [day for match in days if (day := _day(match, day_first=day_first))]
    return sum(later < earlier for earlier, later in pairwise(read))


def moment_of(text: str, *, day_first: bool) -> dt.datetime | None:
    """A time of day on a day, as it is written; None where there is no day."""
    if _SERIAL.fullmatch(text):
        serial = _BEGINNING + dt.timedelta(days=float(text.replace(",", ".")))
        return (serial + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    text = _NAMED.sub(_numbered, text)
    match = _DAY.search(text)
    day = _day(match, day_first=day_first) if match else None
    if match is None or day is None:
        return None
    clock = _CLOCK.search(text, match.end())
    if clock is None:
        return dt.datetime.combine(day, dt.time.min)
    hour, half = int(clock[1]), (clock[4] or "").lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    try:
        return dt.datetime.combine(day, dt.time(hour, int(clock[2]), int(clock[3] or 0)))
    except ValueError:
        return None


def _numbered(match: re.Match[str]) -> str:
    """A day whose month is named, in figures with the year first."""
    name = fold(match[2])
    month = _NUMBER.get(name[:4], _NUMBER.get(name[:3]))
    year = int(match[3]) + (CENTURY if len(match[3]) == 2 else 0)  # noqa: PLR2004
    return f"{year:04}-{month}-{match[1]}" if month else match[0]


def days_of(text: str, *, day_first: bool) -> list[dt.date] | None:
    """Every day of a text that lists days; None where anything else stands in it."""
    text = _NAMED.sub(_numbered, text)
    written = [match.group() for match in _DAY.finditer(text)] or [text]
    days = [moment_of(day, day_first=day_first) for day in written]
    rest = re.sub(r"\b(?:and|et)\b", "", _CLOCK.sub("", _DAY.sub("", text)))
    if not all(days) or (rest != text and re.search(r"\w", rest)):
        return None
    return sorted({day.date() for day in days if day})


def _is_iso(match: re.Match[str]) -> bool:
    """Whether the year comes first."""
    return len(match[1]) == len("2026")


def _day(match: re.Match[str], *, day_first: bool) -> dt.date | None:
    first, second, third = (int(part) for part in match.groups())
    if _is_iso(match):
        year, month, day = first, second, third
    else:
        year = third + (CENTURY if third < 100 else 0)  # noqa: PLR2004
        day, month = (first, second) if day_first else (second, first)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
