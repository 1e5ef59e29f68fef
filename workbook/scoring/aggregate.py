"""From item values to scores: shares Ω and ω, point, low and the joint high (METHOD §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.evaluation import ItemKind
from workbook.scoring.layout import CRITERIA, Layout
from workbook.scoring.values import Floats, Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDE = 50.0
"""A range wider than this makes a score indicative (METHOD §2, status)."""
FEW = 64
"""Up to here one call of numpy is quicker than a loop over columns; the sums are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How much each item counts, for one choice of items (applicable, or those with a point).

    `item` (E, I): share of the area's score; `criterion` (E, A, 5): normalised criterion weights;
    `area` (E, A): normalised area weights. Rows of areas without such items are 0.
    """

    item: Floats
    criterion: Floats
    area: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of E engagements, 0 to 100, NaN where there is none.

    `low`, `point`, `high` (E,); `areas` the same as (3, E, A); `criteria` as (3, E, A, 5), whose
    highs are not joint. `omega`: shares over applicable items; `weight`: over items with a point.
    """

    low: Floats
    point: Floats
    high: Floats
    areas: Floats
    criteria: Floats
    omega: Shares
    weight: Shares


def total(values: Floats) -> Floats:
    """Sum over the last axis, strictly from left to right.

    numpy's own sum changes its order with the array's shape, and with it the last bit.
    """
    if values.shape[-1] == 0:
        return np.zeros(values.shape[:-1])
    if len(values) < FEW:
        return np.asarray(np.add.accumulate(values, axis=-1)[..., -1])
    summed = values[..., 0].copy()
    for column in range(1, values.shape[-1]):
        summed += values[..., column]
    return summed


def shares(layout: Layout, counted: NDArray[np.bool_]) -> Shares:
    """Shares of the items marked in `counted` (E, I)."""
    size = len(counted)
    base = np.where(counted, layout.base, 0.0)
    for columns in layout.repeated:
        base[:, columns] /= np.maximum(counted[:, columns].sum(axis=1, keepdims=True), 1)
    criterion = np.zeros((size, len(layout.area_weight), len(CRITERIA)))
    item = np.zeros(counted.shape)
    for group in layout.groups:
        within = base[:, group.columns]
        whole = total(within)
        criterion[:, group.area, group.criterion] = np.where(whole > 0, group.weight, 0.0)
        item[:, group.columns] = within / np.where(whole > 0, whole, 1.0)[:, None]
    criterion = _normalised(criterion)
    item *= criterion[:, layout.column_area, layout.column_criterion]
    area = _normalised(np.where(criterion.any(axis=2), layout.area_weight, 0.0))
    return Shares(item, criterion, area)


def _normalised(weights: Floats) -> Floats:
    whole = total(weights)[..., None]
    return weights / np.where(whole > 0, whole, 1.0)


def joint_losses(layout: Layout, values: Values, omega: Shares) -> Floats:
    """What the joint high lies below the separate ones, per focal point (E, F), in shares of 1.

    A free cell that votes for an unsuitable favourite lifts *clear* but not *fitting*: METHOD's
    H_f takes the best nominee p, or somebody new.
    """
    size, focal = values.free.shape
    loss = np.zeros(size * focal)
    pairs = values.nominees
    free = values.free.reshape(-1)
    rows = free[pairs.unit] > 0
    if not rows.any():
        return loss.reshape(size, focal)
    unit, votes, fit = pairs.unit[rows], pairs.votes[rows], pairs.fit[rows]
    clear, fitting = (
        omega.item[:, layout.column(kind, 0) : layout.column(kind, 0) + focal].reshape(-1)[unit]
        for kind in (ItemKind.CLEAR, ItemKind.FITTING)
    )
    best, known = values.best.reshape(-1)[unit], values.fit_high.reshape(-1)[unit]
    m = free[unit]
    nominee = clear * np.maximum(best, votes + m) + fitting * (known + m * fit)
    anew = clear * np.maximum(best, m) + fitting * (known + m)
    apart = clear * (best + m) + fitting * (known + m)
    first = np.flatnonzero(np.concatenate(([True], unit[1:] != unit[:-1])))
    most = np.maximum(np.maximum.reduceat(nominee, first), anew[first])
    at = unit[first]
    loss[at] = np.maximum(apart[first] - most, 0.0) / values.voices.reshape(-1)[at]
    return loss.reshape(size, focal)


def aggregate(layout: Layout, values: Values, joint: Floats | None = None) -> Scores:
    """Scores of every engagement; `joint` as from `joint_losses`, computed if not given."""
    omega = shares(layout, values.applicable)
    has_point = ~np.isnan(values.point)
    weight = shares(layout, has_point)
    if joint is None:
        joint = joint_losses(layout, values, omega)
    points = np.where(has_point, values.point, 0.0)
    parts = (
        (omega.item, values.low, omega),
        (weight.item, points, weight),
        (omega.item, values.high, omega),
    )
    areas = np.stack([_by_area(layout, item * x) for item, x, _ in parts])
    areas[2] -= _lost(layout, joint)
    overall = [total(part[2].area * area) for part, area in zip(parts, areas, strict=True)]
    criteria = np.stack([_by_criterion(layout, item * x, s) for item, x, s in parts])
    areas[:, omega.area == 0] = np.nan
    areas[1][weight.area == 0] = np.nan
    nothing, unscored = ~omega.area.any(axis=1), ~weight.area.any(axis=1)
    for numbers, missing in zip(overall, (nothing, unscored, nothing), strict=True):
        numbers[missing] = np.nan
    low, point, high = (100.0 * numbers for numbers in overall)
    return Scores(low, point, high, 100.0 * areas, 100.0 * criteria, omega, weight)


def _by_area(layout: Layout, earned: Floats) -> Floats:
    columns = [np.flatnonzero(layout.column_area == a) for a in range(len(layout.area_weight))]
    return np.stack([total(earned[:, c]) for c in columns], axis=1)


def _lost(layout: Layout, joint: Floats) -> Floats:
    areas = range(len(layout.area_weight))
    return np.stack([total(joint[:, layout.focal_area == a]) for a in areas], axis=1)


def _by_criterion(layout: Layout, earned: Floats, of: Shares) -> Floats:
    found = np.full(of.criterion.shape, np.nan)
    for group in layout.groups:
        share = of.criterion[:, group.area, group.criterion]
        there = share > 0
        mean = total(earned[:, group.columns]) / np.where(there, share, 1.0)
        found[:, group.area, group.criterion] = np.where(there, mean, np.nan)
    return found
