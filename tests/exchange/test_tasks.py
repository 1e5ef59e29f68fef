"""Actions out to Jira, Planner, Asana and spreadsheets, and what they report back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from tests.exchange.conftest import session
from workbook.cli.main import app
from workbook.exchange.tables.writing import csv_bytes, xlsx_bytes
from workbook.i18n import voice
from workbook.model.engagement import ActionStatus
from workbook.report import build, html
from workbook.store import Change

FILES = sorted((Path(__file__).parent / "tasks").iterdir())
ERP = "set_date/technology/erp/ready_date"
SPONSOR = "ask/executive_sponsor/investment_decision/-"
DAY = dt.date(2026, 11, 27)
SYSTEMS = ["jira", "planner", "asana", "csv", "xlsx"]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", DAY.isoformat())


def run(*words):
    result = CliRunner().invoke(app, ["actions", *map(str, words)])
    assert result.exit_code == 0, result.output
    return result


def reported():
    return {u.action: u for u in session().engagement.undertakings}


def test_there_are_files_enough():
    assert len(FILES) >= 20


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_returned_file_updates_status_owner_and_due_date(company, file):
    plan = company(file)
    assert plan["kind"] == "actions"
    assert [line for line in plan["unused"] if "has no key of ours" in line]
    erp, sponsor = reported()[ERP], reported()[SPONSOR]
    assert (erp.status, erp.due) == (ActionStatus.DONE, dt.date(2026, 12, 11))
    assert erp.owner == "lea-martin"
    assert sponsor.status is ActionStatus.UNDER_WAY
    assert (sponsor.owner, sponsor.due) == ("jo-martin", dt.date(2026, 12, 18))
    assert company(file)["changes"] == 0


def test_the_day_on_which_a_task_was_completed_is_kept(company):
    company(FILES[0])
    assert (FILES[0].name, reported()[ERP].on) == ("asana_en.csv", dt.date(2026, 11, 30))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_goes_out_comes_back_as_no_change(company, folder, system, language):
    ending = "xlsx" if system in ("planner", "xlsx") else "csv"
    file = folder / f"out.{ending}"
    run("export", "acme", "--to", system, "-o", file, "--lang", language)
    actions = json.loads(run("list", "acme", "--json").stdout)
    plan = company(file)
    assert plan["changes"] == 0
    assert len(plan["preview"]) == len(actions) > 3


def test_a_status_changed_in_the_file_comes_back(company, folder):  # noqa: ARG001
    run("export", "acme", "-o", folder / "tasks.csv")
    text = (folder / "tasks.csv").read_text("utf-8-sig").replace("To do", "Done")
    (folder / "tasks.csv").write_text(text, "utf-8")
    run("import", "acme", folder / "tasks.csv")
    assert {u.status for u in session().engagement.undertakings} == {ActionStatus.DONE}
    assert session().undo()
    assert session().engagement.undertakings == ()


def test_a_key_of_another_engagement_is_listed_and_changes_nothing(company, folder):
    file = folder / "tasks.csv"
    key = "workbook:zenith/set_date/technology/erp/ready_date"
    file.write_text(f"Action,Status,Key\nAgree a date,Done,{key}\n", "utf-8")
    plan = company(file)
    assert plan["changes"] == 0
    assert plan["unused"][-1] == "row 2, Agree a date: belongs to the engagement zenith"


def test_an_action_that_the_framework_does_not_know_is_listed_and_changes_nothing(company, folder):
    file = folder / "tasks.csv"
    key = "workbook:acme/dance/technology/erp/ready_date"
    file.write_text(f"Action,Status,Key\nDance,Done,{key}\n", "utf-8")
    plan = company(file)
    assert plan["changes"] == 0
    action = key.partition("/")[2]
    assert plan["unused"][-1] == f"row 2, Dance: there is no action “{action}”"


def test_the_section_of_a_board_is_no_status_of_a_task_that_is_not_completed(company, folder):
    file = folder / "board.csv"
    heads = "Task ID,Completed At,Name,Section/Column,Due Date,Notes"
    row = f"1,,Agree a date,Technology,2026-12-24,workbook:acme/{ERP}"
    file.write_text(f"{heads}\n{row}\n", "utf-8")
    plan = company(file)
    assert plan["questions"] == []
    assert reported()[ERP].status is ActionStatus.OPEN


def test_a_status_or_a_person_that_nobody_knows_is_asked_about(company, folder):
    file = folder / "tasks.csv"
    row = f"Agree a date,Parked,kim@acme.example,soon,workbook:acme/{ERP}"
    file.write_text(f"Action,Status,E-mail,Due,Key\n{row}\n", "utf-8")
    plan = company(file)
    assert plan["questions"] == [
        "row 2: nobody knows the status “Parked”",
        "row 2: nobody here is “kim@acme.example”",
        "row 2: “soon” is no date that can be read",
    ]
    assert plan["changes"] == 0


def test_the_list_of_actions_says_how_far_what_went_out_has_come(company):
    assert "went out" not in run("list", "acme").stdout
    company(FILES[0])
    listed = run("list", "acme").stdout
    assert "1 of 2 actions that went out is done" in listed


def test_what_a_plan_has_no_room_for_is_said(folder, monkeypatch):
    monkeypatch.setattr("workbook.exchange.tasks.writing.MOST", 2)
    count = len(json.loads(run("list", "acme", "--json").stdout))
    said = run("export", "acme", "--to", "planner", "-o", folder / "plan.xlsx").stderr
    assert f"left out: the last {count - 2} actions" in said


def text_of(language):
    work = session()
    evaluation = work.evaluate(DAY)
    return str(html(build(work.rules, work.engagement, evaluation, language)))


def test_the_next_report_says_what_was_done_and_what_it_brought(company):
    assert "What was done since" not in text_of("en")
    company(next(file for file in FILES if file.name == "jira_en.csv"))
    gain = reported()[ERP].gain
    assert gain
    assert "not yet recorded here" in text_of("en")
    ready = {"value": "2027-03-01"}
    session().record(Change(("answer", "ready_date", "erp", ""), ready))
    printed = text_of("en")
    assert "not yet recorded here" not in printed
    brought = voice("en").number(gain, 1, signed=True)
    assert f"1 of 2 actions that went out is done; points brought: {brought}." in printed
    assert "Ce qui a été fait depuis" in text_of("fr")


def test_what_a_baseline_called_for_and_is_done_is_listed_with_the_points(company):  # noqa: ARG001
    session().baseline("Kick-off")
    session().record(Change(("answer", "ready_date", "erp", ""), {"value": "2027-03-01"}))
    printed = run("list", "acme", "--since", "Kick-off").stdout
    assert "✓ Agree a date for the ERP" in printed
    assert "1 action is done; at least" in printed
    assert (
        "1 action est terminée" in run("list", "acme", "--since", "Kick-off", "--lang", "fr").stdout
    )


def test_undertakings_are_part_of_the_document(company, folder):
    company(FILES[0])
    for words in (["export", "acme", "-o", "acme.yaml"], ["check", "acme.yaml"]):
        assert CliRunner().invoke(app, words).exit_code == 0
    text = (folder / "acme.yaml").read_text("utf-8").replace("owner: jo-martin", "owner: jo-marten")
    (folder / "acme.yaml").write_text(text, "utf-8")
    refused = CliRunner().invoke(app, ["check", "acme.yaml"])
    assert refused.exit_code == 2
    assert "did you mean “jo-martin”?" in refused.output


def test_no_cell_that_goes_out_is_a_formula():
    rows = [["Name"], ["=1+1"], ["@SUM(A1)"], ["+33 1"]]
    cells = [row[0] for row in csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig")))]
    assert cells == ["Name", "'=1+1", "'@SUM(A1)", "'+33 1"]
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(rows, "Names"))).active
    assert {cell.data_type for (cell,) in page.iter_rows()} == {"s"}
    assert page["A2"].value == "=1+1"


def test_a_system_that_is_not_there_is_refused(company, folder):  # noqa: ARG001
    result = CliRunner().invoke(app, ["actions", "export", "acme", "--to", "jirra", "-o", "x.csv"])
    assert result.exit_code == 2
    assert "did you mean “jira”?" in result.output
    assert not (folder / "x.csv").exists()


def test_a_sheet_of_actions_is_legible_where_no_row_grows_by_itself_and_prints_across(folder):
    rows = [["Action", "Notes"], ["Agree a date", "For: Léa\n" + "word " * 40]]
    (folder / "tasks.xlsx").write_bytes(xlsx_bytes(rows, "Actions"))
    sheet = openpyxl.load_workbook(folder / "tasks.xlsx").active
    assert sheet.row_dimensions[2].height >= 4 * 15
    assert {cell.font.name for row in sheet for cell in row} == {"Calibri"}
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.orientation) == (1, "landscape")
    assert sheet.print_title_rows == "$1:$1"
