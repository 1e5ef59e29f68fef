"""What was answered to each question: outcomes, credits and what is still open (METHOD §1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import TypeVar

from workbook.model.days import shifted
from workbook.model.engagement import Answer, Engagement, Programme, State
from workbook.model.framework import Area, Question
from workbook.model.rules import Rules
from workbook.scoring.identity_cache import IdentityCache, IdentityCaches
from workbook.scoring.scope import asked, respondents_of, ruled_out

T = TypeVar("T")

CREDIT = 1_000_000
"""Values are summed as whole millionths, so that sums do not depend on their order."""

RULED_OUT = "ruled_out"
"""The outcome of a child question that its parent's answer rules out."""

CREDITED = {"date": {"on_time": 1.0}, "dates": {"covered": 1.0, "gap": 0.5}}
"""What outcomes of dates are worth; every other one is worth nothing."""


@dataclass(frozen=True, slots=True)
class AnsweredCell:
    """One answered cell of a question; `respondent` None is the team's agreed answer.

    `sure` is False while a parent question is open: the child may yet be ruled out, so that `low`
    is 0 and `high` what was said.
    """

    respondent: str | None
    outcome: str
    low: float
    high: float
    answer: Answer | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class QuestionVoice:
    """One voice on a question.

    `outcome` is None where nothing was answered, or where it is not known what that comes to.
    """

    respondent: str | None
    state: State
    outcome: str | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question instance with everything said of it. `free` cells may still take any value.

    `silent` are the respondents asked who have not answered; without any, one cell may be free.
    """

    area: Area
    question: Question
    instance: str | None
    cells: tuple[AnsweredCell, ...]
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


def outcome_of(question: Question, answer: Answer, programme: Programme) -> str | None:
    """What an answered value comes to: an option's key, or the result of the date rule.

    None for a calendar that cannot be judged, since the programme has no start.
    """
    if question.kind == "date":
        day = dt.date.fromisoformat(str(answer.value))
        return "on_time" if day <= due_day(question, programme) else "late"
    if question.kind == "dates":
        days = answer.value if isinstance(answer.value, tuple) else ()
        return _coverage(days, programme, question.max_gap_days)
    return str(answer.value) if question.kind == "choice" else "given"


def value_of(question: Question, outcome: str) -> float:
    """The credit of an outcome, 0 to 1; 0 for a child question that its parent rules out."""
    if question.kind in CREDITED:
        return CREDITED[question.kind].get(outcome, 0.0)
    return next((o.value for o in question.options if o.key == outcome), 0.0)


def counted_days(days: tuple[dt.date, ...], programme: Programme) -> list[dt.date]:
    """The checkpoints that count, in order: from the programme's start to go-live."""
    start = programme.start or dt.date.min
    return sorted(day for day in days if start <= day <= programme.go_live)


