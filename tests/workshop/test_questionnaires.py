"""Questionnaires as workbooks: out per respondent, back in as the same answers, or not at all."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.workshop.conftest import FILE, TODAY, nominate, silent, workspace_in
from workbook.cli.main import app
from workbook.exchange.questionnaire.paper import MISSING, Paper
from workbook.exchange.questionnaire.reading import filled_in
from workbook.exchange.questionnaire.writing import questionnaire_xlsx
from workbook.exchange.tables.grid import tidy
from workbook.exchange.tables.reading import grids_of
from workbook.exchange.tables.xlsx_grid import CODES
from workbook.model.engagement import Confidence, Respondent
from workbook.store import Change
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace

SUBJECT = "promotions"
COLUMNS = {"owner": "C", "deputy": "D", "confidence": "E", "note": "F"}


class Office:
    """Who sends questionnaires out, fills one in and takes it back."""

    def __init__(self, workspace: Workspace, session: Session) -> None:
        self.workspace, self.session = workspace, session

    def run(self, *words: str):
        result = CliRunner().invoke(app, [*words, "--workspace", str(self.workspace.path)])
        self.session.refresh()
        return result

    def send(self, *words: str, key: str = "lorient") -> Path:
        result = self.run("questionnaire", key, "--until", "2026-12-04", *words)
        assert result.exit_code == 0, result.output
        return self.workspace.path / "questionnaires" / key

    def fill(self, file: Path, **cells: str) -> Path:
        """Write into the row of a subject, as somebody who has the workbook open."""
        book = openpyxl.load_workbook(file)
        row = row_in(book)
        for field, text in cells.items():
            book.worksheets[0][f"{COLUMNS[field]}{row}"] = text
        book.save(file)
        return file

    def take(self, file: Path, *words: str, key: str = "lorient"):
        return self.run("import", str(file), "--engagement", key, *words)

    def answer(self, respondent: str = "paul-ney"):
        return self.session.value(("nomination", respondent, SUBJECT))


def row_of(file: Path) -> int:
    return row_in(openpyxl.load_workbook(file))


def row_in(book: openpyxl.Workbook, code: str = SUBJECT) -> int:
    sheet = book.worksheets[0]
    return next(row for row in range(1, sheet.max_row + 1) if sheet[f"A{row}"].value == code)


@pytest.fixture
def office(workspace: Workspace, of_three: Session, monkeypatch) -> Office:
    monkeypatch.setenv("WORKBOOK_AS_OF", TODAY.isoformat())
    return Office(workspace, of_three)


@cache
def sent(store: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The store of a workshop and its questionnaires once they are sent: the same for all tests."""
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(store)
        workspace = workspace_in(Path(folder))
        files = Office(workspace, workspace.open("lorient")).send()
        questionnaires = {file.name: file.read_bytes() for file in files.iterdir()}
        return (workspace.path / FILE).read_bytes(), questionnaires


@pytest.fixture
def paper(office: Office) -> Path:
    """Paul Ney's questionnaire."""
    file = office.workspace.path / FILE
    store, questionnaires = sent(file.read_bytes())
    file.write_bytes(store)
    folder = office.workspace.path / "questionnaires" / "lorient"
    folder.mkdir(parents=True)
    for name, content in questionnaires.items():
        (folder / name).write_bytes(content)
    office.session.refresh()
    return folder / "paul-ney.xlsx"


def test_what_is_filled_in_is_the_answer_that_the_page_would_have_written(office, paper):
    office.fill(paper, owner="Claire Aubry", deputy="None", confidence="Certain", note="Ask her")
    assert office.take(paper).exit_code == 0
    assert office.answer() == [
        {
            "party": "claire-aubry",
            "deputy": "none",
            "confidence": "certain",
            "note": "Ask her",
            "on": TODAY.isoformat(),
        }
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Nobody", {"party": "nobody"}),
        ("Don’t know", {"state": "unknown"}),
        ("i don't know", {"state": "unknown"}),
        ("Paul Ney (I do)", {"party": "paul-ney"}),
        ("me", {"party": "paul-ney"}),
        ("Vacant post", {"party": "vacant"}),
    ],
)
def test_an_answer_need_not_be_a_name(office, paper, text, answer):
    office.take(office.fill(paper, owner=text))
    assert office.answer() == [{**answer, "on": TODAY.isoformat()}]


