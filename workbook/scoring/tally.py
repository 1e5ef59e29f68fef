"""Agreed answers of a whole portfolio, counted per question instance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.engagement import Answer, Programme
from workbook.scoring.columns import OUT, codes, text
from workbook.scoring.inquiry import CREDIT, OUTCOMES, outcome_of, value_of
from workbook.scoring.scope import holds_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
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


def tally(
    layout: Layout,
    engagements: pd.DataFrame,
    answers: pd.DataFrame,
    keys: list[str],
    applicable: NDArray[np.bool_],
) -> Tally:
    """Count agreed answers; a child is ruled out by its parent as `inquiry` has it."""
    shape = (len(keys), len(layout.questions))
    rows, columns = codes(text(answers, "engagement"), keys), _columns(layout, answers)
    state = text(answers, "state")
    ruled = (columns != OUT) & (state == "not_applicable").to_numpy()
    said = (columns != OUT) & state.isin(["", "answered"]).to_numpy()
    open_items = _open(layout, engagements, applicable)
    open_items[rows[ruled], columns[ruled]] = False
    outcome = np.full(shape, OUT, dtype=np.int64)
    value = np.zeros(shape, dtype=np.int64)
    questions = layout.framework.questions()
    for key in dict.fromkeys(question for question, _ in layout.questions):
        own = [q for q, (question, _) in enumerate(layout.questions) if question == key]
        chosen = said & np.isin(columns, own)
        at = (rows[chosen], columns[chosen])
        found = _outcomes(questions[key][1], answers[chosen], engagements.iloc[rows[chosen]])
        outcome[at] = found
        value[at] = np.append(_credits(questions[key][1]), 0)[found]
    answered = (outcome != OUT) & open_items
    low = np.where(answered, value, 0)
    found = Tally(
        open_items, answered.astype(np.int32), (~answered).astype(np.int32), low, low.copy()
    )
    for q, above, opening in _children(layout):
        _read_under(found, q, above, outcome[:, above], opening)
    return found


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


def _columns(layout: Layout, answers: pd.DataFrame) -> Codes:
    """The question column of every answer, OUT for texts and instances that are not asked."""
    places = {f"{q}/{instance or ''}": n for n, (q, instance) in enumerate(layout.questions)}
    asked = text(answers, "question").astype("str") + "/" + text(answers, "subject").astype("str")
    return codes(asked, list(places))


def _open(
    layout: Layout, engagements: pd.DataFrame, applicable: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(E, Q): asked by condition, and its instance applies."""
    profile, models = text(engagements, "profile"), text(engagements, "business_models")
    open_items = np.ones((len(engagements), len(layout.questions)), dtype=bool)
    questions = layout.framework.questions()
    facts = list(zip(profile, models, strict=True))
    for q, (key, instance) in enumerate(layout.questions):
        condition = questions[key][1].applies
        if condition.profiles or condition.business_models:
            holding = {f: holds_for(condition, f[0], tuple(f[1].split())) for f in set(facts)}
            open_items[:, q] = [holding[f] for f in facts]
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


def _outcomes(question: Question, answers: pd.DataFrame, engagements: pd.DataFrame) -> Codes:
    """The outcome of every answer, as a position among the question's outcomes."""
    value = text(answers, "value")
    if question.kind == "choice":
        return codes(value, [option.key for option in question.options])
    places = {outcome: n for n, outcome in enumerate(OUTCOMES[question.kind])}
    days = (_days(engagements, "go_live"), _days(engagements, "start"))
    given = list(zip(value, *days, strict=True))
    known = {fact: places[_by_date(question, *fact)] for fact in set(given) if fact[0]}
    return np.array([known.get(fact, OUT) for fact in given], dtype=np.int64)


def _days(engagements: pd.DataFrame, name: str) -> list[str]:
    return [str(day)[:10] for day in text(engagements, name)]


def _by_date(question: Question, value: str, go_live: str, start: str) -> str:
    begun = dt.date.fromisoformat(start) if start else None
    programme = Programme(go_live=dt.date.fromisoformat(go_live), start=begun)
    said: object = value
    if question.kind == "dates":
        said = tuple(dt.date.fromisoformat(day) for day in value.split())
    answer = Answer.model_construct(question=question.key, value=said)
    return outcome_of(question, answer, programme)
