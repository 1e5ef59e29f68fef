"""The gain of an action is what the evaluation gains once its assumed answers are given."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, PEOPLE, engagement, framework_doc, question, rules, says, text
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation, Urgency
from workbook.scoring import evaluate
from workbook.scoring.actions import ASK, order
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
    assert (first.question, first.assumed, first.gain_low) == ("q2", (), 0)
    assert (first.effort_hours, first.due) == (0.5, AS_OF + dt.timedelta(days=7))


def test_what_gains_most_in_an_hour_comes_first() -> None:
    found = evaluated(engagement())
    gains = [action for action in found.actions if action.urgency is Urgency.GAIN]
    assert [action.kind for action in gains] == ["name_owner", "answer_best", "name_deputy"]
    rates = [action.gain_low / action.effort_hours for action in gains]
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
