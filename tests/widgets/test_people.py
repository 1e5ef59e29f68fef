"""People pasted from a spreadsheet, as they really come, shown before anything is recorded."""

from __future__ import annotations

import pytest

from workbook.exchange.people.cells import read_cells

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
    "a table of a page": (
        "<table><tr><th>Name<th>Title<tr><td>Bo Li<td>CTO</table>",
        True,
        TWO[1:],
    ),
    "a table in Markdown": ("| Name | Title |\n|---|---|\n| Bo Li | CTO |", True, TWO[1:]),
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


@pytest.fixture
def paste(fresh):
    """Paste a text; the view of what it would change."""

    def paste(text, **choices):
        fresh.hear({"do": "import", "text": text})
        if choices:
            fresh.hear({"do": "import_as", **choices})
        return shown(fresh)

    return paste


def shown(screen):
    return screen.view()["import"]


def headed(view):
    """Whether the columns have headings of their own, or the letters of a spreadsheet."""
    return view["plan"]["columns"][0]["text"] != "A"


@pytest.mark.parametrize(("text", "header", "people"), PASTES.values(), ids=PASTES.keys())
def test_columns_and_header_are_recognised(paste, text, header, people):
    view = paste(text)
    if not people:
        assert view is None
        return
    read = [(row["name"], row["title"]) for row in view["plan"]["people"]]
    assert (view["kind"], headed(view), read) == ("people", header, people)


def test_a_mark_that_nobody_closes_swallows_no_page_of_people():
    people = [[f"Ana {number}", "CTO"] for number in range(15_000)]
    text = '"' + "\n".join("\t".join(cells) for cells in people)
    rows = read_cells(text)
    assert [rows[0][0].strip('"'), *rows[0][1:]] == people[0]
    assert rows[1:] == people[1:]


def test_the_preview_says_what_titles_were_taken_for(paste):
    rows = paste("Ana Ruiz\tDir. e-com\nBo Li\tGrand Mufti")["plan"]["people"]
    assert [row["recognised"] for row in rows] == ["VP of Ecommerce", "not recognised"]


def test_taking_people_in_is_one_step_of_undo(fresh, paste):
    paste(PASTES["tabs with a header"][0])
    fresh.hear({"do": "import_record"})
    assert [p.name for p in fresh.session.engagement.people] == ["Ana Ruiz", "Bo Li"]
    assert shown(fresh) is None
    fresh.hear({"do": "undo"})
    assert fresh.session.engagement.people == ()


def test_somebody_who_is_there_already_gets_what_the_paste_adds(fresh, paste):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana Ruiz"}})
    text = "name\ttitle\temail\nANA RUIZ\tCTO\tana@x.fr"
    (row,) = paste(text)["plan"]["people"]
    assert row["fate"] == "already there; becomes CTO and ana@x.fr"
    fresh.hear({"do": "import_record"})
    assert people(fresh) == [("Ana Ruiz", "CTO", "ana@x.fr")]
    again = paste(text)["plan"]
    assert (again["button"], again["nothing"][:16]) == ("", "Nothing changes:")


def test_externals_are_marked_by_a_column(fresh, paste):
    paste("Nom;Fonction;Externe\nLee;Consultant;oui\nAna;CTO;non")
    fresh.hear({"do": "import_record"})
    inside = {person.name: person.inside for person in fresh.session.engagement.people}
    assert inside == {"Lee": False, "Ana": True}


NAMESAKES = (
    "Name\tTitle\tE-mail\n---\t---\t---\nAna Ruiz\tCTO\tana@x.fr\nana ruiz\tCEO\tana.ruiz@x.fr\n"
    "Bo Li\tCTO\t\nBo Li\tCTO\t\n\tCEO\t\nBo Li\t\tbo@x.fr"
)


def people(screen):
    found = screen.session.engagement.people
    return sorted(((p.name, p.title, p.email) for p in found), key=str)


def test_namesakes_and_lines_left_out_are_shown_before_anything_is_recorded(fresh, paste):
    plan = paste(NAMESAKES)["plan"]
    assert [(row["name"], row["fate"], row["asks"]) for row in plan["people"]] == [
        ("Ana Ruiz", "new", False),
        ("ana ruiz", "same name as a line above", True),
        ("Bo Li", "new", False),
        ("Bo Li", "one person with a line above, whose details stay", True),
    ]
    assert plan["unused_title"] == "2 things were not used"
    assert plan["unused"] == ["Bo Li · CTO: there twice", "CEO: no person"]
    assert plan["button"] == "Take over 3 people"
    assert fresh.session.engagement.people == ()


def test_namesakes_are_two_people_or_one_as_it_is_chosen(fresh, paste):
    paste(NAMESAKES)
    fresh.hear({"do": "import_record"})
    assert people(fresh) == [
        ("Ana Ruiz", "CTO", "ana@x.fr"),
        ("Bo Li", "CTO", "bo@x.fr"),
        ("ana ruiz", "CEO", "ana.ruiz@x.fr"),
    ]
    fresh.hear({"do": "undo"})
    line = paste(NAMESAKES)["plan"]["people"][-1]["line"]
    fresh.hear({"do": "import_as", "same": {line: False}})
    fresh.hear({"do": "import_record"})
    assert people(fresh) == [
        ("Ana Ruiz", "CTO", "ana@x.fr"),
        ("Bo Li", "CTO", None),
        ("Bo Li", None, "bo@x.fr"),
        ("ana ruiz", "CEO", "ana.ruiz@x.fr"),
    ]


def test_an_answer_about_somebody_can_be_taken_back(fresh, paste):
    line = paste(NAMESAKES)["plan"]["people"][-1]["line"]
    fresh.hear({"do": "import_as", "same": {line: False}})
    fresh.hear({"do": "import_as", "same": {line: None}})
    assert shown(fresh)["plan"]["button"] == "Take over 3 people"


def test_whose_address_another_name_has_is_asked_and_left_alone_until_it_is_said(fresh, paste):
    paste("Name\tE-mail\nAna Ruiz\tdesk@x.fr")
    fresh.hear({"do": "import_record"})
    text = "Name\tE-mail\nBo Li\tdesk@x.fr"
    (row,) = paste(text)["plan"]["people"]
    assert (row["fate"], row["asks"], row["same"]) == ("has the address of Ana Ruiz", True, None)
    assert shown(fresh)["plan"]["button"] == ""
    fresh.hear({"do": "import_as", "same": {row["line"]: False}})
    fresh.hear({"do": "import_record"})
    assert [name for name, _, _ in people(fresh)] == ["Ana Ruiz", "Bo Li"]


def test_somebody_there_is_not_renamed_or_overwritten_without_a_word(fresh, paste):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana Ruiz", "title": "CTO"}})
    text = "Name\tTitle\nAna Ruiz\tIntern"
    plan = paste(text)["plan"]
    assert plan["people"][0]["fate"] == "already there"
    assert plan["questions"] == ["Ana Ruiz: title stays “CTO”, the file says “Intern”"]
    assert plan["button"] == ""
    (row,) = paste(text, overwrite=True)["plan"]["people"]
    assert row["fate"] == "already there; becomes Intern"
    fresh.hear({"do": "import_as", "same": {row["line"]: False}})
    fresh.hear({"do": "import_record"})
    assert people(fresh) == [("Ana Ruiz", "CTO", None), ("Ana Ruiz", "Intern", None)]
