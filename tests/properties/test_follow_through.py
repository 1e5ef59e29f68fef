"""What became of earlier actions: each has one outcome, and the points add up exactly."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import assume as assume_that
from hypothesis import given, settings

from tests.properties.test_forecast import engagements
from tests.small import (
    AS_OF,
    PEOPLE,
    WORKED_ANSWERS,
    WORKED_DECISIONS,
    WORKED_NOMINATIONS,
    engagement,
    says,
)
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
    reports = [{"action": named["f2"], "due": AS_OF}, {"action": named["f1"]}]
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


def test_the_changes_are_those_of_subjects_that_no_done_action_was_about() -> None:
    """f1 was done; f2 changed as well, and nothing had called for it."""
    votes = [says("r1", "f1", "nobody"), says("r1", "f2", "ana", deputy="dee")]
    then = engagement(decisions=[], nominations=votes, answers=[])
    decided = [{"focal_point": f, "owner": "ana", "deputy": "dee"} for f in ("f1", "f2")]
    result = followed(
        then, then.model_copy(update={"decisions": engagement(decisions=decided).decisions})
    )
    done = [each.action.focal_point for each in result.actions if each.brought is not None]
    assert done == ["f1"]
    assert [change.subject for change in result.changes] == ["f2"]


def test_both_moments_count_under_the_facts_of_today_and_what_the_framework_still_asks() -> None:
    """A move to the other profile changes what counts, and nobody has done anything."""
    small = {"name": "S", "profile": "small", "business_models": ["b2c"]}
    then = engagement(
        organisation=small,
        nominations=[*WORKED_NOMINATIONS, says("r1", "gone", "ana")],
        decisions=[*WORKED_DECISIONS, {"focal_point": "gone", "owner": "ana"}],
        answers=[*WORKED_ANSWERS, {"question": "dropped", "value": "half"}],
    )
    result = followed(then, engagement())
    assert result.engagement == engagement()
    assert result.evaluation == evaluate(RULES, engagement(), EARLIER)
    assert (result.besides, result.changes) == (0, ())


def test_where_nothing_applies_any_more_all_that_was_certain_is_lost() -> None:
    ruled = {"state": "not_applicable", "reason": "sold"}
    nothing = engagement(
        nominations=[],
        decisions=[{"focal_point": f, **ruled} for f in ("f1", "f2", "f3")],
        answers=[{"question": q, **ruled} for q in ("q1", "q2")],
    )
    assert evaluate(RULES, nothing, AS_OF).score.low is None
    assert followed(engagement(), nothing).besides == pytest.approx(-low(engagement()))
    assert followed(nothing, engagement()).besides == pytest.approx(low(engagement()))


GONE = {
    "people": [*PEOPLE, {"id": "zoe", "name": "Zoe", "title_key": "tx", "inside": True}],
    "teams": [{"id": "web", "name": "Web", "lead": "ana"}],
    "externals": [{"id": "agency", "name": "Agency"}],
    "respondents": [{"id": f"r{n}"} for n in (1, 2, 3, 4)],  # the last of whom was silent
}


@pytest.mark.parametrize(
    ("kind", "party"),
    [("people", "zoe"), ("teams", "web"), ("externals", "agency"), ("respondents", "ana")],
)
def test_who_has_left_since_counts_as_before_in_what_was_said_then(kind: str, party: str) -> None:
    """All of them named who owns f1 without a deputy, which an action called for and was done."""
    votes = [says(f"r{n}", "f1", party, deputy="none") for n in (1, 2, 3)]
    facts = {"decisions": [], "nominations": votes, "answers": []}
    then = engagement(**facts, **{kind: GONE[kind]})
    decided = [{"focal_point": "f1", "owner": "ana", "deputy": "dee"}]
    result = followed(then, engagement(**facts | {"decisions": decided, "nominations": []}))
    done = [each for each in result.actions if each.brought is not None]
    assert {each.action.focal_point for each in done} == {"f1"}
    assert sum(each.brought or 0 for each in done) == pytest.approx(
        low(engagement(**facts | {"decisions": decided})) - low(then)
    )
    assert result.besides == pytest.approx(0)
