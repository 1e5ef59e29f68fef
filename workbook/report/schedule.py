"""The timeline: back-office dates and checkpoints against go-live, as they were answered."""

from __future__ import annotations

from workbook.fragments.timeline import Gap, SystemDate, Timeline
from workbook.scoring.forecast import checkpoints, ready_day
from workbook.scoring.inquiry import Inquiry, due_day, gaps
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases


def timeline(phrases: Phrases) -> Timeline:
    """Everything dated. Where respondents differ on a date, the latest stands: it sets the pace."""
    programme = phrases.engagement.programme
    inquiries = phrases.reading.inquiries
    dated = [i for i in inquiries if i.question.kind == "date" and not i.ruled_out]
    calendars = [i for i in inquiries if i.question.kind == "dates"]
    days = tuple(checkpoints(inquiries))
    longest = max((calendar.question.max_gap_days for calendar in calendars), default=0)
    pauses = gaps(days, programme, longest) if days else ()
    v = phrases.voice
    calendar = v.listing(
        dict.fromkeys(phrases.say(c.question.calendar or c.question.title) for c in calendars)
    )
    return Timeline(
        title=capitalised(v.listing(filter(None, (v.t("ready dates") if dated else "", calendar)))),
        start=programme.start,
        today=phrases.evaluation.as_of,
        go_live=programme.go_live,
        systems=tuple(_system(phrases, inquiry) for inquiry in dated),
        checkpoints=days,
        gaps=tuple(Gap(start, end) for start, end in pauses),
        calendar=calendar,
    )


def _system(phrases: Phrases, inquiry: Inquiry) -> SystemDate:
    label = (
        phrases.focal(inquiry.instance) if inquiry.instance else phrases.say(inquiry.question.title)
    )
    day = ready_day(inquiry)
    due = due_day(inquiry.question, phrases.engagement.programme)
    late = (day - due).days if day else 0
    key = f"{inquiry.question.key}/{inquiry.instance or '-'}"
    return SystemDate(label, day, max(late, 0), key)
