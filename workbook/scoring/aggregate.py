"""From item values to scores: shares Ω and ω, point, low and the joint high (METHOD §2).

Arrays are (engagements, items) and lie in memory item by item, since sums run over items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.evaluation import ItemKind
from workbook.scoring.identity_cache import IdentityCache
from workbook.scoring.layout import CRITERIA, Columns, ItemGroup, Layout
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

    def spread(self, size: int) -> Shares:
        """Those of one engagement (E = 1) for as many alike."""
        each = (self.item, self.criterion, self.area)
        return Shares(*(np.broadcast_to(array, (size, *array.shape[1:])) for array in each))


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of E engagements, 0 to 100, NaN where there is none.

    `low`, `point`, `high` (E,); `areas` the same as (3, E, A). `omega`: shares over applicable
    items; `weight`: over items with a point.
    """

    low: Floats
    point: Floats
    high: Floats
    areas: Floats
    omega: Shares
    weight: Shares


def total(values: Floats) -> Floats:
    """Sum over the first axis, strictly in order.

    numpy's own sum changes its order with the array's shape, and with it the last bit.
    """
    if len(values) == 0:
        return np.zeros(values.shape[1:])
    if values.shape[-1] < FEW:
        return np.asarray(np.add.accumulate(values, axis=0)[-1])
    summed: Floats = values[0].copy()
    for column in values[1:]:
        summed += column
    return summed


def _sums(pairs: Sequence[tuple[Floats, Floats]], groups: Columns) -> Floats:
    """Sums of products (P, E, G) of P pairs of (E, I) arrays over G groups of columns, in order."""
    size, width = pairs[0][0].shape
    if size < FEW and groups.size:
        products = np.zeros((width + 1, len(pairs), size))
        for position, (weights, values) in enumerate(pairs):
            np.multiply(weights.T, values.T, out=products[:width, position])
        return np.asarray(np.moveaxis(total(products[groups]), 0, -1))
    sums = np.zeros((groups.shape[1], len(pairs), size))
    for position, (weights, values) in enumerate(pairs):
        by_column, known = weights.T, values.T
        for group, columns in enumerate(groups.T):
            for column in columns[columns < width]:
                sums[group, position] += by_column[column] * known[column]
    return np.moveaxis(sums, 0, -1)


def shares(layout: Layout, counted: NDArray[np.bool_]) -> Shares:
    """Shares of the items marked in `counted` (E, I)."""
    marked = counted.T
    bases = [_bases(layout, group, marked) for group in layout.groups]
    criterion = np.zeros((len(CRITERIA), len(layout.area_weight), len(counted)))
    for group, (_, whole) in zip(layout.groups, bases, strict=True):
        criterion[group.criterion, group.area] = np.where(whole > 0, group.weight, 0.0)
    criterion = _normalised(criterion)
    item = np.zeros(marked.shape)
    for group, (base, whole) in zip(layout.groups, bases, strict=True):
        part, of = np.where(whole > 0, whole, 1.0), criterion[group.criterion, group.area]
        if group.even is None:
            item[group.columns] = base / part * of
        else:
            each = group.even / part * of
            for column in group.columns:
                np.multiply(marked[column], each, out=item[column])
    area = _normalised(np.where(criterion.any(axis=0), layout.area_weight[:, None], 0.0))
    return Shares(item.T, criterion.T, area.T)


