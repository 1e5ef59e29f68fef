"""Matrices that were read wrongly once, each with the reading of a person."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import BadInput
from workbook.exchange.raci import read_matrix, review, to_json

CASES = Path(__file__).parent / "cases"


def reading(name):
    """Parties, rows by number and label, and findings, as somebody would note them."""
    matrix = read_matrix(CASES / name)
    findings = {
        (finding.row.label, finding.kind): finding.parties for finding in review(matrix).findings
    }
    return matrix, findings


def test_under_a_heading_of_roles_every_text_is_a_name():
    matrix, findings = reading("raci_01_teams_si_sav.csv")
    assert set(matrix.parties) == {"SI", "DAF", "SAV", "Marketing"}
    assert findings == {
        ("Moteur de recherche", "note"): ("SI",),
        ("Paiement", "two_letters"): ("SAV",),
        ("Retours", "two_letters"): ("SI",),
    }


def test_a_list_in_prose_is_no_matrix():
    with pytest.raises(BadInput, match="no RACI matrix found"):
        read_matrix(CASES / "raci_02_bullet_list.md")


@pytest.mark.parametrize(
    "corner", ["Team", "Équipe", "Service", "Direction", "Department", "Who", "Task / Role"]
)
def test_a_table_with_teams_down_is_turned(tmp_path, corner):
    text = (CASES / "raci_03_turned_team.md").read_text("utf-8")
    file = tmp_path / "in.md"
    file.write_text(text.replace("| Team |", f"| {corner} |"), "utf-8")
    matrix = read_matrix(file)
    assert [row.label for row in matrix.rows] == ["Search", "Payment", "Returns", "Prices"]
    assert matrix.parties == ("Digital team", "IT team")
    assert review(matrix).counts["several_accountable"] == 0
    assert review(matrix).counts["no_accountable"] == 0


def test_driver_and_contributors_of_daci_are_read():
    matrix, findings = reading("raci_04_daci.md")
    assert set(matrix.parties) == {"Ana", "Ben", "Eve", "Joe", "Max"}
    assert matrix.holders(matrix.rows[0], "R") == ("Ana",)
    assert matrix.holders(matrix.rows[0], "A") == ("Ben",)
    assert findings == {}


@pytest.mark.parametrize(
    "heading",
    [
        "Accountable Owner",
        "(A)",
        "A = Accountable",
        "[A]ccountable",
        "Accountable Lead",
        "Accountable/Owner",
        "Accountable to",
        "Who is accountable?",
        "Accountability",
        "Approved by",
        "Décideur",
        "Valideur",
    ],
)
def test_a_column_of_the_accountable_is_known_by_many_names(tmp_path, heading):
    text = (CASES / "raci_05_accountable_owner.csv").read_text("utf-8")
    file = tmp_path / "in.csv"
    file.write_text(text.replace("Accountable Owner", heading), "utf-8")
    matrix = read_matrix(file)
    assert [matrix.holders(row, "A") for row in matrix.rows] == [("Ben",), ("Ben",)]
    assert review(matrix).findings == ()


@pytest.mark.parametrize("name", ["raci_06_legend_merged_below", "raci_11_strict_open_xml"])
def test_a_merged_legend_below_is_no_row_in_either_variant_of_xlsx(name):
    matrix, findings = reading(f"{name}.xlsx")
    assert [row.number for row in matrix.rows] == [2, 3, 4]
    assert findings == {}


def test_a_heading_over_a_blank_corner_names_parties_that_look_like_letters():
    matrix, findings = reading("raci_07_parties_look_like_letters.csv")
    assert matrix.parties == ("SI", "SAV", "Marketing")
    assert [row.number for row in matrix.rows] == [2, 3]
    assert findings == {}


def test_a_column_of_codes_is_no_party():
    matrix, findings = reading("raci_08_code_column.csv")
    assert matrix.parties == ("Merchant", "IT", "Finance")
    assert findings == {}


def test_an_initial_in_bold_belongs_to_its_word():
    matrix, findings = reading("raci_09_bold_initials.md")
    assert [row.number for row in matrix.rows] == [3, 4]
    assert findings == {("Payment", "note"): ("Ben",)}


def test_a_footnote_sign_is_not_part_of_a_label():
    matrix, _ = reading("raci_10_superscript_footnote.md")
    assert matrix.rows[0].label == "Plan the launch."


RAPID = """\
| Decision | Recommend | Agree | Perform | Input | Decide |
|---|---|---|---|---|---|
| Search engine | Ana | Legal | IT | Eve, Joe | Ben |
| Payment partner | Eve | Legal | IT | Ana | Ben, Max |
"""


def test_whoever_decides_in_rapid_is_accountable(tmp_path):
    (tmp_path / "rapid.md").write_text(RAPID, "utf-8")
    matrix = read_matrix(tmp_path / "rapid.md")
    assert matrix.holders(matrix.rows[0], "A") == ("Ben",)
    assert set(matrix.holders(matrix.rows[0], "R")) == {"Ana", "IT"}
    assert set(matrix.holders(matrix.rows[0], "C")) == {"Eve", "Joe"}
    assert [(f.kind, f.parties) for f in review(matrix).findings] == [
        ("several_accountable", ("Ben", "Max"))
    ]


@pytest.mark.parametrize(
    ("letters", "accountable"),
    [(["R", "A", "P", "I", "D"], "Eve"), (["D", "A", "C", "I", "C"], "Ben")],
)
def test_letters_of_rapid_and_daci_are_told_apart(tmp_path, letters, accountable):
    rows = [",".join([task, *letters]) for task in ("Search", "Payment", "Returns")]
    file = tmp_path / "in.csv"
    file.write_text("\n".join(["Decision,Ana,Ben,Joe,Max,Eve", *rows]), "utf-8")
    matrix = read_matrix(file)
    assert [matrix.holders(row, "A") for row in matrix.rows] == [(accountable,)] * 3
    assert review(matrix).findings == ()


def listed(file):
    return [(one["kind"], one["text"]) for one in to_json(review(read_matrix(file)))["unused"]]


def test_nobody_is_missed_in_a_role_that_an_unread_column_may_hold(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("Topic,Responsible,Signatory,Consulted\nSearch,Ana,Ben,Joe\n", "utf-8")
    assert review(read_matrix(file)).findings == ()
    assert listed(file) == [("column", "Signatory")]


def test_somebody_is_missed_where_every_column_was_read(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("Topic,Responsible,Consulted\nSearch,Ana,Joe\nPrices,Ben,Ana\n", "utf-8")
    assert [finding.kind for finding in review(read_matrix(file)).findings] == [
        "no_accountable",
        "no_accountable",
    ]


def test_a_column_of_letters_that_mean_nothing_is_listed(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(
        "Platform 2027\nTask,Ana,Ben,Joe\nSearch,A,R,Z\nPrices,R,A,Z\n\nSource: intranet\n", "utf-8"
    )
    assert listed(file) == [
        ("column", "Joe"),
        ("line", "Platform 2027"),
        ("line", "Source: intranet"),
    ]


PARTIES = ("Ana", "Ben", "Joe", "Eve", "Max")
LETTERS = st.sampled_from(["A", "R", "C", "I", "A/R", "", "-"])
STRANGE = st.sampled_from(["Z7", "later", "see Ben", "12 May", "https://x.example", "Ω"])


@given(data=st.data())
def test_whatever_is_put_into_a_matrix_is_read_or_listed(data, tmp_path_factory):
    width = data.draw(st.integers(2, 5))
    table = [["Task", *PARTIES[:width]]]
    for number in range(data.draw(st.integers(3, 8))):
        marks = data.draw(st.lists(LETTERS, min_size=width, max_size=width))
        table.append([f"Task number {number}", *marks])
    table[1][1:3] = ["A", "R"]
    intruders = []
    for _ in range(data.draw(st.integers(0, 3))):
        row = data.draw(st.integers(1, len(table) - 1))
        column = data.draw(st.integers(1, len(table[0]) - 1))
        table[row][column] = data.draw(STRANGE)
        intruders.append(table[row][column])
    if data.draw(st.booleans()):
        at = data.draw(st.integers(1, len(table[0])))
        for number, row in enumerate(table):
            row.insert(at, f"remark {number}" if number else "Remarks")
        intruders.append("Remarks")
    table.append(["Total", *(str(number) for number in range(1, len(table[0])))])
    file = tmp_path_factory.mktemp("matrix") / "in.csv"
    text = io.StringIO()
    csv.writer(text).writerows(table)
    file.write_text(text.getvalue(), "utf-8")
    matrix = read_matrix(file)
    written = {" ".join(cell.split()) for row in table for cell in row}
    read = {*matrix.parties, *(row.label for row in matrix.rows), *(r.section for r in matrix.rows)}
    told = " · ".join(text for _, text in listed(file))
    columns = {heading for heading in table[0] if heading in told.split(" · ")}
    lost = set()
    for row in table[1:]:
        for heading, cell in zip(table[0], row, strict=True):
            known = cell in read or cell in told or heading in columns
            if not known and cell not in ("A", "R", "C", "I", "A/R", "", "-"):
                lost.add(cell)
    assert not lost & written
