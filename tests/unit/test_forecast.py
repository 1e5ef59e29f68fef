"""Which days a forecast has, what is due by then, and which systems are ready."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.small import AS_OF, area, engagement, focal_point, question, rules
from tests.unit.test_actions import RULES as ADVISED
from workbook.model.engagement import ActionStatus, Engagement, Undertaking
from workbook.model.evaluation import Forecast
from workbook.scoring import evaluate
from workbook.scoring.forecast import dated_actions

SYSTEMS = [focal_point(key, scope="systems") for key in ("erp", "oms")]
DATED = rules(
    gates=[],
    areas=[
        area(
            "x",
            SYSTEMS,
            [
                question("ready", kind="date", options=[], per="systems"),
                question("tested", kind="date", options=[]),
                question("calendar", kind="dates", options=[]),
            ],
        )
    ],
)
LIVE = dt.date(2027, 6, 1)


def forecasts(*answers: dict[str, Any]) -> dict[dt.date, Forecast]:
    one = engagement(
        scope={"systems": ["erp", "oms"]}, nominations=[], decisions=[], answers=list(answers)
    )
    return {day.on: day for day in evaluate(DATED, one, AS_OF).forecast}


def ready(subject: str | None, *dates: str) -> list[dict[str, Any]]:
    """When each respondent says that a system is ready."""
    about = {"question": "ready", "subject": subject} if subject else {"question": "tested"}
    return [{**about, "respondent": f"r{n}", "value": day} for n, day in enumerate(dates, start=1)]


def calendar(respondent: str | None, *days: dt.date) -> dict[str, Any]:
    return {"question": "calendar", "respondent": respondent, "value": list(days)}


def test_a_system_is_ready_from_its_day_on_and_where_people_differ_from_the_latest() -> None:
    on = dt.date(2027, 3, 1)
    days = [on - dt.timedelta(days=1), on]
    found = forecasts(
        calendar(None, *days),
        *ready("erp", "2027-03-01", "2027-02-01"),
        *ready("oms", "2027-03-02"),
        *ready(None, "2027-02-28"),
    )
    assert {day: set(found[day].ready) for day in [*days, LIVE]} == {
        days[0]: {"tested"},
        on: {"erp", "tested"},
        LIVE: {"erp", "oms", "tested"},
    }


def test_a_system_that_is_ruled_out_is_not_ready_whatever_people_say() -> None:
    ruling = {"question": "ready", "subject": "erp", "state": "not_applicable", "reason": "x"}
    found = forecasts(*ready("erp", "2027-03-01"), *ready("oms", "2027-03-01"), ruling)
    assert found[LIVE].ready == ("oms",)


def test_the_checkpoints_to_come_are_those_of_whoever_knows_most_of_them() -> None:
    """That of today is over: what there is today, the report says."""
    days = [AS_OF + dt.timedelta(days=count) for count in (0, 10, 20)]
    other = AS_OF + dt.timedelta(days=5)
    for few, many in (("r1", "r2"), ("r2", "r1")):
        found = forecasts(calendar(few, other), calendar(many, *days))
        assert list(found) == [*days[1:], LIVE]


def test_an_action_that_would_lower_what_is_certain_is_not_expected() -> None:
    one = engagement(decisions=[])
    (step, *_) = evaluate(ADVISED, one, AS_OF).steps
    (action, *_) = step.actions
    assert action.gain_low > 0
    for gain, count in ((0.0, 1), (-1.0, 0)):
        joint = replace(step, actions=(replace(action, gain_low=gain),))
        assert len(dated_actions(one, [joint], AS_OF)) == count


def test_an_action_that_its_people_dropped_is_not_expected() -> None:
    one = engagement(decisions=[])
    (step, *_) = evaluate(ADVISED, one, AS_OF).steps
    dropped = [Undertaking(action=a.key, status=ActionStatus.DROPPED) for a in step.actions]
    idle = one.model_copy(update={"undertakings": tuple(dropped)})
    assert len(dated_actions(one, [step], AS_OF)) == len(step.actions)
    assert dated_actions(idle, [step], AS_OF) == []


@pytest.mark.parametrize("due", [None, AS_OF + dt.timedelta(days=3)])
def test_an_action_is_due_when_its_people_were_told_else_when_it_was_proposed(
    due: dt.date | None,
) -> None:
    one = engagement(decisions=[])
    steps = evaluate(ADVISED, one, AS_OF).steps
    action = next(action for step in steps for action in step.actions)
    report = Undertaking(action=action.key, due=due)
    reported: Engagement = one.model_copy(update={"undertakings": (report,)})
    assert {a.key: on for on, a in dated_actions(reported, steps, AS_OF)}[action.key] == (
        due or action.due
    )
