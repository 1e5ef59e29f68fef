"""METHOD §1 as tables: what one voice is worth, and what a panel comes to. Computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import AS_OF, engagement, person, rules, says
from workbook.model.evaluation import Item
from workbook.scoring import evaluate
from workbook.scoring.cell import CellKind, Truth
from workbook.scoring.encode import read_engagement
from workbook.scoring.frames import encode_frames
from workbook.scoring.tables import frames_of

PEOPLE = [
    person("ana", "tx"),
    person("eve", "other"),
    person("out", "tx", inside=False),
    person("far", "tx", inside=None),
    person("bare"),
]
PARTIES = {
    "people": PEOPLE,
    "teams": [{"id": "led", "name": "Led", "lead": "ana"}, {"id": "loose", "name": "Loose"}],
    "externals": [{"id": "agency", "name": "Agency"}],
}
ALONE: dict[str, Any] = {**PARTIES, "decisions": [], "answers": [], "respondents": [{"id": "r1"}]}

CELLS = [
    # owner, deputy → kind, counts as, fit, deputy, inside
    ("nobody", None, CellKind.NONE, "nobody", 0, 0, 0),
    ("vacant", "ana", CellKind.NONE, "nobody", 0, 0, 0),
    ("loose", "ana", CellKind.GROUP, "loose", 0, 0, 0),
    ("ana", None, CellKind.SINGLE, "ana", 1, Truth.UNKNOWN, 1),
    ("ana", "none", CellKind.SINGLE, "ana", 1, 0, 1),
    ("ana", "ana", CellKind.SINGLE, "ana", 1, 0, 1),
    ("ana", "led", CellKind.SINGLE, "ana", 1, 0, 1),
    ("ana", "vacant", CellKind.SINGLE, "ana", 1, 0, 1),
    ("ana", "nobody", CellKind.SINGLE, "ana", 1, 0, 1),
    ("ana", "loose", CellKind.SINGLE, "ana", 1, 0, 1),
    ("ana", "eve", CellKind.SINGLE, "ana", 1, 1, 1),
    ("led", "eve", CellKind.SINGLE, "ana", 1, 1, 1),
    ("eve", "none", CellKind.SINGLE, "eve", 0, 0, 1),
    ("bare", "none", CellKind.SINGLE, "bare", Truth.UNKNOWN, 0, 1),
    ("out", "none", CellKind.SINGLE, "out", 1, 0, 0),
    ("out", None, CellKind.SINGLE, "out", 1, Truth.UNKNOWN, Truth.UNKNOWN),
    ("out", "ana", CellKind.SINGLE, "out", 1, 1, 1),
    ("far", "none", CellKind.SINGLE, "far", 1, 0, Truth.UNKNOWN),
    ("far", "out", CellKind.SINGLE, "far", 1, 1, Truth.UNKNOWN),
    ("agency", "none", CellKind.SINGLE, "agency", Truth.UNKNOWN, 0, 0),
    ("agency", "agency", CellKind.SINGLE, "agency", Truth.UNKNOWN, 0, 0),
    ("agency", "eve", CellKind.SINGLE, "agency", Truth.UNKNOWN, 1, 1),
]


@pytest.mark.parametrize("said", CELLS, ids=lambda said: f"{said[0]}/{said[1]}")
@pytest.mark.parametrize("role", ["voice", "decision"])
def test_one_voice(said: Any, role: str) -> None:
    owner, deputy, *expected = said
    voices: dict[str, Any] = {"nominations": [says("r1", "f1", owner, deputy=deputy)]}
    if role == "decision":
        decision = {"focal_point": "f1", "owner": owner, "deputy": deputy}
        voices = {"nominations": [], "decisions": [decision]}
    cell = read_engagement(rules(), engagement(**{**ALONE, **voices})).panels["f1"].cells[0]
    assert [cell.kind, cell.party, cell.fit, cell.deputy, cell.inside] == expected


def item(kind: str, **changes: Any) -> Item:
    found = evaluate(rules(), engagement(**{**ALONE, **changes}), AS_OF)
    return next(i for i in found.items if (i.kind, i.subject) == (kind, "f1"))


def test_a_voice_that_gives_the_a_to_two_people_is_a_group() -> None:
    both = [says("r1", "f1", "ana"), says("r1", "f1", "eve")]
    panel = read_engagement(rules(), engagement(**{**ALONE, "nominations": both})).panels["f1"]
    (cell,) = panel.cells
    assert (cell.kind, cell.named, cell.party) == (CellKind.GROUP, ("ana", "eve"), "ana+eve")


def test_a_team_and_its_lead_are_one_and_the_same_owner() -> None:
    same = [says("r1", "f1", "led"), says("r1", "f1", "ana")]
    panel = read_engagement(rules(), engagement(**{**ALONE, "nominations": same})).panels["f1"]
    assert [(cell.kind, cell.party) for cell in panel.cells] == [(CellKind.SINGLE, "ana")]


@pytest.mark.parametrize(
    ("nominations", "asked", "answered", "free"),
    [
        ([], 0, 0, 3),
        ([], 5, 0, 5),
        ([says("r1", "f1", "ana")], 1, 1, 2),
        ([says("r1", "f1", "ana")], 4, 1, 3),
        ([says("r1", "f1")], 3, 0, 3),
        ([says("r1", "f1", "ana", role="R")], 3, 0, 3),
        ([{"respondent": "r1", "focal_point": "f1", "state": "not_applicable"}], 5, 0, 4),
        ([{"respondent": "r1", "focal_point": "f1", "state": "not_applicable"}], 3, 0, 3),
    ],
)
def test_who_was_asked_and_who_answered(
    nominations: Any, asked: int, answered: int, free: int
) -> None:
    voices = [{"id": f"r{n + 1}"} for n in range(asked)]
    found = item("named", nominations=nominations, respondents=voices)
    assert (found.answered, found.free) == (answered, free)


def test_one_voice_is_a_claim_not_agreement() -> None:
    clear = item("clear", nominations=[says("r1", "f1", "ana")])
    assert (clear.low, clear.point, clear.high) == pytest.approx((1 / 3, 1, 1))


def test_a_decision_is_one_cell_and_nothing_is_free() -> None:
    votes = [says("r1", "f1", "eve")]
    decided = [{"focal_point": "f1", "owner": "ana", "deputy": "eve"}]
    clear = item("clear", nominations=votes, decisions=decided)
    assert (clear.low, clear.point, clear.high, clear.answered, clear.free) == (1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("decisions", "owner"),
    [
        ([("ana", "2026-10-01", False), ("eve", "2026-11-01", False)], "eve"),
        ([("eve", "2026-11-01", False), ("ana", "2026-10-01", False)], "eve"),
        ([("ana", "2026-10-01", False), ("eve", "2026-11-01", True)], "ana"),
        ([("ana", None, False), ("eve", None, False)], "eve"),
        ([("ana", "2026-10-01", False), ("eve", None, False)], "ana"),
        ([("eve", None, False), ("ana", "2026-10-01", False)], "ana"),
    ],
)
def test_the_latest_decision_that_is_not_withdrawn_counts(decisions: Any, owner: str) -> None:
    said = [
        {"focal_point": "f1", "owner": who, "decided_on": day, "withdrawn": withdrawn}
        for who, day, withdrawn in decisions
    ]
    panel = read_engagement(rules(), engagement(**{**ALONE, "decisions": said})).panels["f1"]
    assert panel.cells[0].party == owner


def test_a_decision_without_an_owner_leaves_the_voices_alone() -> None:
    said = [
        {"focal_point": "f1", "state": "unknown"},
        {"focal_point": "f1", "responsible": ["ana"]},
    ]
    for decision in said:
        panel = read_engagement(rules(), engagement(**{**ALONE, "decisions": [decision]})).panels[
            "f1"
        ]
        assert panel.answered == 0
        assert panel.free == 3


def test_a_matrix_that_is_meant_to_be_complete_says_nobody_where_there_is_no_a() -> None:
    row = [says("r1", "f1", "ana", role="R")]
    whole = item("named", nominations=row, matrix_complete=True)
    assert (whole.answered, whole.point) == (1, 0)


def test_who_withdrew_is_not_heard() -> None:
    gone = [{"id": "r1", "withdrawn": True}, {"id": "r2"}, {"id": "r3"}, {"id": "r4"}]
    found = item("named", nominations=[says("r1", "f1", "ana")], respondents=gone)
    assert (found.answered, found.free) == (0, 3)


def test_a_small_organisation_is_not_judged_by_titles() -> None:
    small = {"name": "S", "profile": "small", "business_models": ["b2c"]}
    found = evaluate(rules(), engagement(organisation=small), AS_OF)
    assert {i.kind for i in found.items} == {"named", "clear", "deputy", "inside", "question"}
    shares = {c.criterion.value: c.weight for c in found.areas[0].criteria}
    assert shares == pytest.approx(
        {
            "named": 30 / 90,
            "clear": 25 / 90,
            "fitting": 0,
            "backed_up": 15 / 90,
            "committed": 20 / 90,
        }
    )


@pytest.mark.parametrize(
    ("title_key", "accepted", "reason", "fit"),
    [
        ("other", [], None, 0),
        ("boss", [], None, 1),
        ("other", [{"area": "x", "reason": "knows the shop"}], None, 1),
        ("other", [{"area": "t", "reason": "elsewhere"}], None, 0),
        ("other", [], "agreed by the session", 1),
    ],
)
def test_a_title_fits_if_typical_senior_or_accepted(
    title_key: str, accepted: Any, reason: str | None, fit: int
) -> None:
    who = {**person("zoe", title_key), "accepted_titles": accepted}
    decision = {"focal_point": "f1", "owner": "zoe", "title_reason": reason}
    one = engagement(**{**ALONE, "nominations": [], "people": [who], "decisions": [decision]})
    assert read_engagement(rules(), one).panels["f1"].cells[0].fit == fit
    assert encode_frames(rules(), frames_of(rules(), [one])).cells.fit.tolist() == [fit]


def test_whoever_holds_a_seat_of_an_area_fits_it_whatever_the_title_and_no_other() -> None:
    who = {**person("zoe", "other"), "seat": "f1"}
    decided = [{"focal_point": f, "owner": "zoe"} for f in ("f1", "f3")]
    one = engagement(**{**ALONE, "people": [who], "decisions": decided, "nominations": []})
    found = read_engagement(rules(), one).panels
    assert (found["f1"].cells[0].fit, found["f3"].cells[0].fit) == (1, 0)
    cells = encode_frames(rules(), frames_of(rules(), [one])).cells
    assert cells.fit.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("written", "of_f1", "of_f3"),
    [
        ("Job tx", 1, 0),
        ("Job tx / Job boss", 1, -1),  # both fit x; which of them it is decides about t
        ("Job tt / Job other", 0, -1),
        ("Job tx / Job tt", -1, -1),
        ("Gardener", -1, -1),
    ],
)
def test_a_title_with_several_readings_is_known_where_they_come_to_the_same(
    written: str, of_f1: int, of_f3: int
) -> None:
    who = {**person("zoe"), "title": written}
    decided = [{"focal_point": f, "owner": "zoe"} for f in ("f1", "f3")]
    one = engagement(**{**ALONE, "people": [who], "decisions": decided, "nominations": []})
    found = read_engagement(rules(), one).panels
    assert (found["f1"].cells[0].fit, found["f3"].cells[0].fit) == (of_f1, of_f3)
    cells = encode_frames(rules(), frames_of(rules(), [one])).cells
    assert cells.fit.tolist() == [of_f1, of_f3]


def test_a_voice_that_changed_its_mind_counts_with_its_latest_answer() -> None:
    said = [
        says("r1", "f1", "eve", on="2026-03-01"),
        says("r1", "f1", "ana", on="2026-01-15"),
        says("r2", "f1", "eve", on="2026-01-15"),
        {**says("r2", "f1"), "on": "2026-02-01"},
    ]
    panel = read_engagement(rules(), engagement(**{**ALONE, "nominations": said})).panels["f1"]
    assert [(cell.respondent, cell.party) for cell in panel.cells] == [("r1", "eve")]
    assert panel.unknown == 1
