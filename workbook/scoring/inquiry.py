"""What was answered to each question: outcomes, credits and what is still open (METHOD §1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from workbook.model.days import shifted
from workbook.model.engagement import Answer, Engagement, Programme, State
from workbook.model.framework import Area, Question
from workbook.model.rules import Rules
from workbook.scoring.kept import Kept, KeptEach
from workbook.scoring.scope import asked, respondents_of, ruled_out

CREDIT = 1_000_000
"""Values are summed as whole millionths, so that sums do not depend on their order."""

OUTCOMES = {
    "date": {"on_time": 1.0, "late": 0.0},
    "dates": {"covered": 1.0, "gap": 0.5, "stops": 0.0},
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answered cell of a question; `respondent` None is the team's agreed answer.

    `low` and `high` differ only while a parent question is open: the child may yet be ruled out.
    """

    respondent: str | None
    outcome: str
    low: float
    high: float
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question instance with everything said of it. `free` cells may still take any value.

    `silent` are the respondents asked who have not answered; without any, one cell may be free.
    """

    area: Area
    question: Question
    instance: str | None
    said: tuple[Said, ...]
    free: int
    silent: frozenset[str]
    unknown: int
    agreed: bool
    ruled_out: bool
    ruling: Answer | None

    @property
    def scored(self) -> bool:
        """Texts are never scored."""
        return self.question.kind != "text"


def due_day(question: Question, programme: Programme) -> dt.date:
    """The last day on which a date is in time: go-live without the question's margin."""
    return shifted(programme.go_live, -question.margin_days)


def outcome_of(question: Question, answer: Answer, programme: Programme) -> str:
    """What an answered value comes to: an option's key, or the result of the date rule."""
    if question.kind == "date":
        day = dt.date.fromisoformat(str(answer.value))
        return "on_time" if day <= due_day(question, programme) else "late"
    if question.kind == "dates":
        days = answer.value if isinstance(answer.value, tuple) else ()
        return _coverage(days, programme, question.max_gap_days)
    return str(answer.value) if question.kind == "choice" else "given"


def value_of(question: Question, outcome: str) -> float:
    """The credit of an outcome, 0 to 1; 0 for a child question that its parent rules out."""
    if question.kind in OUTCOMES:
        return OUTCOMES[question.kind].get(outcome, 0.0)
    return next((o.value for o in question.options if o.key == outcome), 0.0)


