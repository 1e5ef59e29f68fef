"""`workbook evaluate` and `workbook demo`: results in a few lines, reports of all examples."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.report.examples import EXAMPLES, evaluated, report_of
from workbook import report
from workbook.batch.batch import Batch
from workbook.batch.ledger import LedgerEntry, Output, Unkept
from workbook.cli.main import app

AS_OF = ["--as-of", "2026-11-23"]


def run(*asked):
    return CliRunner().invoke(app, list(asked))


def test_evaluate_tells_level_score_areas_gates_findings_and_actions():
    told = run("evaluate", str(EXAMPLES["tidewater-outdoor"]), *AS_OF)
    assert told.exit_code == 0
    assert told.stdout == report.plain(report_of("tidewater-outdoor", "en")) + "\n"
    for said in (
        "51 (between 36 and 60, once everything is answered) · Not ready to At risk",
        "Technology: 74 (between 49 and 81",
        "- Not met · IT was not in from day one and has not caught up",
        "- Critical · The programme has no executive sponsor",
        "1. Appoint a member of the C-suite as sponsor (Facilitator, for the C-suite to decide, ",
    ):
        assert said in told.stdout


def test_evaluate_speaks_each_engagements_language_or_the_one_asked_for():
    files = [str(EXAMPLES["tidewater-outdoor"]), str(EXAMPLES["atelier-belval"])]
    own = run("evaluate", *files, *AS_OF).stdout
    assert "Do this first" in own
    assert "À faire en premier" in own
    assert "À faire en premier" not in run("evaluate", *files, *AS_OF, "--lang", "en").stdout


def test_evaluate_gives_codes_and_numbers_to_a_machine():
    told = run("evaluate", str(EXAMPLES["maison-lorient"]), *AS_OF, "--json")
    (result,) = json.loads(told.stdout)["results"]
    whole = evaluated("maison-lorient")
    assert result["as_of"] == "2026-11-23"
    assert result["score"]["point"] == pytest.approx(whole.score.point)
    assert [area["area"] for area in result["areas"]] == [area.area for area in whole.areas]
    assert len(result["findings"]) == len(whole.findings)
    assert result["gates"][0]["state"] in {"passed", "tripped", "undetermined"}


def test_evaluate_says_what_is_wrong_with_every_file(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("key: x", encoding="utf-8")
    told = run("evaluate", str(bad), str(tmp_path / "none.yaml"), str(EXAMPLES["borealis-parts"]))
    assert told.exit_code == 2
    assert told.stdout == ""
    assert "bad.yaml" in told.stderr
    assert "none.yaml" in told.stderr


def test_evaluate_refuses_a_day_or_language_that_is_none():
    file = str(EXAMPLES["borealis-parts"])
    assert run("evaluate", file, "--as-of", "x").exit_code == 2
    assert run("evaluate", file, "--lang", "xx").exit_code == 2


def test_demo_evaluates_every_example_and_says_where_the_reports_lie(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked, served = [], []

    def made_up(order, found, *_):
        asked.extend(found.items)
        ledger = Unkept(order.outlet, "run")
        for item in found.items:
            files = {form: order.file_of(item.name, form) for form in order.formats}
            outputs = {form: Output(file, "", "") for form, file in files.items()}
            ledger.note(LedgerEntry(item.name, "", outputs))
        return Batch("run", order, found, ledger, {item.name: True for item in found.items})

    monkeypatch.setattr("workbook.batch.afresh.make", made_up)
    monkeypatch.setattr(
        "workbook.cli.serving.run", lambda session, *, browser: served.append((session, browser))
    )
    told = run("demo", "--out", "here", "--open")
    assert told.exit_code == 0
    assert {one.document.path.stem for one in asked} == set(EXAMPLES)
    for one in asked:
        assert f"here/{one.name}.html" in told.stdout
    assert "Tidewater Outdoor" in told.stdout
    ((session, browser),) = served
    assert (session.engagement, browser) == ("maison-lorient", True)
    assert f"engagement={session.engagement}" in session.url


def test_demo_ends_with_1_where_a_report_was_not_made(tmp_path, monkeypatch):
    def nothing(order, found, *_):
        return Batch("run", order, found, Unkept(order.outlet, "run"), {})

    monkeypatch.setattr("workbook.batch.afresh.make", nothing)
    told = run("demo", "--out", str(tmp_path))
    assert told.exit_code == 1
    assert told.stderr.count("was not made") == len(EXAMPLES)


def test_a_parameter_without_its_value_is_named():
    told = run("batch", str(EXAMPLES["borealis-parts"]), "-p", "lang")
    assert (told.exit_code, "“lang” has no value" in told.stderr) == (2, True)


@pytest.mark.parametrize("command", ["lab", "session"])
def test_a_place_to_work_opens_on_the_engagement_that_is_named(command, tmp_path, monkeypatch):
    served = []
    monkeypatch.setattr(
        "workbook.cli.serving.run", lambda server, *, browser: served.append((server, browser))
    )
    words = [command, "maison-lorient", "--lang", "fr", "--no-browser"]
    assert run(*words, "--workspace", str(tmp_path)).exit_code == 0
    ((server, browser),) = served
    assert (server.engagement, server.language, browser) == ("maison-lorient", "fr", False)
    for wrong in ([command, "nobody-here"], [command, "--lang", "xx"]):
        assert run(*wrong, "--workspace", str(tmp_path)).exit_code == 2
    assert len(served) == 1
