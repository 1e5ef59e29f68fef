"""Four files of one company become a first map and a report, without a mapping by hand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbook.cli.main import app
from workbook.report import build, html
from workbook.workspace import Workspace

FILES = Path(__file__).parent / "brightmoor"
KINDS = {
    "directory.csv": "people",
    "cmdb.csv": "systems",
    "raci.csv": "matrix",
    "answers.csv": "answers",
}


def run(*words):
    result = CliRunner().invoke(app, [*map(str, words)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """The plans of the four files, by kind."""
    monkeypatch.chdir(tmp_path)
    facts = ("--profile", "large", "--business-model", "b2c", "--go-live", "2027-09-30")
    run("new", "brightmoor", "--name", "Brightmoor Outdoor", *facts)
    words = ("--engagement", "brightmoor", "--json")
    return [json.loads(run("import", FILES / file, *words)) for file in KINDS]


def test_each_file_is_taken_for_what_it_is(imported):
    assert [plan["kind"] for plan in imported] == [*KINDS.values()]
    assert all(plan["recorded"] for plan in imported)


def test_the_first_map_rests_on_what_the_matrix_and_seven_voices_say(imported):  # noqa: ARG001
    session = Workspace.at().open("brightmoor")
    evaluation = session.evaluate(dt.date(2026, 11, 27))
    owned = {entry.focal_point: entry for entry in evaluation.ownership}
    assert owned["product_assortment"].owners == ("owen-price",)
    assert owned["promotions"].state.family == "contested"
    report = html(build(session.rules, session.engagement, evaluation, "en"))
    assert "Owen Price" in report
    assert "Answers differ on who owns promotions" in report


def test_claims_of_the_inventory_are_no_decisions(imported):  # noqa: ARG001
    decisions = Workspace.at().open("brightmoor").engagement.decisions
    assert len(decisions) == 5
    assert {decision.owner for decision in decisions} == {None}
