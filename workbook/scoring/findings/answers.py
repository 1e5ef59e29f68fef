"""Findings that answers to questions give, as the framework maps outcomes to kinds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from workbook.model.engagement import Answer, State
from workbook.model.evaluation import Evidence, Finding
from workbook.scoring.encode import EngagementReading
from workbook.scoring.findings.registry import conclude, finding
from workbook.scoring.inquiry import Inquiry, counted_days, due_day, gaps, value_of
from workbook.scoring.panel import ROUNDING


def outcomes(reading: EngagementReading, as_of: dt.date) -> Iterator[Finding]:
    """The outcome that most voices gave, the worse one on a tie; or `missing` / `unknown`."""
    for inquiry in reading.inquiries:
        if inquiry.ruled_out:
            continue
        outcome, count = outcome_said(inquiry)
        kind = inquiry.question.findings.get(outcome)
        if kind is None and outcome == "none" and inquiry.question.kind == "dates":
            # Older frameworks know no empty calendar, only one that stops.
            kind = inquiry.question.findings.get("stops")
        if kind is None:
            continue
        answers = [c.answer for c in inquiry.cells if c.outcome == outcome and c.answer]
        day, days = _when(reading, inquiry, next(iter(answers), None), outcome, as_of)
        yield conclude(
            reading,
            kind,
            inquiry.area.key,
            focal_point=inquiry.instance,
            question=inquiry.question.key,
            count=count,
            total=len(inquiry.cells),
            date=day,
            days=days,
            evidence=tuple(_evidence(inquiry, answer) for answer in answers)
            or (
                Evidence(
                    "answer",
                    question=inquiry.question.key,
                    focal_point=inquiry.instance,
                    value=outcome,
                ),
            ),
            cells=_basis(inquiry),
        )


def _basis(inquiry: Inquiry) -> int | None:
    """How many voices an outcome rests on: those who do not know where nobody knows.

    None where the team answered together, or nobody was reading.
    """
    alone = [cell for cell in inquiry.cells if cell.answer and cell.answer.respondent is not None]
    return len(inquiry.cells) if alone else (inquiry.unknown if not inquiry.cells else 0) or None


def outcome_said(inquiry: Inquiry) -> tuple[str, int]:
    """(outcome, voices) of a question: the most frequent, the worse of two as frequent."""
    if not inquiry.cells:
        return ("unknown" if inquiry.unknown else "missing"), 0
    counts = Counter(cell.outcome for cell in inquiry.cells)
    return min(
        counts.items(), key=lambda pair: (-pair[1], value_of(inquiry.question, pair[0]), pair[0])
    )


def _evidence(inquiry: Inquiry, answer: Answer) -> Evidence:
    value = answer.value if isinstance(answer.value, str) else None
    return Evidence(
        "answer",
        respondent=answer.respondent,
        question=inquiry.question.key,
        focal_point=inquiry.instance,
        value=value,
        on=answer.on,
        note=answer.note,
    )


def _when(
    reading: EngagementReading,
    inquiry: Inquiry,
    answer: Answer | None,
    outcome: str,
    as_of: dt.date,
) -> tuple[dt.date | None, int | None]:
    """The date and days that a finding tells, both None where no date was given.

    A date with its days after the one that was needed; checkpoints that stop, with the last one and
    the days from there to go-live; checkpoints with a gap, with the start and length of the widest.
    """
    if answer is None or answer.value is None:
        return None, None
    programme, question = reading.engagement.programme, inquiry.question
    if question.kind == "date":
        day = dt.date.fromisoformat(str(answer.value))
        return day, (day - due_day(question, programme)).days
    if not isinstance(answer.value, tuple):
        return None, None
    if outcome in ("stops", "none"):
        begun = programme.start or min(as_of, programme.go_live)
        last = max(counted_days(answer.value, programme), default=begun)
        return last, (programme.go_live - last).days
    wide = gaps(answer.value, programme, question.max_gap_days)
    start, end = max(wide, key=lambda gap: gap[1] - gap[0], default=(None, None))
    return start, (end - start).days if start and end else None


@finding("many_unknowns")
def many_unknowns(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """Too much of an area is not known; "don't know" often means unclear ownership."""
    limit = reading.rules.thresholds.unknown_share
    for area, (unknown, total) in _unknown_voices(reading).items():
        if unknown and unknown >= limit * total - ROUNDING:
            yield conclude(
                reading,
                "many_unknowns",
                area,
                count=unknown,
                total=total,
                evidence=(Evidence("count", value=float(unknown)),),
                cells=total,
            )


def _unknown_voices(reading: EngagementReading) -> dict[str, tuple[int, int]]:
    """Per area: (voices that say "don't know", voices that said anything).

    A decided focal point has no unknowns, and its voices no say (METHOD §8).
    """
    counts = {area.key: (0, 0) for area in reading.rules.areas}
    for panel in reading.panels.values():
        if panel.decided:
            continue
        undecided = panel.decision is not None and panel.decision.state is State.UNKNOWN
        _add(counts, panel.area.key, panel.unknown + int(undecided), panel.answered)
    for inquiry in reading.inquiries:
        _add(counts, inquiry.area.key, inquiry.unknown, len(inquiry.cells))
    return counts


def _add(counts: dict[str, tuple[int, int]], area: str, unsure: int, sure: int) -> None:
    unknown, total = counts[area]
    counts[area] = (unknown + unsure, total + unsure + sure)
