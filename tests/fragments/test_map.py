"""The ownership map tells its three messages, from one party to sixty."""

from __future__ import annotations

import re

import pytest

from tests.fragments import pieces as f
from tests.fragments.gallery import Samples
from workbook.fragments.ownership import DENSE, MANY
from workbook.i18n import voice

EN = voice("en")


def row_of(state, note="", **marks):
    given = tuple((party, (letter,)) for party, letter in marks.items())
    return {"marks": given, "state": state, "note": note}


def one_row(**facts):
    parties = (f.MapParty("a", "Ann Ode"), f.MapParty("b", "Bob Ek", outside=True))
    table = f.MapTable("Map", parties, (f.MapArea("", (f.MapRow("Promotions", **facts),)),))
    return re.search(r'<tr class="\w+"><th scope="row">.*?</tr>', f.ownership_map(table, EN))[0]


@pytest.mark.parametrize(
    ("facts", "shape", "words"),
    [
        (row_of("owned", "22 of 25", a="A"), 'class="mark a"', "22 of 25"),
        (
            row_of("contested", "13 of 22, contested", a="A", b="A"),
            "mark a shared",
            "13 of 22, contested",
        ),
        (row_of("orphan", "nobody accountable", b="R"), 'class="orphan"', "nobody accountable"),
        (row_of("open", "not answered yet"), 'class="open"', "not answered yet"),
        (row_of("owned", a="D"), 'class="mark d"', ""),
    ],
)
def test_a_row_says_how_its_ownership_stands_in_shape_and_in_words(facts, shape, words):
    row = one_row(**facts)
    assert shape in row
    assert words in row


def test_two_owners_are_outlined_even_where_the_row_calls_itself_owned():
    row = one_row(marks=(("a", ("A",)), ("b", ("A",))), state="owned")
    assert row.count("mark a shared") == 2


def test_letters_of_one_party_stand_in_the_order_of_the_legend():
    row = one_row(marks=(("a", ("I", "R", "A")),), state="owned")
    assert re.findall(r">([A-Z])<", row) == ["A", "R", "I"]


@pytest.mark.parametrize("people", [1, DENSE, DENSE + 1, MANY, MANY + 1, 60])
def test_every_party_has_its_column_on_screen_and_its_name_on_paper(people):
    wide = Samples("en").wide_map(people)
    screen, _, paper = f.ownership_map(wide, EN).partition('<div class="print-only">')
    assert screen.count('<th scope="col" class="person') == people
    assert bool(paper) == (people > MANY)
    holders = {key for area in wide.areas for row in area.rows for key, _ in row.marks}
    if paper:
        assert [p.name for p in wide.parties if p.key in holders and p.name not in paper] == []


def test_paper_lists_who_holds_which_role_where_columns_do_not_fit():
    parties = [f.MapParty("p0", "Ann Ode", outside=True)]
    parties += [f.MapParty(f"p{i}", f"P {i}") for i in range(1, MANY + 1)]
    rows = (
        f.MapRow(
            "Promotions", (("p0", ("A", "R")), ("p1", ("D",)), ("p2", ("C",))), "owned", "3 of 3"
        ),
        f.MapRow("ERP", (), "orphan", "nobody accountable"),
    )
    table = f.MapTable("Map", tuple(parties), (f.MapArea("Technology", rows),))
    _, _, paper = f.ownership_map(table, EN).partition('<div class="print-only">')
    area, owned, orphan = re.findall(r'<tr class="\w+">.*?</tr>', paper)
    assert "Technology" in area
    cells = re.findall(r">([^<]+)<", owned)
    assert cells == ["Promotions", "Ann Ode ↗", "P 1", "R: Ann Ode ↗ · C: P 2", "3 of 3"]
    assert 'class="orphan"' in orphan
    assert "nobody accountable" in orphan
    assert "↗ outside the organisation" in paper


def test_two_letters_of_a_party_share_one_mark_where_columns_are_narrow():
    parties = tuple(f.MapParty(f"p{i}", f"P {i}") for i in range(DENSE + 1))
    row = f.MapRow("Promotions", (("p0", ("R", "A")),), "owned")
    drawn = f.ownership_map(f.MapTable("Map", parties, (f.MapArea("", (row,)),)), EN)
    assert 'title="accountable and responsible">A<small>R</small>' in drawn


@pytest.mark.parametrize(
    ("names", "team", "upright"),
    [
        (["Ann Ode", "Bob Ek"], "Digital", False),
        (["Dana Whitlock", *["Bob Ek"] * 3], "Digital", False),
        (["Dana Whitlock", *["Bob Ek"] * 7], "Digital", True),
        (["Ann Ode", *["Bob Ek"] * 5], "Telecommunications", False),
        ([*["Ann Ode"] * 7, "Bob Ek"], "", False),
    ],
)
def test_names_stand_upright_where_a_word_would_be_cut(names, team, upright):
    parties = tuple(f.MapParty(f"p{i}", name, team) for i, name in enumerate(names))
    drawn = f.ownership_map(f.MapTable("Map", parties, ()), EN)
    assert ("map-table dense" in drawn) == upright


def test_a_team_whose_name_is_wider_than_its_columns_stands_upright():
    parties = (
        f.MapParty("a", "Ann Ode", "Procurement"),
        *(f.MapParty(f"p{i}", "Bo Ek") for i in range(7)),
    )
    drawn = f.ownership_map(f.MapTable("Map", parties, ()), EN)
    assert '<span class="upright" title="Procurement">' in drawn


def test_what_is_said_of_a_row_stands_before_parties_that_scroll_away():
    row = re.search(r'<tr class="owned">.*?</tr>', f.ownership_map(Samples("en").wide_map(60), EN))
    assert row[0].index("9 of 9") < row[0].index('class="mark')


def test_parties_of_a_team_share_a_head():
    drawn = f.ownership_map(Samples("en").map(), EN)
    assert re.findall(r'scope="colgroup" colspan="(\d)" class="team[^"]*">(\w+)', drawn) == [
        ("3", "Digital"),
        ("2", "IT"),
        ("1", "Board"),
    ]
