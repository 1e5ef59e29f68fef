"""METHOD §7, number by number: the expectations are computed by hand there."""

from __future__ import annotations

import pytest

from tests.small import (
    AS_OF,
    WORKED_ANSWERS,
    WORKED_DECISIONS,
    WORKED_NOMINATIONS,
    engagement,
    rules,
    says,
)
from workbook.model.evaluation import Evaluation, GateState, Status
from workbook.scoring import evaluate

F3_DECIDED = [*WORKED_DECISIONS, {"focal_point": "f3", "owner": "bo", "deputy": "cy"}]


def evaluated(**changes: object) -> Evaluation:
    return evaluate(rules(), engagement(**changes), AS_OF)


def area(evaluation: Evaluation, key: str) -> tuple[float | None, float | None, float | None]:
    score = next(a.score for a in evaluation.areas if a.area == key)
    return score.low, score.point, score.high


def test_bounds_and_point_of_both_areas_and_of_the_whole() -> None:
    found = evaluated()
    assert area(found, "x") == pytest.approx((68.3333333, 79.375, 80.0))
    assert area(found, "t") == pytest.approx((39.1666667, 51.0416667, 62.5))
    whole = found.score
    assert (whole.low, whole.point, whole.high) == pytest.approx((53.75, 65.2083333, 71.25))
    assert whole.status is Status.SCORED


@pytest.mark.parametrize(
    ("key", "expected"),
    [("x", [100, 100, 50, 62.5, 50]), ("t", [200 / 3, 100 / 3, 50, 50, None])],
)
def test_criteria(key: str, expected: list[float | None]) -> None:
    found = next(a for a in evaluated().areas if a.area == key)
    assert [c.score.point for c in found.criteria] == pytest.approx(expected)


def test_level_is_provisional_while_the_gate_is_undetermined() -> None:
    found = evaluated()
    assert found.gates[0].state is GateState.UNDETERMINED
    assert found.level is not None
    assert not found.level.confirmed
    assert (found.level.low, found.level.level, found.level.high) == (
        "at_risk",
        "nearly_ready",
        "nearly_ready",
    )


def test_contributions_are_those_of_the_example_and_sum_to_the_point() -> None:
    found = evaluated()
    of_x = sum(i.contribution for i in found.items if i.area == "x" and i.kind == "inside")
    assert sum(i.contribution for i in found.items) == pytest.approx(found.score.point, abs=1e-9)
    by_criterion = {
        (area, criterion): sum(
            i.contribution for i in found.items if (i.area, i.criterion.value) == (area, criterion)
        )
        for area in "xt"
        for criterion in ("named", "clear", "fitting", "backed_up", "committed")
    }
    expected_x = [15, 12.5, 2.5, 4.6875, 5]
    expected_t = [12.5, 5.2083333, 3.125, 4.6875, 0]
    assert list(by_criterion.values()) == pytest.approx([*expected_x, *expected_t])
    assert of_x == pytest.approx(3.75)


def test_every_item_earns_its_weight_times_its_value_and_loses_the_rest() -> None:
    items = [item for item in evaluated().items if item.point is not None]
    assert sum(item.weight for item in items) == pytest.approx(1)
    for item in items:
        assert item.contribution == pytest.approx(100 * item.weight * item.point)
        assert item.loss == pytest.approx(100 * item.weight * (1 - item.point))


def test_deciding_f3_lifts_the_low_by_15_42_and_the_point_by_24_48() -> None:
    before, after = evaluated(), evaluated(decisions=F3_DECIDED)
    assert area(after, "t") == pytest.approx((70, 100, 100))
    assert after.score.low - before.score.low == pytest.approx(15.4166667)
    assert after.score.point - before.score.point == pytest.approx(24.4791667)


def test_a_new_answer_narrows_the_range_and_may_lower_the_point() -> None:
    answers = [*WORKED_ANSWERS, {"question": "q2", "value": "half"}]
    after = evaluated(decisions=F3_DECIDED, answers=answers)
    assert area(after, "t") == pytest.approx((80, 88.8888889, 90))
    assert after.gates[0].state is GateState.TRIPPED
    assert after.level is not None
    assert (after.level.level, after.level.confirmed) == ("at_risk", True)


def test_another_nominee_closes_the_range_below_the_old_point() -> None:
    votes = [n for n in WORKED_NOMINATIONS if (n["respondent"], n["focal_point"]) != ("r3", "f2")]
    after = evaluated(nominations=[*votes, says("r3", "f2", "ana", deputy="none")])
    assert area(after, "x") == pytest.approx((76.25, 76.25, 76.25))


def test_agreement() -> None:
    f1 = [says("r1", "f1", "ana"), says("r2", "f1", "ana"), says("r3", "f1", "eve")]
    found = evaluated(nominations=[*WORKED_NOMINATIONS, *f1]).agreement
    verdicts = {a.focal_point: (a.verdict, a.votes) for a in found.focal_points}
    assert verdicts == {"f1": ("contested", 3), "f2": ("too_few", 2), "f3": ("contested", 3)}
    assert dict(found.areas)["x"].value == pytest.approx(1 / 3)
    assert dict(found.areas)["x"].reason == "few_units"
