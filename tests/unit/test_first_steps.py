"""What to do first: one step per kind and subject, and where the first steps really lead."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from tests.report.examples import AS_OF, EXAMPLES, evaluated, example
from tests.small import area, engagement, focal_point, question, rules, text
from workbook.model.evaluation import FIRST_STEPS, Asked, Urgency
from workbook.scoring import evaluate
from workbook.scoring.assume import assume, merged

NAMES = sorted(EXAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_a_step_gains_what_its_actions_gain_together(name):
    loaded = example(name)
    for step in evaluated(name).steps:
        answers = merged(step.actions)
        after = evaluate(loaded.rules, assume(loaded.rules, loaded.engagement, answers), AS_OF)
        gained = after.score.low - evaluated(name).score.low
        assert step.gain_low == pytest.approx(gained, abs=1e-9), step.kind
        assert step.effort_hours == sum(action.effort_hours for action in step.actions)


def test_where_nothing_is_to_be_done_there_is_no_step_and_no_outlook():
    evaluation = evaluate(rules(gates=[]), engagement(), AS_OF)
    assert (evaluation.steps, evaluation.outlook) == ((), None)


@pytest.mark.parametrize("name", NAMES)
def test_the_outlook_is_the_evaluation_once_the_first_steps_are_done(name):
    loaded, evaluation = example(name), evaluated(name)
    answers = merged(action for step in evaluation.first_steps for action in step.actions)
    after = evaluate(loaded.rules, assume(loaded.rules, loaded.engagement, answers), AS_OF)
    assert evaluation.outlook.score == after.score
    assert evaluation.outlook.level == after.level


@pytest.mark.parametrize("name", NAMES)
def test_a_list_of_what_to_do_has_no_subject_twice(name):
    actions = [action for step in evaluated(name).steps for action in step.actions]
    about = Counter((a.question, a.focal_point or a.findings) for a in actions)
    assert set(about.values()) <= {1}
    assert set(about) == {
        (a.question, a.focal_point or a.findings) for a in evaluated(name).actions
    }


@pytest.mark.parametrize("name", NAMES)
def test_steps_begin_with_must_haves_then_dates_then_what_gains_most_per_hour(name):
    steps = evaluated(name).steps
    assert [step.urgency for step in steps] == sorted(step.urgency for step in steps)
    rates = [round(s.gain_low / s.effort_hours, 9) for s in steps if s.urgency is Urgency.GAIN]
    assert rates == sorted(rates, reverse=True)
    assert len(evaluated(name).first_steps) == min(FIRST_STEPS, len(steps))


def test_what_several_actions_bring_about_once_counts_once_in_the_order():
    """Three systems wait for one answer: each action gains it, all three together only once."""
    systems, others = ("s1", "s2", "s3"), [f"o{n}" for n in range(1, FIRST_STEPS + 1)]
    findings = {"no": "low_answer", "missing": "low_answer"}
    advising = rules(
        areas=[
            area(
                "t",
                [focal_point(key, scope="systems") for key in systems],
                [
                    question("open"),
                    question(
                        "ready",
                        per="systems",
                        parent={"question": "open", "options": ["full"]},
                        findings=findings,
                    ),
                    *(question(key, findings=findings) for key in others),
                ],
            )
        ],
        titles=[],
        gates=[],
        findings={
            "low_answer": {
                "title": text("low"),
                "explanation": text("low"),
                "severity": "high",
                "action": "answer",
                "source": "s",
            }
        },
        actions={
            "answer": {
                "title": text("answer"),
                "effort_minutes": 60,
                "who": "facilitator",
                "due_days": 7,
                "assumes": {"answer": True},
                "source": "s",
            }
        },
    )
    waiting = engagement(
        people=[],
        nominations=[],
        decisions=[],
        scope={"systems": list(systems)},
        answers=[{"question": key, "value": "no"} for key in others],
    )
    evaluation = evaluate(advising, waiting, AS_OF)
    together = evaluation.steps[-1]
    assert together.gain_low < sum(action.gain_low for action in together.actions)
    assert [step.question for step in evaluation.steps] == [*others, "ready"]
    answers = merged(a for step in evaluation.first_steps for a in step.actions)
    after = evaluate(advising, assume(advising, waiting, answers), AS_OF)
    assert evaluation.outlook.score == after.score


def test_subjects_of_one_kind_are_one_step():
    step = next(s for s in evaluated("mutuelle-ponant").steps if s.kind == "decide_owner")
    assert len(step.actions) > 1
    assert {action.kind for action in step.actions} == {"decide_owner"}


def test_the_sponsor_is_asked_for_what_only_the_sponsor_can_decide():
    for name in NAMES:
        for step in evaluated(name).asked_of_sponsor:
            assert {a.asked for a in step.actions} <= {Asked.C_SUITE, Asked.PERSON}
            assert step.due > AS_OF
    assert {step.question for step in evaluated("tidewater-outdoor").asked_of_sponsor} >= {
        "it_from_day_one",
        "checkpoint_cadence",
    }


def test_what_too_few_voices_say_is_in_no_step():
    """A step may be read by everybody, as it stands."""
    loaded = example("tidewater-outdoor")
    few = loaded.engagement.model_copy(update={"anonymous": True})
    few = few.model_copy(
        update={
            "respondents": few.respondents[:2],
            "nominations": tuple(
                n for n in few.nominations if n.respondent in {r.id for r in few.respondents[:2]}
            ),
        }
    )
    steps = evaluate(loaded.rules, few, dt.date(2026, 11, 23)).steps
    owners = {"decide_owner", "name_owner", "confirm_owner"}
    undecided = {f for s in steps for f in (a.focal_point for a in s.actions) if s.kind in owners}
    assert undecided <= few.standing_decisions().keys()


ORPHANS = ("web", "shop", "ceo", "board")
NAMING: dict[str, Any] = {
    "findings": {
        "orphan": {
            "title": text("orphan"),
            "explanation": text("orphan"),
            "severity": "high",
            "action": "name_owner",
            "source": "s",
        }
    },
    "actions": {
        "name_owner": {
            "title": text("name"),
            "effort_minutes": 60,
            "who": "owner",
            "due_days": 7,
            "assumes": {"owner": "favourite"},
            "source": "s",
        }
    },
}


def steps_for_orphans(sponsor: str) -> dict[frozenset[str | None], bool]:
    """The subjects of each step, and whether it is the sponsor's, where four have no owner."""
    naming = rules(
        areas=[
            area(
                "x", [focal_point("web"), focal_point("shop"), focal_point("ceo", kind="seat")], []
            ),
            area("s", [focal_point("lead", sponsor=True), focal_point("board")], []),
        ],
        gates=[],
        **NAMING,
    )
    owners = {"lead": sponsor} | dict.fromkeys(ORPHANS, "nobody")
    one = engagement(
        nominations=[],
        answers=[],
        decisions=[{"focal_point": key, "owner": owner} for key, owner in owners.items()],
    )
    steps = evaluate(naming, one, AS_OF).steps
    return {frozenset(a.focal_point for a in step.actions): step.of_sponsor for step in steps}


