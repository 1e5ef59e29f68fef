"""`evaluate`: a pure function from rules, engagement and day to codes and numbers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from workbook.model.engagement import Engagement
from workbook.model.evaluation import (
    Advice,
    AreaScore,
    CriterionScore,
    Evaluation,
    GateResult,
    Item,
    ItemKind,
    Outlook,
    Score,
    Status,
)
from workbook.model.rules import Rules
from workbook.scoring.actions import actions
from workbook.scoring.aggregate import WIDE, Scores, ShareCache, aggregate, by_criterion
from workbook.scoring.agreement import agreement
from workbook.scoring.disclosure import Disclosure
from workbook.scoring.encode import EngagementReading, ReadingCache, encode, read_engagement
from workbook.scoring.findings import findings
from workbook.scoring.first_steps import first_steps
from workbook.scoring.forecast import forecast
from workbook.scoring.layout import CRITERIA, FOCAL_KINDS, Layout
from workbook.scoring.levels import (
    EDGE,
    GATE_STATES,
    STATUSES,
    GateCode,
    GateStates,
    Levels,
    gate_columns,
    gates,
    level_span,
    levels,
    score_of,
)
from workbook.scoring.ownership import ownership
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.progress import progress
from workbook.scoring.values import Values, value

Numbers = tuple[float, float | None, float, float | None, float, float, float, float, float]
"""Share to `area_loss` of an `Item`."""
MakeItem = Callable[[Layout, int, Numbers, int, int], Item]


@dataclass(frozen=True, slots=True)
class Scored:
    """One engagement in numbers; `numbers` is its evaluation without findings and actions."""

    reading: EngagementReading
    portfolio: Portfolio
    values: Values
    scores: Scores
    numbers: Evaluation

    def advised(self, advice: Advice) -> Evaluation:
        """The evaluation with these findings and actions."""
        return replace(self.numbers, **advice._asdict())


@dataclass(frozen=True, slots=True)
class EvaluationCache:
    """All that one evaluation leaves for the next one of the same engagement."""

    reading: ReadingCache = field(default_factory=ReadingCache)
    shares: ShareCache = field(default_factory=ShareCache)
    items: MakeItem = field(default_factory=lambda: lru_cache(maxsize=1024)(_item))


def evaluate(rules: Rules, engagement: Engagement, as_of: dt.date) -> Evaluation:
    """The evaluation of one engagement as of a day.

    Both it and the framework must have been checked: unknown keys raise KeyError.
    """
    scored = score(rules, engagement, as_of)
    return scored.advised(advise(scored))


def score(
    rules: Rules, engagement: Engagement, as_of: dt.date, cache: EvaluationCache | None = None
) -> Scored:
    """The numbers of an evaluation: less than half the work, and all that a score needs."""
    cache = cache or EvaluationCache()
    reading = read_engagement(rules, engagement, cache.reading)
    portfolio = encode(rules, [reading])
    layout = portfolio.layout
    values = value(portfolio)
    scores = aggregate(layout, values, cache=cache.shares)
    tested = gates(layout, values)
    overall, by_area = levels(layout, scores, tested)
    whole = scores.low.item(0), scores.point.item(0), scores.high.item(0)
    numbers = Evaluation(
        engagement=engagement.key,
        framework=rules.key,
        framework_version=rules.version,
        as_of=as_of,
        score=score_of(*whole, STATUSES[overall.status[0]]),
        level=level_span(rules, overall.span[:, 0]),
        areas=_areas(layout, values, scores, by_area),
        items=_items(portfolio, values, scores, cache.items),
        gates=_gates(layout, tested),
        findings=(),
        actions=(),
        agreement=agreement(rules, reading, portfolio),
        progress=progress(reading),
        ownership=ownership(reading),
    )
    return Scored(
        reading=reading, portfolio=portfolio, values=values, scores=scores, numbers=numbers
    )


def advise(scored: Scored) -> Advice:
    """Findings and actions of an engagement that is scored, and where the first of them lead."""
    reading, as_of = scored.reading, scored.numbers.as_of
    numbers = (reading, scored.portfolio, scored.values, scored.scores)
    concluded = findings(reading, as_of)
    evaluation = replace(
        scored.numbers, findings=concluded, actions=actions(*numbers, concluded, as_of)
    )
    disclosure = Disclosure(reading.rules, reading.engagement, evaluation, reading)
    steps, outlook = first_steps(*numbers, disclosure.actions)
    expected = forecast(*numbers, steps, Outlook(evaluation.score, evaluation.level), as_of)
    return Advice(
        findings=concluded,
        actions=evaluation.actions,
        steps=steps,
        outlook=outlook,
        forecast=expected,
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def _areas(
    layout: Layout, values: Values, scores: Scores, of_areas: Levels
) -> tuple[AreaScore, ...]:
    criteria = np.moveaxis(by_criterion(layout, values, scores)[:, 0], 0, -1).tolist()
    areas, status = scores.areas[:, 0].T.tolist(), of_areas.status[0].tolist()
    share, of_criterion = scores.omega.area[0].tolist(), scores.omega.criterion[0].tolist()
    return tuple(
        AreaScore(
            area=area.key,
            share=share[a],
            score=score_of(low, point, high, STATUSES[status[a]]),
            level=level_span(layout.rules, of_areas.span[:, 0, a]),
            criteria=tuple(
                CriterionScore(criterion, of_criterion[a][c], _criterion(*criteria[a][c]))
                for c, criterion in enumerate(CRITERIA)
            ),
        )
        for a, (area, (low, point, high)) in enumerate(zip(layout.rules.areas, areas, strict=True))
    )


def _criterion(low: float, point: float, high: float) -> Score:
    if math.isnan(low):
        status = Status.NOT_APPLICABLE
    elif math.isnan(point):
        status = Status.NOT_SCORED
    else:
        status = Status.INDICATIVE if high - low > WIDE + EDGE else Status.SCORED
    return score_of(low, point, high, status)


def _gates(layout: Layout, tested: GateStates) -> tuple[GateResult, ...]:
    results = []
    for g, gate in enumerate(layout.rules.gates):
        if tested.state[0, g] == GateCode.OUT:
            continue
        area = layout.rules.areas[layout.column_area[gate_columns(layout, g)[0]]]
        low, point, high = tested.values[:, 0, g].tolist()
        state = GATE_STATES[tested.state[0, g]]
        results.append(
            GateResult(
                gate=gate.key, area=area.key, state=state, low=low, point=_known(point), high=high
            )
        )
    return tuple(results)


def _items(
    portfolio: Portfolio, values: Values, scores: Scores, make: MakeItem
) -> tuple[Item, ...]:
    """The items that apply; the same object as before while its numbers are."""
    layout, blocks = portfolio.layout, len(FOCAL_KINDS)
    counted = np.bincount(portfolio.cells.unit, minlength=len(layout.focal_points))
    answered = counted.tolist() * blocks + portfolio.q_answered[0].tolist()
    free = portfolio.free[0].tolist() * blocks + portfolio.q_free[0].tolist()
    numbers = _numbers(layout, values, scores)
    return tuple(
        make(layout, column, numbers[column], answered[column], free[column])
        for column in np.flatnonzero(values.applicable[0]).tolist()
    )


def _item(layout: Layout, column: int, numbers: Numbers, answered: int, free: int) -> Item:
    kind, first = ItemKind.QUESTION, layout.column(ItemKind.QUESTION, 0)
    if column >= first:
        subject, instance = layout.questions[column - first]
    else:
        block, position = divmod(column, len(layout.focal_points))
        kind, subject, instance = FOCAL_KINDS[block], layout.focal_points[position], None
    area = layout.rules.areas[layout.column_area[column]].key
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
        (row[0], row[1] if has_point else None, row[2], row[3] if has_point else None, *row[4:])
        for row, has_point in zip(rows, known.tolist(), strict=True)
    ]
