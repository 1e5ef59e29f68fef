"""The heat map: how far each focal point is owned, by criterion, beside what people agree on."""

from __future__ import annotations

import math
from collections.abc import Iterable

from workbook.fragments.heat import HeatCell, HeatGroup, HeatMap, HeatRow, level_steps
from workbook.model.evaluation import AreaScore, Item, ItemKind
from workbook.model.framework import Area, Criterion
from workbook.report.telling import Telling

NOT_HERE = HeatCell(None, applies=False)
WITHHELD = HeatCell(None, withheld=True)


def criterion_name(telling: Telling, criterion: Criterion) -> str:
    """What a criterion is called."""
    v = telling.voice
    return {
        Criterion.NAMED: v.t("Named"),
        Criterion.CLEAR: v.t("Clear"),
        Criterion.FITTING: v.t("Fitting"),
        Criterion.BACKED_UP: v.t("Backed up"),
        Criterion.COMMITTED: v.t("Committed"),
    }[criterion]


def heat_map(telling: Telling) -> HeatMap:
    """Focal points × criteria and agreement, values from 0 to 100, under each area's own scores."""
    v = telling.voice
    scored = {score.area: score for score in telling.evaluation.areas}
    groups = [
        _group(telling, area, scored[area.key])
        for area in telling.framework.areas
        if any(f.key in telling.heard.panels for f in area.focal_points)
    ]
    columns = (*(criterion_name(telling, c) for c in Criterion), v.t("Agreement"))
    caption = v.t("How far each focal point is owned: share of what could be fulfilled, in %")
    steps = level_steps(telling.framework, v)
    return HeatMap(caption, v.t("Focal point"), columns, tuple(groups), steps, ranges=False)


def _group(telling: Telling, area: Area, score: AreaScore) -> HeatGroup:
    rows = [HeatRow(telling.voice.t("Whole area"), _totals(telling, score), total=True)]
    for focal_point in area.focal_points:
        if focal_point.key in telling.heard.panels:
            cells = _cells(telling, focal_point.key)
            rows.append(HeatRow(telling.say(focal_point.title), cells))
    return HeatGroup(telling.area(area.key), tuple(rows))


def _totals(telling: Telling, score: AreaScore) -> tuple[HeatCell, ...]:
    cells = [
        NOT_HERE
        if one.score.low is None
        else HeatCell(one.score.point, one.score.low, one.score.high)
        for one in score.criteria
    ]
    alphas = dict(telling.evaluation.agreement.areas)
    return (*cells, NOT_HERE if score.area not in alphas else _agreed(telling, score.area))


def _agreed(telling: Telling, area: str) -> HeatCell:
    """The mean share of the largest group of voices over the area's focal points."""
    shares = [
        said.shares[0][1] / said.votes
        for said in telling.evaluation.agreement.focal_points
        if said.shares and telling.places[said.focal_point][0].key == area
    ]
    return HeatCell(100 * math.fsum(shares) / len(shares)) if shares else NOT_HERE


def _cells(telling: Telling, focal_point: str) -> tuple[HeatCell, ...]:
    agreement = _agreement(telling, focal_point)
    if telling.hidden(focal_point):
        return (*(WITHHELD for _ in Criterion), agreement)
    items = [item for item in telling.evaluation.items if _about(item) == focal_point]
    cells = [
        _mean(item for item in items if item.criterion is criterion) for criterion in Criterion
    ]
    return (*cells, agreement)


def _about(item: Item) -> str | None:
    return item.instance if item.kind is ItemKind.QUESTION else item.subject


def _mean(items: Iterable[Item]) -> HeatCell:
    """The weighted mean of some items, over those that have a point."""
    every = list(items)
    if not every:
        return NOT_HERE
    known = [item for item in every if item.point is not None and item.weight]
    weight = math.fsum(item.weight or 0.0 for item in known)
    if not weight:
        return HeatCell(None)
    return HeatCell(100 * math.fsum((i.weight or 0.0) * (i.point or 0.0) for i in known) / weight)


def _agreement(telling: Telling, focal_point: str) -> HeatCell:
    """The share of the largest group of voices, in per cent; nothing where too few spoke."""
    said = next(
        (a for a in telling.evaluation.agreement.focal_points if a.focal_point == focal_point), None
    )
    if said is not None and said.verdict == "withheld":
        return WITHHELD
    if said is None or not said.shares or said.verdict == "too_few":
        return NOT_HERE
    return HeatCell(100 * said.shares[0][1] / said.votes)
