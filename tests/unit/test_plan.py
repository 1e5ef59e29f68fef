"""The plan is optimal, checked against every subset of actions; and what a departure leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import assume as assume_that
from hypothesis import strategies as st

from tests.properties.completions import scores
from tests.small import AS_OF, engagement, framework_doc, question, rules, says
from tests.unit.test_actions import RULES
from workbook.content import load_engagement
from workbook.errors import BadInput
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Action
from workbook.model.framework import Framework
from workbook.model.rules import Rules, in_force
from workbook.resources import templates
from workbook.scoring import evaluate
from workbook.scoring.assume import assume
from workbook.scoring.departure import backed, held, if_leaves, without
from workbook.scoring.encode import read_engagement
from workbook.scoring.plan import Plan, merged, plan, subject_of

votes = st.dictionaries(
    st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["f1", "f2", "f3"])),
    st.sampled_from(["ana", "eve", "cy", "nobody"]),
    min_size=4,
    max_size=9,
)


def made(said: Any) -> Engagement:
    return engagement(
        nominations=[says(r, f, party, deputy="none") for (r, f), party in said.items()],
        decisions=[{"focal_point": "f1", "owner": "eve", "deputy": "none"}],
        answers=[{"question": "q2", "value": "no"}],
    )


def gaining(one: Engagement) -> list[Action]:
    """The actions that gain anything."""
    return [a for a in evaluate(RULES, one, AS_OF).actions if a.assumed and a.gain_low > 0]


def every_subset(one: Engagement) -> list[tuple[float, float]]:
    """(effort, low) of every set of actions, each evaluated as a whole."""
    actions = gaining(one)
    subsets = [c for size in range(len(actions) + 1) for c in combinations(actions, size)]
    low, _, _ = scores(RULES, [carried_out(one, chosen) for chosen in subsets])
    efforts = [sum(action.effort_hours for action in chosen) for chosen in subsets]
    return list(zip(efforts, map(float, low), strict=True))


def carried_out(one: Engagement, chosen: tuple[Action, ...]) -> Engagement:
    """The engagement once all these actions are done."""
    subjects: dict[str, list[Action]] = {}
    for action in chosen:
        subjects.setdefault(subject_of(RULES, action), []).append(action)
    for together in subjects.values():
        one = assume(RULES, one, merged(tuple(together)))
    return one


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(said=votes, budget=st.sampled_from([0, 2, 4, 6, 9]), share=st.floats(0, 1))
def test_no_set_of_actions_does_better(said: Any, budget: float, share: float) -> None:
    one = made(said)
    assume_that(len(gaining(one)) <= 7)  # 128 sets at most
    outcomes = every_subset(one)
    within = plan(RULES, one, AS_OF, budget_hours=budget)
    assert within.effort_hours <= budget
    assert within.low == pytest.approx(max(low for effort, low in outcomes if effort <= budget))
    lowest, most = min(low for _, low in outcomes), max(low for _, low in outcomes)
    target = lowest + share * (most - lowest)
    reaching = plan(RULES, one, AS_OF, target=target)
    assert reaching.reached
    assert reaching.low >= target - 1e-9
    least = min(effort for effort, low in outcomes if low >= target - 1e-9)
    assert reaching.effort_hours == pytest.approx(least)
    assert sum(reaching.gains) == pytest.approx(reaching.low - lowest)
    assert reaching.after.score.low == pytest.approx(reaching.low)


def test_a_plan_does_two_things_about_one_subject_where_both_gain() -> None:
    """Eve is decided, her title does not fit and nobody stands in: one action each."""
    one = made({})
    about = [action for action in gaining(one) if action.focal_point == "f1"]
    assert {action.key.partition("/")[0] for action in about} == {"accept_title", "name_deputy"}
    found = plan(RULES, one, AS_OF, budget_hours=1000)
    assert {action.key for action in about} <= {action.key for action in found.actions}
    before = evaluate(RULES, one, AS_OF).score.low or 0.0
    # Everything that gains is done here, and no two of these gains rest on one item.
    assert found.low == pytest.approx(before + sum(action.gain_low for action in gaining(one)))


def test_a_plan_begins_with_what_gains_most_for_an_hour() -> None:
    """Each step is worth what it gains after those before it, and the best come first."""
    one = made({("r1", "f2"): "ana", ("r2", "f2"): "eve", ("r3", "f3"): "cy"})
    found = plan(RULES, one, AS_OF, budget_hours=1000)
    subjects = [subject_of(RULES, action) for action in found.actions]
    ways: dict[str, tuple[float, float]] = {}
    for subject, action, gain in zip(subjects, found.actions, found.gains, strict=True):
        hours, whole = ways.get(subject, (0.0, 0.0))
        ways[subject] = hours + action.effort_hours, whole + gain
    rates = [gain / hours for hours, gain in ways.values()]
    assert len(set(rates)) > 1
    assert rates == sorted(rates, reverse=True)


@pytest.fixture
def borealis() -> tuple[Rules, Engagement, Plan]:
    """An example in which most actions gain less than a point, and the plan with time for all."""
    one, by = load_engagement(templates() / "engagements" / "borealis-parts.yaml")
    return by, one, plan(by, one, AS_OF, budget_hours=1000)


def test_with_time_for_all_a_plan_leaves_out_no_subject_on_which_something_gains(
    borealis: tuple[Rules, Engagement, Plan],
) -> None:
    by, one, found = borealis
    gains = [a for a in evaluate(by, one, AS_OF).actions if a.assumed and a.gain_low > 0]
    assert min(action.gain_low for action in gains) < 1
    assert {subject_of(by, a) for a in found.actions} == {subject_of(by, a) for a in gains}


def test_what_takes_an_hour_and_gains_more_comes_after_what_gains_more_for_an_hour(
    borealis: tuple[Rules, Engagement, Plan],
) -> None:
    """Of the subjects on which one thing is done: its gain is that of the list of actions."""
    by, one, found = borealis
    alone = {action.key: action.gain_low for action in evaluate(by, one, AS_OF).actions}
    subjects = Counter(subject_of(by, action) for action in found.actions)
    single = [a for a in found.actions if subjects[subject_of(by, a)] == 1]
    rates = [alone[action.key] / action.effort_hours for action in single]
    assert rates == pytest.approx(sorted(rates, reverse=True))
    gains = [alone[action.key] for action in single]
    assert gains != pytest.approx(sorted(gains, reverse=True))


def test_each_step_of_a_plan_gains_what_doing_it_next_brings() -> None:
    one = made({})
    found = plan(RULES, one, AS_OF, budget_hours=1000)
    lows = [
        float(scores(RULES, [carried_out(one, found.actions[:count])])[0][0])
        for count in range(len(found.actions) + 1)
    ]
    assert found.gains == pytest.approx([after - low for low, after in pairwise(lows)])


def test_what_takes_just_the_budget_is_done() -> None:
    """Two things of three quarters of an hour each, in an hour and a half."""
    written = RULES.framework.model_dump()
    for action in written["actions"].values():
        action["effort_minutes"] = 45
    brief = in_force(Framework.model_validate(written))
    assert len(plan(brief, made({}), AS_OF, budget_hours=1.5).actions) == 2
    assert len(plan(brief, made({}), AS_OF, budget_hours=1.49).actions) == 1


def test_where_nothing_gains_the_plan_is_empty() -> None:
    one = engagement(
        nominations=[],
        decisions=[
            {"focal_point": key, "owner": owner, "deputy": deputy}
            for key, owner, deputy in (
                ("f1", "ana", "ben"),
                ("f2", "ana", "ben"),
                ("f3", "cy", "dan"),
            )
        ],
        answers=[{"question": key, "value": "full"} for key in ("q1", "q2")],
    )
    done = plan(RULES, one, AS_OF, budget_hours=1000)
    while done.actions:
        one = carried_out(one, done.actions)
        done = plan(RULES, one, AS_OF, budget_hours=1000)
    assert gaining(one) == []
    assert (done.actions, done.gains, done.effort_hours) == ((), (), 0)


def test_questions_that_hang_on_one_another_are_one_subject() -> None:
    areas = framework_doc()["areas"]
    areas[1]["questions"] += [
        question("q3", parent={"question": "q2", "options": ["no"]}),
        question("q4", parent={"question": "q3", "options": ["no"]}),
        question("q5"),
    ]
    linked = rules(areas=areas)
    about = gaining(made({}))[0]
    subject = {
        key: subject_of(linked, replace(about, focal_point=None, question=key))
        for key in ("q2", "q3", "q4", "q5")
    }
    assert subject["q2"] == subject["q3"] == subject["q4"] != subject["q5"]


def test_a_target_out_of_reach_says_so_and_comes_as_near_as_it_can() -> None:
    one = engagement()
    found = plan(RULES, one, AS_OF, target=100)
    assert not found.reached
    assert found.low == pytest.approx(plan(RULES, one, AS_OF, budget_hours=1000).low)


def test_a_plan_needs_a_target_or_a_budget() -> None:
    with pytest.raises(BadInput):
        plan(RULES, engagement(), AS_OF)


DECIDED = [
    {"focal_point": "f1", "owner": "ana", "deputy": "none"},
    {"focal_point": "f2", "owner": "ana", "deputy": "eve"},
    {"focal_point": "f3", "owner": "cy", "deputy": "ana"},
]


def test_what_a_departure_leaves_behind() -> None:
    one = engagement(decisions=DECIDED, nominations=[])
    gone = if_leaves(RULES, one, "ana", AS_OF)
    assert gone.orphaned == ("f1",)
    assert gone.inherited == (("f2", "eve"),)
    assert gone.unbacked == ("f3",)
    before = evaluate(RULES, one, AS_OF).score.low
    assert before is not None
    assert gone.after.score.low is not None
    assert gone.after.score.low < before


def test_a_team_that_loses_its_lead_has_no_single_owner_any_more() -> None:
    team = [{"id": "web", "name": "Web", "lead": "ana"}]
    owned = [{"focal_point": "f1", "owner": "web", "deputy": "eve"}]
    gone = if_leaves(RULES, engagement(teams=team, decisions=owned, nominations=[]), "ana", AS_OF)
    assert (gone.orphaned, gone.inherited, gone.unsettled) == ((), (), ("f1",))


TEAMS = [
    {"id": "web", "name": "Web", "lead": "ana"},
    {"id": "loose", "name": "Loose"},
    {"id": "shop", "name": "Shop", "lead": "eve"},
]


@pytest.mark.parametrize(
    ("deputy", "inherited"), [("web", ()), ("loose", ()), ("shop", (("f1", "eve"),))]
)
def test_a_team_takes_over_only_with_a_lead_who_stays(
    deputy: str, inherited: tuple[tuple[str, str], ...]
) -> None:
    owned = [{"focal_point": "f1", "owner": "ana", "deputy": deputy}]
    one = engagement(teams=TEAMS, decisions=owned, nominations=[])
    gone = if_leaves(RULES, one, "ana", AS_OF)
    assert gone.inherited == inherited
    assert gone.orphaned == (() if inherited else ("f1",))
    assert [team.lead for team in without(one, "ana").teams] == [None, None, "eve"]


def test_somebody_holds_what_is_theirs_and_what_is_their_teams() -> None:
    owned = [{"focal_point": key, "owner": owner} for key, owner in (("f1", "ana"), ("f2", "web"))]
    one = engagement(
        teams=TEAMS,
        decisions=owned,
        nominations=[says(f"r{n}", "f3", "ana", deputy="eve") for n in (1, 2, 3)],
    )
    reading = read_engagement(RULES, one)
    assert (held(reading, "ana"), held(reading, "eve")) == (("f1", "f2", "f3"), ())


def test_a_deputy_is_one_only_of_an_owner_who_is_decided() -> None:
    undecided = [{"focal_point": "f3", "state": "unknown", "deputy": "ana"}]
    for decisions, subjects in ((DECIDED, ("f3",)), (undecided, ())):
        one = engagement(decisions=decisions, nominations=[])
        assert backed(read_engagement(RULES, one), "ana") == subjects


def test_who_leaves_has_no_part_in_anything_any_more() -> None:
    parts = {"responsible": ["ana", "eve"], "consulted": ["ana"], "informed": ["cy", "ana"]}
    one = engagement(decisions=[{"focal_point": "f3", "owner": "cy", "deputy": "none", **parts}])
    (left,) = without(one, "ana").decisions
    assert (left.responsible, left.consulted, left.informed) == (("eve",), (), ("cy",))
    assert (left.owner, left.deputy) == ("cy", "none")


def test_whoever_had_no_deputy_loses_none() -> None:
    alone = [{"focal_point": "f3", "owner": "cy", "deputy": "none"}]
    gone = if_leaves(RULES, engagement(decisions=alone, nominations=[]), "ana", AS_OF)
    assert gone.unbacked == ()


def test_the_post_of_who_leaves_is_vacant_in_what_others_said_of_it() -> None:
    said = [says("r1", "f1", "ana", deputy="eve"), says("r2", "f1", "eve", deputy="ana")]
    owned = [{"focal_point": "f2", "owner": "ana", "deputy": "eve"}]
    gone = without(engagement(nominations=said, decisions=owned), "ana")
    assert [(n.party, n.deputy) for n in gone.nominations] == [("vacant", "eve"), ("eve", "none")]
    assert [(d.owner, d.deputy) for d in gone.decisions] == [("eve", "none")]
    assert "ana" not in gone.parties()


def test_who_is_not_there_cannot_leave() -> None:
    with pytest.raises(BadInput, match="did you mean “ana”"):
        if_leaves(RULES, engagement(), "anna", AS_OF)
