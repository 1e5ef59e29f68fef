"""What became of earlier actions: each has one outcome, and the points add up exactly."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import assume as assume_that
from hypothesis import given, settings

from tests.properties.test_forecast import engagements
from tests.small import AS_OF, engagement, says
from tests.unit.test_actions import RULES
from workbook.model.engagement import Engagement
from workbook.scoring import evaluate
from workbook.scoring.assume import assume
from workbook.scoring.follow_through import ActionOutcome, FollowThrough, follow_through

EARLIER = AS_OF - dt.timedelta(days=30)


def followed(then: Engagement, now: Engagement, day: dt.date = EARLIER) -> FollowThrough:
    return follow_through(RULES, then, day, now, evaluate(RULES, now, AS_OF))


def low(engagement: Engagement) -> float:
    return evaluate(RULES, engagement, AS_OF).score.low or 0.0


@settings(max_examples=min(30, settings.default.max_examples))
@given(engagements, engagements)
def test_what_actions_brought_and_what_changed_besides_add_up(
    then: Engagement, now: Engagement
) -> None:
    result = followed(then, now)
    brought = [each.brought for each in result.actions if each.brought is not None]
    assert sum(brought) + result.besides == pytest.approx(low(now) - low(result.engagement))


@settings(max_examples=min(30, settings.default.max_examples))
@given(engagements)
def test_where_nothing_was_said_nothing_is_done_and_nothing_moved(same: Engagement) -> None:
    result = followed(same, same.model_copy(update={"undertakings": ()}))
    assert result.besides == pytest.approx(0)
    assert result.changes == ()
    outcomes = {each.outcome for each in result.actions}
    assert outcomes <= {ActionOutcome.OPEN, ActionOutcome.OVERDUE}


@settings(max_examples=min(30, settings.default.max_examples))
@given(engagements)
def test_an_action_of_which_the_answers_are_given_is_done_and_brought_its_gain(
    then: Engagement,
) -> None:
    then = then.model_copy(update={"undertakings": ()})
    steps = evaluate(RULES, then, EARLIER).steps
    action = next((a for s in steps for a in s.actions if a.focal_point and a.assumed), None)
    assume_that(action is not None and action.gain_low > 0)
    result = followed(then, assume(RULES, then, action.assumed))
    (done,) = [each for each in result.actions if each.action.key == action.key]
    assert done.outcome is ActionOutcome.DONE
    assert done.brought == pytest.approx(action.gain_low)
    assert result.besides == pytest.approx(0)


def test_each_of_the_four_outcomes_is_told_apart() -> None:
    votes = [says("r1", point, "nobody") for point in ("f1", "f2", "f3")]
    then = engagement(decisions=[], nominations=votes, answers=[])
    named = {f.focal_point: f.key for f in evaluate(RULES, then, EARLIER).actions if f.focal_point}
    assert set(named) == {"f1", "f2", "f3"}
    reports = [{"action": named["f2"], "due": AS_OF}]
    ruled = {"focal_point": "f3", "state": "not_applicable", "reason": "sold"}
    decided = {"focal_point": "f1", "owner": "ana", "deputy": "dee"}
    now = engagement(
        decisions=[decided, ruled], nominations=votes, answers=[], undertakings=reports
    )
    outcomes = {e.action.focal_point: e.outcome.value for e in followed(then, now).actions}
    assert outcomes["f1"] == "done"
    assert outcomes["f2"] == "open"
    assert outcomes["f3"] == "not_needed"
    late = now.model_copy(update={"undertakings": ()})
    assert {e.action.focal_point: e.outcome.value for e in followed(then, late).actions}[
        "f2"
    ] == "overdue"


def test_what_is_reported_as_done_and_not_recorded_is_done_without_points() -> None:
    then = engagement(decisions=[], nominations=[says("r1", "f1", "nobody")], answers=[])
    action = next(a for a in evaluate(RULES, then, EARLIER).actions if a.focal_point == "f1")
    now = Engagement.model_validate(
        then.model_dump() | {"undertakings": [{"action": action.key, "status": "done"}]}
    )
    (only,) = [e for e in followed(then, now).actions if e.action.key == action.key]
    assert (only.outcome, only.brought) == (ActionOutcome.DONE, None)


def test_no_action_is_followed_twice() -> None:
    then = engagement()
    keys = Counter(each.action.key for each in followed(then, then).actions)
    assert keys
    assert set(keys.values()) == {1}
