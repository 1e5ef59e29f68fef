"""Weightings that a framework admits: drawn evenly, and the part on one side of a plane, exactly.

Weights are judgements (METHOD §2): each may lie between its bounds, and those that are weighed
against each other keep their sum. So they fill a polytope, the part of a simplex that lies in a
box; "evenly" means uniformly on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.framework import Criterion
from workbook.scoring.values import Floats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

    from workbook.model.framework import Area, Bounds
    from workbook.model.rules import Rules

FIVE = 5
"""Up to so many weights that move, the part on one side of a plane is computed exactly."""
TINY, DECIMALS = 1e-9, 12
"""Corners may miss a bound by rounding, and two ways to one corner each other."""


@dataclass(frozen=True, slots=True)
class WeightGroup:
    """Weights that are weighed against each other, each with its bounds.

    `keys`: the criteria of `areas`, which share these weights, or else all areas (`areas` is ()).
    """

    areas: tuple[str, ...]
    keys: tuple[str, ...]
    own: tuple[float, ...]
    bounds: tuple[Bounds, ...]

    @property
    def lows(self) -> Floats:
        """The least weights."""
        return np.array([low for low, _ in self.bounds], dtype=float)

    @property
    def widths(self) -> Floats:
        """How far each weight may move."""
        return np.array([high - low for low, high in self.bounds], dtype=float)

    @property
    def slack(self) -> float:
        """What is left to share out above the least weights."""
        return sum(self.own) - sum(low for low, _ in self.bounds)

    @property
    def moving(self) -> tuple[int, ...]:
        """Positions of the weights that can move; none where the sum leaves no room."""
        free = tuple(int(position) for position in np.flatnonzero(self.widths))
        return free if 0 < self.slack < self.widths.sum() else ()


def weight_groups(rules: Rules) -> tuple[WeightGroup, ...]:
    """The criteria's weights, once for all areas that share them, and the areas' weights."""
    sharing: dict[tuple[tuple[float, ...], tuple[Bounds, ...]], list[Area]] = {}
    for area in rules.areas:
        shared = tuple(rules.weights_of(area).values()), _bounds(rules, area)
        sharing.setdefault(shared, []).append(area)
    groups = [
        WeightGroup(
            areas=tuple(area.key for area in areas),
            keys=tuple(criterion.value for criterion in Criterion),
            own=own,
            bounds=bounds,
        )
        for (own, bounds), areas in sharing.items()
    ]
    areas = WeightGroup(
        areas=(),
        keys=tuple(area.key for area in rules.areas),
        own=tuple(area.weight for area in rules.areas),
        bounds=tuple(area.weight_bounds or _usual(area.weight) for area in rules.areas),
    )
    return (*groups, areas)


def _bounds(rules: Rules, area: Area) -> tuple[Bounds, ...]:
    declared = area.bounds if area.weights else rules.bounds
    return tuple(
        declared.get(criterion, _usual(weight))
        for criterion, weight in rules.weights_of(area).items()
    )


def _usual(weight: float) -> Bounds:
    return weight / 2, weight * 1.5


def drawn_weights(group: WeightGroup, count: int, random: Generator) -> Floats:
    """So many weightings (count, keys), uniform on all that the bounds admit.

    By rejection: points that are uniform on a larger body and lie in the polytope are uniform on
    it. Of three larger bodies the smallest is taken, so that few are rejected.
    """
    weights = np.tile(np.array(group.own, dtype=float), (count, 1))
    moving = list(group.moving)
    if not moving:
        return weights
    widths, slack, filled = group.widths[moving], group.slack, 0
    while filled < count:
        shares = _proposed(widths, slack, count, random)
        inside = shares[((shares >= 0) & (shares <= widths)).all(axis=1)][: count - filled]
        weights[filled : filled + len(inside), moving] = group.lows[moving] + inside
        filled += len(inside)
    return weights


def _proposed(widths: Floats, slack: float, count: int, random: Generator) -> Floats:
    """Points of the plane Σ = slack, uniform on a body that holds all with 0 ≤ each ≤ its width.

    The bodies: the box of all but the widest, which takes the rest; the simplex above 0; the
    simplex below the widths. Their volumes are those of their projections along one axis.
    """
    size = len(widths)
    widest = int(widths.argmax())
    room = widths.sum() - slack
    box = prod(np.delete(widths, widest))
    above, below = (side ** (size - 1) / factorial(size - 1) for side in (slack, room))
    if box <= min(above, below):
        shares = random.random((count, size)) * widths
        shares[:, widest] += slack - shares.sum(axis=1)
        return shares
    simplex = random.dirichlet(np.ones(size), count)
    return slack * simplex if above <= below else widths - room * simplex


def corner_weights(group: WeightGroup) -> Floats:
    """The extreme weightings: all but one weight at a bound, that one with the rest."""
    moving = group.moving
    corners = [np.array(group.own, dtype=float)] if not moving else []
    for rest in moving:
        others = [position for position in moving if position != rest]
        for high in _subsets(others):
            corner = group.lows
            corner[list(high)] += group.widths[list(high)]
            corner[rest] = sum(group.own) - corner.sum() + corner[rest]
            low, top = group.bounds[rest]
            if low - TINY <= corner[rest] <= top + TINY:
                corners.append(corner)
    return np.unique(np.round(corners, DECIMALS), axis=0)


def share_above(group: WeightGroup, slopes: Sequence[float] | Floats) -> float:
    """The share of the admissible weightings w with slopes · w ≥ 0, exactly.

    The polytope is the simplex above the least weights, less the simplices beyond each upper
    bound, plus those beyond two, and so on; each simplex is cut by the plane on its own.
    """
    slope, moving, size = np.asarray(slopes, dtype=float), group.moving, len(group.moving)
    if not moving:
        return float(slope @ np.array(group.own) >= 0)
    whole = part = 0.0
    for beyond in _subsets(moving):
        side = group.slack - sum(group.widths[list(beyond)])
        if side <= 0:
            continue
        corner = group.lows.copy()
        corner[list(beyond)] += group.widths[list(beyond)]
        volume = (-1) ** len(beyond) * side ** (size - 1)
        whole += volume
        part += volume * _above(slope @ corner + side * slope[list(moving)])
    return min(max(part / whole, 0.0), 1.0)


def _subsets(positions: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for count in range(len(positions) + 1):
        yield from combinations(positions, count)


def _above(values: Floats) -> float:
    """The share of a simplex on which a linear function is ≥ 0, from its values at the vertices.

    Varsi's recursion ("The multidimensional content of the frustum of the simplex", 1973): the
    point of an edge where the function is 0 cuts the simplex in two, of which each has a vertex
    less that counts. Every step is a mean of two shares, so that nothing cancels.
    """
    below, above = values[values < 0], values[values >= 0]
    shares = np.zeros(len(below) + 1)
    shares[0] = 1.0
    for high in above:
        for position, low in enumerate(below, 1):
            mixed = high * shares[position - 1] - low * shares[position]
            shares[position] = mixed / (high - low)
    return float(shares[-1])