def _bases(layout: Layout, group: ItemGroup, marked: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Base weights of a group's marked columns (or nothing, where they are even), and their sum.

    A question that is asked once per system or seat weighs as one, whatever their number.
    """
    own = marked[group.columns]
    if group.even is not None:
        return np.zeros(0), group.even * own.sum(axis=0)
    base = np.where(own, layout.base[group.columns, None], 0.0)
    for at in group.repeated:
        base[at] /= np.maximum(own[at].sum(axis=0), 1)
    return base, total(base)


def _normalised(weights: Floats) -> Floats:
    whole = total(weights)
    return weights / np.where(whole > 0, whole, 1.0)


def joint_losses(layout: Layout, values: Values, omega: Shares) -> Floats:
    """What the joint high lies below the separate ones, per focal point (E, F), in shares of 1.

    A free cell that votes for an unsuitable favourite lifts *clear* but not *fitting*: METHOD's
    H_f takes the best nominee p, or somebody new. S + u of *fitting* stand in both.
    """
    size, focal = values.free.shape
    loss = np.zeros(size * focal)
    pairs = values.nominees
    free = values.free.reshape(-1)
    rows = free[pairs.unit] > 0
    if not rows.any():
        return loss.reshape(size, focal)
    unit, votes, fit = pairs.unit[rows], pairs.votes[rows], pairs.fit[rows]
    at = np.divmod(unit, focal)
    clear, fitting = (
        omega.item[at[0], layout.column(kind, 0) + at[1]]
        for kind in (ItemKind.CLEAR, ItemKind.FITTING)
    )
    best, m = values.best[at], free[unit]
    nominee = clear * np.maximum(best, votes + m) + fitting * (m * fit)
    anew = clear * np.maximum(best, m) + fitting * m
    apart = clear * (best + m) + fitting * m
    first = np.flatnonzero(np.concatenate(([True], unit[1:] != unit[:-1])))
    most = np.maximum(np.maximum.reduceat(nominee, first), anew[first])
    lost = unit[first]
    loss[lost] = np.maximum(apart[first] - most, 0.0) / values.voices.reshape(-1)[lost]
    return loss.reshape(size, focal)


@dataclass(frozen=True, slots=True)
class ShareCache:
    """The shares of one engagement, the same in the next evaluation while the same items count."""

    omega: IdentityCache[Shares] = field(default_factory=IdentityCache)
    weight: IdentityCache[Shares] = field(default_factory=IdentityCache)


def aggregate(
    layout: Layout,
    values: Values,
    joint: Floats | None = None,
    omega: Shares | None = None,
    cache: ShareCache | None = None,
) -> Scores:
    """Scores of every engagement.

    `joint` as from `joint_losses`, `omega` as from `shares` of the applicable items; computed if
    not given. A `cache` serves one engagement that is scored again.
    """
    cache = cache or ShareCache()
    omega = omega or _known_shares(layout, values.applicable, cache.omega)
    has_point = ~np.isnan(values.point)
    weight = _known_shares(layout, has_point, cache.weight)
    if joint is None:
        joint = joint_losses(layout, values, omega)
    points = np.where(has_point, values.point, 0.0)
    areas = _sums(
        [(omega.item, values.low), (weight.item, points), (omega.item, values.high)],
        layout.area_columns,
    )
    areas[2] -= _sums([(np.ones_like(joint), joint)], layout.focal_columns)[0]
    overall = [
        total((of.area * area).T) for of, area in zip((omega, weight, omega), areas, strict=True)
    ]
    # By what applies in it, not by its weight: an area that weighs nothing has a score of its own.
    areas[:, ~omega.criterion.any(axis=2)] = np.nan
    areas[1][~weight.criterion.any(axis=2)] = np.nan
    nothing, unscored = ~omega.area.any(axis=1), ~weight.area.any(axis=1)
    for numbers, missing in zip(overall, (nothing, unscored, nothing), strict=True):
        numbers[missing] = np.nan
    low, point, high = (100.0 * numbers for numbers in overall)
    return Scores(low=low, point=point, high=high, areas=100.0 * areas, omega=omega, weight=weight)


def _known_shares(
    layout: Layout, counted: NDArray[np.bool_], cache: IdentityCache[Shares]
) -> Shares:
    """`shares`; of one engagement those of the last time, if the same items are counted."""
    if len(counted) != 1:
        return shares(layout, counted)
    return cache.get((layout,), lambda: shares(layout, counted), counted.tobytes())


def by_criterion(layout: Layout, values: Values, scores: Scores) -> Floats:
    """Scores of the criteria (3, E, A, 5), NaN where there is none; their highs are not joint."""
    points = np.where(np.isnan(values.point), 0.0, values.point)
    omega, weight = scores.omega, scores.weight
    sums = _sums(
        [(omega.item, values.low), (weight.item, points), (omega.item, values.high)],
        layout.group_columns,
    )
    at = ([group.area for group in layout.groups], [group.criterion for group in layout.groups])
    share = np.stack([of.criterion[:, *at] for of in (omega, weight, omega)])
    there = share > 0
    scored = np.full((3, *omega.criterion.shape), np.nan)
    scored[:, :, *at] = 100.0 * np.where(there, sums / np.where(there, share, 1.0), np.nan)
    return scored
