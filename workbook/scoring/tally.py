"""Questions of a whole portfolio: each distinct case is read once, as documents are read.

A case is what was said of a question, by whom, and how its parent was read. Many engagements have
the same; `inquiry` reads it, and its counts are handed to all of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from workbook.model.engagement import Answer, Programme, State
from workbook.scoring.columns import ABSENT, FrameTable, distinct
from workbook.scoring.inquiry import (
    CREDITED,
    Inquiry,
    QuestionVoice,
    counts_of,
    inquire,
    outcome_of,
    parent_of,
    under_parent,
)
from workbook.scoring.scope import holds_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbook.model.framework import Area, Question
    from workbook.scoring.layout import Layout

    Codes = NDArray[np.int64]
    Case = tuple[tuple[QuestionVoice, ...], frozenset[str]]

NOTHING: Case = ((), frozenset())


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """One question instance: its distinct readings, and which of them each engagement has (E,).

    The first reading stands for "not asked".
    """

    distinct: Sequence[Inquiry | None]
    codes: Codes

    def counts(self) -> Codes:
        """(5, distinct): applicable, answered, free, low, high; all 0 where it does not apply."""
        applies = [inquiry is not None and not inquiry.ruled_out for inquiry in self.distinct]
        rows = [
            (1, *counts_of(inquiry)) if inquiry and applied else (0,) * 5
            for inquiry, applied in zip(self.distinct, applies, strict=True)
        ]
        return np.array(rows, dtype=np.int64).T


class QuestionCounts(NamedTuple):
    """(E, Q) each, as in `Portfolio`."""

    applicable: NDArray[Any]
    answered: NDArray[Any]
    free: NDArray[Any]
    low: NDArray[Any]
    high: NDArray[Any]


def tally(
    layout: Layout,
    engagements: FrameTable,
    answers: FrameTable,
    keys: list[str],
    applicable: NDArray[np.bool_],
) -> QuestionCounts:
    """The counts of `Readings` of every question instance."""
    # In memory question by question: each is written, and read again, as a whole.
    shape = (len(layout.questions), len(keys))
    counts = QuestionCounts(
        *(np.zeros(shape, kind).T for kind in (np.bool_, np.int32, np.int32, np.int64, np.int64))
    )
    recorded = _Answers.of(layout, engagements, answers, keys)
    asked = _asked(layout, engagements, applicable)
    readings: dict[tuple[str, str | None], Readings] = {}
    # The framework lists a parent before its children, so that a chain is read from the top.
    for area, question in layout.rules.questions().values():
        for column in (n for n, (key, _) in enumerate(layout.questions) if key == question.key):
            instance = layout.questions[column][1]
            parent = parent_of(question, instance, readings)
            cases, codes = recorded.cases(column)
            reading = _read(area, question, instance, cases, codes, parent)
            reading.codes[~asked[column]] = 0
            readings[question.key, instance] = reading
            for numbers, of_reading in zip(counts, reading.counts(), strict=True):
                numbers[:, column] = of_reading.astype(numbers.dtype)[reading.codes]
    return counts


def _read(
    area: Area,
    question: Question,
    instance: str | None,
    cases: Sequence[Case],
    codes: Codes,
    parent: Readings | None,
) -> Readings:
    above: Sequence[Inquiry | None] = parent.distinct if parent else (None,)
    pairs, present = distinct(
        (codes, parent.codes if parent else np.zeros_like(codes)), (len(cases), len(above))
    )
    inquiries: list[Inquiry | None] = [None]
    for case, position in zip(*present, strict=True):
        over = above[position]
        if question.parent is not None and over is None:
            inquiries.append(None)
            continue
        own = inquire(area, question, instance, *cases[case])
        inquiries.append(under_parent(own, over))
    return Readings(inquiries, pairs + 1)


@dataclass(slots=True, eq=False)
class _Answers:
    """The answers' frame. `voices` (rows,): what each row says, as codes of `distinct`.

    `row` (Q, E): the team's answer, ABSENT without one. `each`: of engagements whose respondents
    answer alone, the row of every respondent, by column. `asked` (E,): how many were asked.
    """

    spoken: Sequence[tuple[State, str | None]]
    voices: Codes
    row: Codes
    asked: Codes
    each: dict[int, dict[int, dict[str, int]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, layout: Layout, engagements: FrameTable, table: FrameTable, keys: list[str]
    ) -> _Answers:
        rows = table.column("engagement").positions(keys)
        columns = _columns(layout, table)
        spoken, voices = _voices(layout, engagements, table, rows)
        respondent = table.column("respondent")
        team = respondent.among({""}) & (columns != ABSENT)
        row = np.full((len(layout.questions), len(keys)), ABSENT, dtype=np.int64)
        row[columns[team], rows[team]] = np.flatnonzero(team)
        result = cls(spoken, voices, row, engagements.numbers("respondents"))
        for at in np.flatnonzero(~team & (columns != ABSENT)).tolist():
            name = respondent.spellings[respondent.codes[at]]
            by_column = result.each.setdefault(int(rows[at]), defaultdict(dict))
            by_column[int(columns[at])][name] = at
        return result

    def cases(self, column: int) -> tuple[Sequence[Case], Codes]:
        """The distinct cases of a question, and which each engagement has."""
        voices = np.append(self.voices, len(self.spoken))[self.row[column]]
        position: dict[Case, int] = {}
        of_team = [
            position.setdefault(((QuestionVoice(None, *voice),), frozenset()), len(position))
            for voice in self.spoken
        ]
        codes = np.array([*of_team, position.setdefault(NOTHING, len(position))], dtype=np.int64)[
            voices
        ]
        for engagement, by_column in self.each.items():
            case = self._alone(engagement, by_column, column)
            codes[engagement] = position.setdefault(case, len(position))
        return tuple(position), codes

    def _alone(self, engagement: int, by_column: dict[int, dict[str, int]], column: int) -> Case:
        """What respondents say alone, beside the team; who was asked besides is silent."""
        rows = by_column.get(column, {})
        team = self.row[column, engagement]
        voices = [] if team == ABSENT else [QuestionVoice(None, *self.spoken[self.voices[team]])]
        voices += (
            QuestionVoice(name, *self.spoken[self.voices[row]])
            for name, row in sorted(rows.items())
        )
        everybody = sorted({name for names in by_column.values() for name in names} - rows.keys())
        unnamed = [f"#{n}" for n in range(int(self.asked[engagement]))]
        missing = max(int(self.asked[engagement]) - len(rows), 0)
        return tuple(voices), frozenset((*everybody, *unnamed)[:missing])


def _columns(layout: Layout, answers: FrameTable) -> Codes:
    """The question column of every answer, ABSENT for texts and instances that are not asked."""
    asked = answers.combined("question", "subject")
    position = {(q, instance or ""): n for n, (q, instance) in enumerate(layout.questions)}
    known = [position.get((question, subject), ABSENT) for question, subject in asked.combinations]
    return np.array(known, dtype=np.int64)[asked.codes]


def _asked(
    layout: Layout, engagements: FrameTable, applicable: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(Q, E): asked by condition, and its instance applies."""
    facts = engagements.combined("profile", "business_models")
    questions = layout.rules.questions()
    holding = [
        [
            holds_for(questions[key][1].applies, profile, tuple(models.split()))
            for key, _ in layout.questions
        ]
        for profile, models in facts.combinations
    ]
    shape = (len(holding), len(layout.questions))
    asked = np.array(holding, dtype=bool).reshape(shape).T[:, facts.codes]
    for q, (_, instance) in enumerate(layout.questions):
        if instance is not None:
            asked[q] &= applicable[:, layout.focal_index[instance]]
    return asked


