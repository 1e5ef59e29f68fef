"""`workbook raci`: what it prints, and how it ends."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.exchange.raci_writing import write_csv
from tests.exchange.sheets import workbook_of
from workbook.cli.main import app
from workbook.exchange.raci.reading import MOST_LINES

GOOD = [["Task", "Ana", "Bo"], ["Prices", "A/R", "C"], ["Stock", "", "X"]]


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["raci", *map(str, words)])


def test_findings_are_printed_row_by_row_and_are_no_failure(run, tmp_path):
    result = run(write_csv(tmp_path / "raci.csv", GOOD))
    assert result.exit_code == 0
    assert "Prices" in result.stdout
    assert "empty row" in result.stdout
    assert "“X”" in result.stdout


def test_json_of_one_file_is_one_object_and_strays_go_to_the_error_stream(run, tmp_path):
    result = run(write_csv(tmp_path / "raci.csv", GOOD), "--json")
    said = json.loads(result.stdout)
    assert set(said) == {"findings", "counts", "unused"}
    assert [(one["kind"], one["text"]) for one in said["unused"]] == [("cell", "X")]
    assert [(one["row"], one["kind"]) for one in said["findings"]] == [
        (2, "note"),
        (3, "empty_row"),
    ]
    assert "“X”" in result.stderr


def test_json_of_several_files_names_them(run, tmp_path):
    paths = [write_csv(tmp_path / name, GOOD) for name in ("one.csv", "two.csv")]
    said = json.loads(run(*paths, "--json").stdout)
    assert [one["file"] for one in said] == [str(path) for path in paths]


def test_french_is_spoken_when_asked_for(run, tmp_path):
    result = run(write_csv(tmp_path / "raci.csv", GOOD), "--lang", "fr")
    assert "ligne vide" in result.stdout


def test_every_unreadable_file_is_named_and_nothing_else_is_printed(run, tmp_path):
    good = write_csv(tmp_path / "good.csv", GOOD)
    prose = tmp_path / "prose.csv"
    prose.write_text("nothing here", "utf-8")
    result = run(good, prose, tmp_path / "none.csv")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "prose.csv" in result.stderr
    assert "none.csv" in result.stderr


def test_an_unknown_language_or_sheet_is_bad_input(run, tmp_path):
    path = write_csv(tmp_path / "raci.csv", GOOD)
    assert run(path, "--lang", "frr").exit_code == 2
    assert run(path, "--sheet", "RACI").exit_code == 2


def test_a_sheet_without_a_matrix_is_named(run, tmp_path):
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook_of({"Roles": GOOD, "Notes": [["Ask the board first"]]}))
    assert "sheet “Notes”: no matrix in it" in run(book).stdout


def test_a_matrix_of_thousands_of_lines_is_refused(run, tmp_path):
    result = run(write_csv(tmp_path / "long.csv", [GOOD[0], *[GOOD[1]] * MOST_LINES]))
    assert result.exit_code == 2
    assert f"long.csv: a matrix of more than {MOST_LINES} lines" in result.stderr
