"""Damaged and hostile files: a message with the file and the way to fix it, in linear time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from workbook.errors import BadInput
from workbook.exchange.raci import read_matrix, review
from workbook.exchange.raci.names import annotated
from workbook.exchange.raci.render import to_text
from workbook.i18n import voice

CASES = Path(__file__).parent / "cases"
SECONDS = 5
"""Far more than linear reading takes on a busy machine; the slow ways took 15 to 60."""


@pytest.mark.parametrize("name", ["index_error", "negative_seek", "zlib_error"])
def test_a_damaged_workbook_is_named_with_how_to_save_it_again(name):
    path = CASES / f"{name}.xlsx"
    with pytest.raises(BadInput, match="cannot be read as XLSX") as caught:
        read_matrix(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert "save it again" in problem.fix


def test_millions_of_merged_cells_are_refused_before_they_are_made():
    with pytest.raises(BadInput, match="4194304 merged cells"):
        read_matrix(CASES / "merge_columns.xlsx")


@pytest.mark.parametrize("cell", ["*a " * 20_000, "[^" * 30_000, "_a " * 20_000, "**a " * 15_000])
def test_a_cell_of_unpaired_signs_is_read_in_linear_time(tmp_path, cell):
    path = tmp_path / "raci.md"
    path.write_text(f"| Task | Ann | Bob |\n|---|---|---|\n| {cell} | A | R |\n", "utf-8")
    begun = time.process_time()
    assert len(read_matrix(path).rows) == 1
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("cell", ["*" * 40_000, "a " * 20_000, "Ana (A)" + " " * 40_000 + "("])
def test_a_long_cell_that_names_nobody_with_a_letter_is_read_in_linear_time(cell):
    begun = time.process_time()
    assert annotated(cell) == ()
    assert time.process_time() - begun < SECONDS


def test_blanks_in_place_of_a_rule_are_read_in_linear_time(tmp_path):
    path = tmp_path / "raci.md"
    path.write_text(f"| a |\n{' ' * 50_000}x\n- {' ' * 50_000}x |\n", "utf-8")
    begun = time.process_time()
    with pytest.raises(BadInput, match="no RACI matrix found"):
        read_matrix(path)
    assert time.process_time() - begun < SECONDS


@pytest.mark.slow
def test_thousands_of_rows_with_findings_are_told_in_linear_time(tmp_path):
    path = tmp_path / "raci.csv"
    rows = "".join(f"task {n},A/R,\n" for n in range(4_900))
    path.write_text(f"Task,Ann,Bob\n{rows}", "utf-8")
    reviewed = review(read_matrix(path))
    begun = time.process_time()
    assert "4,900 notes" in to_text(reviewed, voice("en"))
    assert time.process_time() - begun < SECONDS
