"""How much of an engagement was really answered: presets and defaults never count."""

from __future__ import annotations

from collections import Counter

from workbook.model.engagement import State
from workbook.model.evaluation import Progress
from workbook.scoring.encode import EngagementReading
from workbook.scoring.inquiry import RULED_OUT, Inquiry
from workbook.scoring.panel import Panel
from workbook.scoring.scope import ruled_out


def panel_state(panel: Panel) -> State:
    """Answered once anybody named an owner or nobody; unknown if all who spoke do not know."""
    if panel.cells:
        return State.ANSWERED
    undecided = panel.decision is not None and panel.decision.state is State.UNKNOWN
    return State.UNKNOWN if undecided or panel.unknown else State.MISSING


def inquiry_state(inquiry: Inquiry) -> State:
    """The state of one question instance."""
    if inquiry.ruled_out:
        return State.NOT_APPLICABLE
    if inquiry.cells:
        return State.ANSWERED
    return State.UNKNOWN if inquiry.unknown else State.MISSING


def progress(reading: EngagementReading) -> tuple[Progress, ...]:
    """Counts per area over focal points and scored questions that apply."""
    states: dict[str, Counter[State]] = {area.key: Counter() for area in reading.rules.areas}
    for panel in reading.panels.values():
        states[panel.area.key][panel_state(panel)] += 1
    for inquiry in reading.inquiries:
        closed = any(cell.outcome == RULED_OUT for cell in inquiry.cells)
        if inquiry.scored and not closed:
            states[inquiry.area.key][inquiry_state(inquiry)] += 1
    places = reading.rules.places()
    for key in ruled_out(reading.engagement):
        if key in places:
            states[places[key][0].key][State.NOT_APPLICABLE] += 1
    later = _discuss_later(reading)
    return tuple(
        Progress(
            area=area,
            answered=counts[State.ANSWERED],
            unknown=counts[State.UNKNOWN],
            missing=counts[State.MISSING],
            not_applicable=counts[State.NOT_APPLICABLE],
            discuss_later=later[area],
        )
        for area, counts in states.items()
    )


def _discuss_later(reading: EngagementReading) -> Counter[str]:
    places, questions = reading.rules.places(), reading.rules.questions()
    marked = {d.focal_point for d in reading.decisions.values() if d.discuss_later}
    marked |= {n.focal_point for n in reading.nominations if n.discuss_later}
    counts = Counter(places[key][0].key for key in marked if key in reading.panels)
    later = [a for a in reading.engagement.answers if a.discuss_later]
    withdrawn = reading.engagement.withdrawn()
    asked = {(a.question, a.subject) for a in later if a.respondent not in withdrawn}
    counts.update(questions[key][0].key for key, _ in asked if key in questions)
    return counts