def _voices(
    layout: Layout, engagements: FrameTable, table: FrameTable, rows: Codes
) -> tuple[Sequence[tuple[State, str | None]], Codes]:
    """The distinct (state, outcome) of the answers, and which each row says.

    A date is judged by its programme, anything else by itself.
    """
    questions = layout.rules.questions()
    whole = table.combined("question", "state", "value")
    programmes = engagements.combined("go_live", "start")
    dated = np.array([questions[q][1].kind in CREDITED for q, _, _ in whole.combinations], bool)
    programme = np.where(dated[whole.codes], programmes.codes[rows], 0)
    widths = (len(whole.combinations), max(len(programmes.combinations), 1))
    codes, present = distinct((whole.codes, programme), widths)
    position: dict[tuple[State, str | None], int] = {}
    known = []
    for answer, dates in zip(*present, strict=True):
        key, state, value = whole.combinations[answer]
        voice = _judged(questions[key][1], state, value, *programmes.combinations[dates])
        known.append(position.setdefault(voice, len(position)))
    return tuple(position), np.array(known, dtype=np.int64)[codes]


def _judged(
    question: Question, state: str, value: str, go_live: str, start: str
) -> tuple[State, str | None]:
    if State(state or State.ANSWERED) is not State.ANSWERED:
        return State(state), None
    if not value:
        return State.MISSING, None
    begun = dt.date.fromisoformat(start[:10]) if start else None
    programme = Programme(go_live=dt.date.fromisoformat(go_live[:10]), start=begun)
    answered: object = value
    if question.kind == "dates":
        answered = tuple(dt.date.fromisoformat(day) for day in value.split())
    answer = Answer.model_construct(question=question.key, value=answered)
    return State.ANSWERED, outcome_of(question, answer, programme)
