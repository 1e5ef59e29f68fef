"""What a forecast promises: a range that never turns round, and only rises with what is done."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.test_promises import answers, band, made, votes
from tests.small import AS_OF
from tests.unit.test_actions import RULES
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation, Outlook
from workbook.scoring import evaluate
from workbook.scoring.assume import assume, merged
from workbook.scoring.forecast import dated_actions

CHECKPOINTS = [AS_OF + dt.timedelta(days=days) for days in (1, 6, 7, 30, 120)]
GO_LIVE = AS_OF + dt.timedelta(days=200)
statuses = st.sampled_from(["open", "under_way", "done", "dropped"])


def dated(engagement: Engagement, reports: list[tuple[int, int, str]]) -> Engagement:
    """The engagement with some of its actions gone out, due after so many days."""
    actions = evaluate(RULES, engagement, AS_OF).actions
    undertakings = {
        actions[position % len(actions)].key: {"due": AS_OF + dt.timedelta(days=due), "status": s}
        for position, due, s in reports
        if actions
    }
    return Engagement.model_validate(
        engagement.model_dump()
        | {"undertakings": [{"action": key, **facts} for key, facts in undertakings.items()]}
        | {"answers": [*engagement.answers, {"question": "calendar", "value": CHECKPOINTS}]}
    )


engagements = st.builds(
    lambda said, given_answers, reports: dated(
        made(said, given_answers, programme={"start": AS_OF, "go_live": GO_LIVE}), reports
    ),
    votes,
    answers,
    st.lists(st.tuples(st.integers(0, 20), st.integers(-20, 250), statuses), max_size=4),
)


def certain(outlook: Outlook) -> tuple[float, int]:
    assert outlook.level is not None
    return outlook.score.low or 0.0, band(outlook.level.low)


def all_done(engagement: Engagement, evaluation: Evaluation, by: dt.date) -> Evaluation:
    due = [a for on, a in dated_actions(engagement, evaluation.steps, AS_OF) if on <= by]
    return evaluate(RULES, assume(RULES, engagement, merged(due)), AS_OF)


@given(engagements)
def test_the_lower_end_is_never_above_the_upper_end(engagement: Engagement) -> None:
    for day in evaluate(RULES, engagement, AS_OF).forecast:
        (low, low_level), (high, high_level) = certain(day.lower), certain(day.upper)
        assert low <= high + 1e-9
        assert low_level <= high_level


@given(engagements)
def test_the_upper_end_only_rises_in_time(engagement: Engagement) -> None:
    ends = [certain(day.upper) for day in evaluate(RULES, engagement, AS_OF).forecast]
    for (earlier, level), (later, next_level) in pairwise(ends):
        assert later >= earlier - 1e-9
        assert next_level >= level


@given(engagements)
def test_a_forecast_with_every_action_done_is_the_evaluation_of_just_that(
    engagement: Engagement,
) -> None:
    evaluation = evaluate(RULES, engagement, AS_OF)
    last = evaluation.forecast[-1]
    after = all_done(engagement, evaluation, GO_LIVE)
    assert last.upper.level == after.level
    for name in ("low", "point", "high"):
        assert getattr(last.upper.score, name) == pytest.approx(getattr(after.score, name))


@given(engagements)
def test_without_dated_actions_the_forecast_is_today(engagement: Engagement) -> None:
    evaluation = evaluate(RULES, engagement, AS_OF)
    dropped = [{"action": action.key, "status": "dropped"} for action in evaluation.actions]
    idle = Engagement.model_validate(engagement.model_dump() | {"undertakings": dropped})
    for day in evaluate(RULES, idle, AS_OF).forecast:
        assert day.lower == day.upper == Outlook(evaluation.score, evaluation.level)


def test_after_go_live_there_is_nothing_to_expect() -> None:
    over = made({}, {}, programme={"go_live": AS_OF - dt.timedelta(days=1)})
    assert evaluate(RULES, over, AS_OF).forecast == ()


def test_what_people_report_as_done_counts_from_today_and_what_they_dropped_never() -> None:
    engagement = made({}, {}, programme={"go_live": AS_OF})
    action = next(
        a for s in evaluate(RULES, engagement, AS_OF).steps for a in s.actions if a.gain_low > 0
    )
    expected = {
        status: evaluate(RULES, reported(engagement, action.key, status), AS_OF).forecast[-1]
        for status in ("open", "done", "dropped")
    }
    gained = {
        s: (day.upper.score.low or 0) - (day.lower.score.low or 0) for s, day in expected.items()
    }
    assert gained["open"] == gained["dropped"] == 0
    assert gained["done"] == pytest.approx(action.gain_low)


def reported(engagement: Engagement, action: str, status: str) -> Engagement:
    late = {"action": action, "status": status, "due": AS_OF + dt.timedelta(days=9)}
    return Engagement.model_validate(engagement.model_dump() | {"undertakings": [late]})


def test_each_checkpoint_to_come_and_go_live_have_a_forecast() -> None:
    engagement = made({}, {"q2": "full"}, programme={"start": AS_OF, "go_live": GO_LIVE})
    days = [day.on for day in evaluate(RULES, dated(engagement, []), AS_OF).forecast]
    assert days == [*CHECKPOINTS, GO_LIVE]
