"""Gates and levels (METHOD §3): what a gate tests, and which levels it holds down."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import AS_OF, area, engagement, focal_point, framework_doc, question, rules
from workbook.model.evaluation import Evaluation, GateState, Status
from workbook.scoring import evaluate

SYSTEMS = ("s1", "s2")
OWNED = [
    {"focal_point": key, "owner": "ana", "deputy": "dee", "title_reason": "agreed"}
    for key in ("f1", "f2", "f3")
]
FULL = {"question": "q1", "value": "full"}


def gated(**tested: object) -> dict[str, object]:
    """The gate of the small framework, with something else to test."""
    (gate,) = framework_doc()["gates"]
    return {**gate, "question": None, **tested}


def spoken(*values: str) -> Evaluation:
    """Everything is owned; of three respondents these answered what a gate asks half of."""
    answers = [
        {"question": "q2", "respondent": f"r{n}", "value": value}
        for n, value in enumerate(values, 1)
    ]
    one = engagement(nominations=[], decisions=OWNED, answers=[FULL, *answers])
    return evaluate(rules(gates=[gated(question="q2", threshold=0.5)]), one, AS_OF)


@pytest.mark.parametrize(
    ("answer", "level"), [("full", "ready"), ("half", "ready"), ("no", "at_risk")]
)
def test_one_voice_tells_whether_a_gate_holds_the_provisional_level(
    answer: str, level: str
) -> None:
    """The two who are silent may still turn it, so that the certain level is held down."""
    found = spoken(answer)
    assert [gate.state for gate in found.gates] == [GateState.UNDETERMINED]
    assert (found.level.low, found.level.level) == ("at_risk", level)


def test_a_gate_holds_down_the_area_that_it_stands_in_and_no_other() -> None:
    x, t = spoken("no", "no", "no").areas
    assert (x.level.high, t.level.high) == ("ready", "at_risk")


@pytest.mark.parametrize(
    ("decisions", "state"),
    [([], GateState.UNDETERMINED), (OWNED, GateState.PASSED)],
    ids=["nobody spoke", "owned"],
)
def test_a_gate_on_a_focal_point_asks_for_somebody_who_is_named(
    decisions: list[Any], state: GateState
) -> None:
    named = rules(gates=[gated(focal_point="f3")])
    one = engagement(nominations=[], decisions=decisions)
    assert [gate.state for gate in evaluate(named, one, AS_OF).gates] == [state]


def test_a_gate_asks_only_of_the_systems_that_are_there() -> None:
    """A question per system stands open for one, and is met for it."""
    per_system = rules(
        areas=[
            area(
                "x",
                [focal_point(key, scope="systems") for key in SYSTEMS],
                [question("ready", per="systems")],
            )
        ],
        titles=[],
        gates=[gated(question="ready")],
    )
    one = engagement(
        people=[],
        nominations=[],
        decisions=[],
        scope={"systems": ["s1"]},
        answers=[{"question": "ready", "subject": "s1", "value": "full"}],
    )
    assert [gate.state for gate in evaluate(per_system, one, AS_OF).gates] == [GateState.PASSED]


def test_silence_about_what_weighs_nothing_leaves_the_whole_scored() -> None:
    weightless = rules(
        areas=[
            area("x", [focal_point("f1")], []),
            area("t", [focal_point("f3")], [], weight=0),
        ],
        gates=[],
    )
    one = engagement(nominations=[], answers=[], decisions=OWNED[:1])
    found = evaluate(weightless, one, AS_OF)
    assert [a.score.status for a in found.areas] == [Status.SCORED, Status.NOT_SCORED]
    assert found.score.status is Status.SCORED


def test_where_a_gate_holds_both_ends_down_to_one_level_it_is_known_without_a_point() -> None:
    """What is committed weighs nothing here, so that the answer that trips the gate is no point."""
    weights = {"named": 40, "clear": 25, "fitting": 10, "backed_up": 25, "committed": 0}
    lowest = rules(weights=weights, gates=[gated(question="q2", cap="not_ready")])
    tripped = [{"question": "q2", "value": "no"}]
    found = evaluate(lowest, engagement(nominations=[], decisions=[], answers=tripped), AS_OF)
    assert found.score.point is None
    assert found.level is not None
    assert (found.level.low, found.level.level, found.level.high) == ("not_ready",) * 3
