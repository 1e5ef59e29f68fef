"""People pasted from a spreadsheet, as they really come."""

from __future__ import annotations

import pytest

from workbook.exchange.people import MOST, people_changes, read_people
from workbook.scoring.titles import recogniser

TWO = [("Ana Ruiz", "Customer Service Manager"), ("Bo Li", "CTO")]
PASTES = {
    "tabs without a header": ("Ana Ruiz\tCustomer Service Manager\nBo Li\tCTO", False, TWO),
    "tabs with a header": (
        "Name\tJob title\nAna Ruiz\tCustomer Service Manager\nBo Li\tCTO",
        True,
        TWO,
    ),
    "semicolons, French header": (
        "Nom;Fonction\r\nAna Ruiz;Customer Service Manager\r\nBo Li;CTO\r\n",
        True,
        TWO,
    ),
    "commas and quotes": (
        '"Ruiz, Ana",Customer Service Manager\nBo Li,CTO',
        False,
        [("Ruiz, Ana", TWO[0][1]), TWO[1]],
    ),
    "title before name": ("Fonction\tNom\nCTO\tBo Li", True, [("Bo Li", "CTO")]),
    "first and last name": ("Prénom;Nom;Poste\nAna;Ruiz;Customer Service Manager", True, TWO[:1]),
    "e-mail recognised by its look": (
        "ana@x.fr\tAna Ruiz\tCustomer Service Manager",
        False,
        TWO[:1],
    ),
    "names only": ("Ana Ruiz\nBo Li", False, [("Ana Ruiz", ""), ("Bo Li", "")]),
    "nobody twice": ("Bo Li\tCTO\nbo li\tCTO", False, TWO[1:]),
    "lines that name nobody": ("Name\tTitle\n\tCTO\nBo Li\tCTO", True, TWO[1:]),
    "nothing": ("  \n\n", False, []),
    "columns that nobody asked for": (
        "N°\tNom / Prénom\tTéléphone\tIntitulé du poste\n1\tBo Li\t01 23\tCTO",
        True,
        TWO[1:],
    ),
    "headings of a personnel system": (
        "Employee\tManager\tJob title / Function\tBusiness unit\nBo Li\tAna Ruiz\tCTO\tIT",
        True,
        TWO[1:],
    ),
    "the name of the sheet above the header": (
        "Team 2026\t\nName\tTitle\nBo Li\tCTO",
        True,
        TWO[1:],
    ),
    "a heading beside one that says nothing": ("Name\tPhone\nBo Li\t01 23", True, [("Bo Li", "")]),
    "titles first, without a header": ("CTO\tBo Li", False, TWO[1:]),
    "numbers first, without a header": ("1\tBo Li\tCTO", False, TWO[1:]),
    "a line break in a cell": (
        'Name\tTitle\nBo Li\t"Chief\nOfficer"',
        True,
        [("Bo Li", "Chief Officer")],
    ),
    "a quotation mark never closed": (
        'Name\tTitle\n"Bo Li\tCTO\nCy "C" Ko\tCFO',
        True,
        [TWO[1], ('Cy "C" Ko', "CFO")],
    ),
    "a quotation mark never closed, with commas": (
        'Name,Title\n"Li, Bo",CTO\n"Cy Ko,CFO',
        True,
        [("Li, Bo", "CTO"), ("Cy Ko", "CFO")],
    ),
    "line ends of an old Mac": ("Nom\tFonction\rBo Li\tCTO\r", True, TWO[1:]),
    "no-break spaces": ("Nom\u00a0complet\tFonction\nBo\u00a0Li\tCTO", True, TWO[1:]),
    "the recipients of a mail": (
        '"Ana Ruiz" <ana@x.fr>; Bo Li <bo@x.fr>',
        False,
        [("Ana Ruiz", ""), ("Bo Li", "")],
    ),
    "bars": ("Name | Title\nBo Li | CTO", True, TWO[1:]),
}


def read(screen, text):
    session = screen.session
    return read_people(text, session.engagement, recogniser(session.rules))


@pytest.mark.parametrize(("text", "header", "people"), PASTES.values(), ids=PASTES.keys())
def test_columns_and_header_are_recognised(fresh, text, header, people):
    pasted = read(fresh, text)
    assert (pasted.header, [(row.name, row.title) for row in pasted.rows]) == (header, people)


def test_the_preview_says_what_titles_were_taken_for(fresh):
    fresh.hear({"do": "paste", "text": "Ana Ruiz\tDir. e-com\nBo Li\tGrand Mufti"})
    rows = fresh.view()["page"]["pasted"]["rows"]
    assert [row["recognised"] for row in rows] == ["VP of Ecommerce", "not recognised"]


