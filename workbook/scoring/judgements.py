"""The weights of a framework are judgements: scores and levels under other ones.

Weights are chosen, not measured (METHOD §2). What they are multiplied with is: the mean item value
of every criterion of every area. It is computed once; a score under other weights is then a
weighted mean of at most 5 · A numbers per engagement, so that many draws of weights are a few
products of arrays and nothing is encoded again.

E engagements, A areas, 5 criteria, L levels, S draws, D judgements.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbook.scoring.aggregate import aggregate, by_criterion
from workbook.scoring.layout import CRITERIA
from workbook.scoring.levels import EDGE, NO_LEVEL, GateCode, gates
from workbook.scoring.portfolio import sliced
from workbook.scoring.values import Floats, value
from workbook.scoring.weightings import (
    WeightGroup,
    corner_weights,
    drawn_weights,
    weight_groups,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from workbook.model.rules import Rules
    from workbook.scoring.levels import GateStates
    from workbook.scoring.portfolio import Portfolio

Measure = Literal["low", "point"]
AT_ONCE = 4096
"""Engagements whose items are valued together."""
DIGITS = 9
"""Scores that differ by less than rounding are equal: they share a rank."""
STEP = 1000.0
"""More than any score: a level outranks every score below it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One number that somebody chose: the weight of a criterion or of an area, and its bounds.

    `key` names the criterion or area; `areas` the areas that share a criterion's weight.
    """

    kind: Literal["criterion", "area"]
    key: str
    areas: tuple[str, ...]
    low: float
    high: float

    @property
    def name(self) -> str:
        """Names the judgement within its framework."""
        return "/".join((self.kind, self.key, *self.areas))


def judgements(rules: Rules) -> tuple[Judgement, ...]:
    """Every weight of a framework that may be another."""
    return tuple(
        Judgement(
            kind="criterion" if group.areas else "area",
            key=group.keys[position],
            areas=group.areas,
            low=group.bounds[position][0],
            high=group.bounds[position][1],
        )
        for group in weight_groups(rules)
        for position in group.moving
    )


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Weights drawn S times: those of criteria (A, 5, S) and of areas (A, S)."""

    criterion: Floats
    area: Floats

    def part(self, rows: slice) -> Draws:
        """Some of the draws."""
        return Draws(self.criterion[:, :, rows], self.area[:, rows])


def combined_draws(groups: tuple[WeightGroup, ...], weights: Iterable[Floats], count: int) -> Draws:
    """The weights (keys, S) of every group as those of all areas and their criteria."""
    position = {area: a for a, area in enumerate(groups[-1].keys)}
    drawn = Draws(np.empty((len(position), len(CRITERIA), count)), np.empty((len(position), count)))
    for group, rows in zip(groups, weights, strict=True):
        if group.areas:
            drawn.criterion[[position[area] for area in group.areas]] = rows
        else:
            drawn.area[:] = rows
    return drawn


def own_weights(rules: Rules) -> Draws:
    """The framework's own weights, as one draw."""
    groups = weight_groups(rules)
    return combined_draws(groups, (np.array(group.own)[:, None] for group in groups), 1)


def given_weights(rules: Rules, judged: tuple[Judgement, ...], numbers: Floats) -> Draws:
    """The numbers (S, D) of judgements as weights; all others are the framework's."""
    columns = {judgement.name: column for judgement, column in zip(judged, numbers.T, strict=True)}
    groups = weight_groups(rules)
    weights = []
    for group in groups:
        kind = "criterion" if group.areas else "area"
        names = ("/".join((kind, key, *group.areas)) for key in group.keys)
        own = zip(names, group.own, strict=True)
        each = [columns.get(name, np.full(len(numbers), weight)) for name, weight in own]
        weights.append(np.stack(each))
    return combined_draws(groups, weights, len(numbers))


@lru_cache(maxsize=4)
def admissible_weights(groups: tuple[WeightGroup, ...], count: int, seed: int) -> Draws:
    """So many of the weightings that the bounds admit, drawn evenly."""
    random = np.random.default_rng(seed)
    return combined_draws(groups, (drawn_weights(g, count, random).T for g in groups), count)