def test_a_name_that_is_not_on_the_list_is_somebody_new_and_said_so(office, paper):
    result = office.take(office.fill(paper, owner="Zoé Marchand"))
    assert "“Zoé Marchand” is new here" in result.stdout
    assert office.answer()[0]["party"] == "zoe-marchand"


def test_a_file_taken_in_twice_changes_nothing_on_another_day_either(office, paper, monkeypatch):
    office.take(office.fill(paper, owner="Zoé Marchand", note="x"))
    events = len(office.session.history())
    monkeypatch.setenv("WORKBOOK_AS_OF", "2026-11-28")
    assert "Nothing changes" in office.take(paper).stdout
    assert len(office.session.history()) == events


def test_what_was_answered_before_stands_in_the_cells_and_what_is_left_alone_stays(office):
    value = [
        {"party": "claire-aubry", "note": "said before", "evidence": "minutes", "ask": "ana-ruiz"},
        {"party": "ana-ruiz", "role": "C"},
    ]
    office.session.record(Change(("nomination", "paul-ney", SUBJECT), value))
    paper = office.send() / "paul-ney.xlsx"
    book = openpyxl.load_workbook(paper)
    sheet, row = book.worksheets[0], row_in(book)
    assert [sheet[f"{c}{row}"].value for c in "CF"] == ["Claire Aubry", "said before"]
    office.take(office.fill(paper, note="changed"))
    assert office.answer() == [{**value[0], "note": "changed", "on": TODAY.isoformat()}, value[1]]


def test_an_answer_that_is_wiped_out_is_taken_back(office):
    nominate(office.session, "paul-ney", SUBJECT, "claire-aubry")
    office.take(office.fill(office.send() / "paul-ney.xlsx", owner=""))
    assert office.answer() is None


def test_what_is_missing_goes_to_the_room_once(office, paper):
    book = openpyxl.load_workbook(paper)
    book.worksheets[0][f"F{row_in(book, MISSING)}"] = "Marketplace"
    book.save(paper)
    office.take(paper)
    office.take(paper)
    (item,) = office.session.engagement.parked
    assert (item.text, item.respondent) == ("Marketplace", "paul-ney")


def test_a_row_that_was_moved_is_known_by_its_code(office, paper):
    book = openpyxl.load_workbook(paper)
    sheet, row = book.worksheets[0], row_in(book)
    sheet[f"C{row}"] = "Claire Aubry"
    other = row - 1
    for column in "ABCDEF":
        here, there = sheet[f"{column}{row}"], sheet[f"{column}{other}"]
        here.value, there.value = there.value, here.value
    book.save(paper)
    office.take(paper)
    assert office.answer()[0]["party"] == "claire-aubry"


def test_french_words_come_back_as_the_same_codes(office):
    paper = office.send("--lang", "fr") / "paul-ney.xlsx"
    office.take(office.fill(paper, owner="Ne sait pas"))
    office.take(office.fill(office.send("--lang", "fr") / "claire-aubry.xlsx", owner="Personne"))
    assert office.answer()[0]["state"] == "unknown"
    assert office.answer("claire-aubry")[0]["party"] == "nobody"


def test_every_wrong_cell_is_named_and_nothing_is_taken(office, paper):
    office.fill(paper, owner="Ana Ruiz and Claire Aubry", confidence="perhaps", note="x" * 501)
    result, row = office.take(paper), row_of(paper)
    assert result.exit_code == 2
    for cell in ("C", "E", "F"):
        assert f"{cell}{row}" in result.stderr
    assert "use one of: Certain, Fairly, Guess" in result.stderr
    assert office.answer() is None


def test_a_deputy_who_is_the_owner_is_refused(office, paper):
    result = office.take(office.fill(paper, owner="Ana Ruiz", deputy="Ana Ruiz"))
    assert (result.exit_code, f"D{row_of(paper)}" in result.stderr) == (2, True)


def test_a_deputy_of_nobody_is_left_out_and_said_so(office, paper):
    result = office.take(office.fill(paper, owner="Nobody", deputy="Ana Ruiz"))
    assert "a deputy without one owner" in result.stdout
    assert office.answer() == [{"party": "nobody", "on": TODAY.isoformat()}]


def lost(book: openpyxl.Workbook) -> None:
    del book[CODES]


