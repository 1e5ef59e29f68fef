"""`evaluate`: a pure function from framework, engagement and day to codes and numbers."""

from __future__ import annotations

import datetime as dt

import numpy as np

from workbook.model.engagement import Engagement
from workbook.model.evaluation import (
    AreaScore,
    CriterionScore,
    Evaluation,
    GateResult,
    GateState,
    Item,
    ItemKind,
    LevelSpan,
    Score,
    Status,
)
from workbook.model.framework import Framework
from workbook.model.overlay import overlaid
from workbook.scoring.actions import actions
from workbook.scoring.aggregate import WIDE, Scores, aggregate, by_criterion
from workbook.scoring.agreement import agreement
from workbook.scoring.encode import encode, hear
from workbook.scoring.findings import findings
from workbook.scoring.layout import CRITERIA, FOCAL_KINDS, Layout
from workbook.scoring.levels import EDGE, OUT, Gates, Levels, gate_columns, gates, levels
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.progress import progress
from workbook.scoring.values import Values, value

STATUS = (Status.NOT_SCORED, Status.INDICATIVE, Status.SCORED, Status.NOT_APPLICABLE)
GATE_STATE = (GateState.TRIPPED, GateState.UNDETERMINED, GateState.PASSED)


def evaluate(
    framework: Framework,
    engagement: Engagement,
    as_of: dt.date,
    *,
    before: Evaluation | None = None,
) -> Evaluation:
    """The evaluation of one engagement as of a day.

    `framework` is the shipped one; the engagement's overlay is applied here (a framework that has
    it applied already gives the same). Both must have been checked: unknown keys raise KeyError.

    Given the evaluation `before`, its findings and actions stand in the result and none are
    derived: a screen shows a score first, and what to make of it a moment later.
    """
    own = overlaid(framework, engagement)
    heard = hear(own, engagement)
    portfolio = encode(own, [heard])
    values = value(portfolio)
    scores = aggregate(portfolio.layout, values)
    tested = gates(portfolio.layout, values)
    overall, by_area = levels(portfolio.layout, scores, tested)
    found = before.findings if before else findings(heard, as_of)
    return Evaluation(
        engagement.key,
        framework.key,
        framework.version,
        as_of,
        _score(scores.low[0], scores.point[0], scores.high[0], STATUS[overall.status[0]]),
        _span(own, overall.span[:, 0]),
        _areas(portfolio.layout, values, scores, by_area),
        _items(portfolio, values, scores),
        _gates(portfolio.layout, tested),
        found,
        before.actions if before else actions(heard, portfolio, values, scores, found, as_of),
        agreement(own, heard, portfolio),
        progress(heard),
    )


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _three(numbers: np.ndarray) -> tuple[float, float, float]:
    low, point, high = (float(number) for number in numbers)
    return low, point, high


def _score(low: float, point: float, high: float, status: Status) -> Score:
    return Score(_known(low), _known(point), _known(high), status)


def _span(framework: Framework, span: np.ndarray) -> LevelSpan | None:
    low, middle, high = (int(index) for index in span)
    if low < 0:
        return None
    keys = [level.key for level in framework.levels]
    level = keys[middle] if middle >= 0 else None
    return LevelSpan(keys[low], keys[high], level, low == high)


def _areas(layout: Layout, values: Values, scores: Scores, found: Levels) -> tuple[AreaScore, ...]:
    criteria = by_criterion(layout, values, scores)
    return tuple(
        AreaScore(
            area.key,
            float(scores.omega.area[0, a]),
            _score(*_three(scores.areas[:, 0, a]), STATUS[found.status[0, a]]),
            _span(layout.framework, found.span[:, 0, a]),
            tuple(
                CriterionScore(
                    criterion,
                    float(scores.omega.criterion[0, a, c]),
                    _criterion(*_three(criteria[:, 0, a, c])),
                )
                for c, criterion in enumerate(CRITERIA)
            ),
        )
        for a, area in enumerate(layout.framework.areas)
    )


def _criterion(low: float, point: float, high: float) -> Score:
    if np.isnan(low):
        status = Status.NOT_APPLICABLE
    elif np.isnan(point):
        status = Status.NOT_SCORED
    else:
        status = Status.INDICATIVE if high - low > WIDE + EDGE else Status.SCORED
    return _score(low, point, high, status)


def _gates(layout: Layout, tested: Gates) -> tuple[GateResult, ...]:
    results = []
    for g, gate in enumerate(layout.framework.gates):
        if tested.state[0, g] == OUT:
            continue
        area = layout.framework.areas[layout.column_area[gate_columns(layout, g)[0]]]
        low, point, high = tested.values[:, 0, g]
        state = GATE_STATE[tested.state[0, g]]
        results.append(
            GateResult(gate.key, area.key, state, float(low), _known(point), float(high))
        )
    return tuple(results)


def _items(portfolio: Portfolio, values: Values, scores: Scores) -> tuple[Item, ...]:
    layout = portfolio.layout
    focal = len(layout.focal_points)
    answered = np.bincount(portfolio.cells.unit, minlength=focal).tolist()
    free, q_free = portfolio.free[0].tolist(), portfolio.q_free[0].tolist()
    q_answered = portfolio.q_answered[0].tolist()
    numbers = _numbers(layout, values, scores)
    items = []
    for column in np.flatnonzero(values.applicable[0]).tolist():
        block, position = divmod(column, focal)
        if block < len(FOCAL_KINDS):
            kind, subject, instance = FOCAL_KINDS[block], layout.focal_points[position], None
            voices = (answered[position], free[position])
        else:
            position = column - focal * len(FOCAL_KINDS)
            kind = ItemKind.QUESTION
            subject, instance = layout.questions[position]
            voices = (q_answered[position], q_free[position])
        a = layout.column_area[column]
        area, criterion = layout.framework.areas[a].key, CRITERIA[layout.column_criterion[column]]
        items.append(Item(area, criterion, kind, subject, instance, *numbers[column], *voices))
    return tuple(items)


def _numbers(
    layout: Layout, values: Values, scores: Scores
) -> list[tuple[float, float | None, float, float | None, float, float, float, float, float]]:
    """The numbers of each column, in the order of `Item`'s fields; weights of METHOD §5."""
    omega = scores.omega.area[0, layout.column_area] * scores.omega.item[0]
    share, within = scores.weight.area[0, layout.column_area], 100.0 * scores.weight.item[0]
    known = ~np.isnan(values.point[0])
    point = np.where(known, values.point[0], 0.0)
    rest = np.where(known, 1.0 - point, 0.0)
    columns = (
        omega,
        share * scores.weight.item[0],
        values.low[0],
        point,
        values.high[0],
        share * within * point,
        share * within * rest,
        within * point,
        within * rest,
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [
        (row[0], row[1] if one else None, row[2], row[3] if one else None, *row[4:])
        for row, one in zip(rows, known.tolist(), strict=True)
    ]
