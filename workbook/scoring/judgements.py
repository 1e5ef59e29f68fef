"""The numbers of a framework that are judgements, and scores under other ones.

Weights and the starts of levels are chosen, not measured (METHOD §2). What they are multiplied with
is: the mean item value of every criterion of every area. It is computed once; a score under other
weights is then a weighted mean of at most 5 · A numbers per engagement, so that many draws of
weights are a few products of arrays and nothing is encoded again.

E engagements, A areas, 5 criteria, L levels, S draws, D judgements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbook.scoring.aggregate import aggregate, by_criterion
from workbook.scoring.layout import CRITERIA
from workbook.scoring.levels import EDGE, NO_LEVEL, GateCode, gates
from workbook.scoring.portfolio import sliced
from workbook.scoring.values import Floats, value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook.model.framework import Area
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
class Uncertainty:
    """How far the judgements may be off, each on its own and evenly.

    `weights` and `areas`: criterion and area weights lie between 1 − x and 1 + x times the
    framework's; `levels`: the starts of the levels lie this many points around the framework's.
    """

    weights: float = 0.5
    areas: float = 0.5
    levels: float = 5.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """One number that somebody chose: a criterion's weight, an area's weight, a level's start.

    `key` names the criterion, area or level; `areas` the areas that share a criterion's weight.
    It lies within `spread` of `value`.
    """

    kind: Literal["criterion", "area", "level"]
    key: str
    areas: tuple[str, ...]
    value: float
    spread: float

    @property
    def name(self) -> str:
        """Names the judgement within its framework."""
        return "/".join((self.kind, self.key, *self.areas))


def judgements(rules: Rules, uncertainty: Uncertainty) -> tuple[Judgement, ...]:
    """Every judgement of a framework; weights of 0 are none, nor is the lowest level's start."""
    judged = [
        Judgement(
            kind="criterion",
            key=criterion.value,
            areas=areas,
            value=weight,
            spread=weight * uncertainty.weights,
        )
        for areas in _sharing(rules)
        for criterion, weight in rules.weights_of(rules.area(areas[0])).items()
        if weight > 0
    ]
    judged += [
        Judgement(
            kind="area",
            key=area.key,
            areas=(),
            value=area.weight,
            spread=area.weight * uncertainty.areas,
        )
        for area in rules.areas
        if area.weight > 0
    ]
    judged += [
        Judgement(
            kind="level", key=level.key, areas=(), value=level.start, spread=uncertainty.levels
        )
        for level in rules.levels[1:]
    ]
    return tuple(judged)


def _sharing(rules: Rules) -> list[tuple[str, ...]]:
    """Areas that have their criterion weights in common: somebody who doubts one doubts all."""

    def weights(area: Area) -> tuple[float, ...]:
        return () if area.weights is None else tuple(rules.weights_of(area).values())

    groups: dict[tuple[float, ...], list[str]] = {}
    for area in rules.areas:
        groups.setdefault(weights(area), []).append(area.key)
    return [tuple(areas) for areas in groups.values()]


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Judgements drawn S times: weights (S, A, 5) and (S, A), ordered starts of levels (S, L)."""

    criterion: Floats
    area: Floats
    starts: Floats

    def part(self, rows: slice) -> Draws:
        """Some of the draws."""
        return Draws(self.criterion[rows], self.area[rows], self.starts[rows])


def draws(rules: Rules, judged: tuple[Judgement, ...], numbers: Floats) -> Draws:
    """The numbers (S, D) of judgements as weights and starts; all others are the framework's."""
    size = len(numbers)
    areas = {area.key: a for a, area in enumerate(rules.areas)}
    levels = {level.key: i for i, level in enumerate(rules.levels)}
    weights = [list(rules.weights_of(area).values()) for area in rules.areas]
    drawn = Draws(
        np.tile(np.array(weights, dtype=float), (size, 1, 1)),
        np.tile(np.array([area.weight for area in rules.areas], dtype=float), (size, 1)),
        np.tile(np.array([level.start for level in rules.levels], dtype=float), (size, 1)),
    )
    for judgement, column in zip(judged, numbers.T, strict=True):
        if judgement.kind == "area":
            drawn.area[:, areas[judgement.key]] = column
        elif judgement.kind == "level":
            drawn.starts[:, levels[judgement.key]] = column
        else:
            criterion = [c.value for c in CRITERIA].index(judgement.key)
            for area in judgement.areas:
                drawn.criterion[:, areas[area], criterion] = column
    drawn.starts.sort(axis=1)
    return drawn


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What weights are multiplied with.

    `criteria` (A, 5, E): mean item value of each criterion, 0 to 100, NaN where it does not count;
    `cap` (E,): the index of the highest level that gates not yet passed allow.
    """

    criteria: Floats
    cap: NDArray[np.int64]

    def of(self, rows: NDArray[np.intp]) -> Means:
        """Some of the engagements."""
        return Means(self.criteria[:, :, rows], self.cap[rows])


def means(portfolio: Portfolio, measure: Measure = "low") -> Means:
    """The means of every engagement, for the score's lower bound or its point."""
    layout = portfolio.layout
    row = {"low": 0, "point": 1}[measure]
    criteria, caps = [], []
    for part in sliced(portfolio, AT_ONCE):
        values = value(part)
        scores = aggregate(layout, values)
        criteria.append(by_criterion(layout, values, scores)[row].transpose(1, 2, 0))
        caps.append(_caps(layout.rules, gates(layout, values)))
    empty = np.zeros((len(layout.area_weight), len(CRITERIA), 0))
    return Means(
        np.concatenate([empty, *criteria], axis=2),
        np.concatenate([np.zeros(0, dtype=np.int64), *caps]),
    )


def _caps(rules: Rules, tested: GateStates) -> NDArray[np.int64]:
    position = {level.key: i for i, level in enumerate(rules.levels)}
    caps = np.full(len(tested.state), len(position) - 1, dtype=np.int64)
    for g, gate in enumerate(rules.gates):
        held = np.isin(tested.state[:, g], (GateCode.TRIPPED, GateCode.UNDETERMINED))
        caps[held] = np.minimum(caps[held], position[gate.cap])
    return caps


def scored(known: Means, drawn: Draws) -> Floats:
    """Scores (E, S) under each draw, summed in a fixed order; NaN where nothing counts."""
    shape = (known.criteria.shape[2], len(drawn.area))
    total, whole = np.zeros(shape), np.zeros(shape)
    for a, by_criterion_ in enumerate(known.criteria):
        earned, most = np.zeros(shape), np.zeros(shape)
        for c, mean in enumerate(by_criterion_):
            there = ~np.isnan(mean)
            weight = drawn.criterion[:, a, c]
            earned += np.where(there, mean, 0.0)[:, None] * weight
            most += there[:, None] * weight
        counts = most > 0
        total += drawn.area[:, a] * np.divide(earned, most, out=np.zeros(shape), where=counts)
        whole += drawn.area[:, a] * counts
    averages: Floats = np.divide(total, whole, out=np.full(shape, np.nan), where=whole > 0)
    return averages


def certain_levels(known: Means, drawn: Draws, scores: Floats) -> NDArray[np.int64]:
    """The level (E, S) that scores stand for under each draw, held down by gates not passed.

    NO_LEVEL where there is no score. For the lower bound this is L_low of METHOD §3.
    """
    level = np.full(scores.shape, NO_LEVEL, dtype=np.int64)
    for start in drawn.starts.T:
        level += scores + EDGE >= start
    level = np.where(np.isnan(scores), NO_LEVEL, np.maximum(level, 0))
    return np.minimum(level, known.cap[:, None])


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
