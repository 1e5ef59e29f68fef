"""Without an optional library the rest works, and what needs it says how to install it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workbook.batch.cluster import cluster_runner
from workbook.batch.tables import TABLES, _parquet_head
from workbook.errors import BadInput

ROOT = Path(__file__).resolve().parents[2]
# pandas asks for pyarrow when it is loaded, so each command has an interpreter of its own.
PROGRAM = """
import sys
sys.modules[sys.argv.pop(1)] = None
from workbook.cli import main
sys.argv[0] = "workbook"
main()
"""


def run_without(library, *words):
    command = [sys.executable, "-c", PROGRAM, library, *map(str, words)]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)


def portfolio(out, *options):
    return ("portfolio", "templates/engagements", "--out", out, "--as-of", "2026-11-23", *options)


def test_a_portfolio_is_written_without_parquet(tmp_path):
    ran = run_without("pyarrow", *portfolio(tmp_path))
    assert ran.returncode == 0, ran.stderr
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {"portfolio.csv", "portfolio-pairs.csv", "portfolio.html"}


def test_parquet_that_is_asked_for_says_what_is_missing(tmp_path):
    ran = run_without("pyarrow", *portfolio(tmp_path / "out", "--parquet"))
    assert ran.returncode == 2
    assert "install ownership-workbook[parquet]" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_portfolio_leaves_out_what_moves_its_order_and_says_so(tmp_path):
    with_scipy, without = tmp_path / "with", tmp_path / "without"
    ran = run_without("scipy", *portfolio(without, "--no-parquet"))
    assert ran.returncode == 0, ran.stderr
    assert "install ownership-workbook[sensitivity]" in ran.stderr.lower()
    run_without("dask", *portfolio(with_scipy, "--no-parquet"))
    pages = [(folder / "portfolio.html").read_text("utf-8") for folder in (with_scipy, without)]
    assert len(pages[0]) > len(pages[1])


def test_a_table_of_parameters_in_parquet_says_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert ".parquet" in TABLES
    with pytest.raises(BadInput, match=r"ownership-workbook\[parquet\]"):
        _parquet_head(tmp_path / "parameters.parquet")


def test_a_cluster_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"ownership-workbook\[cluster\]"):
        cluster_runner("local", 1)
