"""The gain of an action is what the evaluation gains once its assumed answers are given."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, PEOPLE, engagement, framework_doc, question, rules, says, text
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation
from workbook.scoring import evaluate
from workbook.scoring.assume import assume

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
                "effort_hours": 2,
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


@settings(max_examples=60)
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
    rates = [round(action.gain_low / action.effort_hours, 9) for action in found.actions]
    assert rates == sorted(rates, reverse=True)


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
