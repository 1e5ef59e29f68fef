"""`workbook report` while it runs: one that fails stops no other, and shows how far it came."""

from __future__ import annotations

import json
from dataclasses import replace

import nbformat
import pytest
from typer.testing import CliRunner

from tests.notebooks.kept import EXAMPLES, surroundings
from tests.notebooks.made_reports import AS_OF, reports
from workbook import report
from workbook.batch.parameters import report_notebook
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.report.export import page_of
from workbook.report.provenance import provenance_of
from workbook.scoring import evaluate

BY_NAME = {path.stem: path for path in EXAMPLES}
SMALL, OTHER = BY_NAME["borealis-parts"], BY_NAME["atelier-belval"]


@pytest.fixture(autouse=True)
def _steady(tmp_path, monkeypatch):
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)


def notebook_that(path, *cells):
    """A notebook with our parameters and these cells."""
    parameters = nbformat.v4.new_code_cell(
        'engagement: str = ""  # which\nlang: str = ""  # language'
    )
    parameters.metadata["tags"] = ["parameters"]
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    book = nbformat.v4.new_notebook(cells=[parameters, *code])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "-", "language": "python"}
    nbformat.write(book, path)
    return path


def test_a_page_is_the_one_that_the_report_itself_makes(tmp_path):
    (outcome,) = reports([SMALL], tmp_path / "out", lang="fr")
    engagement, framework = load_engagement(SMALL)
    evaluation = evaluate(framework, engagement, outcome_day())
    origin = provenance_of(framework, engagement, evaluation, "fr")
    built = report.build(framework, engagement, evaluation, "fr")
    straight = report.page(replace(built, provenance=str(origin)))
    assert outcome.page.read_text("utf-8") == straight


def outcome_day():
    import datetime as dt

    return dt.date.fromisoformat(AS_OF)


def test_parameters_reach_the_page(tmp_path):
    given = (("theme", "dark"), ("sections", "actions,method"))
    (outcome,) = reports([SMALL], tmp_path / "out", lang="en", as_of="2026-12-24", values=given)
    page = outcome.page.read_text("utf-8")
    assert 'data-theme="dark"' in page
    assert "24 December 2026" in page
    assert '<section id="actions"' in page
    assert '<section id="findings"' not in page


def test_a_report_that_fails_leaves_the_others_and_its_own_beginnings(tmp_path):
    fails_for_one = 'print("so far")\nassert "atelier" not in engagement, "the boiler is cold"'
    book = notebook_that(tmp_path / "own.ipynb", "1 + 1", fails_for_one)
    files = [str(OTHER), str(SMALL)]
    told = CliRunner().invoke(
        app, ["report", *files, "--notebook", str(book), "--out", "out", "--lang", "en", "--json"]
    )
    assert told.exit_code == 1
    failed, done = json.loads(told.stdout)["reports"]
    assert (failed["status"], done["status"]) == ("failed", "done")
    assert failed["reason"] == "AssertionError: the boiler is cold"
    assert failed["page"] is None
    assert failed["notebook"] == "out/failed/atelier-belval.en.ipynb"
    partial = nbformat.read(tmp_path / failed["notebook"], as_version=4)
    assert "so far" in json.dumps(partial)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.html")) == [
        "borealis-parts.en.html"
    ]


def test_a_kernel_that_dies_is_a_failure_whatever_the_notebook_says(tmp_path):
    book = notebook_that(
        tmp_path / "own.ipynb", 'print("so far")', "import os; os._exit(7)", "2 + 2"
    )
    (outcome,) = reports([SMALL], tmp_path / "out", lang="en", notebook=book)
    assert (outcome.status, outcome.page) == ("failed", None)
    assert outcome.notebook == tmp_path / "out" / "failed" / "borealis-parts.en.ipynb"
    assert outcome.reason == "its process ended itself with exit code 7"
    partial = nbformat.read(outcome.notebook, as_version=4)
    assert "so far" in json.dumps(partial.cells[2].outputs)


def test_a_failure_is_told_with_its_place_and_a_success_in_a_pipe_is_only_a_path(tmp_path):
    book = notebook_that(tmp_path / "own.ipynb", '1 / (0 if "atelier" in engagement else 1)')
    asked = ["--notebook", str(book), "--out", "out", "--lang", "en"]
    told = CliRunner().invoke(app, ["report", str(OTHER), str(SMALL), *asked])
    assert told.exit_code == 1
    assert told.stdout == "out/borealis-parts.en.html\n"
    assert "atelier-belval.yaml (en): ZeroDivisionError: division by zero" in told.stderr
    assert "out/failed/atelier-belval.en.ipynb" in told.stderr


def test_nothing_but_finished_files_is_left_behind(tmp_path):
    reports([SMALL], tmp_path / "out", lang="all", jobs=2)
    left = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*"))
    assert left == [
        "borealis-parts.de.html",
        "borealis-parts.en.html",
        "borealis-parts.fr.html",
        "notebooks",
        "notebooks/borealis-parts.de.ipynb",
        "notebooks/borealis-parts.en.ipynb",
        "notebooks/borealis-parts.fr.ipynb",
    ]


def test_a_failure_that_is_mended_leaves_no_trace(tmp_path):
    bad = notebook_that(tmp_path / "bad.ipynb", "boom")
    reports([SMALL], tmp_path / "out", lang="en", notebook=bad)
    reports([SMALL], tmp_path / "out", lang="en")
    assert not list((tmp_path / "out" / "failed").iterdir())


def test_braces_in_a_folder_are_only_braces(tmp_path):
    folder = tmp_path / "{client} {0.__class__}"
    folder.mkdir()
    book = notebook_that(folder / "own.ipynb", '"shown"')
    (outcome,) = reports([SMALL], folder / "out", lang="en", notebook=book)
    assert (outcome.status, outcome.reason) == ("done", None)
    assert outcome.page.is_file()


def test_a_consultants_own_notes_stand_in_the_page_and_the_code_does_not():
    book = nbformat.read(report_notebook(), as_version=4)
    note = nbformat.v4.new_markdown_cell("## Our view\n\nAsk the *controller*.")
    sum_of = nbformat.v4.new_code_cell("1 + 1", execution_count=9)
    sum_of.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "<2>"})]
    book.cells += [note, sum_of]
    book.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    page = page_of(book)
    assert "Our view" in page
    assert "<em>controller</em>" in page
    assert "&lt;2&gt;" in page
    assert "1 + 1" not in page
    assert "Run all cells" not in page
