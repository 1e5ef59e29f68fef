"""Findings that answers to questions give, as the framework maps outcomes to kinds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from workbook.model.engagement import Answer, State
from workbook.model.evaluation import Evidence, Finding
from workbook.scoring.encode import Heard
from workbook.scoring.findings.registry import conclude, finding
from workbook.scoring.inquiry import Inquiry, counted_days, due_day, gaps, value_of
from workbook.scoring.panel import ROUNDING


def outcomes(heard: Heard, as_of: dt.date) -> Iterator[Finding]:
    """The outcome that most voices gave, the worse one on a tie; or `missing` / `unknown`."""
    for inquiry in heard.inquiries:
        if inquiry.ruled_out or not inquiry.question.findings:
            continue
        outcome, count = outcome_said(inquiry)
        kind = inquiry.question.findings.get(outcome)
        if kind is None:
            continue
        voices = [cell for cell in inquiry.said if cell.outcome == outcome]
        answer = next((cell.answer for cell in voices if cell.answer), None)
        day, days = _when(heard, inquiry, answer, outcome, as_of)
        yield conclude(
            heard,
            kind,
            inquiry.area.key,
            focal_point=inquiry.instance,
            question=inquiry.question.key,
            count=count,
            total=len(inquiry.said),
            date=day,
            days=days,
            evidence=tuple(_evidence(inquiry, cell.answer) for cell in voices if cell.answer)
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

    None where the team answered together, or nobody was heard.
    """
    alone = [cell for cell in inquiry.said if cell.answer and cell.answer.respondent is not None]
    return len(inquiry.said) if alone else (inquiry.unknown if not inquiry.said else 0) or None


def outcome_said(inquiry: Inquiry) -> tuple[str, int]:
    """(outcome, voices) of a question: the most frequent, the worse of two as frequent."""
    if not inquiry.said:
        return ("unknown" if inquiry.unknown else "missing"), 0
    counts = Counter(cell.outcome for cell in inquiry.said)
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
    heard: Heard, inquiry: Inquiry, answer: Answer | None, outcome: str, as_of: dt.date
) -> tuple[dt.date | None, int | None]:
    """The date and days that a finding tells, both None where no date was given.

    A date with its days after the one that was needed; checkpoints that stop, with the last one and
    the days from there to go-live; checkpoints with a gap, with the start and length of the widest.
    """
    if answer is None or answer.value is None:
        return None, None
    programme, question = heard.engagement.programme, inquiry.question
    if question.kind == "date":
        day = dt.date.fromisoformat(str(answer.value))
        return day, (day - due_day(question, programme)).days
    if question.kind != "dates" or not isinstance(answer.value, tuple):
        return None, None
    if outcome == "stops":
        last = max(counted_days(answer.value, programme), default=programme.start or as_of)
        return last, (programme.go_live - last).days
    wide = gaps(answer.value, programme, question.max_gap_days)
    start, end = max(wide, key=lambda gap: gap[1] - gap[0], default=(None, None))
    return start, (end - start).days if start and end else None


@finding("many_unknowns")
def many_unknowns(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """Too much of an area is not known; "don't know" often means unclear ownership."""
    limit = heard.framework.thresholds.unknown_share
    for area, (unknown, total) in _unknown_voices(heard).items():
        if total and unknown and unknown >= limit * total - ROUNDING:
            yield conclude(
                heard,
                "many_unknowns",
                area,
                count=unknown,
                total=total,
                evidence=(Evidence("count", value=float(unknown)),),
                cells=total,
            )


def _unknown_voices(heard: Heard) -> dict[str, tuple[int, int]]:
    """Per area: (voices that say "don't know", voices that said anything).

    A decided focal point has no unknowns, and its voices no say (METHOD §8).
    """
    found = {area.key: (0, 0) for area in heard.framework.areas}
    for panel in heard.panels.values():
        if panel.decided:
            continue
        undecided = panel.decision is not None and panel.decision.state is State.UNKNOWN
        _add(found, panel.area.key, panel.unknown + int(undecided), panel.answered)
    for inquiry in heard.inquiries:
        _add(found, inquiry.area.key, inquiry.unknown, len(inquiry.said))
    return found


def _add(found: dict[str, tuple[int, int]], area: str, unsure: int, said: int) -> None:
    unknown, total = found[area]
    found[area] = (unknown + unsure, total + unsure + said)
