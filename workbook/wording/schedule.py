"""Dates of a programme in words: what is ready when, and where checkpoints are missing."""

from __future__ import annotations

import datetime as dt

from workbook.i18n import Voice
from workbook.wording.headings import absences


def ready_text(day: dt.date | None, days_late: int, voice: Voice) -> str:
    """When something is ready, and how late that is."""
    if day is None:
        return absences(voice)["no_date"]
    date = voice.date(day, "medium")
    if days_late <= 0:
        return date
    late = voice.n("{count} day late", "{count} days late", days_late)
    return f"{date} · {late}"


def gap_text(start: dt.date, end: dt.date, voice: Voice) -> str:
    """How long a calendar pauses."""
    return voice.n("gap of {count} day", "gap of {count} days", (end - start).days)


def span_text(start: dt.date, end: dt.date, voice: Voice) -> str:
    """A stretch of time by its ends."""
    first, last = voice.date(start, "medium"), voice.date(end, "medium")
    return voice.t("from {start} to {end}", start=first, end=last)


def drawn_text(go_live: dt.date, today: dt.date, voice: Voice) -> str:
    """What a drawing of the programme begins to tell those who do not see it."""
    return voice.t(
        "Go-live on {date}; drawn on {today}.", date=voice.date(go_live), today=voice.date(today)
    )
