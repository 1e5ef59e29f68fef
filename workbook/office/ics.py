"""The report's dates as a calendar: due actions, ready systems, checkpoints, confirmations.

An event keeps its UID in every later calendar of the engagement, whatever it is called by then, and
its SEQUENCE grows with each change of the engagement and each day: a second import moves what has
moved, and doubles nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from icalendar import Calendar, Event

from workbook import __version__
from workbook.exchange.tables.writing import legal
from workbook.fragments.timeline import Timeline
from workbook.i18n import Voice, voice
from workbook.report.value import Actions, CalendarEntry, Report, TextTable
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.names import labelled

FIRST_DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""SEQUENCE counts seconds from here: it fits into 31 bits until 2088."""
MOST = 2**31 - 1
"""The greatest SEQUENCE (RFC 5545, an INTEGER)."""


def ics(report: Report) -> bytes:
    """The calendar (RFC 5545) as bytes, the same for the same report."""
    v, calendar = voice(report.lang), Calendar()
    calendar.add("prodid", f"-//Ownership workbook//{__version__}//{report.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(report.title))
    calendar.add("x-workbook-report", report.provenance)
    for entry in sorted(_entries(report, v), key=lambda entry: (entry.day, entry.key)):
        calendar.add_component(_event(entry, report))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, report: Report) -> Event:
    identity = f"{report.key}\0{entry.key}".encode()
    day = dt.datetime.combine(report.as_of, dt.time(), dt.UTC)
    stamp = max(day, report.changed.replace(microsecond=0)) if report.changed else day
    event = Event()
    event.add("uid", f"{hashlib.sha256(identity).hexdigest()[:32]}@ownership-workbook")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", min(max(0, int((stamp - FIRST_DAY).total_seconds())), MOST))
    event.add("dtstart", entry.day)
    event.add("summary", _line(f"{report.origin} · {entry.title}"))
    if entry.text:
        event.add("description", "\n".join(map(_line, entry.text.split("\n"))))
    event.add("transp", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    """A text on one line: any other sign that ends a line would begin a property of its own."""
    return " ".join(legal(text).splitlines())


def _entries(report: Report, v: Voice) -> Iterator[CalendarEntry]:
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Timeline):
                yield from _dates(block, v)
            elif isinstance(block, Actions):
                yield from _due(block, v)
            elif isinstance(block, TextTable):
                yield from block.dates


def _dates(line: Timeline, v: Voice) -> Iterator[CalendarEntry]:
    yield CalendarEntry("go-live", line.go_live, field_names(v)["go_live"])
    for system in line.systems:
        if system.on is not None:
            yield CalendarEntry(
                f"ready/{system.key}", system.on, v.t("{system} ready", system=system.label)
            )
    for day in line.checkpoints:
        yield CalendarEntry(f"checkpoint/{day}", day, headings(v)["checkpoint"])


def _due(block: Actions, v: Voice) -> Iterator[CalendarEntry]:
    words = headings(v)
    for line in block.lines:
        lines = (line.subjects, labelled(words["who"], line.who, v))
        yield CalendarEntry(
            f"action/{line.key}", line.due, line.title, "\n".join(filter(None, lines))
        )
