"""A finding in words: its conclusion, why it matters, where it belongs."""

from __future__ import annotations

from workbook.model.base import Text
from workbook.model.evaluation import Finding
from workbook.model.filling import filled_in
from workbook.wording.headings import headings
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.seats import seat_title


def finding_title(phrases: Phrases, finding: Finding) -> str:
    """The conclusion, as a sentence without its full stop."""
    about_seat = seat_title(phrases, finding)
    if about_seat is not None:
        return capitalised(about_seat)
    return filled(phrases, phrases.rules.findings[finding.kind].title, finding)


def finding_explanation(phrases: Phrases, finding: Finding) -> str:
    """Why it matters, in whole sentences."""
    return filled(phrases, phrases.rules.findings[finding.kind].explanation, finding)


def finding_scope(phrases: Phrases, finding: Finding) -> str:
    """The area and the focal point that it belongs to."""
    area = phrases.area(finding.area) if finding.area else headings(phrases.voice)["all_areas"]
    parts = (area, phrases.focal(finding.focal_point) if finding.focal_point else "")
    return " · ".join(part for part in parts if part)


def filled(phrases: Phrases, text: Text, finding: Finding, **instead: str) -> str:
    """A finding's text with its placeholders filled in; `instead` goes before its own facts."""
    v, framework = phrases.voice, phrases.rules
    values: dict[str, str] = {
        "focal_point": phrases.spoken(finding.focal_point) if finding.focal_point else "",
        "area": phrases.area(finding.area) if finding.area else "",
        "parties": phrases.listing(map(phrases.party, finding.parties)),
        "count": v.number(finding.count or 0),
        "total": v.number(finding.total or 0),
        "days": v.n("{count} day", "{count} days", finding.days or 0),
        "date": v.date(finding.date, "medium") if finding.date else "",
        "question": phrases.question(finding.question) if finding.question else "",
        "title": finding.title or framework.title_text(finding.title_key, v.language),
    }
    return capitalised(filled_in(phrases.say(text), values | instead))
