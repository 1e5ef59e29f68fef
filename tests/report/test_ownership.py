"""The map: decisions before nominations, one owner solid, several outlined, nobody striped."""

from __future__ import annotations

import pytest

from tests.small import AS_OF, engagement, person, rules, says
from workbook import report
from workbook.scoring import evaluate

PEOPLE = [person(name) for name in ("ana", "bea", "cal", "dee")]


def row_of(nominations=(), decisions=(), people=PEOPLE, voices=5):
    """The map's row of f1 where these nominations and decisions are all that is known."""
    asked = [{"id": f"r{n}"} for n in range(1, voices + 1)]
    made = engagement(
        people=people, respondents=asked, nominations=list(nominations), decisions=list(decisions)
    )
    built = report.build(rules(), made, evaluate(rules(), made, AS_OF), "en")
    table = built.section("map").blocks[0]
    return next(row for area in table.areas for row in area.rows if row.label == "f1")


def votes(*parties):
    return [says(f"r{n}", "f1", party) for n, party in enumerate(parties, 1)]


CASES = {
    "all name the same": (votes("ana", "ana", "ana"), {"ana": ("A",)}, "owned", "3 of 3"),
    "most name the same": (votes("ana", "ana", "ana", "bea"), {"ana": ("A",)}, "owned", "3 of 4"),
    "two are named": (
        votes("ana", "ana", "bea", "bea", "ana"),
        {"ana": ("A",), "bea": ("A",)},
        "contested",
        "3 of 5, contested",
    ),
    "nobody is named": (votes("nobody", "nobody", "nobody"), {}, "orphan", "nobody accountable"),
    "the post is vacant": (votes("vacant", "vacant", "vacant"), {}, "orphan", "nobody accountable"),
    "nobody has answered": ([], {}, "open", "not answered yet"),
    "only don’t know": ([says("r1", "f1"), says("r2", "f1")], {}, "open", "not answered yet"),
    "one voice": (votes("ana"), {"ana": ("A",)}, "open", "1 of 1, too few votes"),
    "one voice names two": (
        [says("r1", "f1", "ana"), says("r1", "f1", "bea")],
        {"ana": ("A",), "bea": ("A",)},
        "open",
        "1 of 1, too few votes",
    ),
}


@pytest.mark.parametrize(("nominations", "marks", "state", "note"), CASES.values(), ids=CASES)
def test_nominations_make_a_row(nominations, marks, state, note):
    row = row_of(nominations)
    assert (dict(row.marks), row.state, row.note) == (marks, state, note)


def test_a_voice_that_is_almost_alone_does_not_crowd_a_contested_row():
    said = ["ana"] * 5 + ["bea"] * 4 + ["cal"]
    row = row_of(votes(*said), voices=10)
    assert {party for party, _ in row.marks} == {"ana", "bea"}


def test_whoever_a_fifth_of_the_voices_name_is_shown_in_a_contested_row():
    said = ["ana"] * 4 + ["bea"] * 3 + ["cal"] * 2 + ["dee"]
    row = row_of(votes(*said), voices=10)
    assert {party for party, _ in row.marks} == {"ana", "bea", "cal"}


def test_a_decision_stands_before_all_nominations():
    decision = {
        "focal_point": "f1",
        "owner": "dee",
        "deputy": "cal",
        "responsible": ["dee", "bea"],
        "informed": ["ana"],
        "decided_on": "2026-11-10",
    }
    row = row_of(votes("ana", "ana", "bea"), [decision])
    marks = {"dee": ("A", "R"), "cal": ("D",), "bea": ("R",), "ana": ("I",)}
    assert (dict(row.marks), row.state, row.note) == (marks, "owned", "decided 10 Nov")


def test_a_decision_that_nobody_owns_it_is_an_orphan():
    row = row_of(votes("ana", "ana", "ana"), [{"focal_point": "f1", "owner": "nobody"}])
    assert (row.marks, row.state) == ((), "orphan")


def test_a_withdrawn_decision_and_a_withdrawn_respondent_do_not_count():
    withdrawn = {"focal_point": "f1", "owner": "dee", "withdrawn": True}
    assert row_of(votes("ana"), [withdrawn]).marks == (("ana", ("A",)),)


def test_the_deputy_is_whom_those_name_who_agree_on_the_owner():
    said = [
        says("r1", "f1", "ana", deputy="bea"),
        says("r2", "f1", "ana", deputy="bea"),
        says("r3", "f1", "ana", deputy="cal"),
        says("r4", "f1", "dee", deputy="cal"),
    ]
    assert dict(row_of(said).marks) == {"ana": ("A",), "bea": ("D",)}


def test_other_roles_are_those_named_most_often():
    said = [
        *votes("ana", "ana", "ana"),
        says("r1", "f1", "bea", role="R"),
        says("r2", "f1", "bea", role="R"),
        says("r3", "f1", "cal", role="R"),
        says("r1", "f1", "dee", role="C"),
    ]
    assert dict(row_of(said).marks) == {"ana": ("A",), "bea": ("R",), "dee": ("C",)}


def test_columns_are_only_those_who_hold_something_outsiders_last():
    people = [person("ana"), person("out", inside=False), person("zoe"), person("idle")]
    asked = [{"id": "r1"}, {"id": "r2"}]
    said = [says("r1", "f1", "out"), says("r1", "f2", "zoe"), says("r2", "f3", "ana")]
    made = engagement(people=people, respondents=asked, nominations=said, decisions=[])
    built = report.build(rules(), made, evaluate(rules(), made, AS_OF), "en")
    table = built.section("map").blocks[0]
    assert [(party.key, party.outside) for party in table.parties] == [
        ("ana", False),
        ("zoe", False),
        ("out", True),
    ]
