"""`workbook portfolio`: what it writes, and how it ends."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from typer.testing import CliRunner

from tests.portfolio.clients import client, write_documents
from workbook.cli.main import app

PAIRS = "portfolio-pairs.csv"
FILES = [PAIRS, "portfolio.csv", "portfolio.html", "portfolio.parquet"]


@pytest.fixture
def folder(tmp_path):
    return write_documents(tmp_path / "clients", client("acme", 2), client("bolt", 4))


@pytest.fixture
def run(tmp_path):
    day = ["--out", tmp_path / "out", "--as-of", "2026-11-23"]
    return lambda *words: CliRunner().invoke(app, ["portfolio", *map(str, [*words, *day])])


def test_the_page_and_the_table_are_written_and_all_is_well(run, folder, tmp_path):
    result = run(folder)
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    assert result.stdout.split() == [
        str(tmp_path / "out" / f"portfolio{end}")
        for end in (".html", ".csv", ".parquet", "-pairs.csv")
    ]
    (pair,) = pd.read_csv(tmp_path / "out" / PAIRS).to_dict("records")
    assert pair == {"engagement": "bolt", "other": "acme", "leads": 1.0}
    table = pd.read_parquet(tmp_path / "out" / "portfolio.parquet")
    assert table["rank"].to_dict() == {"bolt": 1, "acme": 2}
    written = pd.read_csv(tmp_path / "out" / "portfolio.csv", index_col="engagement")
    assert written["low"].to_dict() == pytest.approx(table["low"].to_dict())


def test_without_parquet_there_is_none(run, folder, tmp_path):
    assert run(folder, "--no-parquet").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES[:3]


def test_one_bad_input_is_told_and_the_rest_is_written(run, folder, tmp_path):
    (folder / "bad.yaml").write_text("schema_version: 2\nkey: bad\n", encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 1
    assert "bad.yaml:1: organisation" in result.stderr
    assert "bad.yaml" in (tmp_path / "out" / "portfolio.html").read_text(encoding="utf-8")


def test_without_one_valid_input_nothing_is_written(run, tmp_path):
    (tmp_path / "bad.yaml").write_text("key: bad\n", encoding="utf-8")
    result = run(tmp_path / "bad.yaml")
    assert result.exit_code == 2
    assert "bad.yaml" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lang", "it"], "unknown language"),
        (["--as-of", "soon"], "is not a date"),
        (["--reports", "nowhere"], "no such folder"),
    ],
)
def test_wrong_usage_ends_before_anything_is_read(folder, tmp_path, words, said):
    words = ["portfolio", str(folder), "--out", str(tmp_path / "out"), *words]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_page_speaks_french_and_leads_to_the_reports(run, folder, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "acme.fr.html").touch()
    assert run(folder, "--lang", "fr", "--reports", reports).exit_code == 0
    written = (tmp_path / "out" / "portfolio.html").read_text(encoding="utf-8")
    assert "Portefeuille" in written
    assert 'href="../reports/acme.fr.html"' in written
    assert "bolt.fr.html" not in written


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", " =1"])
def test_no_spreadsheet_runs_what_an_organisation_is_called(run, tmp_path, name):
    acme = client("acme", organisation={"name": name, "sector": name})
    assert run(write_documents(tmp_path / "evil", acme)).exit_code == 0
    with (tmp_path / "out" / "portfolio.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["name"], row["sector"]) == (f"'{name}", f"'{name}")
    assert float(row["low"]) >= 0


def test_a_place_that_is_a_file_is_refused_before_anything_is_read(folder, tmp_path):
    (tmp_path / "taken").write_text("mine", "utf-8")
    told = CliRunner().invoke(app, ["portfolio", str(folder), "--out", str(tmp_path / "taken")])
    assert told.exit_code == 2
    assert "taken” is a file" in told.stderr


def test_the_table_for_people_has_no_point_where_only_the_range_may_be_read(run, folder, tmp_path):
    assert run(folder).exit_code == 0
    exact = pd.read_parquet(tmp_path / "out" / "portfolio.parquet")
    shown = pd.read_csv(tmp_path / "out" / "portfolio.csv", index_col="engagement")
    points = [name for name in exact if name == "point" or name.endswith("_point")]
    assert len(points) > 1
    for name in points:
        low, high = name.replace("point", "low"), name.replace("point", "high")
        firm = exact[high] - exact[low] <= 50
        if name == "point":
            firm &= exact["status"] == "scored"
        assert not firm.all()
        assert shown[name].notna().equals(firm & exact[name].notna())
