"""How firm a level is: the share of all admissible weightings under which it stands (METHOD §8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.scoring.judgements import (
    Draws,
    Means,
    admissible_weights,
    certain_levels,
    extreme_weights,
    own_weights,
    scored,
    starts_of,
)
from workbook.scoring.levels import EDGE
from workbook.scoring.weightings import FIVE, share_above, weight_groups

if TYPE_CHECKING:
    from workbook.model.evaluation import Evaluation
    from workbook.model.rules import Rules
    from workbook.scoring.values import Floats
    from workbook.scoring.weightings import WeightGroup

SAMPLES = 100_000
"""Draws: an observed share misses the true one by less than half a point in 99.8 % of cases."""
SEED = 1
CORNERS = 100_000
"""Combinations of extreme weightings that are tried at most."""


@dataclass(frozen=True, slots=True)
class Firmness:
    """How a level fares under other weightings.

    `share`: of the admissible weightings, those under which it stands; `rival`: the level that most
    of the others give, None if there is none. `certain`: it stands under all, which is proved.
    `shares`: those of every level, in the order of the framework's.
    """

    level: str
    share: float
    rival: str | None
    certain: bool
    shares: tuple[float, ...]


def firmness(
    rules: Rules, evaluation: Evaluation, *, samples: int = SAMPLES, seed: int = SEED
) -> Firmness | None:
    """The firmness of the level that is confirmed or provisional; None without such a level.

    Both are the band of the point, capped by gates: what is open widens the span around it.
    """
    if evaluation.score.point is None:
        return None
    known, groups = _means(rules, evaluation), weight_groups(rules)
    own = own_weights(rules)
    here = int(certain_levels(known, scored(known, own))[0, 0])
    corners = extreme_weights(groups, CORNERS)
    if corners and (certain_levels(known, scored(known, corners)) == here).all():
        alone = tuple(float(level == here) for level in range(len(rules.levels)))
        return Firmness(
            level=rules.levels[here].key, share=1.0, rival=None, certain=True, shares=alone
        )
    shares = _exact(rules, known, own)
    if shares is None:
        drawn = admissible_weights(groups, samples, seed)
        reached = certain_levels(known, scored(known, drawn))[0]
        shares = np.bincount(reached, minlength=len(rules.levels)) / samples
    others = np.where(np.arange(len(shares)) == here, 0.0, shares)
    rival = rules.levels[int(others.argmax())].key if others.any() else None
    return Firmness(
        level=rules.levels[here].key,
        share=float(shares[here]),
        rival=rival,
        certain=False,
        shares=tuple(shares.tolist()),
    )


def _means(rules: Rules, evaluation: Evaluation) -> Means:
    """The points of an evaluation's criteria, and the cap of the gates that its point fails."""
    points = {
        (area.area, criterion.criterion): criterion.score.point
        for area in evaluation.areas
        for criterion in area.criteria
    }
    criteria = [
        [points.get((area.key, criterion)) for criterion in rules.weights_of(area)]
        for area in rules.areas
    ]
    position = {level.key: i for i, level in enumerate(rules.levels)}
    tests = {gate.key: gate for gate in rules.gates}
    caps = [
        position[tests[result.gate].cap]
        for result in evaluation.gates
        if result.point is not None and result.point < tests[result.gate].threshold - EDGE
    ]
    return Means(
        np.array(criteria, dtype=float)[:, :, None],
        np.array([min(caps, default=len(position))]),
        starts_of(rules),
    )


def _exact(rules: Rules, known: Means, own: Draws) -> Floats | None:
    """The share of each level where at most five weights of one group move; None elsewhere.

    There a score reaches a level's start on one side of a plane, unless areas that share their
    weights lack different criteria.
    """
    moving = [group for group in weight_groups(rules) if group.moving]
    if len(moving) != 1 or len(moving[0].moving) > FIVE:
        return None
    ratio = _ratio(rules, moving[0], known.criteria[:, :, 0], own)
    if ratio is None:
        return None
    earned, counted = ratio
    reached = np.zeros(len(rules.levels) + 1)
    reached[0] = 1.0
    for position, start in enumerate(known.starts[1 : int(known.cap[0]) + 1], 1):
        reached[position] = share_above(moving[0], earned - (start - EDGE) * counted)
    return reached[:-1] - reached[1:]


def _ratio(
    rules: Rules, group: WeightGroup, criteria: Floats, own: Draws
) -> tuple[Floats, Floats] | None:
    """(earned, counted): the score under weights w is earned · w / counted · w."""
    there = ~np.isnan(criteria)
    weights = own.criterion[:, :, 0] * there
    whole = weights.sum(axis=1)
    counts = whole > 0
    scores = (weights * np.nan_to_num(criteria)).sum(axis=1) / np.where(counts, whole, 1.0)
    if not group.areas:
        return scores * counts, counts.astype(float)
    share = own.area[:, 0] * counts
    share /= share.sum()
    mine = np.array([area.key in group.areas for area in rules.areas]) & (share > 0)
    patterns = np.unique(there[mine], axis=0)
    if len(patterns) > 1:
        return None
    counted = (patterns[0] if len(patterns) else np.ones(len(group.keys))).astype(float)
    earned = share[mine] @ np.nan_to_num(criteria[mine])
    return earned + (share[~mine] @ scores[~mine]) * counted, counted
