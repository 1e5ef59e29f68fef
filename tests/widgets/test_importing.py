"""A list that comes in by the screen: shown, read in another way, recorded or dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.sheets import workbook_of
from workbook.exchange.kinds import TableKind
from workbook.widgets.incoming import MOST_BYTES

BRIGHTMOOR = Path(__file__).parent.parent / "exchange" / "brightmoor"
MATRIX = (
    b"Topic,CIO,Agency,Jo Martin\nERP,A,R,Z\nPromotions,R,C,A\nShipment tracking,A,,I\nLunch,A,,\n"
)


@pytest.fixture
def bring(fresh):
    """Bring a file in by its bytes; what the screen shows of it."""

    def bring(name, data, **choices):
        fresh.hear({"do": "import", "name": name, "data": data})
        if choices:
            fresh.hear({"do": "import_as", **choices})
        return shown(fresh)

    return bring


def shown(screen):
    return screen.view()["import"]


def columns(view):
    return {column["text"]: column["field"] for column in view["plan"]["columns"]}


def titles(options):
    return {option["key"]: option["title"] for option in options}


@pytest.mark.parametrize(
    ("file", "kind", "button"),
    [
        ("directory.csv", TableKind.PEOPLE, "Take over 14 people"),
        ("cmdb.csv", TableKind.SYSTEMS, "Take over 5 systems"),
        ("raci.csv", TableKind.MATRIX, "Take over 10 subjects"),
        ("answers.csv", TableKind.ANSWERS, "Take over 6 replies"),
    ],
)
def test_each_kind_is_shown_with_its_reason_and_recorded_as_one_step(
    fresh, bring, file, kind, button
):
    before = fresh.session.engagement
    view = bring(file, (BRIGHTMOOR / file).read_bytes())
    assert (view["kind"], view["plan"]["button"]) == (kind, button)
    assert view["plan"]["reason"]
    assert fresh.session.engagement == before
    fresh.hear({"do": "import_record"})
    assert shown(fresh) is None
    after = fresh.session.engagement
    assert after != before
    again = bring(file, (BRIGHTMOOR / file).read_bytes())["plan"]
    assert (again["button"], again["nothing"][:16]) == ("", "Nothing changes:")
    fresh.hear({"do": "undo"})
    assert fresh.session.engagement == before


@pytest.mark.parametrize("kind", TableKind)
def test_every_field_that_a_column_is_read_as_can_be_chosen_in_both_languages(fresh, bring, kind):
    files = {"people": "directory", "systems": "cmdb", "matrix": "raci", "answers": "answers"}
    file = f"{files.get(kind, 'answers')}.csv"
    for language in ("en", "fr"):
        fresh.hear({"do": "speak", "language": language})
        plan = bring(file, (BRIGHTMOOR / file).read_bytes())["plan"]
        fields = titles(plan["fields"])
        assert {column["field"] for column in plan["columns"]} <= set(fields)
        assert all(fields.values())


def test_a_column_that_is_chosen_otherwise_takes_the_place_of_the_one_that_was_guessed(bring):
    data = b"Name,Title,Function\nAna Ruiz,Ms,CTO\n"
    guessed = columns(bring("staff.csv", data))
    chosen = columns(bring("staff.csv", data, chosen={"Title": "title"}))
    assert guessed["Function"] == "title"
    assert (chosen["Title"], chosen["Function"]) == ("title", "")


def test_another_kind_forgets_what_was_chosen_for_the_one_before(bring, fresh):
    bring("staff.csv", b"Name,E-mail\nAna Ruiz,ana@x.example\n", chosen={"E-mail": ""})
    fresh.hear({"do": "import_as", "kind": "systems"})
    assert "holds no" not in "".join(shown(fresh)["problems"])
    fresh.hear({"do": "import_as", "kind": "people"})
    assert columns(shown(fresh))["E-mail"] == "email"


def test_a_row_of_a_matrix_and_a_party_are_chosen_or_left_out(fresh, bring):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ines Bo"}})
    plan = bring("raci.csv", MATRIX)["plan"]
    assert "row 2, Jo Martin: “Z”" in plan["unused"]
    assert "row 5, Lunch: no focal point bears this name" in plan["unused"]
    assert titles(plan["fields"])["agency"] == "Agency (new)"
    choices = {"Lunch": "product_assortment", "CIO": "ines-bo", "Agency": ""}
    plan = bring("raci.csv", MATRIX, chosen=choices)["plan"]
    assert "column Agency" in plan["unused"]
    assert plan["button"] == "Take over 4 subjects"
    fresh.hear({"do": "import_record"})
    named = {(n.focal_point, n.party, n.role) for n in fresh.session.engagement.nominations}
    assert ("erp", "ines-bo", "A") in named
    assert {party for _, party, _ in named} == {"ines-bo", "jo-martin"}


def test_of_a_workbook_another_sheet_is_chosen_as_on_the_command_line(bring, fresh):
    heads = ["Name", "E-mail"]
    sheets = {
        "Paris": [heads, ["Ana Ruiz", "a@x.example"]],
        "Old": [heads, ["Bo Li", "b@x.example"]],
    }
    view = bring("staff.xlsx", workbook_of(sheets, hidden="Old"))
    assert titles(view["sheets"]) == {"": "Whichever fits", "Paris": "Paris", "Old": "Old (hidden)"}
    assert [row["name"] for row in view["plan"]["people"]] == ["Ana Ruiz"]
    fresh.hear({"do": "import_as", "sheet": "Old"})
    assert shown(fresh)["sheet"] == "Old"
    assert [row["name"] for row in shown(fresh)["plan"]["people"]] == ["Bo Li"]
    fresh.hear({"do": "import_as", "sheet": ""})
    assert [row["name"] for row in shown(fresh)["plan"]["people"]] == ["Ana Ruiz"]
    assert bring("staff.csv", b"Name,E-mail\nAna Ruiz,ana@x.example\n")["sheets"] == []


def test_a_file_without_headings_shows_how_its_columns_were_guessed(bring):
    view = bring("staff.csv", b"Ana Ruiz,ana@x.example,CTO\nBo Li,bo@x.example,CFO\n")
    assert columns(view) == {"A": "name", "B": "email", "C": "title"}
    assert view["plan"]["button"] == "Take over 2 people"


def test_of_a_whole_directory_a_party_may_be_who_is_named_alike(fresh, bring):
    names = "".join(f"Person {n},p{n}@x.example\n" for n in range(300))
    bring("all.csv", f"Name,E-mail\nJo Marlin,jo@x.example\n{names}".encode())
    fresh.hear({"do": "import_record"})
    offered = titles(bring("raci.csv", MATRIX)["plan"]["fields"])
    assert {"jo-marlin", "jo-martin", "agency"} <= set(offered)
    assert "person-1" not in offered


def test_a_row_that_was_left_out_can_be_chosen_again(bring):
    labels = {
        row["text"]: row["key"]
        for row in bring("raci.csv", MATRIX, chosen={"ERP": ""})["plan"]["labels"]
    }
    assert (labels["ERP"], labels["Promotions"]) == ("", "promotions")


def test_what_was_chosen_is_remembered_for_the_next_file_but_not_who_was_meant(fresh, bring):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ines Bo"}})
    bring("raci.csv", MATRIX, chosen={"Lunch": "product_assortment", "CIO": "ines-bo"})
    fresh.hear({"do": "import_record"})
    assert fresh.workspace.mapping(fresh.session.key) == {"Lunch": "product_assortment"}
    plan = bring("raci-2.csv", MATRIX)["plan"]
    assert "as chosen before: Lunch → product_assortment" in plan["questions"]


def test_a_cancelled_list_leaves_no_trace(fresh, bring):
    bring("raci.csv", MATRIX, chosen={"Lunch": "product_assortment"})
    fresh.hear({"do": "import_cancel"})
    assert shown(fresh) is None
    assert fresh.workspace.mapping(fresh.session.key) == {}
    assert fresh.session.engagement.nominations == ()


def test_a_matrix_can_be_taken_as_what_was_decided(fresh, bring):
    bring("raci.csv", MATRIX, decided=True)
    fresh.hear({"do": "import_record"})
    assert {decision.focal_point for decision in fresh.session.engagement.decisions} >= {
        "promotions"
    }


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("scan.pdf", b"%PDF-1.7", "a PDF document cannot be read"),
        ("empty.csv", b"  ", "the file is empty"),
        ("bomb.xlsx", b"PK\x03\x04 no archive", ""),
        ("all.csv", b"x" * (MOST_BYTES + 1), "workbook import FILE --engagement etoile-cie"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_offers_nothing(bring, name, data, problem):
    view = bring(name, data)
    assert problem in view["problems"][0]
    assert (view["plan"], view["readable"]) == (None, False)


def test_a_table_of_no_kind_can_still_be_given_one(bring):
    view = bring("list.csv", b"Shopping list\nmilk\nbread\n")
    assert view["problems"][0].startswith("looks like a table that begins with Shopping list")
    assert view["readable"]


def test_a_list_goes_into_no_trial(fresh, bring):
    fresh.hear({"do": "try"})
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ines Bo"}})
    bring("raci.csv", MATRIX)
    fresh.hear({"do": "import_record"})
    view = fresh.view()
    assert view["notice"]["text"].startswith("Something is being tried")
    assert view["import"]["plan"]["button"] == "Take over 3 subjects"
    assert fresh.session.engagement.people == fresh.session.engagement.nominations == ()


def test_a_list_never_reaches_the_engagement_that_is_opened_after_it(fresh, bring):
    bring("raci.csv", MATRIX)
    fresh.hear({"do": "open", "engagement": "tidewater-outdoor"})
    assert shown(fresh) is None
    before = fresh.session.engagement
    fresh.hear({"do": "import_record"})
    assert fresh.session.engagement == before


def test_what_others_record_meanwhile_is_in_the_preview(fresh, bring, workspace):
    data = b"Name,E-mail\nAna Ruiz,ana@x.example\n"
    assert bring("staff.csv", data)["plan"]["button"] == "Take over one person"
    other = workspace.open(fresh.session.key, "Paul")
    from workbook.store import Change

    other.record(Change(("person", "ana"), {"name": "Ana Ruiz", "email": "ana@x.example"}))
    other.flush()
    fresh.hear({"do": "poll"})
    assert shown(fresh)["plan"]["nothing"]


def test_whoever_a_list_says_has_left_is_told_so_and_taken_off(fresh, bring):
    bring("people.csv", b"Name,Title,E-mail\nAna Ruiz,CTO,ana@acme.example\n")
    fresh.hear({"do": "import_record"})
    rows = ("Ana Ruiz,CTO,ana@acme.example,no", "Bo Li,CFO,bo@acme.example,yes")
    text = "\n".join(["Name,Title,E-mail,Active", *rows])
    rows = bring("people.csv", text.encode())["plan"]["people"]
    assert [row["fate"] for row in rows] == ["has left", "new"]


def test_of_very_much_that_was_not_used_the_rest_is_counted(bring):
    rows = "".join(f"Dance {number},A\n" for number in range(1_010))
    view = bring("raci.csv", f"Task,Ana\nPromotions,A\n{rows}".encode())
    unused = view["plan"]["unused"]
    assert len(unused) == 1_001
    assert unused[-1] == "… and 10 more: workbook import --json lists all"
