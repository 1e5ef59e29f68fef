"""How far a score may be read (METHOD §2): the width of its range, and areas without a point."""

from __future__ import annotations

import pytest

from tests.small import AS_OF, area, engagement, focal_point, rules, says
from workbook.model.evaluation import Evaluation, Status
from workbook.scoring import evaluate

SMALL = {"name": "S", "profile": "small", "business_models": ["b2c"]}
NOTHING: dict[str, object] = {"answers": [], "decisions": [], "nominations": []}
HALF_HEARD = rules(areas=[area("x", [focal_point("f1")], [])], gates=[])


def half_heard(*, deputy: str) -> Evaluation:
    """One of two voices has spoken; an owner from outside, with or without a deputy."""
    said = [says("r1", "f1", "agency", deputy=deputy)]
    one = engagement(
        **{**NOTHING, "nominations": said},
        organisation=SMALL,
        externals=[{"id": "agency", "name": "Agency"}],
        respondents=[{"id": "r1"}, {"id": "r2"}],
    )
    return evaluate(HALF_HEARD, one, AS_OF)


def test_a_range_of_fifty_is_still_scored_whatever_its_last_bits() -> None:
    """39 2/7 to 89 2/7: subtracted as they are, the two come to a little more than fifty."""
    found = half_heard(deputy="vacant")
    assert found.score.high is not None
    assert found.score.low is not None
    assert found.score.high - found.score.low == pytest.approx(50, abs=1e-9)
    assert found.score.status is Status.SCORED
    assert found.areas[0].score.status is Status.SCORED
    assert {c.score.status for c in found.areas[0].criteria} <= {
        Status.SCORED,
        Status.NOT_APPLICABLE,
    }


def test_a_range_above_fifty_is_indicative() -> None:
    assert evaluate(HALF_HEARD, engagement(**NOTHING), AS_OF).score.status is Status.NOT_SCORED
    only_one_of_three = engagement(**{**NOTHING, "nominations": [says("r1", "f1", "ana")]})
    assert evaluate(HALF_HEARD, only_one_of_three, AS_OF).score.status is Status.INDICATIVE


def test_the_whole_is_only_indicative_while_an_area_has_no_point_however_narrow_its_range() -> None:
    """Area t counts a tenth: its silence leaves a range of ten, and yet nothing is said of it."""
    changed = rules(
        areas=[
            area("x", [focal_point("f1")], [], weight=9),
            area("t", [focal_point("f3")], []),
        ],
        gates=[],
    )
    decided = [{"focal_point": "f1", "owner": "ana", "deputy": "eve"}]
    found = evaluate(changed, engagement(**{**NOTHING, "decisions": decided}), AS_OF)
    assert [a.score.status for a in found.areas] == [Status.SCORED, Status.NOT_SCORED]
    assert (found.score.low, found.score.high) == (pytest.approx(90), pytest.approx(100))
    assert found.score.status is Status.INDICATIVE