@lru_cache(maxsize=4)
def extreme_weights(groups: tuple[WeightGroup, ...], most: int) -> Draws | None:
    """Every combination of the groups' extreme weightings; None of more than `most`.

    A score rises or falls along any line of weights of one group, so its extremes are among them.
    """
    corners = [corner_weights(group) for group in groups]
    sizes = [len(each) for each in corners]
    if prod(sizes) > most:
        return None
    grid = np.indices(sizes).reshape(len(sizes), -1)
    weights = (each[rows].T for each, rows in zip(corners, grid, strict=True))
    return combined_draws(groups, weights, prod(sizes))


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What weights are multiplied with.

    `criteria` (A, 5, E): mean item value of each criterion, 0 to 100, NaN where it does not count;
    `cap` (E,): the index of the highest level that gates allow; `starts` (L,) of the levels.
    """

    criteria: Floats
    cap: NDArray[np.int64]
    starts: Floats

    def of(self, rows: NDArray[np.intp]) -> Means:
        """Some of the engagements."""
        return Means(self.criteria[:, :, rows], self.cap[rows], self.starts)


def starts_of(rules: Rules) -> Floats:
    """Where the levels begin."""
    return np.array([level.start for level in rules.levels], dtype=float)


def means(portfolio: Portfolio, measure: Measure = "low") -> Means:
    """The means of every engagement, for the score's lower bound or its point.

    The level is capped by gates not yet passed, as that of the lower bound is (METHOD §3).
    """
    layout = portfolio.layout
    row = {"low": 0, "point": 1}[measure]
    criteria, caps = [], []
    for start in range(0, len(portfolio), AT_ONCE):
        part = sliced(portfolio, start, AT_ONCE)
        values = value(part)
        scores = aggregate(layout, values)
        criteria.append(by_criterion(layout, values, scores)[row].transpose(1, 2, 0))
        caps.append(_caps(layout.rules, gates(layout, values)))
    empty = np.zeros((len(layout.area_weight), len(CRITERIA), 0))
    return Means(
        np.concatenate([empty, *criteria], axis=2),
        np.concatenate([np.zeros(0, dtype=np.int64), *caps]),
        starts_of(layout.rules),
    )


def _caps(rules: Rules, tested: GateStates) -> NDArray[np.int64]:
    position = {level.key: i for i, level in enumerate(rules.levels)}
    caps = np.full(len(tested.state), len(position) - 1, dtype=np.int64)
    for g, gate in enumerate(rules.gates):
        held = np.isin(tested.state[:, g], (GateCode.TRIPPED, GateCode.UNDETERMINED))
        caps[held] = np.minimum(caps[held], position[gate.cap])
    return caps


def scored(known: Means, drawn: Draws) -> Floats:
    """Scores (E, S) under each draw; NaN where nothing counts.

    By einsum: a product of matrices would start threads, which costs more than so thin a product.
    """
    shape = (known.criteria.shape[2], drawn.area.shape[1])
    total, whole = np.zeros(shape), np.zeros(shape)
    for mean, criterion, area in zip(known.criteria, drawn.criterion, drawn.area, strict=True):
        there = (~np.isnan(mean)).astype(float)
        earned = np.einsum("ce,cs->es", np.nan_to_num(mean), criterion)
        most = np.einsum("ce,cs->es", there, criterion)
        counts = most > 0
        total += area * np.divide(earned, most, out=earned, where=counts)
        whole += area * counts
    averages: Floats = np.divide(total, whole, out=np.full(shape, np.nan), where=whole > 0)
    return averages


def certain_levels(known: Means, scores: Floats) -> NDArray[np.int64]:
    """The level (E, S) that scores stand for under each draw, held down by gates.

    NO_LEVEL where there is no score. For the lower bound this is L_low of METHOD §3.
    """
    level = np.zeros(scores.shape, dtype=np.int64)
    for start in known.starts[1:]:
        level += scores >= start - EDGE
    return np.where(np.isnan(scores), NO_LEVEL, np.minimum(level, known.cap[:, None]))


def ranked(levels: NDArray[np.int64], scores: Floats) -> NDArray[np.int32]:
    """Ranks (E, S), 1 is best: by level, then by score; equals share the better rank."""
    best = np.round(levels * STEP + np.nan_to_num(scores), DIGITS)
    order = np.argsort(-best, axis=0, kind="stable")
    ordered = np.take_along_axis(best, order, axis=0)
    position = np.arange(1, len(best) + 1, dtype=np.int32)[:, None]
    new = np.ones(best.shape, dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    ranks = np.empty(best.shape, dtype=np.int32)
    shared = np.maximum.accumulate(np.where(new, position, np.int32(0)), axis=0)
    np.put_along_axis(ranks, order, shared, axis=0)
    return ranks