def altered(book: openpyxl.Workbook) -> None:
    book[CODES]["B2"] = str(book[CODES]["B2"].value)[:-2] + "AA"


def doubled(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    sheet["A8"], sheet["A9"] = SUBJECT, SUBJECT


def passed_twice(book: openpyxl.Workbook) -> None:
    book[CODES].append(["pass", "another"])


def of_no_field(book: openpyxl.Workbook) -> None:
    book[CODES].append(["code", "Q", "x", "X"])


def renamed(book: openpyxl.Workbook) -> None:
    book.worksheets[0][f"A{row_in(book)}"] = "promotion"


def uncoded(book: openpyxl.Workbook) -> None:
    book.worksheets[0][f"A{row_in(book)}"] = None


@pytest.mark.parametrize("harm", [lost, altered, doubled, passed_twice, of_no_field])
def test_a_questionnaire_that_lost_its_codes_is_refused(office, paper, harm):
    office.fill(paper, owner="Claire Aubry")
    book = openpyxl.load_workbook(paper)
    harm(book)
    book.save(paper)
    assert office.take(paper).exit_code == 2
    assert office.answer() is None


@pytest.mark.parametrize(
    ("harm", "column", "said"),
    [
        (renamed, "A", "“promotion” is no subject of this questionnaire"),
        (uncoded, "C", "the row belongs to no subject"),
    ],
)
def test_an_answer_in_a_row_without_its_subject_is_lost_on_nobody(
    office, paper, harm, column, said
):
    office.fill(paper, owner="Claire Aubry")
    row = row_of(paper)
    book = openpyxl.load_workbook(paper)
    harm(book)
    book.save(paper)
    refused = office.take(paper)
    assert (refused.exit_code, said in refused.stderr) == (2, True)
    assert f"{column}{row}" in refused.stderr
    assert office.answer() is None


def test_how_sure_somebody_is_of_no_owner_is_left_out_and_said(office, paper):
    result = office.take(office.fill(paper, confidence="Certain"))
    assert "how sure somebody is of no owner" in result.stdout
    assert office.answer() is None


def test_who_has_gone_since_the_questionnaire_was_sent_owns_nothing(office, paper):
    office.fill(paper, owner="Claire Aubry")
    office.session.record(
        Change(("respondent", "claire-aubry"), None), Change(("person", "claire-aubry"), None)
    )
    result = office.take(paper)
    assert (result.exit_code, "“claire-aubry” is not there any more" in result.stderr) == (2, True)


def test_what_somebody_is_not_asked_any_more_is_left_out_and_said(office, paper):
    office.fill(paper, owner="Claire Aubry")
    asked = {"person": "paul-ney", "areas": ["technology"]}
    office.session.record(Change(("respondent", "paul-ney"), asked))
    result = office.take(paper)
    assert (result.exit_code, "promotions is not asked any more" in result.stdout) == (0, True)
    assert office.answer() is None


def test_me_of_somebody_who_is_no_person_here_is_nobody(office):
    guest = Respondent(id="guest", name="The guest")
    session = office.workspace.new(silent(office.workspace, key="second", respondents=(guest,)))
    session.record(open_round(session.rules, session.engagement, (), office.workspace.now()))
    paper = office.send(key="second") / "guest.xlsx"
    result = office.take(office.fill(paper, owner="me"), key="second")
    said = "says “me”, and who answers is no person" in result.stderr
    assert (result.exit_code, said) == (2, True)


ANSWER = {"subject": SUBJECT, "fields": {}, "names": {"party": "Zoé"}, "on": "2026-11-27"}
NEW = {"name": "Zoé", "kind": "person", "title": "CTO", "inside": "inside", "lead": ""}
DAMAGED = {
    "fields that are none": {"answers": [{**ANSWER, "fields": "x"}]},
    "fields in a list": {"answers": [{**ANSWER, "fields": ["x"]}]},
    "names that are none": {"answers": [{**ANSWER, "names": ["x"]}]},
    "a name that is a number": {"answers": [{**ANSWER, "names": {"party": 5}}]},
    "an owner that is a list": {"answers": [{**ANSWER, "fields": {"party": ["x"]}, "names": {}}]},
    "a field of no page": {"answers": [{**ANSWER, "fields": {"respondent": "claire-aubry"}}]},
    "a confidence of no list": {"answers": [{**ANSWER, "fields": {"confidence": "utter"}}]},
    "a note without an end": {"answers": [{**ANSWER, "fields": {"note": "x" * 501}}]},
    "a wish without an end": {"missing": ["x" * 501]},
    "a day that is none": {"answers": [{**ANSWER, "on": "2026-13-01"}]},
    "an answer that is none": {"answers": ["x"]},
    "answers that are none": {"answers": 5},
    "somebody of no kind": {"newcomers": [{**NEW, "kind": "robot"}]},
    "somebody without a kind": {"newcomers": [{"name": "Zoé"}]},
    "a name without an end": {"newcomers": [{**NEW, "name": "Zoé" * 500}]},
}


def page_of(paper: Path, **content: object) -> Path:
    """A file of answers as the page of this questionnaire writes it."""
    codes = next(g for g in grids_of(paper.read_bytes(), "paper.xlsx") if g.sheet == CODES)
    (code,) = (line[1].text for line in codes.lines if line[0].text == "pass")
    whole = {"workbook-questionnaire": 1, "pass": code, "answers": [], "missing": [], **content}
    file = paper.with_suffix(".json")
    file.write_text(json.dumps(whole), "utf-8")
    return file


def test_a_file_of_answers_brings_whom_its_respondent_described(office, paper):
    described = [
        {**NEW, "name": "Shop team", "kind": "team", "lead": "claire-aubry"},
        {**NEW, "inside": ""},
    ]
    answers = [{**ANSWER, "names": {"party": "Shop team", "deputy": "Zoé"}}]
    result = office.take(page_of(paper, answers=answers, newcomers=described, missing=["Returns"]))
    assert result.exit_code == 0, result.stderr
    assert (office.answer()[0]["party"], office.answer()[0]["deputy"]) == ("shop-team", "zoe")
    parties = office.session.engagement.parties()
    assert parties["shop-team"].lead == "claire-aubry"
    assert (parties["zoe"].title, parties["zoe"].inside) == ("CTO", False)
    assert [item.text for item in office.session.engagement.parked] == ["Returns"]


@pytest.mark.parametrize("harm", DAMAGED)
def test_a_file_of_answers_that_was_meddled_with_is_refused_in_a_sentence(office, paper, harm):
    result = office.take(page_of(paper, **DAMAGED[harm]))
    assert (result.exit_code, type(result.exception)) == (2, SystemExit), result.exception
    assert office.session.engagement.nominations == ()


def test_one_of_another_engagement_is_refused_and_its_own_is_named(office, paper):
    other = office.workspace.new(silent(office.workspace, key="other"))
    other.record(open_round(other.rules, other.engagement, (), office.workspace.now()))
    result = office.take(office.fill(paper, owner="Nobody"), key="other")
    assert (result.exit_code, "--engagement lorient" in result.stderr) == (2, True)


def test_one_of_somebody_who_withdrew_is_refused(office, paper):
    value = {"person": "paul-ney", "withdrawn": True}
    office.session.record(Change(("respondent", "paul-ney"), value))
    result = office.take(office.fill(paper, owner="Nobody"))
    assert (result.exit_code, "is not asked any more" in result.stderr) == (2, True)


def test_one_that_was_taken_back_is_refused(office, paper):
    office.run("invite", "lorient", "--revoke", "paul-ney")
    result = office.take(office.fill(paper, owner="Nobody"))
    assert (result.exit_code, "was taken back" in result.stderr) == (2, True)


def test_a_closed_round_takes_nothing_and_a_later_one_only_if_it_is_said(office, paper):
    office.fill(paper, owner="Claire Aubry")
    session, now = office.session, office.workspace.now
    session.record(close_round(session.engagement, now()))
    assert "no round is open" in office.take(paper, "--late").stderr
    session.record(open_round(session.rules, session.engagement, [SUBJECT], now()))
    assert "round 1, for which it was made, is closed" in office.take(paper).stderr
    assert office.answer() is None
    assert office.take(paper, "--late").exit_code == 0
    assert session.round_log("2").answered("paul-ney") == 1


def test_a_day_that_is_over_is_said(office, paper, monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", "2026-12-05")
    assert "answers were taken until 2026-12-04" in office.take(paper).stderr


def test_the_pass_of_a_questionnaire_opens_no_page(office, paper):
    from tests.workshop.hosting import Browser, Host

    host = Host(office.workspace)
    code = openpyxl.load_workbook(paper)[CODES]["B2"].value
    assert Browser(host).ask("POST", f"/in/{code}")[0] == 403
    host.stop()


def test_there_is_no_formula_and_codes_are_hidden(paper):
    with zipfile.ZipFile(paper) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n]
    assert not any("<f>" in sheet for sheet in sheets)
    book = openpyxl.load_workbook(paper)
    assert book[CODES].sheet_state == "hidden"
    assert book.worksheets[0].column_dimensions["A"].hidden


ASKED = ("promotions", "erp", "ceo")
texts = st.text(max_size=30)
answers = st.one_of(
    st.fixed_dictionaries(
        {"party": st.sampled_from(["ana-ruiz", "claire-aubry", "nobody", "vacant"])},
        optional={
            "deputy": st.sampled_from(["paul-ney", "none"]),
            "confidence": st.sampled_from([each.value for each in Confidence]),
            "note": texts,
            "evidence": texts,
        },
    ),
    st.fixed_dictionaries({"state": st.just("unknown")}, optional={"note": texts}),
)


@settings(max_examples=settings.default.max_examples // 4)
@given(answers=st.dictionaries(st.sampled_from(ASKED), answers))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_round_trip_loses_nothing(language, answers):
    """Whatever was answered, a workbook that nobody has changed says nothing anew."""
    paper = a_paper(language, {key: [value] for key, value in answers.items()})
    assert back(paper) == ()


@settings(max_examples=settings.default.max_examples // 4)
@given(answers=st.dictionaries(st.sampled_from(ASKED), answers))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_a_page_can_say_a_workbook_says_in_the_same_codes(language, answers):
    """The cells of a filled-in workbook, written into a blank one, come to the same answers."""
    full = a_paper(language, {key: [value] for key, value in answers.items()})
    blank = a_paper(language, {})
    book = openpyxl.load_workbook(io.BytesIO(questionnaire_xlsx(blank)))
    theirs = openpyxl.load_workbook(io.BytesIO(questionnaire_xlsx(full))).worksheets[0]
    for row in theirs.iter_rows(min_row=7, min_col=3, max_col=6):
        for cell in row:
            if cell.value is not None:
                mine = book.worksheets[0][cell.coordinate]
                mine.value, mine.data_type = cell.value, "s"
    file = io.BytesIO()
    book.save(file)
    said = {saying.focal_point: saying for saying in read(file.getvalue())}
    for key, value in answers.items():
        expected = {k: v for k, v in value.items() if k not in {"evidence", "note"}}
        assert said[key].names == {}
        fields = dict(said[key].fields)
        assert (fields.pop("note", None) or "") == tidy(typed(value.get("note", "")))
        assert fields == expected


def typed(text: str) -> str:
    """The text without what no cell can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


ROOM: dict[str, Session] = {}


@pytest.fixture(autouse=True, scope="module")
def _room(tmp_path_factory):
    from workbook.store import Store

    folder = tmp_path_factory.mktemp("room")
    workspace = Workspace(folder, Store(folder / "workbook.db"))
    ROOM["session"] = workspace.new(silent(workspace))


def a_paper(language: str, values: dict[str, object]) -> Paper:
    from workbook.workshop import subjects_of

    session = ROOM["session"]
    respondent = next(r for r in session.engagement.respondents if r.id == "paul-ney")
    return Paper(
        engagement=session.engagement,
        respondent=respondent,
        subjects=tuple(
            pair
            for pair in subjects_of(session.rules, session.engagement, respondent)
            if pair[1].key in ASKED
        ),
        answers=values,
        code="code",
        until=str(dt.date(2026, 12, 4)),
        privacy="",
        language=language,
    )


def back(paper: Paper):
    return read(questionnaire_xlsx(paper))


def read(raw: bytes):
    filled = filled_in(Path("paper.xlsx"), grids_of(raw, "paper.xlsx"))
    assert filled.problems == ()
    return filled.sayings


def test_between_rounds_no_questionnaire_goes_out(office):
    office.session.record(close_round(office.session.engagement, office.workspace.now()))
    refused = office.run("questionnaire", "lorient", "--until", "2026-12-04")
    assert (refused.exit_code, "no round is open" in refused.stderr) == (2, True)
    assert not (office.workspace.path / "questionnaires").exists()
