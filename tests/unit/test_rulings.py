"""METHOD §8: points where the definition was silent, as they were ruled."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import (
    AS_OF,
    area,
    engagement,
    focal_point,
    framework,
    person,
    question,
    rules,
    says,
    text,
)
from workbook.model.evaluation import Evaluation, Finding
from workbook.model.framework import Assumption, Severity
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.assume import assumed
from workbook.scoring.encode import read_engagement
from workbook.scoring.progress import progress
from workbook.widgets.views.questions import is_open

OPENS = {"options": ["half", "full"]}
CHAIN = rules(
    areas=[
        area(
            "x",
            [focal_point("f1")],
            [
                question("top"),
                question("middle", parent={"question": "top", **OPENS}),
                question("bottom", parent={"question": "middle", **OPENS}),
            ],
        )
    ],
    gates=[],
)
CALENDAR = rules(
    areas=[area("x", [focal_point("f1")], [question("days", kind="dates", options=[])])],
    gates=[],
)


def answered(by: Any, respondents: int = 0, answers: Any = (), **changes: Any) -> Evaluation:
    """The evaluation of these answers: (question, value) of the team, or with a respondent."""
    given = []
    for key, value, *who in answers:
        state = {"state": "not_applicable"} if value == "n/a" else {"value": value}
        given.append({"question": key, **state, **({"respondent": who[0]} if who else {})})
    voices = [{"id": f"r{n + 1}"} for n in range(respondents)]
    facts = {"answers": given, "respondents": voices, "nominations": [], "decisions": []}
    return evaluate(by, engagement(**{**facts, **changes}), AS_OF)


def bounds(found: Evaluation, key: str) -> tuple[float, float | None, float]:
    item = next(item for item in found.items if item.subject == key)
    return item.low, item.point, item.high


@pytest.mark.parametrize(
    ("top", "middle", "bottom", "expected"),
    [
        ("full", "full", "half", (0.5, 0.5, 0.5)),
        ("full", "no", "full", (0.0, 0.0, 0.0)),
        ("no", "full", "full", (0.0, 0.0, 0.0)),
        ("no", None, "full", (0.0, 0.0, 0.0)),
        ("no", None, None, (0.0, 0.0, 0.0)),
        (None, "full", "half", (0.0, 0.5, 0.5)),
        (None, "no", "half", (0.0, 0.0, 0.0)),
        ("full", None, "half", (0.0, 0.5, 0.5)),
        (None, None, None, (0.0, None, 1.0)),
    ],
)
def test_a_question_is_asked_only_if_its_parent_is_asked_and_answered_so(
    top: Any, middle: Any, bottom: Any, expected: Any
) -> None:
    values = (("top", top), ("middle", middle), ("bottom", bottom))
    found = answered(CHAIN, answers=[(key, value) for key, value in values if value])
    assert bounds(found, "bottom") == expected


def test_a_screen_does_not_ask_what_the_top_of_a_chain_has_closed() -> None:
    given = [{"question": key, "value": "full"} for key in ("middle", "bottom")]
    agreed = {(a.question, a.subject): a for a in engagement(answers=given).answers}
    shown = {}
    for top in ("full", "no"):
        answers = [{"question": "top", "value": top}, *given]
        found = read_engagement(
            CHAIN, engagement(answers=answers, decisions=[], nominations=[])
        ).inquiries
        shown[top] = is_open(found[-1], agreed)
    assert shown == {"full": True, "no": False}


def test_a_chain_is_read_voice_by_voice() -> None:
    said = [
        ("top", "full", "r1"),
        ("middle", "full", "r1"),
        ("bottom", "full", "r1"),
        ("top", "no", "r2"),
        ("bottom", "full", "r2"),
    ]
    assert bounds(answered(CHAIN, 2, said), "bottom") == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        (("full", "no"), (0.5, 0.5, 0.5)),
        (("no", "half"), (0.5, 0.5, 0.5)),
        (("no", "no"), (0.0, 0.0, 0.0)),
        (("no", None), (0.0, 0.5, 0.5)),
    ],
)
def test_what_the_team_agreed_counts_once_one_respondent_opened_the_question(
    opened: tuple[str | None, ...], expected: tuple[float, ...]
) -> None:
    """It may yet be ruled out only while somebody is silent and nobody has opened it."""
    said = [("top", value, f"r{n}") for n, value in enumerate(opened, 1) if value]
    found = answered(CHAIN, respondents=2, answers=[*said, ("middle", "half")])
    assert bounds(found, "middle") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ready", "expected"), [("2026-12-01", 1.0), ("2027-06-01", 1.0), ("2027-06-02", 0.0)]
)
def test_a_date_is_worth_everything_in_time_and_nothing_later(ready: str, expected: float) -> None:
    """Whoever reads an outcome, in a frame or one by one, gives it the same value."""
    dated = rules(
        areas=[area("x", [focal_point("f1")], [question("ready", kind="date", options=[])])],
        gates=[],
    )
    programme = {"go_live": "2027-06-01"}
    found = answered(dated, answers=[("ready", ready)], programme=programme)
    assert bounds(found, "ready") == (expected, expected, expected)


def test_a_question_whose_parent_is_out_of_scope_is_not_asked() -> None:
    for_b2b = question("top", applies={"business_models": ["b2b"]})
    child = question("middle", parent={"question": "top", **OPENS})
    found = answered(
        rules(areas=[area("x", [focal_point("f1")], [for_b2b, child])], gates=[]),
        answers=[("middle", "full")],
    )
    assert not [item for item in found.items if item.kind == "question"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # r1 answered "never" above and "not applicable" here: no voice is left that could open it.
        ([("top", "no", "r1"), ("middle", "n/a", "r1")], (0.0, 0.0, 0.0)),
        ([("top", "no", "r1"), ("top", "full", "r2"), ("middle", "n/a", "r2")], (0.0, 0.0, 0.5)),
        ([("top", "full", "r1"), ("middle", "n/a", "r1")], (0.0, None, 1.0)),
    ],
)
def test_not_applicable_frees_nothing_where_never_rules_out(said: Any, expected: Any) -> None:
    asked = len({who for _, _, who in said})
    silent = 1 if asked > 1 else 0
    found = answered(CHAIN, asked + silent, said)
    low, point, high = bounds(found, "middle")
    assert (low, point, high) == expected


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # Start on September 1st, go-live on October 31st: sixty days.
        ("2026-09-01", ["2026-10-01"], (1.0, 1.0, 1.0)),
        ("2026-09-01", [], (0.0, 0.0, 0.0)),
        ("2026-09-01", ["2026-08-20", "2026-11-20"], (0.0, 0.0, 0.0)),
        ("2026-09-01", ["2026-10-01", "2026-11-20"], (1.0, 1.0, 1.0)),
        ("2026-09-01", ["2026-09-19"], (1.0, 1.0, 1.0)),  # 42 days to go-live
        ("2026-09-01", ["2026-09-18"], (0.0, 0.0, 0.0)),  # 43
        ("2026-09-01", ["2026-10-13"], (1.0, 1.0, 1.0)),  # 42 days from the start
        ("2026-09-01", ["2026-10-14"], (0.5, 0.5, 0.5)),
        ("2026-09-01", ["2026-08-31", "2026-10-14"], (0.5, 0.5, 0.5)),
        (None, ["2026-10-01"], (0.0, None, 1.0)),
        (None, ["2026-11-20"], (0.0, 0.0, 0.0)),
        (None, [], (0.0, 0.0, 0.0)),
    ],
)
def test_only_meetings_from_the_start_to_go_live_count_and_six_weeks_are_the_limit(
    start: str | None, days: Any, expected: Any
) -> None:
    programme = {"start": start, "go_live": "2026-10-31"}
    found = answered(CALENDAR, answers=[("days", days)], programme=programme)
    assert bounds(found, "days") == expected


def test_a_calendar_without_a_start_is_unknown_for_whoever_gave_it() -> None:
    programme = {"go_live": "2026-10-31"}
    found = answered(CALENDAR, 2, [("days", ["2026-10-01"], "r1")], programme=programme)
    item = next(item for item in found.items if item.subject == "days")
    assert (item.answered, item.free) == (0, 2)


def test_whoever_withdrew_speaks_nowhere() -> None:
    gone = [{"id": "r1", "withdrawn": True}, {"id": "r2"}]
    said = [says("r1", "f1", "ana", role="R"), says("r2", "f1", "eve")]
    answers = [{"question": "q1", "respondent": "r1", "value": "full", "discuss_later": True}]
    changes: Any = {"answers": answers, "decisions": []}
    reading = read_engagement(rules(), engagement(respondents=gone, nominations=said, **changes))
    assert [n.respondent for n in reading.nominations] == ["r2"]
    assert not any(cell for inquiry in reading.inquiries for cell in inquiry.cells)
    assert not any(one.discuss_later for one in progress(reading))
    back = [{"id": "r1"}, {"id": "r2"}]
    reading = read_engagement(rules(), engagement(respondents=back, nominations=said, **changes))
    assert [n.respondent for n in reading.nominations] == ["r1", "r2"]
    assert any(one.discuss_later for one in progress(reading))


def test_a_decided_focal_point_has_no_unknowns() -> None:
    unsure = [says(f"r{n}", "f1") for n in (1, 2, 3)]
    open_ = read_engagement(rules(), engagement(nominations=unsure, decisions=[])).panels["f1"]
    decided = read_engagement(rules(), engagement(nominations=unsure)).panels["f1"]
    assert (open_.unknown, decided.unknown) == (3, 0)


@pytest.mark.parametrize("names", [("ana", "bo"), ("bo", "ana")])
def test_a_tie_of_favourites_is_not_won_by_alphabet(names: tuple[str, str]) -> None:
    """One of them fits and one does not: a gain counts on what either is sure to bring."""
    fitting, other = names
    people = [person(fitting, "tt"), person(other, "other")]
    tied = [says("r1", "f3", fitting, deputy=other), says("r2", "f3", other, deputy=fitting)]
    changes = {"people": people, "nominations": tied, "decisions": []}
    reading = read_engagement(rules(), engagement(**changes))
    finding = Finding("contested", Severity.HIGH, "t", focal_point="f3")
    (decision,) = assumed(reading, Assumption(owner="favourite"), finding, AS_OF)
    assert (decision.owner, decision.deputy) == (other, None)


def test_a_gated_question_of_which_every_system_is_off_does_not_crash() -> None:
    areas = [
        area(
            "x",
            [focal_point("f1"), focal_point("oms", kind="system", scope="systems")],
            [question("ready", per="systems")],
        )
    ]
    gate = {"key": "g", "title": text("g"), "question": "ready", "threshold": 1}
    written = framework(areas=areas, gates=[{**gate, "cap": "at_risk", "source": "s"}])
    assert evaluate(in_force(written), engagement(scope={}), AS_OF).gates == ()
    off = engagement(scope={"systems": ["oms"]}, overlay={"off": ["oms"]})
    assert evaluate(in_force(written, off.overlay), off, AS_OF).gates == ()
    ruled = [{"focal_point": "oms", "state": "not_applicable", "reason": "sold"}]
    out = engagement(scope={"systems": ["oms"]}, decisions=ruled)
    assert evaluate(in_force(written), out, AS_OF).gates == ()


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({}, True),
        ({"profiles": ["large"]}, True),
        ({"profiles": ["small"]}, False),
        ({"business_models": ["b2b", "b2c"]}, True),
        ({"business_models": ["b2b"]}, False),
        ({"profiles": ["large"], "business_models": ["b2c"]}, True),
        ({"profiles": ["small"], "business_models": ["b2c"]}, False),
        ({"profiles": ["large"], "business_models": ["b2b"]}, False),
    ],
)
def test_a_condition_holds_where_size_and_business_both_meet_it(condition: Any, holds: Any) -> None:
    """The engagement is large and sells to consumers."""
    asked = rules(areas=[area("x", [focal_point("f1", applies=condition)], [])], gates=[])
    found = evaluate(asked, engagement(nominations=[], decisions=[], answers=[]), AS_OF)
    assert bool(found.items) is holds
