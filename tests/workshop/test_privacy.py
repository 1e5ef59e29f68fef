"""What is held on somebody, how it goes, and who may not be found in what is given away."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from itertools import permutations

import pytest
import yaml
from typer.testing import CliRunner

from tests.workshop.conftest import START, TODAY, nominate, silent
from tests.workshop.hosting import Browser, Host
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.i18n import voice
from workbook.report.nameless import pseudonymised
from workbook.scoring import evaluate
from workbook.store import Change
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace

REMARK = "ask Paul Ney before you decide"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", TODAY.isoformat())


@pytest.fixture
def run(workspace: Workspace):
    def run(*words: str):
        return CliRunner().invoke(app, [*words, "--workspace", str(workspace.path)])

    return run


@pytest.fixture
def said(of_three: Session) -> Session:
    """Paul answers, is named, is mentioned, writes for the team, and gets a link."""
    of_three.record(
        Change(("nomination", "paul-ney", "promotions"), [{"party": "claire-aubry"}]),
        actor="paul-ney",
    )
    nominate(of_three, "claire-aubry", "promotions", "paul-ney")
    of_three.record(Change(("decision", "promotions"), {"owner": "claire-aubry", "note": REMARK}))
    of_three.record(
        Change(("decision", "product_assortment"), {"owner": "claire-aubry"}), actor="Paul Ney"
    )
    of_three.record(Change(("invitation", "paul-ney"), {"until": "2026-12-04"}))
    of_three.record(Change(("parked", "p1"), {"text": "Marketplace", "respondent": "paul-ney"}))
    return of_three


def kinds(result) -> set[tuple[str, str]]:
    data = json.loads(result.stdout)
    return {(each["kind"], each["subject"][0]) for each in data["holdings"]}


@pytest.mark.usefixtures("said")
def test_what_is_held_has_every_kind_of_it(run):
    result = run("holds", "lorient", "paul-ney", "--format", "json")
    assert result.exit_code == 0, result.output
    assert kinds(result) >= {
        ("details", "person"),
        ("details", "respondent"),
        ("answer", "nomination"),
        ("answer", "parked"),
        ("named", "nomination"),
        ("mention", "decision"),
        ("link", "invitation"),
        ("wrote", "decision"),
    }


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "What is held on Paul Ney"), ("fr", "Ce qui est conservé sur Paul Ney")],
)
@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.usefixtures("said")
def test_what_is_held_can_be_read_in_both_languages(run, workspace, lang, title, form):
    file = workspace.path / f"paul.{form}"
    result = run("holds", "lorient", "paul-ney", "--lang", lang, "-o", str(file))
    assert result.exit_code == 0, result.output
    text = file.read_text("utf-8")
    assert title in text
    assert "Claire Aubry" in text
    assert REMARK in text
    for bare in ("party:", "person:", "serial:", "true"):
        assert bare not in text.lower().partition("<body")[2 if form == "html" else 0].lower()


def test_without_names_nobody_learns_who_named_them(workspace, run):
    session = workspace.new(silent(workspace, anonymous=True))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    others = [r.id for r in session.engagement.respondents if r.id != "paul-ney"]
    for respondent in others[:5]:
        nominate(session, respondent, "promotions", "paul-ney")
    for respondent in others[:3]:
        nominate(session, respondent, "product_assortment", "paul-ney")
    session.record(close_round(session.engagement, workspace.now()))
    result = run("holds", "lorient", "paul-ney", "--format", "json")
    named = [h for h in json.loads(result.stdout)["holdings"] if h["kind"] == "named"]
    voices = [h for h in named if h["subject"][0] == "nomination"]
    assert [h["subject"] for h in voices] == [["nomination", "", "promotions"]] * 5
    assert {(h["actor"], h["time"]) for h in voices} == {(None, None)}


def test_nobody_of_that_name_is_refused_with_the_nearest(run, session):  # noqa: ARG001
    result = run("holds", "lorient", "paul-nay")
    assert (result.exit_code, "paul-ney" in result.stderr) == (2, True)


def test_erasing_a_respondent_takes_link_letters_and_questionnaire_back(run, workspace, said):
    assert run("invite", "lorient", "--until", "2026-12-04").exit_code == 0
    assert run("questionnaire", "lorient", "--until", "2026-12-04").exit_code == 0
    letters = workspace.path / "invitations" / "lorient"
    host = Host(workspace)
    try:
        link = host.link("paul-ney", until=dt.date(2026, 12, 4))
        assert Browser(host).ask("GET", link)[0] == 200
        result = run("erase", "lorient", "paul-ney", "--yes")
        assert result.exit_code == 0, result.output
        host.room.session.refresh()
        assert Browser(host).ask("GET", link)[0] == 403
        _, room = Browser(host).ask("GET", f"/room/{host.room.code}")
        assert "erased" not in room["body"]
    finally:
        host.stop()
    assert not (letters / "paul-ney.eml").exists()
    assert not (workspace.path / "questionnaires" / "lorient" / "paul-ney.xlsx").exists()
    assert "invitations/lorient/paul-ney.eml" in result.stdout
    left = b"".join(f.read_bytes() for f in letters.iterdir())
    assert b"Paul Ney" not in left
    assert (letters / "claire-aubry.eml").exists()
    said.refresh()
    gone = next(r for r in said.engagement.respondents if r.withdrawn and r.id != "paul-ney")
    assert said.round_log("1").answered(gone.id) == 1, "what was said stays, said by nobody"


def test_what_is_old_is_listed_first_and_goes_only_when_told(run, workspace, said):
    letter = workspace.path / "invitations" / "lorient" / "paul-ney.eml"
    letter.parent.mkdir(parents=True)
    letter.write_text("Hello Paul Ney")
    old = START.timestamp() - 4 * 365 * 86400
    os.utime(letter, (old, old))
    recent = run("retain", "--years", "3")
    assert "lorient " not in recent.stdout, "its last change is of today"
    assert "invitations/lorient/paul-ney.eml" in recent.stdout
    assert letter.exists()
    assert run("retain", "--years", "3", "--yes").exit_code == 0
    assert not letter.exists()
    assert said.engagement.parties()["paul-ney"].name == "Paul Ney"


def test_after_an_engagement_went_its_events_stay_and_nobody_is_in_the_file(
    workspace, said, monkeypatch
):
    before = [(e.seq, e.kind, e.subject[0]) for e in said.history()]
    score = said.evaluate(TODAY).score
    monkeypatch.setattr(
        "workbook.workspace.workspace.utc_now", lambda: START + dt.timedelta(days=900)
    )
    later = Workspace(workspace.path, workspace.store, lambda: START + dt.timedelta(days=900))
    from workbook.workspace.retention import outdated

    (old,) = outdated(later, START + dt.timedelta(days=500))
    assert (old.key, old.names > 10, old.texts > 10) == ("lorient", True, True)
    later.forget("lorient")
    again = Workspace.at(workspace.path).open("lorient")
    assert [(e.seq, e.kind, e.subject[0]) for e in again.history()][:-1] == before
    assert {person.name for person in again.engagement.people} == {"erased"}
    assert 0 < again.evaluate(TODAY).score.point <= score.point, "titles tell no fit any more"
    data = (workspace.path / "workbook.db").read_bytes()
    for private in ("Paul Ney", "paul-ney", "claire-aubry", REMARK):
        assert private.encode() not in data
    assert outdated(later, START + dt.timedelta(days=5000)) == (), "nothing is left to go"


def test_how_long_things_are_kept_must_be_said(run):
    assert run("retain").exit_code == 2


# Pseudonyms: the adversary of METHOD §6 has the document and knows everybody who was asked.

BALLOTS = (
    {"promotions": "paul-ney", "product_assortment": "claire-aubry"},
    {"promotions": "claire-aubry", "product_assortment": "claire-aubry"},
    {"promotions": "nobody"},
)
THREE = ("paul-ney", "claire-aubry", "helene-dastier")


def answered(workspace: Workspace, order: tuple[str, ...], key: str) -> Session:
    session = workspace.new(silent(workspace, key=key))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    for respondent, ballot in zip(order, BALLOTS, strict=True):
        for focal_point, party in ballot.items():
            day = {"on": f"2026-11-{20 + THREE.index(respondent)}"}
            subject = ("nomination", respondent, focal_point)
            session.record(Change(subject, [{"party": party, **day}]), actor=respondent)
    return session


def test_whoever_exchanges_answers_is_not_found_in_the_document_without_names(workspace):
    documents = set()
    for order in permutations(THREE):
        session = answered(workspace, order, f"e{len(documents)}-{'-'.join(o[0] for o in order)}")
        engagement = session.engagement.model_copy(update={"key": "e", "rounds": ()})
        documents.add(repr(pseudonymised(engagement, voice("en"))))
    assert len(documents) == 1


def exported(workspace: Workspace, run, order: str) -> dict[str, object]:
    """The document of an anonymous engagement in which each answers in this order."""
    key = order
    session = workspace.new(silent(workspace, key=key, anonymous=True))
    people = sorted(r.id for r in session.engagement.respondents)
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    parties = ("claire-aubry", "claire-aubry", "paul-ney", "paul-ney", "nobody")
    for respondent, letter in zip(people, order, strict=False):
        for focal_point in ("promotions", "product_assortment"):
            nominate(session, respondent, focal_point, parties["abcde".index(letter)])
    for number in range(4):
        nominate(session, people[number], "customer_complaints", "paul-ney")
    session.record(close_round(session.engagement, workspace.now()))
    result = run("export", key)
    assert result.exit_code == 0, result.output
    return {**yaml.safe_load(result.stdout), "key": "", "rounds": ()}


def test_an_export_of_anonymous_answers_tells_of_no_respondent(workspace, run):
    assert exported(workspace, run, "abcde") == exported(workspace, run, "edcba")


def test_an_export_does_not_tell_which_answers_are_of_one_person(workspace, run):
    """A respondent’s whole sheet is a group of one: known by one answer, it would tell the rest."""
    session = workspace.new(silent(workspace, anonymous=True))
    people = [r.id for r in session.engagement.respondents][:5]
    other = session.engagement.model_copy(update={"key": "other"})
    documents = []
    for key, second in (("lorient", people), ("other", people[::-1])):
        session = workspace.open(key) if key == "lorient" else workspace.new(other)
        session.record(open_round(session.rules, session.engagement, (), workspace.now()))
        named = ("claire-aubry", "paul-ney", "nobody", "ines-carrel", "vacant")
        for focal_point, speakers in (("promotions", people), ("product_assortment", second)):
            for respondent, party in zip(speakers, named, strict=True):
                nominate(session, respondent, focal_point, party)
        session.record(close_round(session.engagement, workspace.now()))
        documents.append(yaml.safe_load(run("export", key).stdout))
    assert len(documents[0]["nominations"]) == 10
    assert documents[0]["nominations"] == documents[1]["nominations"]


def test_an_export_holds_no_answers_of_fewer_than_five_also_without_rounds(workspace, run):
    example = load_engagement(workspace.examples()["maison-lorient"]).engagement
    workspace.new(example.model_copy(update={"key": "lorient", "anonymous": True}))
    document = yaml.safe_load(run("export", "lorient").stdout)
    assert not {r.id for r in example.respondents} & {r["id"] for r in document["respondents"]}
    voices = Counter(n["focal_point"] for n in document.get("nominations", ()))
    assert all(count >= 5 for count in voices.values())
    asked = [a for a in document.get("answers", ()) if a.get("respondent")]
    assert all(n >= 5 for n in Counter((a["question"], a.get("subject")) for a in asked).values())
    for names in ("on", "off"):
        file = workspace.path / f"{names}.yaml"
        assert run("export", "lorient", "--names", names, "-o", str(file)).exit_code == 0
        assert CliRunner().invoke(app, ["check", str(file)]).exit_code == 0


def test_the_document_without_names_has_no_name_id_address_or_text(run, said):
    result = run("export", "lorient", "--names", "off")
    assert result.exit_code == 0, result.output
    engagement = said.engagement
    private = {p.name for p in engagement.people} | {p.id for p in engagement.people}
    private |= {p.email for p in engagement.people if p.email} | {
        r.id for r in engagement.respondents
    }
    assert [word for word in private if word in result.stdout] == []
    assert REMARK not in result.stdout
    assert "Marketplace" not in result.stdout


@pytest.mark.parametrize("name", ["maison-lorient", "tidewater-outdoor"])
def test_scores_without_names_are_those_with_them(workspace, name):
    engagement, rules = load_engagement(workspace.examples()[name])
    hidden = pseudonymised(engagement, voice("en"))
    assert evaluate(rules, hidden, TODAY).score == evaluate(rules, engagement, TODAY).score


def test_a_document_without_names_is_one_that_can_be_checked_and_evaluated(run, workspace, said):  # noqa: ARG001
    file = workspace.path / "hidden.yaml"
    assert run("export", "lorient", "--names", "off", "-o", str(file)).exit_code == 0
    assert CliRunner().invoke(app, ["check", str(file)]).exit_code == 0
    shown = CliRunner().invoke(app, ["evaluate", str(file), "--names", "off", "--json"])
    assert shown.exit_code == 0
    assert "paul-ney" not in shown.stdout