def gaps(
    days: tuple[dt.date, ...], programme: Programme, longest: int
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Stretches before go-live longer than `longest` days without a checkpoint."""
    until = sorted(day for day in days if day <= programme.go_live)
    ends = [*([programme.start] if programme.start else []), *until, programme.go_live]
    return tuple((a, b) for a, b in pairwise(ends) if (b - a).days > longest)


def _coverage(days: tuple[dt.date, ...], programme: Programme, longest: int) -> str:
    if not days or (programme.go_live - max(days)).days > longest:
        return "stops"
    return "gap" if gaps(days, programme, longest) else "covered"


def inquiries(
    framework: Rules, engagement: Engagement, about: frozenset[str] | None = None
) -> tuple[Inquiry, ...]:
    """Every question instance that scope leaves open, in the framework's order.

    A facilitator's ruling shows as `ruled_out`; a question whose parent is ruled out follows it.
    `about` restricts to these questions, their parents and children.
    """
    if about is not None:
        return _made(framework, engagement, about)
    ruled = ruled_out(engagement)
    parts = made_of(framework, engagement)
    return _every.of(parts, lambda: _made(framework, engagement, None), ruled)


_every: Kept[tuple[Inquiry, ...]] = Kept()
_each: KeptEach[Inquiry] = KeptEach()


def made_of(framework: Rules, engagement: Engagement) -> tuple[object, ...]:
    """Everything that inquiries depend on, but for what is ruled out."""
    e = engagement
    return framework, e.organisation, e.programme, e.scope, e.respondents, e.answers


def _made(
    framework: Rules, engagement: Engagement, about: frozenset[str] | None
) -> tuple[Inquiry, ...]:
    given = _given(engagement)
    voices = {area.key: respondents_of(engagement, area) for area in framework.areas}
    found: dict[tuple[str, str | None], Inquiry] = {}
    for area, question, instance in asked(framework, engagement, about):
        key, programme = (question.key, instance), engagement.programme
        said = given.get(key, {})
        make = partial(_inquire, programme, area, question, instance, said, voices[area.key])
        parts = (area, question, programme, engagement.respondents, *said.values())
        found[key] = _each.of(key, parts, make) if about is None else make()
    return tuple(_under_parent(inquiry, found) for inquiry in found.values())


def _given(engagement: Engagement) -> dict[tuple[str, str | None], dict[str | None, Answer]]:
    withdrawn = {r.id for r in engagement.respondents if r.withdrawn}
    given: dict[tuple[str, str | None], dict[str | None, Answer]] = {}
    for answer in engagement.answers:
        if answer.respondent not in withdrawn:
            given.setdefault((answer.question, answer.subject), {})[answer.respondent] = answer
    return given


def _inquire(
    programme: Programme,
    area: Area,
    question: Question,
    instance: str | None,
    given: dict[str | None, Answer],
    respondents: frozenset[str],
) -> Inquiry:
    agreed = given.get(None)
    out = agreed is not None and agreed.state is State.NOT_APPLICABLE
    settled = agreed is not None and agreed.state is State.ANSWERED and agreed.value is not None
    voices = {None: agreed} if settled else {r: a for r, a in given.items() if r is not None}
    said = tuple(
        _cell(question, respondent, answer, programme)
        for respondent, answer in sorted(voices.items(), key=lambda pair: pair[0] or "")
        if answer and answer.state is State.ANSWERED and answer.value is not None
    )
    unknown = sum(a.state is State.UNKNOWN for a in given.values()) if not settled else 0
    silent = frozenset[str]()
    if not settled:
        answered = {cell.respondent for cell in said}
        excused = {r for r, a in voices.items() if a and a.state is State.NOT_APPLICABLE}
        silent = (respondents | {r for r in voices if r}) - excused - answered
    free = max(len(silent), 0 if said else 1)
    ruling = agreed if out else None
    return Inquiry(area, question, instance, said, free, silent, unknown, settled, out, ruling)


def _cell(question: Question, respondent: str | None, answer: Answer, programme: Programme) -> Said:
    outcome = outcome_of(question, answer, programme)
    value = value_of(question, outcome)
    return Said(respondent, outcome, value, value, answer)


def _under_parent(inquiry: Inquiry, found: dict[tuple[str, str | None], Inquiry]) -> Inquiry:
    """A child is read only as far as its parent is known: ruled out counts 0, open may yet be 0."""
    parent_of = inquiry.question.parent
    if parent_of is None:
        return inquiry
    parent = found.get((parent_of.question, inquiry.instance)) or found.get(
        (parent_of.question, None)
    )
    if parent is None:
        return inquiry
    if parent.ruled_out:
        return _with(inquiry, inquiry.said, inquiry.free, ruled_out=True)
    opening = frozenset(parent_of.options)
    if parent.agreed:
        if parent.said[0].outcome in opening:
            return inquiry
        return _with(inquiry, (Said(None, "ruled_out", 0.0, 0.0, None),), 0)
    return _as_far_as_known(inquiry, parent, opening)


def _as_far_as_known(inquiry: Inquiry, parent: Inquiry, opening: frozenset[str]) -> Inquiry:
    """Voice by voice, where respondents rather than the team answered the parent."""
    outcomes = {cell.respondent: cell.outcome in opening for cell in parent.said}
    if inquiry.agreed:
        cell = inquiry.said[0]
        sure = any(outcomes.values())
        high = cell.high if sure or parent.free or not outcomes else 0.0
        low = cell.low if sure else 0.0
        return _with(inquiry, (Said(None, cell.outcome, low, high, cell.answer),), 0)
    said = {cell.respondent: cell for cell in inquiry.said}
    ruled = [r for r, is_open in outcomes.items() if not is_open]
    free = inquiry.free - len(inquiry.silent.intersection(ruled))
    for respondent, cell in said.items():
        if not outcomes.get(respondent, False):
            said[respondent] = Said(respondent, cell.outcome, 0.0, cell.high, cell.answer)
    for respondent in ruled:
        said[respondent] = Said(respondent, "ruled_out", 0.0, 0.0, None)
    ordered = tuple(said[r] for r in sorted(said, key=lambda r: r or ""))
    return _with(inquiry, ordered, free)


def _with(
    inquiry: Inquiry, said: tuple[Said, ...], free: int, *, ruled_out: bool | None = None
) -> Inquiry:
    out = inquiry.ruled_out if ruled_out is None else ruled_out
    return replace(inquiry, said=said, free=free, ruled_out=out)
