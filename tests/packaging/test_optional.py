"""Without an optional library the rest works, and what needs it says how to install it."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from typer.testing import CliRunner

from workbook.batch.cluster import cluster_runner
from workbook.batch.tables import TABLES, _parquet_head
from workbook.cli.main import app
from workbook.errors import BadInput
from workbook.portfolio import assess, gather, write

AS_OF = dt.date(2026, 11, 23)


@pytest.fixture
def without(monkeypatch):
    def remove(library):
        monkeypatch.setitem(sys.modules, library, None)

    return remove


def test_a_portfolio_is_written_without_parquet(without, tmp_path):
    without("pyarrow")
    command = [
        "portfolio",
        "templates/engagements",
        "--out",
        str(tmp_path),
        "--as-of",
        "2026-11-23",
    ]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"portfolio.csv", "portfolio.html"}


def test_parquet_that_is_asked_for_says_what_is_missing(without, tmp_path):
    without("pyarrow")
    assessed = assess(gather(["templates/engagements"]), AS_OF)
    with pytest.raises(BadInput, match=r"install ownership-workbook\[parquet\]"):
        write(assessed, "", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_of_parameters_in_parquet_says_what_is_missing(without, tmp_path):
    without("pyarrow")
    assert ".parquet" in TABLES
    with pytest.raises(BadInput, match=r"ownership-workbook\[parquet\]"):
        _parquet_head(tmp_path / "parameters.parquet")


def test_a_portfolio_leaves_out_what_moves_its_order_and_says_so(without, tmp_path):
    without("scipy")
    command = ["portfolio", "templates/engagements", "--out", str(tmp_path), "--no-parquet"]
    result = CliRunner().invoke(app, [*command, "--as-of", "2026-11-23"])
    assert result.exit_code == 0
    assert "ownership-workbook[sensitivity]" in result.stderr
    assert all(
        not cohort.drivers for cohort in assess(gather(["templates/engagements"]), AS_OF).cohorts
    )


def test_a_cluster_says_what_is_missing(without):
    without("distributed")
    with pytest.raises(BadInput, match=r"ownership-workbook\[cluster\]"):
        cluster_runner("local", 1)
