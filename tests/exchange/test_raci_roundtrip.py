"""Properties: a matrix written in any form reads back the same, and order does not matter."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.raci_writing import write_csv, write_markdown, write_xlsx
from workbook.errors import BadInput
from workbook.exchange.raci import read_matrix, review, to_json, to_text
from workbook.i18n import voice

LETTERS = ["", "A", "R", "C", "I", "A/R", "C/I", "R/C", "S"]
ROLES = {"Responsible": "R", "Accountable": "A", "Consulted": "C", "Informed": "I"}
# Names and labels that no word list, separator or style may trip over by chance.
SYLLABLES = ["ba", "lo", "mi", "tu", "ze", "né", "çu", "ga", "po", "wi"]
MOST = settings.default.max_examples
FOLDER = tempfile.TemporaryDirectory()  # for all examples: a fixture would be one for each test
words = st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=5).map(
    lambda parts: "".join(parts).capitalize()
)
names = st.lists(words, min_size=2, max_size=5, unique=True)
labels = st.lists(words.map("Task {}".format), min_size=2, max_size=8, unique=True)


@st.composite
def tables(draw):
    """A heading and rows of letters; the first row has an A and an R, as a matrix should."""
    parties, tasks = draw(names), draw(labels)
    row = st.lists(st.sampled_from(LETTERS), min_size=len(parties), max_size=len(parties))
    rows = [draw(row) for _ in tasks]
    rows[0][:2] = ["A", "R"]
    return [["Task", *parties], *([task, *row] for task, row in zip(tasks, rows, strict=True))]


def written(table, form: str) -> Path:
    folder = Path(tempfile.mkdtemp(dir=FOLDER.name))
    write = {"csv": write_csv, "md": write_markdown, "xlsx": write_xlsx}[form]
    return write(folder / f"raci.{form}", table)


def content(matrix):
    return [
        (row.label, {p: found for p in matrix.parties if (found := matrix.letters(row, p))})
        for row in matrix.rows
    ]


def meant(table):
    heading, *rows = table
    return [
        (label, {p: m.replace("/", "") for p, m in zip(heading[1:], marks,
         strict=True) if m})
        for label, *marks in rows
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "md", "xlsx"])
@settings(max_examples=MOST * 2 // 5)
@given(table=tables())
def test_a_matrix_of_letters_reads_back_equal(form, table):
    matrix = read_matrix(written(table, form))
    assert content(matrix) == meant(table)
    assert matrix.parties == tuple(table[0][1:])
    assert matrix.unread == ()


@settings(max_examples=MOST * 2 // 5)
@given(table=tables(), data=st.data())
def test_findings_do_not_depend_on_the_order_of_columns(table, data):
    order = data.draw(st.permutations(range(1, len(table[0]))))
    turned = [[row[0], *(row[column] for column in order)] for row in table]
    assert said(written(table, "csv")) == said(written(turned, "csv"))


def said(path: Path):
    found = review(read_matrix(path)).findings
    return sorted((one.row.number, one.kind, sorted(one.parties)) for one in found)


@settings(max_examples=MOST * 2 // 5)
@given(table=tables())
def test_findings_are_the_same_whatever_the_layout(table):
    heading, *rows = table
    by_role = [["Task", *ROLES]]
    for label, *marks in rows:
        held = [
            ", ".join(p for p, m in zip(heading[1:], marks, strict=True) if letter in m)
            for letter in ROLES.values()
        ]
        by_role.append([label, *held])
    plain = [[row[0], *(mark.replace("S", "") for mark in row[1:])] for row in rows]
    # Parties without a letter do not show under roles: the fair share would differ.
    assert row_findings(written([heading, *plain], "csv")) == row_findings(written(by_role, "csv"))


SCRAPS = ["", "A", "R", "C/I", "R, A", "RACI", "Task", "Role", "Responsible", "Accountable (A)"]
SCRAPS += ["R = Responsible", "Legend", "Total", "3", "Ana (A), Bo (R)", "Ana/Bo", "Build:", "X"]
SCRAPS += ["—", "(", "|", "\u00a0"]


@settings(max_examples=MOST * 3 // 2)
@given(table=st.lists(st.lists(st.sampled_from(SCRAPS), max_size=6), min_size=1, max_size=9))
def test_any_table_is_either_read_or_refused_in_words(table):
    with suppress(BadInput):
        found = review(read_matrix(written(table, "csv")))
        assert found.matrix.rows
        assert to_json(found)["counts"] == found.counts
        assert to_text(found, voice("fr"))


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_either_read_or_refused_in_words(raw):
    path = Path(tempfile.mkdtemp(dir=FOLDER.name)) / "raci.csv"
    path.write_bytes(raw)
    with suppress(BadInput):
        read_matrix(path)


def row_findings(path: Path):
    return [one for one in said(path) if one[1] != "overloaded_party"]


@settings(max_examples=MOST * 2 // 5)
@given(table=tables())
def test_every_row_is_empty_or_judged_on_its_accountable(table):
    found = review(read_matrix(written(table, "csv")))
    for row in found.matrix.rows:
        kinds = {one.kind for one in found.of(row)}
        holders = found.matrix.holders(row, "A")
        empty = not any(found.matrix.letters(row, party) for party in found.matrix.parties)
        assert ("empty_row" in kinds) == empty
        assert ("no_accountable" in kinds) == (not holders and not empty)
        assert ("several_accountable" in kinds) == (len(holders) > 1)
    assert sum(found.counts.values()) == len(found.findings)
