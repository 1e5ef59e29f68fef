"""Like for like: scores over what applies to all, as if nothing else were asked of anybody."""

from __future__ import annotations

import numpy as np
import pytest

from tests.small import AS_OF, area, engagement, focal_point, question, rules, says
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring import evaluate
from workbook.scoring.alike import common_items, over, restricted
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.portfolio import Portfolio

SMALL = {"name": "S", "profile": "small", "business_models": ["b2c"]}
SYSTEMS = [focal_point(key, scope="systems") for key in ("erp", "oms")]


def framework(*systems: str, ready: bool = True) -> Rules:
    """f1 and q1, and a date for each system."""
    dated = [question("ready", kind="date", options=[], per="systems")] if ready else []
    points = [focal_point("f1"), *(s for s in SYSTEMS if s["key"] in systems)]
    return rules(areas=[area("x", points, [question("q1"), *dated])], gates=[])


RULES = framework("erp", "oms")


def asked(key: str, *systems: str, **facts: object) -> Engagement:
    """f1 is owned, erp contested, and a system ready in time if it is the first."""
    said = [says("r1", "f1", "ana"), *(says("r1", system, "cy") for system in systems)]
    dates = [
        {"question": "ready", "subject": system, "value": value}
        for system, value in zip(systems, ("2027-05-01", "2027-07-01"), strict=False)
    ]
    answers = [{"question": "q1", "value": "half"}, *dates]
    scope = {"systems": list(systems)}
    changes = {"nominations": said, "answers": answers, "decisions": [], "scope": scope, **facts}
    return engagement(key=key, **changes)


def portfolio(*engagements: Engagement, under: Rules = RULES) -> Portfolio:
    return encode(under, [read_engagement(under, one) for one in engagements])


BOTH, ONE, NONE = asked("both", "erp", "oms"), asked("one", "erp"), asked("none")


@pytest.mark.parametrize(
    ("engagements", "focal_points", "questions"),
    [
        ([BOTH], {"f1", "erp", "oms"}, {("q1", None), ("ready", "erp"), ("ready", "oms")}),
        ([BOTH, ONE], {"f1", "erp"}, {("q1", None), ("ready", "erp")}),
        ([BOTH, ONE, NONE], {"f1"}, {("q1", None)}),
    ],
)
def test_what_all_have_in_common_is_what_applies_to_each(
    engagements: list[Engagement], focal_points: set[str], questions: set[object]
) -> None:
    together = common_items([portfolio(*engagements)])
    apart = common_items([portfolio(one) for one in engagements])
    assert together == apart
    assert (together.focal_points, together.questions) == (focal_points, questions)
    assert together.criteria == set(range(5))


def test_a_criterion_that_one_profile_does_not_score_is_not_in_common() -> None:
    small = asked("small", "erp", organisation=SMALL)
    for parts in ([portfolio(ONE, small)], [portfolio(ONE), portfolio(small)]):
        assert common_items(parts).criteria == {0, 1, 3, 4}  # without fitting


def test_a_score_over_what_is_in_common_is_that_of_an_engagement_without_the_rest() -> None:
    """Under layouts of their own, too."""
    items = common_items([portfolio(BOTH), portfolio(ONE, under=framework("erp"))])
    for one, under in ((BOTH, RULES), (ONE, framework("erp"))):
        found = over(portfolio(one, under=under), items)
        fewer = asked(one.key, "erp")
        score = evaluate(framework("erp"), fewer, AS_OF).score
        assert list(found.columns) == ["low", "point", "high", "status"]
        assert found.loc[one.key, ["low", "point", "high"]].tolist() == pytest.approx(
            [score.low, score.point, score.high]
        )
        assert found.loc[one.key, "status"] == score.status


def test_items_may_be_left_out_of_each_engagement_by_itself() -> None:
    whole = portfolio(BOTH, ONE)
    none = np.zeros(whole.q_applicable.shape, dtype=bool)
    focal = np.array([[key == "f1" for key in whole.layout.focal_points], [True] * 3])
    criteria = np.array([True, False, False, False, False])
    found = restricted(whole, focal, none, criteria)
    assert found["low"].tolist() == pytest.approx([100 / 3, 100 / 3])
    assert found["high"].tolist() == [100, 100]
