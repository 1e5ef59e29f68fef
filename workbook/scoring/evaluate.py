"""`evaluate`: a pure function from framework, engagement and day to codes and numbers."""

from __future__ import annotations

import datetime as dt
import math
from functools import lru_cache

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
from workbook.model.rules import Rules
from workbook.scoring.actions import actions
from workbook.scoring.aggregate import WIDE, Scores, aggregate, by_criterion
from workbook.scoring.agreement import agreement
from workbook.scoring.encode import encode, hear
from workbook.scoring.findings import findings
from workbook.scoring.layout import CRITERIA, FOCAL_KINDS, Layout
from workbook.scoring.levels import EDGE, OUT, Gates, Levels, gate_columns, gates, levels
from workbook.scoring.ownership import ownership
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.progress import progress
from workbook.scoring.values import Values, value

STATUS = (Status.NOT_SCORED, Status.INDICATIVE, Status.SCORED, Status.NOT_APPLICABLE)
GATE_STATE = (GateState.TRIPPED, GateState.UNDETERMINED, GateState.PASSED)

Numbers = tuple[float, float | None, float, float | None, float, float, float, float, float]
"""Share to `area_loss` of an `Item`."""


def evaluate(
    rules: Rules,
    engagement: Engagement,
    as_of: dt.date,
    *,
    before: Evaluation | None = None,
) -> Evaluation:
    """The evaluation of one engagement as of a day.

    Both it and the framework must have been checked: unknown keys raise KeyError.

    Given the evaluation `before`, its findings and actions stand in the result and none are
    derived: a screen shows a score first, and what to make of it a moment later.
    """
    heard = hear(rules, engagement)
    portfolio = encode(rules, [heard])
    values = value(portfolio)
    scores = aggregate(portfolio.layout, values)
    tested = gates(portfolio.layout, values)
    overall, by_area = levels(portfolio.layout, scores, tested)
    whole = scores.low.item(0), scores.point.item(0), scores.high.item(0)
    found = before.findings if before else findings(heard, as_of)
    return Evaluation(
        engagement.key,
        rules.key,
        rules.version,
        as_of,
        _score(*whole, STATUS[overall.status[0]]),
        _span(rules, overall.span[:, 0]),
        _areas(portfolio.layout, values, scores, by_area),
        _items(portfolio, values, scores),
        _gates(portfolio.layout, tested),
        found,
        before.actions if before else actions(heard, portfolio, values, scores, found, as_of),
        agreement(rules, heard, portfolio),
        progress(heard),
        ownership(heard),
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def _score(low: float, point: float, high: float, status: Status) -> Score:
    return Score(_known(low), _known(point), _known(high), status)


def _span(framework: Rules, span: np.ndarray) -> LevelSpan | None:
    low, middle, high = (int(index) for index in span)
    if low < 0:
        return None
    keys = [level.key for level in framework.levels]
    level = keys[middle] if middle >= 0 else None
    return LevelSpan(keys[low], keys[high], level, low == high)


def _areas(layout: Layout, values: Values, scores: Scores, found: Levels) -> tuple[AreaScore, ...]:
    criteria = np.moveaxis(by_criterion(layout, values, scores)[:, 0], 0, -1).tolist()
    areas, status = scores.areas[:, 0].T.tolist(), found.status[0].tolist()
    share, of_criterion = scores.omega.area[0].tolist(), scores.omega.criterion[0].tolist()
    return tuple(
        AreaScore(
            area.key,
            share[a],
            _score(low, point, high, STATUS[status[a]]),
            _span(layout.framework, found.span[:, 0, a]),
            tuple(
                CriterionScore(criterion, of_criterion[a][c], _criterion(*criteria[a][c]))
                for c, criterion in enumerate(CRITERIA)
            ),
        )
        for a, (area, (low, point, high)) in enumerate(
            zip(layout.framework.areas, areas, strict=True)
        )
    )


def _criterion(low: float, point: float, high: float) -> Score:
    if math.isnan(low):
        status = Status.NOT_APPLICABLE
    elif math.isnan(point):
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
        low, point, high = tested.values[:, 0, g].tolist()
        state = GATE_STATE[tested.state[0, g]]
        results.append(GateResult(gate.key, area.key, state, low, _known(point), high))
    return tuple(results)


def _items(portfolio: Portfolio, values: Values, scores: Scores) -> tuple[Item, ...]:
    layout, blocks = portfolio.layout, len(FOCAL_KINDS)
    counted = np.bincount(portfolio.cells.unit, minlength=len(layout.focal_points))
    answered = counted.tolist() * blocks + portfolio.q_answered[0].tolist()
    free = portfolio.free[0].tolist() * blocks + portfolio.q_free[0].tolist()
    numbers = _numbers(layout, values, scores)
    return tuple(
        _item(layout, column, numbers[column], answered[column], free[column])
        for column in np.flatnonzero(values.applicable[0]).tolist()
    )


@lru_cache(maxsize=1024)
def _item(layout: Layout, column: int, numbers: Numbers, answered: int, free: int) -> Item:
    """An item; the same object as before while its numbers are: an answer changes few."""
    kind, first = ItemKind.QUESTION, layout.column(ItemKind.QUESTION, 0)
    if column >= first:
        subject, instance = layout.questions[column - first]
    else:
        block, position = divmod(column, len(layout.focal_points))
        kind, subject, instance = FOCAL_KINDS[block], layout.focal_points[position], None
    area = layout.framework.areas[layout.column_area[column]].key
    criterion = CRITERIA[layout.column_criterion[column]]
    return Item(area, criterion, kind, subject, instance, *numbers, answered, free)


def _numbers(layout: Layout, values: Values, scores: Scores) -> list[Numbers]:
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
