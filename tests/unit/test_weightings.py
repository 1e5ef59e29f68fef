"""Weightings are drawn evenly from all that the bounds admit; a cut through them is exact."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import framework_doc, rules
from workbook.model.engagement import Overlay
from workbook.model.rules import in_force
from workbook.scoring.judgements import extreme_weights, judgements
from workbook.scoring.weightings import (
    WeightGroup,
    corner_weights,
    drawn_weights,
    share_above,
    weight_groups,
)

HALF_A_POINT = 0.005
SAMPLES = 100_000


def group(own: list[float], bounds: list[tuple[float, float]]) -> WeightGroup:
    return WeightGroup((), tuple(map(str, range(len(own)))), tuple(own), tuple(bounds))


def some_group(random: np.random.Generator) -> WeightGroup:
    """Up to five weights, some of them tight, some free, one in three fixed."""
    own = random.uniform(0.1, 10.0, random.integers(2, 6))
    low, high = own * random.uniform(0, 1, len(own)), own * random.uniform(1, 4, len(own))
    if random.random() < 1 / 3:
        low[0] = high[0] = own[0]
    return group(own.tolist(), list(zip(low.tolist(), high.tolist(), strict=True)))


FREE = group([1, 1, 1], [(0, 3)] * 3)


@pytest.mark.parametrize(
    ("slopes", "share"),
    [
        ([1, -1, 0], 1 / 2),  # the first weighs at least what the second does
        ([1, -1, -1], 1 / 4),  # the first weighs at least half of all
        ([1, 1, -1], 3 / 4),
        ([2, -1, -1], 4 / 9),  # at least a third: what is left is a triangle of two thirds
        ([1, 0, 0], 1),
        ([-1, -1, 0], 0),
        ([0, 0, 0], 1),
    ],
)
def test_a_cut_through_a_triangle_is_its_area(slopes: list[float], share: float) -> None:
    assert share_above(FREE, slopes) == pytest.approx(share)


def test_a_cut_through_a_bounded_segment_is_its_length() -> None:
    """The first weight runs from 40 to 70, the second takes the rest."""
    bounded = group([50, 50], [(40, 70), (20, 60)])
    assert share_above(bounded, [1, -1]) == pytest.approx(20 / 30)
    assert share_above(group([50, 50], [(50, 50), (20, 60)]), [1, -1]) == 1


@pytest.mark.parametrize(("slopes", "share"), [([1, -0.99], 1), ([1, -1], 1), ([1, -1.01], 0)])
def test_where_no_weight_moves_a_plane_has_them_all_on_one_side(
    slopes: list[float], share: float
) -> None:
    assert share_above(group([50, 50], [(50, 50)] * 2), np.array(slopes) / 100) == share


@pytest.mark.parametrize("seed", range(40))
def test_what_is_drawn_is_what_is_computed_to_half_a_point(seed: int) -> None:
    random = np.random.default_rng(seed)
    weights = some_group(random)
    slopes = random.normal(size=len(weights.own))
    slopes -= slopes @ np.array(weights.own) / sum(weights.own) * random.uniform(0.5, 1.5)
    drawn = drawn_weights(weights, SAMPLES, random)
    exact = share_above(weights, slopes)
    assert (drawn @ slopes >= 0).mean() == pytest.approx(exact, abs=HALF_A_POINT)
    assert share_above(weights, -slopes) == pytest.approx(1 - exact, abs=1e-9)


@pytest.mark.parametrize("level", [0.05, 0.5, 0.95])
def test_every_body_that_is_drawn_from_gives_even_weightings(level: float) -> None:
    """Near the least weights, in the middle and near the greatest, each by another body."""
    low, high = np.zeros(5), np.array([3.0, 1.0, 1.0, 1.0, 2.0])
    weights = group((low + level * (high - low)).tolist(), list(zip(low, high, strict=True)))
    drawn = drawn_weights(weights, SAMPLES, np.random.default_rng(1))
    assert drawn.sum(axis=1) == pytest.approx(sum(weights.own))
    assert (drawn >= low).all()
    assert (drawn <= high + 1e-12).all()
    for position in range(5):
        middle = np.median(drawn[:, position])
        slopes = (np.arange(5) == position) - middle / sum(weights.own)
        assert share_above(weights, slopes) == pytest.approx(0.5, abs=HALF_A_POINT)


def test_the_corners_of_a_triangle_and_of_one_with_a_corner_cut_off() -> None:
    assert corner_weights(FREE).tolist() == [[0, 0, 3], [0, 3, 0], [3, 0, 0]]
    cut = group([1, 1, 1], [(0, 2), (0, 3), (0, 3)])
    assert corner_weights(cut).tolist() == [[0, 0, 3], [0, 3, 0], [2, 0, 1], [2, 1, 0]]
    assert corner_weights(group([1, 2], [(1, 1), (2, 2)])).tolist() == [[1, 2]]


def test_every_combination_of_corners_is_tried_unless_there_are_more_than_that() -> None:
    groups = weight_groups(rules())
    count = prod(len(corner_weights(each)) for each in groups)
    every = extreme_weights(groups, count)
    assert every is not None
    assert every.area.shape == (2, count)
    assert extreme_weights(groups, count - 1) is None


def test_no_weighting_is_drawn_before_the_first() -> None:
    """Each is drawn: none is simply the one that the framework gives."""
    drawn = drawn_weights(FREE, 50, np.random.default_rng(1))
    assert (drawn != np.array(FREE.own)).any(axis=1).all()


@given(seed=st.integers(0, 2**32 - 1))
def test_nothing_lies_beyond_the_corners(seed: int) -> None:
    random = np.random.default_rng(seed)
    weights = some_group(random)
    slopes = random.normal(size=len(weights.own))
    at_corners = corner_weights(weights) @ slopes
    drawn = drawn_weights(weights, 200, random) @ slopes
    assert at_corners.min() - 1e-9 <= drawn.min() <= drawn.max() <= at_corners.max() + 1e-9
    whole = sum(weights.own)
    assert share_above(weights, slopes - (at_corners.min() - 1e-6) / whole) > 1 - 1e-9
    assert share_above(weights, slopes - (at_corners.max() + 1e-6) / whole) < 1e-9


def test_areas_that_share_their_weights_are_doubted_together() -> None:
    criteria, areas = weight_groups(rules())
    assert criteria.areas == areas.keys == ("x", "t")
    assert dict(zip(criteria.keys, criteria.bounds, strict=True))["named"] == (15, 45)
    assert areas.bounds == ((0.5, 1.5), (0.5, 1.5))
    judged = judgements(rules())
    assert [one.name for one in judged if one.kind == "area"] == ["area/x", "area/t"]
    assert len([one for one in judged if one.kind == "criterion"]) == 5


def test_declared_bounds_count_until_an_overlay_changes_the_weight() -> None:
    areas = [area | {"weight_bounds": [1, 3]} for area in framework_doc()["areas"]]
    written = rules(areas=areas, bounds={"named": [30, 50]})
    criteria, weights = weight_groups(written)
    assert criteria.bounds[:2] == ((30, 50), (12.5, 37.5))
    assert weights.bounds == ((1, 3), (1, 3))
    own = {"named": 20, "clear": 20, "fitting": 20, "backed_up": 20, "committed": 20}
    overlay = Overlay.model_validate({"weights": own, "areas": {"x": {"weight": 4}}})
    criteria, weights = weight_groups(in_force(written.framework, overlay))
    assert criteria.bounds == ((10, 30),) * 5
    assert weights.bounds == ((2, 6), (1, 3))
