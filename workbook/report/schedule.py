"""The timeline: back-office dates and checkpoints against go-live, as they were answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workbook.fragments.timeline import Gap, SystemDate, Timeline
from workbook.scoring.inquiry import Inquiry, due_day, gaps
from workbook.wording.phrases import Phrases


def timeline(phrases: Phrases) -> Timeline:
    """Everything dated. Where respondents differ on a date, the latest stands: it sets the pace."""
    programme = phrases.engagement.programme
    dated = [
        one for one in phrases.heard.inquiries if one.question.kind == "date" and not one.ruled_out
    ]
    calendars = [one for one in phrases.heard.inquiries if one.question.kind == "dates"]
    checkpoints = sorted({day for one in calendars for day in _days(one)})
    longest = max((one.question.max_gap_days for one in calendars), default=0)
    pauses = gaps(tuple(checkpoints), programme, longest) if checkpoints else ()
    return Timeline(
        phrases.voice.t("What must be ready when, and when leadership looks"),
        programme.start,
        phrases.evaluation.as_of,
        programme.go_live,
        tuple(_system(phrases, one) for one in dated),
        tuple(checkpoints),
        tuple(Gap(start, end) for start, end in pauses),
    )


def _system(phrases: Phrases, inquiry: Inquiry) -> SystemDate:
    label = (
        phrases.focal(inquiry.instance) if inquiry.instance else phrases.say(inquiry.question.title)
    )
    day = max(_dates(inquiry), default=None)
    due = due_day(inquiry.question, phrases.engagement.programme)
    late = (day - due).days if day else 0
    return SystemDate(label, day, max(late, 0))


def _dates(inquiry: Inquiry) -> Iterable[dt.date]:
    return (dt.date.fromisoformat(str(said.answer.value)) for said in inquiry.said if said.answer)


def _days(inquiry: Inquiry) -> tuple[dt.date, ...]:
    """The checkpoints of a calendar: of the agreed answer, else of whoever knows most of them."""
    if inquiry.ruled_out:
        return ()
    calendars = (said.answer.value for said in inquiry.said if said.answer)
    known = [days for days in calendars if isinstance(days, tuple)]
    return max(known, key=len, default=())
