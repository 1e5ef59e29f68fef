"""Answers that come in as files: in whose name, into which round, undone by whoever took them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from tests.workshop.conftest import ASKED, TODAY, silent
from tests.workshop.test_questionnaires import Office, row_in
from workbook.cli.main import app
from workbook.exchange.questionnaire.paper import MISSING
from workbook.model.engagement import Engagement
from workbook.store import Change
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace

FORM = "Your name,Promotions\nPaul Ney,Claire Aubry\nClaire Aubry,Paul Ney\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", TODAY.isoformat())


@pytest.fixture
def office(workspace: Workspace, of_three: Session) -> Office:
    return Office(workspace, of_three)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """What two people answered in a form."""
    file = tmp_path / "form.csv"
    file.write_text(FORM, "utf-8")
    return file


def unnamed(workspace: Workspace) -> Session:
    """A workshop without names whose first round is closed."""
    session = workspace.new(silent(workspace, anonymous=True))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    session.record(close_round(session.engagement, workspace.now()))
    return session


def take(workspace: Workspace, file: Path, *words: str):
    usual = ["--engagement", "lorient", "--workspace", str(workspace.path)]
    return CliRunner().invoke(app, ["import", str(file), *usual, *words])


def test_between_rounds_without_names_answers_are_refused_and_told_when(workspace, form):
    session = unnamed(workspace)
    result = take(workspace, form, "--as", "answers")
    assert result.exit_code == 2
    assert "no round is open" in result.stderr
    assert "open another round" in result.stderr
    session.refresh()
    assert not [e for e in session.history() if e.subject[0] == "nomination"]


def test_within_a_round_without_names_they_are_taken(workspace, form):
    session = unnamed(workspace)
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    assert take(workspace, form, "--as", "answers").exit_code == 0
    session.refresh()
    assert session.round_log("2").voices["promotions"].keys() == {"paul-ney", "claire-aubry"}


def sent(folder: Path, *when: dt.datetime) -> Path:
    """An export in which Paul gives the same answer at each of these times."""
    rows = (f"{time.astimezone():%Y-%m-%d %H:%M:%S},Paul Ney,Claire Aubry\n" for time in when)
    file = folder / "sent.csv"
    file.write_text("Timestamp,Your name,Promotions\n" + "".join(rows), "utf-8")
    return file


def test_an_answer_that_is_sent_again_in_a_second_round_of_the_day_is_confirmed_once(
    workspace, session, tmp_path
):
    opened = session.engagement.rounds[0].opened
    take(workspace, sent(tmp_path, opened), "--as", "answers")
    session.refresh()
    session.record(close_round(session.engagement, workspace.now()))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    again = session.engagement.rounds[-1].opened
    take(workspace, sent(tmp_path, opened), "--as", "answers")
    session.refresh()
    assert session.round_log("2").last == {}, "the row of the first round says nothing in this one"
    for _ in range(2):
        take(workspace, sent(tmp_path, opened, again), "--as", "answers")
        session.refresh()
    assert session.round_log("2").voices["promotions"].keys() == {"paul-ney"}
    said = [e for e in session.history() if e.subject == ("nomination", "paul-ney", "promotions")]
    assert len(said) == 2


def test_with_names_they_are_taken_between_rounds_too(office, workspace, form):
    office.session.record(close_round(office.session.engagement, workspace.now()))
    assert take(workspace, form, "--as", "answers").exit_code == 0


def test_answers_of_a_form_are_said_by_those_who_answered(office, workspace, form):
    take(workspace, form, "--as", "answers", "--actor", "Marie")
    office.session.refresh()
    said = [e for e in office.session.history() if e.subject[0] == "nomination"]
    assert {(e.actor, e.subject[1]) for e in said} == {
        ("paul-ney", "paul-ney"),
        ("claire-aubry", "claire-aubry"),
    }


def test_the_history_says_who_took_a_file_in_and_as_what(office, workspace, form):
    take(workspace, form, "--as", "answers", "--actor", "Marie")
    history = office.run("history", "lorient", "--subject", "import").stdout
    assert "Marie" in history
    assert "imported import/answers" in history


def test_whoever_took_a_file_in_takes_it_back_in_one_step(workspace, session, form):  # noqa: ARG001 - it opens the round
    take(workspace, form, "--as", "answers", "--actor", "Marie")
    marie = workspace.open("lorient", "Marie")
    assert len(marie.engagement.nominations) == 2
    assert workspace.open("lorient", "Paul").undo() == ()
    marie.undo()
    assert marie.engagement.nominations == ()
    marie.redo()
    assert len(marie.engagement.nominations) == 2


def test_what_was_missed_and_settled_stays_settled_when_the_file_comes_again(office):
    paper = office.send() / "paul-ney.xlsx"
    book = openpyxl.load_workbook(paper)
    book.worksheets[0][f"F{row_in(book, MISSING)}"] = "Marketplace"
    book.save(paper)
    office.take(paper)
    (item,) = office.session.engagement.parked
    settled = {"text": item.text, "respondent": item.respondent, "settled": True}
    office.session.record(Change(("parked", item.id), settled))
    office.take(paper)
    assert office.session.engagement.parked[0].settled


def test_a_text_that_begins_like_a_formula_stays_a_text(workspace):
    formula = '=HYPERLINK("x";"y")'
    engagement: Engagement = silent(workspace)
    people = (engagement.people[0].model_copy(update={"name": formula}), *engagement.people[1:])
    asked = tuple(each for each in engagement.respondents if each.id in ASKED)
    changes = {"people": people, "respondents": asked}
    session = workspace.new(engagement.model_copy(update=changes))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    paper = Office(workspace, session).send() / "paul-ney.xlsx"
    with zipfile.ZipFile(io.BytesIO(paper.read_bytes())) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "/sheet" in name]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
    cells = [c for s in openpyxl.load_workbook(paper) for row in s.iter_rows() for c in row]
    assert [cell.data_type for cell in cells if cell.value == formula]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=")} <= {"s"}
