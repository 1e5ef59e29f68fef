"""Small matrices of every layout: what is a row, a party, a section, a remark."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from tests.exchange.raci_writing import write_csv, write_markdown, write_xlsx
from workbook.errors import BadInput
from workbook.exchange.raci import read_matrix


def rows_of(matrix) -> list[str]:
    return [row.label for row in matrix.rows]


def letters_of(matrix) -> dict[str, dict[str, str]]:
    return {
        row.label: {p: found for p in matrix.parties if (found := matrix.letters(row, p))}
        for row in matrix.rows
    }


def read_csv(tmp_path, text: str):
    path = tmp_path / "raci.csv"
    path.write_text(text, "utf-8")
    return read_matrix(path)


def test_letters_stand_under_people(tmp_path):
    matrix = read_csv(tmp_path, "Task,Ana,Bruno\nPrices,A,R\nStock,,A/R\n")
    assert matrix.parties == ("Ana", "Bruno")
    assert letters_of(matrix) == {"Prices": {"Ana": "A", "Bruno": "R"}, "Stock": {"Bruno": "AR"}}


@pytest.mark.parametrize(
    "heading",
    [
        "Task,Responsible,Accountable,Consulted,Informed",
        "Task,R,A,C,I",
        "Tâche,Réalisateur,Approbateur,Consulté,Informé",
        "Tâche,Responsable,Approbateur,Consultés,Informés",
        "Tâche,Réalisateur,Responsable,Consulté,Informé",
    ],
)
def test_names_stand_under_roles(tmp_path, heading):
    matrix = read_csv(tmp_path, f"{heading}\nPrices,Ana,Bruno,IT et Juridique,Zoé / Yves\n")
    expected = {"Ana": "R", "Bruno": "A", "IT": "C", "Juridique": "C", "Zoé": "I", "Yves": "I"}
    assert letters_of(matrix) == {"Prices": expected}


def test_role_columns_may_come_in_any_order_and_number(tmp_path):
    text = "N°,Informed,Accountable,What,Responsible,Notes\n1,Ana,Bruno,Prices,Cleo,urgent\n"
    assert letters_of(read_csv(tmp_path, text)) == {
        "Prices": {"Ana": "I", "Bruno": "A", "Cleo": "R"}
    }


def test_initials_under_roles_are_people_even_where_they_look_like_letters(tmp_path):
    text = "Task,R,A,C,I\nPrices,FM,FM,C,C\nStock,FM/C,C,FM,DV\n"
    assert set(read_csv(tmp_path, text).parties) == {"FM", "C", "DV"}


def test_a_remark_behind_a_name_makes_no_second_party(tmp_path):
    text = "Task,Responsible,Accountable\nPrices,Data (job),Data\nStock,IT (Lyon),IT (Paris)\n"
    assert read_csv(tmp_path, text).parties == ("Data", "IT (Lyon)", "IT (Paris)")


def test_a_template_without_names_has_only_empty_rows(tmp_path):
    text = "Task,Responsible,Accountable\nPrices,,\nStock,,\n"
    assert letters_of(read_csv(tmp_path, text)) == {"Prices": {}, "Stock": {}}


def test_a_row_of_letters_is_no_heading_of_roles(tmp_path):
    matrix = read_csv(tmp_path, "Task,Ana,Bruno,Cleo,Dan\nPrices,R,A,C,I\nStock,,,,\n")
    assert letters_of(matrix) == {
        "Prices": {"Ana": "R", "Bruno": "A", "Cleo": "C", "Dan": "I"},
        "Stock": {},
    }


def test_titles_numbers_phases_and_notes_stand_around_the_matrix(tmp_path):
    text = (
        "Shop programme,,,,,\n,,,,,\nPhase,ID,Task,Ana,Bruno,Comments\n"
        "Build,1.1,Prices,A,R,C and I to follow\n,1.2,Stock,R,A,\nRun,2.1,Returns,A,R,A\n"
    )
    matrix = read_csv(tmp_path, text)
    assert matrix.parties == ("Ana", "Bruno")
    assert [(row.number, row.label, row.section) for row in matrix.rows] == [
        (4, "Prices", "Build"),
        (5, "Stock", "Build"),
        (6, "Returns", "Run"),
    ]


@pytest.mark.parametrize("word", ["Priority", "Criticité", "Type", "Classe", "Status"])
def test_a_column_of_classes_is_no_party(tmp_path, word):
    text = f"Task,{word},Ana,Bruno\nPrices,A,A,R\nStock,C,R,A\nReturns,A,R,A\n"
    assert read_csv(tmp_path, text).parties == ("Ana", "Bruno")


def test_numbers_in_a_total_below_names_are_nobody(tmp_path):
    text = "Task,Responsible,Accountable,Consulted\nPrices,Ana,Bruno,\nStock,,Bruno,\nTotal,1,2,0\n"
    matrix = read_csv(tmp_path, text)
    assert rows_of(matrix) == ["Prices", "Stock"]
    assert matrix.parties == ("Ana", "Bruno")


def test_a_party_called_d_is_a_party(tmp_path):
    matrix = read_csv(tmp_path, "Task,A,B,C,D\nPrices,R,A,C,I\nStock,A,R,,\n")
    assert matrix.parties == ("A", "B", "C", "D")


def test_parties_may_be_called_by_letters(tmp_path):
    matrix = read_csv(tmp_path, "Task,A,B,C\nPrices,A,R,C\nStock,R,A,I\n")
    assert matrix.parties == ("A", "B", "C")
    assert letters_of(matrix)["Stock"] == {"A": "R", "B": "A", "C": "I"}


def test_a_party_without_letters_between_others_is_a_party(tmp_path):
    assert read_csv(tmp_path, "Task,Ana,Bruno,Cleo\nPrices,A,,R\n").parties == (
        "Ana",
        "Bruno",
        "Cleo",
    )


def test_a_party_with_mostly_unknown_letters_is_not_lost(tmp_path):
    matrix = read_csv(tmp_path, "Task,Ana,Bruno\nPrices,A,X\nStock,R,X\nReturns,A,R\n")
    assert matrix.parties == ("Ana", "Bruno")
    assert [(s.row.number, s.party, s.text) for s in matrix.unread] == [
        (2, "Bruno", "X"),
        (3, "Bruno", "X"),
    ]


def test_letters_beyond_the_last_heading_are_reported(tmp_path):
    matrix = read_csv(tmp_path, "Task,Ana,Bruno\nPrices,A,R\nStock,A,,R\n")
    assert [(stray.row.number, stray.text) for stray in matrix.unread] == [(3, "R")]


@pytest.mark.parametrize(
    "legend",
    [
        "R = Responsible,,\nA = Accountable,,\n",
        '"R = Responsible, A = Accountable, C = Consulted, I = Informed",,\n',
        "Legend,,\nR,Responsible,does the work\nA,Accountable,answers for it\n",
        "Legend: R = Responsible; A = Accountable,,\n",
        "R - Réalisateur,,\nA - Approbateur,,\n",
        "Responsible (R),,\nAccountable (A),,\n",
        "R: Responsible,,\nA: Accountable,,\n",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_legend_is_no_data(tmp_path, legend, above):
    table = "Task,Ana,Bruno\nPrices,A,R\nStock,A,R\n"
    text = f"{legend},,\n{table}" if above else f"{table},,\n{legend}"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", "Stock"]


def test_a_legend_beside_the_matrix_is_no_party_and_gives_no_letters(tmp_path):
    rows = [
        ["Tâche", "Ana", "Bruno", "Notes", "", "R", "Réalise"],
        ["*Cadrage", "", "", "", "", "A", "Approuve"],
        ["Prix", "A", "R", "ok", "", "C", "Consulté"],
        ["Stock", "", "R", "", "", "I", "Informé"],
    ]
    matrix = read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))
    assert matrix.parties == ("Ana", "Bruno")
    assert [(row.section, row.label) for row in matrix.rows] == [
        ("Cadrage", "Prix"),
        ("Cadrage", "Stock"),
    ]
    assert not matrix.unread


@pytest.mark.parametrize(
    "foot",
    [
        "Total,2,1",
        "Total A,100 %,0 %",
        "Sous-total,2,1",
        "Number of A,2,0",
        "% of rows,100%,0%",
        "Total,,",
        "Note: see the contract,,",
        "* to be confirmed,,",
        ",2,1",
        ",,\nUpdated by Ana,,",
        ",,\nVersion 1.2,,",
    ],
)
def test_totals_and_remarks_below_are_no_rows(tmp_path, foot):
    text = f"Task,Ana,Bruno\nPrices,A,R\nStock,A,\n{foot}\n"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", "Stock"]


@pytest.mark.parametrize(
    "task",
    ["Count the stock", "Total cost of ownership", "Version control", "Source code handover",
     "Note de cadrage", "Mise à jour du catalogue", "Date of go-live"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", ",,\n"])
def test_a_task_that_begins_like_a_total_or_a_remark_is_an_empty_row(tmp_path, task, before):
    text = f"Task,Ana,Bruno\nPrices,A,R\n{before}{task},,\n"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", task]


def test_a_number_of_the_task_is_no_total_of_it(tmp_path):
    text = "Task,Days,Ana,Bruno\nPrices,4,A,R\nCount the stock,3,,\n"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", "Count the stock"]


def test_a_heading_of_two_lines_tells_numbers_from_tasks(tmp_path):
    rows = [
        ["#", "Task", "Business", "<", "IT"],
        ["", "", "Ana", "Bruno", "Cy"],
        ["1", "Prices", "A", "R", "I"],
        ["*Phase 2", "<", "<", "<", "<"],
        ["2", "Stock", "", "R", ""],
    ]
    assert rows_of(read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))) == ["Prices", "Stock"]


def test_an_empty_row_after_a_blank_line_is_still_a_row(tmp_path):
    text = "Task,Ana,Bruno\nPrices,A,R\n,,\nReturns,,\n"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", "Returns"]


@pytest.mark.parametrize(
    ("label", "section"),
    [("Build:", True), ("Réalisation\u00a0:", True), ("Build", False), ("BUILD", False),
     ("1. Build", False)],
)  # fmt: skip
def test_a_plain_row_without_letters_is_a_section_only_if_it_ends_with_a_colon(
    tmp_path, label, section
):
    matrix = read_csv(tmp_path, f"Task,Ana,Bruno\n{label},,\nPrices,A,R\n")
    assert rows_of(matrix) == (["Prices"] if section else [label, "Prices"])


@pytest.mark.parametrize(
    ("row", "section"),
    [
        (["*Build", "", ""], True),
        (["#Build", "", ""], True),
        (["Build", "<", "<"], True),
        (["Build", "", ""], False),
    ],
)
def test_a_row_of_a_sheet_is_a_section_if_bold_coloured_or_merged(tmp_path, row, section):
    rows = [["Task", "Ana", "Bruno"], row, ["Prices", "A", "R"]]
    matrix = read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))
    assert rows_of(matrix) == (["Prices"] if section else ["Build", "Prices"])
    assert matrix.rows[-1].section == ("Build" if section else "")


@pytest.mark.parametrize(
    ("font", "section"),
    [
        ({"italic": True}, True),
        ({"underline": "single"}, True),
        ({"color": "FFC00000"}, True),
        ({"size": 16}, True),
        ({"color": "FF000000", "size": 11}, False),
        ({"size": 9}, False),
    ],
)
def test_a_font_of_its_own_makes_a_section(tmp_path, font, section):
    rows = [["Task", "Ana", "Bruno"], ["Build", "", ""], ["Prices", "A", "R"], ["Stock", "A", "R"]]
    path = write_xlsx(tmp_path / "raci.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active["A2"].font = Font(**{"size": 11, **font})
    book.save(path)
    assert ("Build" not in rows_of(read_matrix(path))) is section


def test_a_link_is_no_section(tmp_path):
    rows = [["Task", "Ana", "Bruno"], ["Returns", "", ""], ["Prices", "A", "R"]]
    path = write_xlsx(tmp_path / "raci.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active["A2"].hyperlink = "#Sheet1!A1"
    book.active["A2"].font = Font(underline="single", color="FF0563C1", size=11)
    book.save(path)
    assert "Returns" in rows_of(read_matrix(path))


@pytest.mark.parametrize("style", ["*", "#", "*#"])
def test_a_style_that_every_row_has_makes_no_section(tmp_path, style):
    rows = [["Task", "Ana", "Bruno"]]
    rows += [[f"{style}{label}", *rest] for label, *rest in
             [("Prices", "A", "R"), ("Stock", "", ""), ("Returns", "A", "R")]]  # fmt: skip
    assert rows_of(read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))) == [
        "Prices",
        "Stock",
        "Returns",
    ]


def test_a_phase_that_begins_beside_an_empty_task_makes_it_no_section(tmp_path):
    rows = [
        ["Phase", "Task", "Ana", "Bruno"],
        ["*#Build", "Prices", "A", "R"],
        ["^", "Stock", "A", "R"],
        ["^", "Gifts", "A", "R"],
        ["*#Run", "Returns", "", ""],
        ["^", "Claims", "A", "R"],
    ]
    matrix = read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))
    assert [(row.section, row.label) for row in matrix.rows][2:] == [
        ("Build", "Gifts"),
        ("Run", "Returns"),
        ("Run", "Claims"),
    ]


def test_shading_of_every_other_row_makes_no_section(tmp_path):
    labels = ["Prices", "#Stock", "Returns", "#Gifts", "Stores", "#Claims"]
    rows = [["Task", "Ana", "Bruno"], *([label, "A", "R"] for label in labels)]
    rows[4] = ["#Gifts", "", ""]
    assert "Gifts" in rows_of(read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows)))


def test_a_colour_that_begins_a_block_makes_a_section_however_large_the_block(tmp_path):
    path = write_xlsx(tmp_path / "raci.xlsx", [["Task", "Ana", "Bruno"]])
    book = openpyxl.load_workbook(path)
    blocks = {"FFAABBCC": ["Build", "Prices", "Stock"], "FFCCBBAA": ["Run", "Returns", "Gifts"]}
    for colour, labels in blocks.items():
        for label in labels:
            letters = [] if label in ("Build", "Run") else ["A", "R"]
            book.active.append([label, *letters])
            for cell in book.active[book.active.max_row]:
                cell.fill = PatternFill("solid", fgColor=colour)
    book.save(path)
    assert [(row.section, row.label) for row in read_matrix(path).rows] == [
        ("Build", "Prices"),
        ("Build", "Stock"),
        ("Run", "Returns"),
        ("Run", "Gifts"),
    ]


@pytest.mark.parametrize(
    "label", ["**Build**", "*Build*", "_Build_", "<b>Build</b>", "<em>Build</em>"]
)
def test_bold_or_italic_in_markdown_is_a_section(tmp_path, label):
    path = write_markdown(
        tmp_path / "raci.md",
        [["Task", "Ana", "Bruno"], [label, "", ""], ["Prices", "**A**", "R"]],
    )
    assert [(row.label, row.section) for row in read_matrix(path).rows] == [("Prices", "Build")]


def test_bold_is_a_section_beside_a_row_that_is_bold_as_well(tmp_path):
    rows = [["Task", "Ana", "Bruno"], ["**Build**", "", ""], ["**Prices**", "A", "R"]]
    path = write_markdown(tmp_path / "raci.md", [*rows, ["Stock", "A", "R"]])
    assert rows_of(read_matrix(path)) == ["Prices", "Stock"]


def test_markdown_is_read_as_its_reader_sees_it(tmp_path):
    path = tmp_path / "raci.md"
    path.write_text(
        "> | Task | [Ana](a.md) | Bruno &amp; Co |\n> |---|:-:|--:|\n"
        "> | `Prices` \\| fees | *A* | R[^1] |\n> | Stock<br>count | ~~C~~ | A\\* |\n",
        "utf-8",
    )
    matrix = read_matrix(path)
    assert matrix.parties == ("Ana", "Bruno & Co")
    assert rows_of(matrix) == ["Prices | fees", "Stock count"]
    assert [row.number for row in matrix.rows] == [3, 4]


def test_tables_in_code_and_tables_of_other_things_are_left_out(tmp_path):
    path = tmp_path / "raci.md"
    path.write_text(
        "```\n| Task | Ana |\n|---|---|\n| No | A |\n```\n"
        "| Role | Who |\n|---|---|\n| Responsible | Ana |\n\n"
        "| Task | Ana | Bruno |\n|---|---|---|\n| Prices | A | R |\n",
        "utf-8",
    )
    assert rows_of(read_matrix(path)) == ["Prices"]


def test_several_tables_make_one_matrix_with_their_lines(tmp_path):
    path = tmp_path / "raci.md"
    table = "| Task | Ana | {other} |\n|---|---|---|\n| {task} | A | R |\n\n"
    text = table.format(other="Bruno", task="Prices") + table.format(other="Cleo", task="Stock")
    path.write_text(text, "utf-8")
    matrix = read_matrix(path)
    assert matrix.parties == ("Ana", "Bruno", "Cleo")
    assert [(row.number, row.label) for row in matrix.rows] == [(3, "Prices"), (7, "Stock")]


def test_matrices_below_each_other_have_their_own_headings(tmp_path):
    text = (
        "Task,Ana,Bruno\nPrices,A,R\n,,\nLogistics,,\nTask,Cleo,Dan\nStock,R,A\n,,\n"
        "Task,Cleo,Dan\nReturns,A,R\n"
    )
    matrix = read_csv(tmp_path, text)
    assert matrix.parties == ("Ana", "Bruno", "Cleo", "Dan")
    assert letters_of(matrix)["Returns"] == {"Cleo": "A", "Dan": "R"}


def test_people_down_and_tasks_across_are_turned(tmp_path):
    text = "Role,Prices,Stock,Returns\nBuyer,A,A,A\nIT,R,C,I\nStore,C,R,R\n"
    matrix = read_csv(tmp_path, text)
    assert matrix.parties == ("Buyer", "IT", "Store")
    assert letters_of(matrix)["Stock"] == {"Buyer": "A", "IT": "C", "Store": "R"}
    assert {row.number for row in matrix.rows} == {1}


def test_a_matrix_is_not_turned_on_the_word_of_its_corner_alone(tmp_path):
    text = "Role,Buyer,IT,Store\nPrices,A,R,C\nStock,A,C,R\nReturns,A,I,R\n"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", "Stock", "Returns"]


def test_a_matrix_that_reads_as_well_both_ways_stays_as_it_is(tmp_path):
    """One accountable in each row and in each column: the corner alone turns nothing."""
    text = "Role,Buyer,IT,Store\nPrices,A,R,C\nStock,C,A,R\nReturns,R,C,A\n"
    assert rows_of(read_csv(tmp_path, text)) == ["Prices", "Stock", "Returns"]


def test_a_team_above_its_people_tells_namesakes_apart(tmp_path):
    rows = [
        ["", "Shop", "<", "IT", "<"],
        ["Task", "Lead", "Buyer", "Lead", "Tester"],
        ["Prices", "A", "R", "C", "I"],
    ]
    matrix = read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))
    assert matrix.parties == ("Shop – Lead", "Buyer", "IT – Lead", "Tester")


def test_a_letter_merged_over_parties_or_tasks_holds_for_all_of_them(tmp_path):
    rows = [
        ["Task", "Ana", "Bruno", "Cleo"],
        ["Prices", "A", "R", "<"],
        ["Stock", "^", "R", "C"],
    ]
    matrix = read_matrix(write_xlsx(tmp_path / "raci.xlsx", rows))
    assert letters_of(matrix) == {
        "Prices": {"Ana": "A", "Bruno": "R", "Cleo": "R"},
        "Stock": {"Ana": "A", "Bruno": "R", "Cleo": "C"},
    }


def test_all_visible_sheets_are_read_or_the_one_asked_for(tmp_path):
    table = [["Task", "Ana", "Bruno"], ["Prices", "A", "R"]]
    more = [("Legend", [["R", "Responsible"]]), ("Logistics", [["Task", "Ana"], ["Stock", "A"]])]
    path = write_xlsx(tmp_path / "raci.xlsx", table, title="Shop", more=more)
    assert [(row.sheet, row.label) for row in read_matrix(path).rows] == [
        ("Shop", "Prices"),
        ("Logistics", "Stock"),
    ]
    assert rows_of(read_matrix(path, sheet="Logistics")) == ["Stock"]
    with pytest.raises(BadInput, match="Logistics"):
        read_matrix(path, sheet="Logistic")


def test_the_same_party_under_two_spellings_of_case_is_one(tmp_path):
    path = write_csv(tmp_path / "raci.csv", [["Task", "R", "A"], ["Prices", "ana", "Ana"]])
    assert letters_of(read_matrix(path)) == {"Prices": {"ana": "AR"}}