def test_taking_people_in_is_one_step_of_undo(fresh):
    fresh.hear({"do": "paste", "text": PASTES["tabs with a header"][0]})
    fresh.hear({"do": "add_people"})
    assert [p.name for p in fresh.session.engagement.people] == ["Ana Ruiz", "Bo Li"]
    fresh.hear({"do": "undo"})
    assert fresh.session.engagement.people == ()


def test_somebody_who_is_there_already_gets_what_the_paste_adds(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana Ruiz"}})
    pasted = read(fresh, "name\ttitle\temail\nANA RUIZ\tCTO\tana@x.fr")
    (change,) = people_changes(pasted, fresh.session.engagement)
    assert change.subject == ("person", "ana-ruiz")
    assert change.value == {"name": "ANA RUIZ", "title": "CTO", "email": "ana@x.fr"}
    fresh.session.record(change)
    assert people_changes(pasted, fresh.session.engagement) == ()


def test_externals_are_marked_by_a_column(fresh):
    pasted = read(fresh, "Nom;Fonction;Externe\nLee;Consultant;oui\nAna;CTO;non")
    assert [row.outside for row in pasted.rows] == [True, False]


NAMESAKES = (
    "Name\tTitle\tE-mail\n---\t---\t---\nAna Ruiz\tCTO\tana@x.fr\nana ruiz\tCEO\tana.ruiz@x.fr\n"
    "Bo Li\tCTO\t\nBo Li\tCTO\t\n\tCEO\t\nBo Li\t\tbo@x.fr"
)


def preview(screen):
    return screen.view()["page"]["pasted"]


def people(screen):
    found = screen.session.engagement.people
    return sorted(((p.name, p.title, p.email) for p in found), key=str)


def test_namesakes_and_lines_left_out_are_shown_before_anything_is_recorded(fresh):
    fresh.hear({"do": "paste", "text": NAMESAKES})
    view = preview(fresh)
    assert [(row["name"], row["known"]) for row in view["rows"]] == [
        ("Ana Ruiz", ""),
        ("ana ruiz", "same name as a line above"),
        ("Bo Li", ""),
        ("Bo Li", "one person with a line above, whose details stay"),
    ]
    assert view["left_title"] == "2 lines are left out"
    assert view["left_out"] == [
        {"text": "Bo Li · CTO", "why": "there twice"},
        {"text": "CEO", "why": "no name"},
    ]
    assert view["count"] == "Add 3 people"
    assert fresh.session.engagement.people == ()


def test_namesakes_are_two_people_or_one_as_it_is_chosen(fresh):
    fresh.hear({"do": "paste", "text": NAMESAKES})
    fresh.hear({"do": "add_people"})
    assert people(fresh) == [
        ("Ana Ruiz", "CTO", "ana@x.fr"),
        ("Bo Li", "CTO", "bo@x.fr"),
        ("ana ruiz", "CEO", "ana.ruiz@x.fr"),
    ]
    fresh.hear({"do": "undo"})
    line = preview_line(fresh, "Bo Li")
    fresh.hear({"do": "paste", "text": NAMESAKES, "apart": [line]})
    fresh.hear({"do": "add_people"})
    assert people(fresh) == [
        ("Ana Ruiz", "CTO", "ana@x.fr"),
        ("Bo Li", "CTO", None),
        ("Bo Li", None, "bo@x.fr"),
    ]


def preview_line(screen, name):
    screen.hear({"do": "paste", "text": NAMESAKES})
    return [row["line"] for row in preview(screen)["rows"] if row["name"] == name][-1]


def test_somebody_there_is_not_renamed_or_overwritten_without_a_word(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana Ruiz", "title": "CTO"}})
    fresh.hear({"do": "paste", "text": "Name\tTitle\nAna Ruiz\tIntern"})
    (row,) = preview(fresh)["rows"]
    assert row["known"] == "already there; changes to Intern"
    assert preview(fresh)["count"] == "Take it in"
    fresh.hear({"do": "paste", "text": "Name\tTitle\nAna Ruiz\tIntern", "apart": [row["line"]]})
    fresh.hear({"do": "add_people"})
    assert people(fresh) == [("Ana Ruiz", "CTO", None), ("Ana Ruiz", "Intern", None)]


def test_a_list_that_is_too_long_says_whom_it_leaves_out(fresh):
    text = "Name\n" + "\n".join(f"Person {number}" for number in range(MOST + 2))
    fresh.hear({"do": "paste", "text": text})
    assert [line["text"] for line in preview(fresh)["left_out"]] == ["Person 500", "Person 501"]
    assert preview(fresh)["left_out"][0]["why"] == "more than 500 people"
