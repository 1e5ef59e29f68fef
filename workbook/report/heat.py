"""The heat map: how far each focal point is owned, by criterion, beside what people agree on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import compress
from operator import attrgetter

from workbook.fragments.heat import HeatCell, HeatGroup, HeatMap, HeatRow, level_steps
from workbook.model.evaluation import AreaScore, Item, ItemKind, Score, Status
from workbook.model.framework import Area, Criterion
from workbook.model.ownership import Consensus
from workbook.wording.figures import shown_point
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases

NOT_HERE = HeatCell(None, applies=False)
WITHHELD = HeatCell(None, withheld=True)
_LOW, _HIGH = attrgetter("low"), attrgetter("high")


def heat_map(phrases: Phrases) -> HeatMap:
    """Focal points × criteria and agreement, values from 0 to 100, under each area's own scores."""
    v = phrases.voice
    scored = {score.area: score for score in phrases.evaluation.areas}
    groups = [
        _group(phrases, area, scored[area.key])
        for area in phrases.rules.areas
        if any(f.key in phrases.reading.panels for f in area.focal_points)
    ]
    columns = (*(phrases.criterion(c) for c in Criterion), headings(v)["agreement"])
    rows = [row for group in groups for row in group.rows]
    # A criterion that the organisation's size rules out would be a column of dashes.
    used = [any(row.cells[place].applies for row in rows) for place in range(len(columns))]
    caption = v.t("How far each subject is owned: share of what could be fulfilled, in %")
    steps = level_steps(phrases.rules, v)
    return HeatMap(
        caption=caption,
        corner=headings(v)["subject"],
        columns=tuple(compress(columns, used)),
        groups=tuple(
            replace(group, rows=tuple(_kept(row, used) for row in group.rows)) for group in groups
        ),
        steps=steps,
    )


def _kept(row: HeatRow, used: list[bool]) -> HeatRow:
    return replace(row, cells=tuple(compress(row.cells, used)))


def _group(phrases: Phrases, area: Area, score: AreaScore) -> HeatGroup:
    rows = [HeatRow(phrases.voice.t("Whole area"), _totals(phrases, score), total=True)]
    for focal_point in area.focal_points:
        if focal_point.key in phrases.reading.panels:
            cells = _cells(phrases, focal_point.key)
            rows.append(HeatRow(phrases.say(focal_point.title), cells))
    return HeatGroup(phrases.area(area.key), tuple(rows))


def _totals(phrases: Phrases, score: AreaScore) -> tuple[HeatCell, ...]:
    cells = [NOT_HERE if c.score.low is None else _total(c.score) for c in score.criteria]
    return (*cells, _agreed(phrases, score.area))


def _total(score: Score) -> HeatCell:
    if score.status is Status.NOT_SCORED:
        return HeatCell(None)
    point = shown_point(score)
    return HeatCell(point) if point is not None else HeatCell(None, score.low, score.high)


def _agreed(phrases: Phrases, area: str) -> HeatCell:
    """The mean of the shares that the area's rows show."""
    cells = [_agreement(phrases, f.key) for f in phrases.rules.area(area).focal_points]
    shown = [cell.value for cell in cells if cell.value is not None]
    return HeatCell(math.fsum(shown) / len(shown)) if shown else NOT_HERE


def _cells(phrases: Phrases, focal_point: str) -> tuple[HeatCell, ...]:
    agreement = _agreement(phrases, focal_point)
    if phrases.disclosure.hides(focal_point):
        return (*(WITHHELD for _ in Criterion), agreement)
    items = [item for item in phrases.evaluation.items if _about(item) == focal_point]
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
    value = 100 * math.fsum((i.weight or 0.0) * (i.point or 0.0) for i in known) / weight
    if max(item.answered for item in every) > 1 or not any(item.free for item in every):
        return HeatCell(value)
    # One voice is a claim: its number stands with the range that the others leave open.
    shares = math.fsum(item.share for item in every)
    low, high = (
        100 * math.fsum(i.share * bound(i) for i in every) / shares for bound in (_LOW, _HIGH)
    )
    return HeatCell(value, low, high)


def _agreement(phrases: Phrases, focal_point: str) -> HeatCell:
    """The share of the largest group of voices, in per cent; nothing where too few spoke."""
    agreement = phrases.agreement.get(focal_point)
    if agreement is not None and agreement.outcome is Consensus.WITHHELD:
        return WITHHELD
    if agreement is None or not agreement.shares or agreement.outcome is Consensus.TOO_FEW:
        return NOT_HERE
    return HeatCell(100 * agreement.shares[0][1] / agreement.votes)
