"""Agreed answers of a whole portfolio, counted per question instance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from workbook.model.engagement import Answer, Programme
from workbook.scoring.columns import OUT, Column, Table, combined
from workbook.scoring.inquiry import CREDIT, OUTCOMES, outcome_of, value_of
from workbook.scoring.scope import holds_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from workbook.model.framework import Question
    from workbook.scoring.layout import Layout

    Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Per engagement and question instance (E, Q); values in millionths."""

    applicable: NDArray[np.bool_]
    answered: NDArray[np.int32]
    free: NDArray[np.int32]
    low: Codes
    high: Codes


class Answered(NamedTuple):
    """Answers of one question, each with the dates of its programme."""

    value: Column
    go_live: Column
    start: Column

    @classmethod
    def of(
        cls, answers: Table, engagements: Table, chosen: NDArray[np.bool_], rows: Codes
    ) -> Answered:
        """The chosen answers; `rows` are their engagements."""
        dates = (engagements.column(name).rows(rows) for name in ("go_live", "start"))
        return cls(answers.column("value").rows(chosen), *dates)


def tally(
    layout: Layout,
    engagements: Table,
    answers: Table,
    keys: list[str],
    applicable: NDArray[np.bool_],
) -> Tally:
    """Count agreed answers; a child is ruled out by its parent as `inquiry` has it."""
    shape = (len(keys), len(layout.questions))
    rows, columns = answers.column("engagement").positions(keys), _columns(layout, answers)
    state = answers.column("state")
    ruled = (columns != OUT) & state.among({"not_applicable"})
    said = (columns != OUT) & state.among({"", "answered"})
    open_items = _open(layout, engagements, applicable)
    open_items[rows[ruled], columns[ruled]] = False
    outcome = np.full(shape, OUT, dtype=np.int64)
    value = np.zeros(shape, dtype=np.int64)
    questions = layout.framework.questions()
    for key in dict.fromkeys(question for question, _ in layout.questions):
        own = [q for q, (question, _) in enumerate(layout.questions) if question == key]
        chosen = said & np.isin(columns, own)
        at = (rows[chosen], columns[chosen])
        found = _outcomes(questions[key][1], Answered.of(answers, engagements, chosen, at[0]))
        outcome[at] = found
        value[at] = np.append(_credits(questions[key][1]), 0)[found]
    answered = (outcome != OUT) & open_items
    low = np.where(answered, value, 0)
    free = (~answered).astype(np.int32)
    counted = Tally(open_items, answered.astype(np.int32), free, low, low.copy())
    for q, above, opening in _children(layout):
        _read_under(counted, q, above, outcome[:, above], opening)
    return counted


def _children(layout: Layout) -> Iterator[tuple[int, int, Codes]]:
    """(child's column, parent's column, the parent's opening outcomes) of every child asked."""
    questions = layout.framework.questions()
    for q, (question, instance) in enumerate(layout.questions):
        parent = questions[question][1].parent
        if parent is None:
            continue
        above = layout.question_index.get((parent.question, instance))
        if above is None:
            above = layout.question_index.get((parent.question, None))
        if above is not None:
            options = questions[parent.question][1].options
            opening = [n for n, option in enumerate(options) if option.key in parent.options]
            yield q, above, np.array(opening, dtype=np.int64)


def _read_under(found: Tally, q: int, above: int, outcome: Codes, opening: Codes) -> None:
    """Read a child's column only as far as its parent is known (in place)."""
    found.applicable[:, q] &= found.applicable[:, above]
    known = found.answered[:, above] > 0
    shut = known & ~np.isin(outcome, opening)
    found.low[~known | shut, q] = 0
    found.high[shut, q] = 0
    found.answered[shut, q] = 1
    found.free[shut, q] = 0


def _columns(layout: Layout, answers: Table) -> Codes:
    """The question column of every answer, OUT for texts and instances that are not asked."""
    asked = answers.combined("question", "subject")
    place = {(q, instance or ""): n for n, (q, instance) in enumerate(layout.questions)}
    known = [place.get((question, subject), OUT) for question, subject in asked.combinations]
    return np.array(known, dtype=np.int64)[asked.codes]


def _open(layout: Layout, engagements: Table, applicable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(E, Q): asked by condition, and its instance applies."""
    facts = engagements.combined("profile", "business_models")
    questions = layout.framework.questions()
    holding = [
        [
            holds_for(questions[key][1].applies, profile, tuple(models.split()))
            for key, _ in layout.questions
        ]
        for profile, models in facts.combinations
    ]
    shape = (len(holding), len(layout.questions))
    open_items = np.array(holding, dtype=bool).reshape(shape)[facts.codes]
    for q, (_, instance) in enumerate(layout.questions):
        if instance is not None:
            open_items[:, q] &= applicable[:, layout.focal_index[instance]]
    return open_items


def _credits(question: Question) -> Codes:
    keys = (
        list(OUTCOMES[question.kind])
        if question.kind in OUTCOMES
        else [option.key for option in question.options]
    )
    return np.array([round(value_of(question, key) * CREDIT) for key in keys], dtype=np.int64)


def _outcomes(question: Question, given: Answered) -> Codes:
    """The outcome of every answer, as a position among the question's outcomes."""
    if question.kind == "choice":
        return given.value.positions([option.key for option in question.options])
    places = {outcome: n for n, outcome in enumerate(OUTCOMES[question.kind])}
    facts = combined(given.value, given.go_live, given.start)
    known = [
        places.get(_by_date(question, *fact) or "", OUT) if fact[0] else OUT
        for fact in facts.combinations
    ]
    return np.array(known, dtype=np.int64)[facts.codes]


def _by_date(question: Question, value: str, go_live: str, start: str) -> str | None:
    begun = dt.date.fromisoformat(start[:10]) if start else None
    programme = Programme(go_live=dt.date.fromisoformat(go_live[:10]), start=begun)
    said: object = value
    if question.kind == "dates":
        said = tuple(dt.date.fromisoformat(day) for day in value.split())
    answer = Answer.model_construct(question=question.key, value=said)
    return outcome_of(question, answer, programme)
