"""The gain of an action is what the evaluation gains once its assumed answers are given."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import (
    AS_OF,
    PEOPLE,
    Doc,
    engagement,
    focal_point,
    framework_doc,
    question,
    rules,
    says,
    text,
)
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation, Urgency
from workbook.model.framework import Framework
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.actions import ASK, gains, order
from workbook.scoring.aggregate import Scores, shares
from workbook.scoring.assume import assume
from workbook.scoring.layout import layout_of

KINDS = {
    "orphan": "name_owner",
    "contested": "name_owner",
    "no_deputy": "name_deputy",
    "title_does_not_fit": "accept_title",
    "outside_without_inside": "name_counterpart",
    "late": "answer_best",
    "low_answer": "answer_best",
    "no_calendar": "answer_best",
}
ACTIONS = {
    "name_owner": {"owner": "favourite"},
    "name_deputy": {"deputy": True},
    "accept_title": {"title": True},
    "name_counterpart": {"inside": True},
    "answer_best": {"answer": True},
}


def with_advice() -> Any:
    areas = framework_doc()["areas"]
    areas[1]["questions"] = [
        question(
            "q2", findings={"no": "low_answer", "half": "low_answer", "missing": "low_answer"}
        ),
        question(
            "calendar",
            kind="dates",
            options=[],
            parent={"question": "q2", "options": ["half", "full"]},
            findings={"stops": "no_calendar", "missing": "no_calendar", "gap": "no_calendar"},
        ),
    ]
    return rules(
        areas=areas,
        findings={
            kind: {
                "title": text(kind),
                "explanation": text(kind),
                "severity": "high",
                "action": action,
                "source": "s",
            }
            for kind, action in KINDS.items()
        },
        actions={
            kind: {
                "title": text(kind),
                "effort_minutes": 120,
                "who": "facilitator",
                "due_days": 7,
                "assumes": assumes,
                "source": "s",
            }
            for kind, assumes in ACTIONS.items()
        },
    )


RULES = with_advice()


def evaluated(one: Engagement) -> Evaluation:
    return evaluate(RULES, one, AS_OF)


def assert_gains_are_real(one: Engagement) -> Evaluation:
    before = evaluated(one)
    for action in before.actions:
        after = evaluated(assume(RULES, one, action.assumed))
        assert action.gain_low == pytest.approx(after.score.low - before.score.low, abs=1e-9)
        if action.gain_point is not None:
            assert action.gain_point == pytest.approx(
                after.score.point - before.score.point, abs=1e-9
            )
    return before


PARTIES = ["ana", "eve", "cy", "bo", "nobody"]
votes = st.dictionaries(
    st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["f1", "f2", "f3"])),
    st.tuples(st.sampled_from(PARTIES), st.sampled_from([None, "none", "dee"])),
    max_size=9,
)
decisions = st.dictionaries(
    st.sampled_from(["f1", "f2", "f3"]),
    st.tuples(st.sampled_from(PARTIES), st.sampled_from([None, "none", "dee", "ana"])),
)
answers = st.dictionaries(st.sampled_from(["q1", "q2"]), st.sampled_from(["no", "half", "full"]))


@settings(max_examples=min(60, settings.default.max_examples))
@given(said=votes, decided=decisions, given_answers=answers)
def test_every_gain_is_the_difference_of_two_evaluations(
    said: Any, decided: Any, given_answers: Any
) -> None:
    found = assert_gains_are_real(
        engagement(
            nominations=[says(r, f, party, deputy=d) for (r, f), (party, d) in said.items()],
            decisions=[
                {"focal_point": f, "owner": owner, "deputy": d} for f, (owner, d) in decided.items()
            ],
            answers=[{"question": q, "value": v} for q, v in given_answers.items()],
        )
    )
    assert [order(action) for action in found.actions] == sorted(map(order, found.actions))


def test_the_worked_example_gains_what_the_method_says() -> None:
    named = [
        {"respondent": r, "focal_point": "f3", "party": "bo", "deputy": "cy"} for r in ("r1", "r2")
    ]
    contested = [*named, says("r3", "f3", "cy")]
    found = assert_gains_are_real(engagement(nominations=contested, decisions=[]))
    about_f3 = next(a for a in found.actions if a.focal_point == "f3")
    assert about_f3.assumed[0].owner == "bo"


def test_an_answer_that_opens_a_child_question_assumes_the_parents_too() -> None:
    found = assert_gains_are_real(engagement(answers=[{"question": "q2", "value": "no"}]))
    calendar = [a for a in found.actions if a.question == "calendar"]
    assert calendar == [], "a child that its parent rules out is no finding of its own"
    opened = next(a for a in found.actions if a.question == "q2")
    assert opened.gain_low > 0


def test_an_owner_outside_gains_by_a_counterpart_inside() -> None:
    outside = [{"focal_point": "f3", "owner": "cy", "deputy": "none"}]
    found = assert_gains_are_real(engagement(decisions=outside, people=PEOPLE))
    counterpart = next(a for a in found.actions if a.kind == "name_counterpart")
    assert counterpart.gain_low == pytest.approx(15 / 2)


def order_of(**facts: Any) -> list[tuple[Urgency, str]]:
    return [(action.urgency, action.kind) for action in evaluated(engagement(**facts)).actions]


def test_a_gate_that_is_tripped_comes_before_every_gain() -> None:
    first, *others = order_of(answers=[{"question": "q2", "value": "no"}], decisions=[])
    assert first == (Urgency.GATE_TRIPPED, "answer_best")
    assert all(urgency is Urgency.GAIN for urgency, _ in others)


def test_a_gate_that_nothing_settles_is_asked_about() -> None:
    one_voice = [{"question": "q2", "respondent": "r1", "value": "full"}]
    first = evaluated(engagement(answers=one_voice)).actions[0]
    assert (first.urgency, first.kind) == (Urgency.GATE_UNDETERMINED, ASK)
    assert (first.question, first.assumed) == ("q2", ())
    assert (first.gain_low, first.gain_point) == (0, 0)
    assert (first.effort_hours, first.due) == (0.5, AS_OF + dt.timedelta(days=7))


def urgencies(question_changes: Doc, *answered: Doc) -> dict[str | None, Urgency]:
    """How urgent the action on each system is, where a gate asks for a question of both."""
    areas = framework_doc()["areas"]
    areas[1]["focal_points"] = [focal_point(key, scope="systems") for key in ("oms", "erp")]
    areas[1]["questions"] = [
        question("q2", per="systems", findings={"no": "low_answer", "half": "low_answer"})
        | question_changes
    ]
    advice = with_advice().framework
    changed = rules(
        areas=areas,
        findings={kind: advice.findings[kind].model_dump() for kind in KINDS},
        actions={kind: advice.actions[kind].model_dump() for kind in ACTIONS},
        gates=[framework_doc()["gates"][0] | {"threshold": 0.5}],
    )
    facts: Doc = {"nominations": [], "decisions": [], "scope": {"systems": ["oms", "erp"]}}
    answers = [{"question": "q2", **answer} for answer in answered]
    actions = evaluate(changed, engagement(answers=answers, **facts), AS_OF).actions
    return {a.focal_point: a.urgency for a in actions if a.question == "q2"}


def test_a_system_that_passes_a_gate_already_lifts_it_for_no_other() -> None:
    answered = ({"subject": "oms", "value": "half"}, {"subject": "erp", "value": "no"})
    assert urgencies({}, *answered) == {"oms": Urgency.GAIN, "erp": Urgency.GATE_TRIPPED}


def test_each_of_two_systems_that_miss_a_gate_is_urgent() -> None:
    answered = [{"subject": key, "value": "no"} for key in ("oms", "erp")]
    assert urgencies({}, *answered) == dict.fromkeys(("oms", "erp"), Urgency.GATE_TRIPPED)


def test_an_option_that_is_called_late_puts_no_date_at_risk() -> None:
    late = [{"key": key, "title": text(key), "value": v} for key, v in (("late", 0.5), ("on", 1))]
    changes = {"options": late, "findings": {"late": "late"}}
    answered = [{"subject": key, "value": "late"} for key in ("oms", "erp")]
    assert urgencies(changes, *answered) == dict.fromkeys(("oms", "erp"), Urgency.GAIN)


def test_what_gains_most_in_an_hour_comes_first() -> None:
    found = evaluated(engagement())
    gaining = [action for action in found.actions if action.urgency is Urgency.GAIN]
    assert [action.kind for action in gaining] == ["name_owner", "answer_best", "name_deputy"]
    rates = [action.gain_low / action.effort_hours for action in gaining]
    assert rates == sorted(rates, reverse=True)


def test_deciding_carries_the_deputy_that_most_of_the_favourites_voices_name() -> None:
    def deputy(*named: str | None) -> str | None:
        said = [says(f"r{n}", "f3", "bo", deputy=d) for n, d in enumerate(named, 1)]
        camps = [says("r4", "f3", "ana"), says("r5", "f3", "ana")]
        one = engagement(
            nominations=[*said, *camps],
            decisions=[],
            respondents=[{"id": f"r{n}"} for n in range(1, 6)],
        )
        action = next(a for a in evaluated(one).actions if a.kind == "name_owner")
        return next(a.deputy for a in action.assumed if a.focal_point == "f3")

    assert deputy("dee", "dee", "none") == "dee"
    assert deputy("dee", "eve", None) is None, "a tie"
    assert deputy(None, None, None) is None, "silence"


def scores(low: float, point: float) -> Scores:
    """The scores of one engagement, as far as a gain looks at them."""
    none = shares(layout_of(RULES), np.zeros((1, layout_of(RULES).width), dtype=bool))
    one = {"low": low, "point": point, "high": 100.0}
    numbers = {name: np.array([number]) for name, number in one.items()}
    return Scores(**numbers, areas=np.zeros((3, 1, 0)), omega=none, weight=none)


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        ((50.0, 60.0), (50.0 + 1e-12, 60.0 - 1e-12), (0.0, 0.0)),
        ((50.0, 60.0), (55.0, 58.0), (5.0, -2.0)),
        ((0.0, math.nan), (5.0, 58.0), (5.0, None)),
        ((math.nan, math.nan), (math.nan, math.nan), (0.0, None)),
    ],
    ids=["rounding", "low and point apart", "no point before", "nothing in scope"],
)
def test_a_gain_is_a_difference_where_there_is_one(
    before: tuple[float, float], after: tuple[float, float], gain: tuple[float, float | None]
) -> None:
    assert gains(scores(*before), scores(*after), 0) == gain


def choosing(*parties: str) -> set[str]:
    """The kinds of actions on f1, where these are named and web is a team without a lead."""
    written = RULES.framework.model_dump(mode="json")
    own = {"title": text("x"), "explanation": text("x"), "severity": "high", "source": "s"}
    written["findings"]["team_without_lead"] = own | {"action": "name_deputy"}
    said = [says(f"r{n}", "f1", party) for n, party in enumerate(parties, start=1)]
    one = engagement(
        teams=[{"id": "web", "name": "Web"}], nominations=said, decisions=[], answers=[]
    )
    chosen = in_force(Framework.model_validate(written))
    return {a.kind for a in evaluate(chosen, one, AS_OF).actions if a.focal_point == "f1"}


def test_a_team_is_asked_for_its_lead_unless_somebody_else_is_named_as_often() -> None:
    """Of two voices nobody can say that they disagree: there is nothing to choose between yet."""
    assert choosing("web", "web", "web", "ana") == {"name_deputy"}
    assert choosing("web", "web", "ana", "ana") == {"name_owner"}
    assert choosing("web", "ana") == {"name_deputy"}


def test_only_an_action_about_somebody_as_a_whole_says_what_they_hold_first() -> None:
    assert {action.first_held for action in evaluated(engagement()).actions} == {None}
