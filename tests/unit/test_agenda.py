"""The agenda of a room: two camps first, then what weighs and what is bad, within its time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import (
    AS_OF,
    area,
    engagement,
    focal_point,
    framework,
    person,
    question,
    says,
)
from workbook.model.evaluation import Finding
from workbook.model.framework import Framework, Severity
from workbook.model.ownership import Consensus
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.agenda import AgendaItem, agenda, shared_out

AREAS = [
    area("x", [focal_point("f1"), focal_point("f2")], []),
    area("t", [focal_point("f3")], []),
]
FRAMEWORK = framework(areas=AREAS, gates=[])
CAMPS, MAJORITY, ALIKE = "aabb", "aaabc", "aaaa"


def order(**voices: str) -> list[str]:
    """The agenda where each letter of a subject is somebody whom one respondent names."""
    return [item.focal_point for item in items(**voices)]


def items(
    decided: str = "",
    findings: tuple[Finding, ...] = (),
    framework: Framework = FRAMEWORK,
    scope: dict[str, list[str]] | None = None,
    **voices: str,
) -> tuple[AgendaItem, ...]:
    whole: dict[str, Any] = {
        "scope": scope or {},
        "people": [person(letter, "tx") for letter in "abc"],
        "respondents": [{"id": f"r{n}"} for n in range(5)],
        "nominations": [
            says(f"r{n}", subject, party)
            for subject, parties in voices.items()
            for n, party in enumerate(parties)
        ],
        "decisions": [{"focal_point": decided, "owner": "a"}] if decided else [],
        "answers": [],
    }
    one = engagement(**whole)
    evaluation = evaluate(in_force(framework, one.overlay), one, AS_OF)
    return agenda(evaluation, findings, one.standing_decisions())


def test_two_camps_come_first_however_little_they_weigh():
    assert order(f1=CAMPS, f3=ALIKE) == ["f1", "f3"]
    assert order(f2=CAMPS, f3=MAJORITY) == ["f2", "f3"], "half the weight of the other"


def test_a_subject_weighs_what_hangs_on_it_with_what_is_asked_about_it():
    asked = [question("ready", per="systems")]
    areas = [area("x", [focal_point("f1", scope="systems"), focal_point("f2")], asked), AREAS[1]]
    per_system = framework(areas=areas, gates=[])
    listed = items(framework=per_system, scope={"systems": ["f1"]}, f1=CAMPS, f2=CAMPS)
    weights = {item.focal_point: item.weight for item in listed}
    assert weights == pytest.approx({"f1": 0.3, "f2": 0.2})


def test_what_weighs_nothing_in_the_score_comes_last_of_its_kind():
    areas = [AREAS[0], {**AREAS[1], "weight": 0}]
    listed = items(framework=framework(areas=areas, gates=[]), f1=CAMPS, f3=CAMPS)
    assert [(item.focal_point, item.weight) for item in listed] == [("f1", 0.5), ("f3", 0.0)]


def test_among_equal_outcomes_the_subject_that_weighs_more_comes_first():
    assert order(f1=CAMPS, f3=CAMPS) == ["f3", "f1"], "f3 is its area’s only subject"


def test_a_grave_finding_outdoes_twice_the_weight():
    grave = Finding("k", Severity.HIGH, "x", focal_point="f1")
    assert [i.focal_point for i in items(f1=CAMPS, f3=CAMPS)] == ["f3", "f1"]
    assert [i.focal_point for i in items(findings=(grave,), f1=CAMPS, f3=CAMPS)] == ["f1", "f3"]


def test_a_high_finding_outdoes_a_medium_one():
    found = (
        Finding("k", Severity.MEDIUM, "x", focal_point="f1"),
        Finding("k", Severity.HIGH, "x", focal_point="f2"),
    )
    assert [i.focal_point for i in items(findings=found, f1=CAMPS, f2=CAMPS)] == ["f2", "f1"]


def test_the_worst_finding_counts_and_those_of_an_area_do_not():
    mild = Finding("k", Severity.LOW, "x", focal_point="f1")
    grave = Finding("l", Severity.CRITICAL, "x", focal_point="f1")
    whole_area = Finding("m", Severity.CRITICAL, "t")
    (first, second) = items(findings=(grave, mild, whole_area), f1=CAMPS, f2=CAMPS)
    assert (first.severity, second.severity) == (Severity.CRITICAL, Severity.LOW)


def test_among_equals_the_framework_decides():
    assert order(f2=CAMPS, f1=CAMPS) == ["f1", "f2"]


def test_what_is_decided_is_not_talked_about_and_nor_is_what_nobody_has_spoken_of():
    assert [item.focal_point for item in items(decided="f1", f1=CAMPS, f2=ALIKE)] == ["f2"]


def subject(outcome: Consensus) -> AgendaItem:
    return AgendaItem("f", outcome, 0.1, Severity.LOW, 0)


@pytest.mark.parametrize("outcome", Consensus)
def test_what_divides_a_room_takes_longest_and_what_it_agrees_on_is_confirmed_in_a_minute(outcome):
    divided = {"two_camps": 8, "scattered": 6, "nobody": 6, "majority": 4, "group": 4}
    assert subject(outcome).usual == divided.get(outcome, 1)


BUDGETS = {
    "time is plenty": (60, (8, 6, 1)),
    "exactly what is usual": (15, (8, 6, 1)),
    "a little short: the first gets it first": (13, (7, 5, 1)),
    "just the least": (8, (4, 3, 1)),
    "the last does not fit": (7, (4, 3, 0)),
    "what does not fit leaves its time to those before it": (6, (6, 0, 0)),
    "no time at all": (0, (0, 0, 0)),
    "the time is over": (-5, (0, 0, 0)),
}


@pytest.mark.parametrize(("budget", "minutes"), BUDGETS.values(), ids=BUDGETS.keys())
def test_each_subject_gets_its_share_of_the_time(budget: int, minutes: tuple[int, ...]):
    whole = [subject(o) for o in (Consensus.TWO_CAMPS, Consensus.SCATTERED, Consensus.AGREED)]
    assert tuple(item.minutes for item in shared_out(whole, budget)) == minutes


@given(st.lists(st.sampled_from(Consensus), max_size=30), st.integers(-10, 300))
def test_shares_never_exceed_the_time_and_leave_no_gap(outcomes: list[Consensus], budget: int):
    shared = shared_out([subject(outcome) for outcome in outcomes], budget)
    fitting = [item for item in shared if item.minutes]
    assert sum(item.minutes for item in shared) <= max(budget, 0)
    assert list(shared[: len(fitting)]) == fitting
    assert all(item.least <= item.minutes <= item.usual for item in fitting)
    spare = budget - sum(item.minutes for item in shared)
    assert spare <= 0 or len(fitting) < len(shared) or all(i.minutes == i.usual for i in shared)