def gaps(
    days: tuple[dt.date, ...], programme: Programme, longest: int
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Stretches before go-live longer than `longest` days without a checkpoint."""
    start = [programme.start] if programme.start else []
    ends = [*start, *counted_days(days, programme), programme.go_live]
    return tuple((a, b) for a, b in pairwise(ends) if (b - a).days > longest)


def _coverage(days: tuple[dt.date, ...], programme: Programme, longest: int) -> str | None:
    counted = counted_days(days, programme)
    if not counted:
        return "none"
    if programme.start is None:
        return None
    if (programme.go_live - counted[-1]).days > longest:
        return "stops"
    return "gap" if gaps(days, programme, longest) else "covered"


@dataclass(frozen=True, slots=True)
class InquiryCache:
    """What of the inquiries is the same in the next evaluation."""

    whole: IdentityCache[tuple[Inquiry, ...]] = field(default_factory=IdentityCache)
    single: IdentityCaches[Inquiry] = field(default_factory=IdentityCaches)


def inquiries(
    rules: Rules, engagement: Engagement, cache: InquiryCache | None = None
) -> tuple[Inquiry, ...]:
    """Every question instance that scope leaves open, in the framework's order.

    A facilitator's ruling shows as `ruled_out`; a question whose parent is ruled out follows it,
    and one whose parent is not asked is not asked.
    """
    cache = cache or InquiryCache()
    ruled, parts = ruled_out(engagement), inputs(rules, engagement)
    return cache.whole.get(parts, lambda: _read(rules, engagement, cache.single), ruled)


def supposed_inquiries(
    rules: Rules, engagement: Engagement, answers: Iterable[Answer], cache: InquiryCache
) -> tuple[Inquiry, ...]:
    """The questions that these answers of the team settle, with those above and below them."""
    supposed = {(answer.question, answer.subject): answer for answer in answers}
    return _read(rules, engagement, cache.single, supposed)


def inputs(rules: Rules, engagement: Engagement) -> tuple[object, ...]:
    """Everything that inquiries depend on, but for what is ruled out."""
    e = engagement
    # Without names, what somebody who withdrew has answered counts.
    return rules, e.organisation, e.programme, e.scope, e.respondents, e.answers, e.anonymous


def _read(
    rules: Rules,
    engagement: Engagement,
    cache: IdentityCaches[Inquiry],
    supposed: Mapping[tuple[str, str | None], Answer] | None = None,
) -> tuple[Inquiry, ...]:
    answers = answers_of(engagement)
    respondents: dict[str, frozenset[str]] = {}
    programme = engagement.programme
    inquiries: dict[tuple[str, str | None], Inquiry] = {}
    about = frozenset(question for question, _ in supposed) if supposed else None
    # The framework lists a parent before its children, so that a chain is read from the top.
    for area, question, instance in asked(rules, engagement, about):
        parent = parent_of(question, instance, inquiries)
        if question.parent is not None and parent is None:
            continue
        if area.key not in respondents:
            respondents[area.key] = respondents_of(engagement, area)
        key = (question.key, instance)
        of_question = answers.get(key, {})
        answer = supposed.get(key) if supposed else None
        if answer:
            of_question = {**of_question, None: answer}
        make = partial(
            _own, programme, area, question, instance, of_question, respondents[area.key]
        )
        parts = (area, question, programme, engagement.respondents, *of_question.values())
        own = make() if answer else cache.get(key, parts, make)
        inquiries[key] = under_parent(own, parent)
    return tuple(inquiries.values())


def parent_of(
    question: Question, instance: str | None, inquiries: Mapping[tuple[str, str | None], T]
) -> T | None:
    """What there is for a question's parent: for the same system or seat, else asked once."""
    if question.parent is None:
        return None
    same = inquiries.get((question.parent.question, instance))
    return inquiries.get((question.parent.question, None)) if same is None else same


def answers_of(
    engagement: Engagement,
) -> dict[tuple[str, str | None], dict[str | None, Answer]]:
    """What counts of the answers, by question and instance, then by respondent (None: the team)."""
    withdrawn = engagement.withdrawn()
    answers: dict[tuple[str, str | None], dict[str | None, Answer]] = {}
    for answer in engagement.answers:
        if answer.respondent not in withdrawn:
            answers.setdefault((answer.question, answer.subject), {})[answer.respondent] = answer
    return answers


def _own(
    programme: Programme,
    area: Area,
    question: Question,
    instance: str | None,
    answers: dict[str | None, Answer],
    respondents: frozenset[str],
) -> Inquiry:
    voices = (
        _voice(question, answer, programme)
        for _, answer in sorted(answers.items(), key=lambda pair: pair[0] or "")
    )
    return inquire(area, question, instance, tuple(voices), respondents)


def _voice(question: Question, answer: Answer, programme: Programme) -> QuestionVoice:
    """An answer as a voice; one that has no value is as good as none."""
    if answer.state is not State.ANSWERED:
        return QuestionVoice(answer.respondent, answer.state, None, answer)
    if answer.value is None:
        return QuestionVoice(answer.respondent, State.MISSING, None, answer)
    outcome = outcome_of(question, answer, programme)
    return QuestionVoice(answer.respondent, State.ANSWERED, outcome, answer)


def inquire(
    area: Area,
    question: Question,
    instance: str | None,
    voices: tuple[QuestionVoice, ...],
    respondents: frozenset[str],
) -> Inquiry:
    """What these voices (in order of respondent) say of a question, its parent left aside."""
    team = next((voice for voice in voices if voice.respondent is None), None)
    ruled = team is not None and team.state is State.NOT_APPLICABLE
    settled = team is not None and team.state is State.ANSWERED
    counted = [voice for voice in voices if (voice.respondent is None) == settled]
    cells = tuple(_cell(question, v, v.outcome) for v in counted if v.outcome is not None)
    silent = frozenset[str]()
    unknown = sum(voice.state is State.UNKNOWN for voice in voices)
    if settled:
        unknown = int(not cells)
    else:
        answered = {cell.respondent for cell in cells}
        excused = {v.respondent for v in counted if v.state is State.NOT_APPLICABLE}
        silent = (respondents | {v.respondent for v in counted if v.respondent}) - excused
        silent -= answered
    return Inquiry(
        area=area,
        question=question,
        instance=instance,
        cells=cells,
        free=_free(cells, silent),
        silent=silent,
        unknown=unknown,
        agreed=settled and bool(cells),
        ruled_out=ruled,
        ruling=team.answer if team and ruled else None,
    )


def _free(cells: tuple[AnsweredCell, ...], silent: frozenset[str]) -> int:
    """Cells that may take any value: those of the silent; one if nobody speaks or is asked."""
    return max(len(silent), 0 if cells else 1)


def _cell(question: Question, voice: QuestionVoice, outcome: str) -> AnsweredCell:
    value = value_of(question, outcome)
    return AnsweredCell(
        respondent=voice.respondent, outcome=outcome, low=value, high=value, answer=voice.answer
    )


def under_parent(inquiry: Inquiry, parent: Inquiry | None) -> Inquiry:
    """A child is read only as far as its parent is known: ruled out counts 0, open may yet be 0.

    `parent` has been read under its own parent.
    """
    if inquiry.question.parent is None or parent is None:
        return inquiry
    if parent.ruled_out:
        return replace(inquiry, ruled_out=True)
    opening = frozenset(inquiry.question.parent.options)
    team = next((cell for cell in parent.cells if cell.respondent is None), None)
    if team is None:
        return _voice_by_voice(inquiry, parent, opening)
    if team.outcome not in opening:
        return _closed(inquiry)
    return inquiry if team.sure else replace(inquiry, cells=tuple(map(_unsure, inquiry.cells)))


def _voice_by_voice(inquiry: Inquiry, parent: Inquiry, opening: frozenset[str]) -> Inquiry:
    """A child whose parent the respondents answered, each alone, rather than the team."""
    opened = {cell.respondent: cell.sure for cell in parent.cells if cell.outcome in opening}
    closed = {cell.respondent for cell in parent.cells if cell.outcome not in opening}
    if inquiry.agreed:
        if any(opened.values()):
            return inquiry
        if not opened and not parent.free:
            return _closed(inquiry)
        return replace(inquiry, cells=tuple(map(_unsure, inquiry.cells)))
    by_respondent = {
        c.respondent: c if opened.get(c.respondent) else _unsure(c) for c in inquiry.cells
    }
    by_respondent |= {
        respondent: AnsweredCell(
            respondent=respondent, outcome=RULED_OUT, low=0.0, high=0.0, answer=None
        )
        for respondent in closed
    }
    cells = tuple(
        by_respondent[respondent] for respondent in sorted(by_respondent, key=lambda r: r or "")
    )
    silent = inquiry.silent - closed
    return replace(inquiry, cells=cells, free=_free(cells, silent), silent=silent)


def _closed(inquiry: Inquiry) -> Inquiry:
    """A child that its parent rules out for everybody."""
    cell = AnsweredCell(respondent=None, outcome=RULED_OUT, low=0.0, high=0.0, answer=None)
    return replace(inquiry, cells=(cell,), free=0, silent=frozenset())


def _unsure(cell: AnsweredCell) -> AnsweredCell:
    return replace(cell, low=0.0, sure=False)


def counts_of(inquiry: Inquiry) -> tuple[int, int, int, int]:
    """Answered, free, low, high: what is scored of a question; values in whole millionths."""
    low = sum(round(cell.low * CREDIT) for cell in inquiry.cells)
    high = sum(round(cell.high * CREDIT) for cell in inquiry.cells)
    return len(inquiry.cells), inquiry.free, low, high