def test_seats_and_what_the_sponsor_decides_keep_to_themselves():
    assert steps_for_orphans("ana") == {
        frozenset({"web", "shop"}): False,
        frozenset({"ceo"}): False,
        frozenset({"board"}): True,
    }


def test_without_a_sponsor_nothing_is_the_sponsors_but_what_the_c_suite_decides():
    steps = steps_for_orphans("nobody")
    assert steps[frozenset({"web", "shop"})] is False
    assert steps[frozenset({"lead", "board"})] is True


def test_each_must_have_that_nobody_knows_of_is_asked_about_by_itself():
    gates = [
        {
            "key": key,
            "title": text(key),
            "focal_point": key,
            "threshold": 1,
            "cap": "at_risk",
            "source": "s",
        }
        for key in ("f1", "f2")
    ]
    steps = evaluate(rules(gates=gates), engagement(nominations=[], decisions=[]), AS_OF).steps
    assert [[action.focal_point for action in step.actions] for step in steps] == [["f1"], ["f2"]]


def test_what_hangs_on_two_people_is_one_step_of_two_actions_that_name_neither():
    subjects = {f"f{n}": "ana" if n < 3 else "eve" for n in range(6)}
    findings = {"single_person_dependency": NAMING["findings"]["orphan"] | {"action": "back_up"}}
    actions = {"back_up": NAMING["actions"]["name_owner"] | {"assumes": {}}}
    spread = rules(
        areas=[area("x", [focal_point(key) for key in subjects], [])],
        gates=[],
        findings=findings,
        actions=actions,
    )
    owned = [{"focal_point": f, "owner": p, "deputy": "none"} for f, p in subjects.items()]
    (step,) = evaluate(spread, engagement(nominations=[], decisions=owned, answers=[]), AS_OF).steps
    assert [action.findings for action in step.actions] == [
        ("single_person_dependency/-/-/-/ana",),
        ("single_person_dependency/-/-/-/eve",),
    ]
    assert [action.key for action in step.actions] == ["back_up/-/-/-/f0", "back_up/-/-/-/f3"]
