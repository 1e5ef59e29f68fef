"""`workbook new`, `history`, `baseline`, `export`: the same work without a screen."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from workbook import content
from workbook.cli import completing
from workbook.cli.main import app
from workbook.model.engagement import Person
from workbook.resources import templates
from workbook.store import Change
from workbook.store.database import Database
from workbook.workspace import Workspace

ACME = ("new", "acme", "--name", "Acme", "--profile", "large", "--business-model", "b2b")


class Said(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in the workspace `work`; nobody sits at a terminal."""

    def run(*words: str) -> Said:
        told = CliRunner().invoke(app, [*words, "--workspace", str(tmp_path / "work")])
        return Said(told.exit_code, told.stdout, told.stderr)

    return run


@pytest.fixture
def acme(run: Run, tmp_path: Path) -> Workspace:
    assert run(*ACME, "--go-live", "2027-09-30", "--system", "pim").code == 0
    return Workspace.at(tmp_path / "work")


def test_an_engagement_begins_with_a_few_facts(acme: Workspace):
    said = acme.open("acme").engagement
    assert (said.organisation.name, said.organisation.profile) == ("Acme", "large")
    assert str(said.programme.go_live) == "2027-09-30"
    assert "pim" in said.scope["systems"]


def test_in_a_terminal_what_is_missing_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("workbook.cli.new.sys", terminal)
    words = ["new", "--profile", "large", "--workspace", str(tmp_path)]
    told = CliRunner().invoke(app, words, input="Café Noir\n\nb2b b2c\n2027-09-30\n\n")
    assert told.exit_code == 0, told.output
    said = Workspace.at(tmp_path).open("cafe-noir").engagement
    assert said.organisation.business_models == ("b2b", "b2c")


def test_in_a_terminal_nothing_is_asked_for_that_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("workbook.cli.new.sys", terminal)
    words = [*ACME, "--system", "pim", "--workspace", str(tmp_path)]
    told = CliRunner().invoke(app, words, input="2027-09-30\n")
    assert told.exit_code == 0, told.output
    assert "pim" in Workspace.at(tmp_path).open("acme").engagement.scope["systems"]


def test_a_wrong_answer_in_a_terminal_is_asked_again_and_the_others_stand(
    monkeypatch: pytest.MonkeyPatch, acme: Workspace
):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("workbook.cli.new.sys", terminal)
    typed = ["Acme", "acme", "acme-2", "mid-size", "large", "b2c, b2d", "b2c, b2b"]
    typed += ["soon", "30.9.2027", "pmi", "crm"]
    words = ["new", "--workspace", str(acme.path)]
    output = CliRunner().invoke(app, words, input="\n".join([*typed, ""])).output
    assert "“acme” already" in output
    assert "unknown profile “mid-size”" in output
    assert "did you mean “b2c”" in output
    assert "“soon” is not a date" in output
    assert "workbook session acme-2" in output
    engagement = acme.open("acme-2").engagement
    assert engagement.organisation.business_models == ("b2c", "b2b")
    assert str(engagement.programme.go_live) == "2027-09-30"
    assert "crm" in engagement.scope["systems"]


def test_the_list_says_where_each_engagement_stands(run: Run, acme: Workspace):
    acme.open("acme").record(
        Change(("answer", "checkpoint_calendar", "", ""), {"value": ["2026-10-01", "2026-12-01"]})
    )
    lines = run("list", "--as-of", "2026-11-23").out.splitlines()
    assert lines[0].split() == [
        "KEY",
        "NAME",
        "STATE",
        "CHANGED",
        "NEXT",
        "CHECKPOINT",
        "CONFIRM",
        "BY",
    ]
    assert lines[1].split()[:2] == ["acme", "Acme"]
    assert "Nothing said yet" in lines[1]
    assert lines[1].split()[-2:] == ["2026-12-01", "–"]
    (entry,) = json.loads(run("list", "--as-of", "2026-11-23", "--json").out)
    assert (entry["key"], entry["confirmed"]) == ("acme", False)
    assert entry["next_checkpoint"] == "2026-12-01"


def test_the_list_of_an_empty_workspace_says_how_to_begin(run: Run, tmp_path: Path):
    assert "workbook session" in run("list").out
    assert not (tmp_path / "work" / "workbook.db").exists()


def test_an_engagement_begins_with_a_document(run: Run, project: Path, tmp_path: Path):
    document = project / "templates" / "engagements" / "northgate-home.yaml"
    assert run("new", "--from", str(document)).code == 0
    assert run("new", "again", "--from", str(document)).code == 0
    place = Workspace.at(tmp_path / "work")
    loaded = content.load_engagement(document).engagement
    assert place.open("northgate-home").engagement == loaded
    assert place.open("again").engagement == loaded.model_copy(update={"key": "again"})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "acme"), ["--name: not given", "--profile", "--business-model", "--go-live"]),
        ((*ACME, "--go-live", "30/9/2027"), ["“30/9/2027” is not a date", "2027-09-30"]),
        (("new", "A B", *ACME[2:], "--go-live", "soon"), ["cannot be a key", "not a date"]),
        (
            ("new", "A B", "--profile", "larg", "--business-model", "b2d", "--system", "pmi"),
            ["--name: not given", "cannot be a key", "“large”", "“b2c”", "“pim”"],
        ),
        ((*ACME[:5], "larg", *ACME[6:], "--go-live", "2027-09-30"), ["did you mean “large”"]),
        ((*ACME, "--go-live", "2027-09-30", "--system", "pmi"), ["did you mean “pim”"]),
        ((*ACME, "--go-live", "2027-09-30", "--lang", "frr"), ["did you mean “fr”"]),
        ((*ACME, "--framework", "commerce-stakeholder"), ["did you mean “commerce-stakeholders”"]),
        (("new", "--from", "nowhere.yaml"), ["nowhere.yaml"]),
        (("history", "northgat-home"), ["did you mean “northgate-home”"]),
        (("export", "northgat-home"), ["did you mean “northgate-home”"]),
        (("baseline", "northgat-home", "Kick-off"), ["did you mean “northgate-home”"]),
    ],
)
def test_a_mistake_is_named_with_its_mend_and_nothing_is_written(run, tmp_path, words, told):
    said = run(*words)
    assert said.code == 2
    for part in told:
        assert part in said.err
    assert not (tmp_path / "work").exists()


def test_a_key_is_taken_once(run: Run, acme: Workspace):
    said = run(*ACME, "--go-live", "2027-09-30")
    assert (said.code, len(acme.engagements())) == (2, 1)
    assert "“acme” already" in said.err


def test_completion_offers_the_engagements_of_the_workspace(acme: Workspace):
    context = SimpleNamespace(params={"workspace": str(acme.path)})
    assert completing.engagement(context, "ac") == ["acme"]
    assert completing.engagement(context, "b") == []
    assert completing.engagement_or_example(context, "a") == ["acme", "atelier-belval"]


def test_completion_offers_nothing_where_nothing_can_be_read(acme: Workspace):
    (acme.path / "workbook.db").write_bytes(b"no database, but a note")
    context = SimpleNamespace(params={"workspace": str(acme.path)})
    assert completing.engagement(context, "a") == []


def test_an_engagement_that_cannot_be_read_is_listed_and_stops_no_other(run: Run, acme: Workspace):
    own = acme.path / "frameworks" / "own"
    shutil.copytree(templates() / "frameworks" / "commerce-stakeholders", own)
    text = (own / "framework.yaml").read_text("utf-8")
    (own / "framework.yaml").write_text(text.replace("key: commerce-stakeholders", "key: own", 1))
    begun = run("new", "beta", *ACME[2:], "--go-live", "2027-09-30", "--framework", "own")
    assert begun.code == 0, begun.err
    shutil.rmtree(own)
    listed = run("list", "--notify", f"file:{acme.path}/due.md")
    assert listed.code == 0
    (line,) = [line for line in listed.out.splitlines() if line.startswith("beta")]
    assert "! Cannot be read" in line
    assert "Nothing said yet" in listed.out


def test_an_engagement_in_which_nothing_applies_is_listed_so(run: Run, acme: Workspace):
    session = acme.open("acme")
    ruling = {"state": "not_applicable", "reason": "another programme does it"}
    for subject in session.rules.places():
        session.record(Change(("decision", subject), ruling))
    for question in session.rules.questions():
        session.record(Change(("answer", question, "", ""), ruling))
    assert "– Nothing to score" in run("list").out


def test_the_history_is_one_line_per_change(run: Run, acme: Workspace):
    marie = acme.open("acme", "Marie")
    marie.record(Change(("decision", "promotions"), {"owner": "ana"}))
    marie.undo()
    lines = run("history", "acme", "--subject", "decision/promotions").out.splitlines()
    assert [line.split()[3:5] for line in lines] == [["Marie", "set"], ["Marie", "undo"]]
    assert lines[1].endswith("(removed)")
    everything = [json.loads(line) for line in run("history", "acme", "--json").out.splitlines()]
    assert [one["seq"] for one in everything] == list(range(1, len(marie.history()) + 1))
    assert everything[-2]["value"] == {"owner": "ana"}


@pytest.mark.usefixtures("acme")
def test_a_subject_nobody_spoke_about_is_answered_with_the_nearest(run: Run):
    said = run("history", "acme", "--subject", "organization")
    assert said.code == 2
    assert "did you mean “organisation”" in said.err


def test_a_moment_is_named_listed_and_exported(run: Run, acme: Workspace, tmp_path: Path):
    assert "no baseline yet" in run("baseline", "acme").err
    assert run("baseline", "acme", "Kick-off", "--actor", "Marie").code == 0
    assert run("baseline", "acme", "Kick-off").code == 2
    (kick_off,) = json.loads(run("baseline", "acme", "--json").out)
    assert (kick_off["name"], kick_off["actor"]) == ("Kick-off", "Marie")
    assert "Kick-off" in run("baseline", "acme").out

    then = acme.open("acme").engagement
    acme.open("acme").record(Change(("person", "ana"), {"name": "Ana"}))
    now = acme.open("acme").engagement
    exported = {"now.yaml": ("acme",), "then.json": ("acme", "--at", "Kick-off")}
    exported["numbered.yaml"] = ("acme", "--at", str(kick_off["seq"]))
    exported["timed.yaml"] = ("acme", "--at", kick_off["made_at"])
    for name, words in exported.items():
        assert run("export", *words, "-o", str(tmp_path / name)).code == 0
    read = {name: content.load_engagement(tmp_path / name).engagement for name in exported}
    assert read == {"now.yaml": now, "then.json": then, "numbered.yaml": then, "timed.yaml": then}


def test_an_exported_document_begins_the_same_engagement_elsewhere(run: Run, acme, tmp_path: Path):
    document = tmp_path / "acme.yaml"
    document.write_text(run("export", "acme").out, encoding="utf-8")
    other = Workspace.at(tmp_path / "other")
    loaded = content.load_engagement(document).engagement
    assert other.new(loaded).engagement == acme.open("acme").engagement
    assert json.loads(run("export", "acme", "--format", "json").out)["key"] == "acme"


@pytest.mark.usefixtures("acme")
def test_a_document_begins_under_a_key_of_ones_own_if_it_is_one(run: Run, tmp_path: Path):
    document = str(tmp_path / "acme.yaml")
    run("export", "acme", "-o", document)
    refused = run("new", "Two Words", "--from", document)
    assert (refused.code, "“Two Words” cannot be a key" in refused.err) == (2, True)
    assert run("new", "second", "--from", document).code == 0
    assert run("export", "second").code == 0


@pytest.mark.usefixtures("acme")
def test_a_moment_and_a_number_of_an_event_are_not_asked_for_together(run: Run):
    said = run("export", "acme", "--at", "2026-11-23", "--before", "3")
    assert (said.code, "give one of them" in said.err) == (2, True)


@pytest.mark.usefixtures("acme")
def test_a_workbook_of_owners_is_printed_on_no_terminal(run: Run):
    said = run("owners", "acme", "--to", "xlsx")
    assert (said.code, said.out, "a workbook is no text" in said.err) == (2, "", True)


@pytest.mark.usefixtures("acme")
def test_a_mistyped_baseline_is_answered_with_the_nearest(run: Run):
    run("baseline", "acme", "Kick-off")
    said = run("export", "acme", "--at", "Kickoff")
    assert said.code == 2
    assert "did you mean “Kick-off”" in said.err
    assert run("export", "acme", "--at", "2020-01-01").code == 2


def test_a_file_that_cannot_be_written_is_named(run: Run, acme: Workspace, tmp_path: Path):
    said = run("export", "acme", "-o", str(tmp_path / "nowhere" / "acme.yaml"))
    assert said.code == 2
    assert "nowhere/acme.yaml" in said.err
    assert acme.engagements()


def test_a_person_is_erased_only_once_somebody_has_confirmed_it(acme: Workspace, run: Run):
    acme.open("acme", "Marie").record(Change(("person", "ana"), {"name": "Ana Ruiz"}))
    asked = run("erase", "acme", "ana")
    assert (asked.code, "--yes" in asked.err) == (2, True)
    assert acme.open("acme").engagement.party_name("ana") == "Ana Ruiz"
    assert run("erase", "acme", "ana", "--yes").code == 0
    assert "Ruiz" not in run("history", "acme", "--json").out
    assert [person.name for person in acme.open("acme").engagement.people] == ["erased"]


def called(home: Workspace, key: str) -> list[str]:
    return [person.name for person in home.open(key).engagement.people]


def test_at_a_terminal_an_erasure_is_asked_for_and_other_files_that_name_them_are_told(
    acme: Workspace, monkeypatch: pytest.MonkeyPatch
):
    acme.open("acme", "Marie").record(Change(("person", "ana"), {"name": "Ana Ruiz"}))
    (acme.path / "notes.txt").write_text("Ask Ana Ruiz", "utf-8")
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("workbook.cli.erase.sys", terminal)
    words = ["erase", "acme", "ana", "--workspace", str(acme.path)]
    kept = CliRunner().invoke(app, words, input="n\n")
    assert (kept.exit_code, "Erase ana from acme?" in kept.output) == (1, True)
    assert acme.open("acme").engagement.party_name("ana") == "Ana Ruiz"
    gone = CliRunner().invoke(app, words, input="y\n")
    assert (gone.exit_code, "notes.txt still names them" in gone.stderr) == (0, True)
    assert called(acme, "acme") == ["erased"]


def test_a_name_that_any_file_has_is_looked_for_in_none_and_a_torn_file_stops_nothing(
    acme: Workspace, run: Run
):
    (acme.path / "notes.txt").write_text("Bo, or bosses", "utf-8")
    torn = acme.path / "torn.zip"
    with zipfile.ZipFile(torn, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.txt", "Ana Ruiz")
    content = torn.read_bytes()
    torn.write_bytes(content[:2] + b"XX" + content[4:])
    for name, key in (("Bo", "bo"), ("Ana Ruiz", "ana")):
        acme.open("acme", "Marie").record(Change(("person", key), {"name": name}))
        said = run("erase", "acme", key, "--yes")
        assert (said.code, "still names them" in said.err) == (0, False)


def test_what_a_database_keeps_of_the_erased_is_said_with_what_to_do(
    acme: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """A server whose tables belong to somebody else lets us overwrite nothing."""
    acme.open("acme", "Marie").record(Change(("person", "ana"), {"name": "Ana Ruiz"}))
    monkeypatch.setattr(Database, "overwrite_deleted", lambda *_: False)
    said = run("erase", "acme", "ana", "--yes")
    assert (said.code, "VACUUM FULL details, identities" in said.err) == (0, True)


@pytest.fixture
def old(acme: Workspace) -> Workspace:
    """Beside acme, an engagement that nobody has touched for years."""
    then = Workspace(acme.path, acme.store, lambda: dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    ana = Person(id="ana", name="Ana Ruiz")
    then.new(acme.open("acme").engagement.model_copy(update={"key": "old", "people": (ana,)}))
    return Workspace.at(acme.path)


def test_what_is_older_than_agreed_is_listed_and_removed_once_it_is_said(old: Workspace, run: Run):
    listed = run("retain", "--years", "3")
    assert "old" in listed.out
    assert "acme" not in listed.out
    assert "add --yes to remove" in listed.out
    assert old.open("old").engagement.party_name("ana") == "Ana Ruiz"
    assert run("retain", "--years", "3", "--yes").code == 0
    assert called(old, "old") == ["erased"]


def test_a_database_that_keeps_what_was_removed_is_told_of(
    old: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Database, "overwrite_deleted", lambda *_: False)
    assert "VACUUM FULL" in run("retain", "--years", "3", "--yes").err
    assert called(old, "old") == ["erased"]


@pytest.mark.usefixtures("old")
def test_of_one_engagement_alone_nothing_may_be_old(run: Run):
    assert "Nothing is older than" in run("retain", "--years", "3", "--engagement", "acme").out
    unknown = run("retain", "--years", "3", "--engagement", "acmee")
    assert (unknown.code, "did you mean “acme”" in unknown.err) == (2, True)
    unsaid = run("retain")
    assert (unsaid.code, "how long things are kept" in unsaid.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("acmee", "ana"), "did you mean “acme”?"),
        (("northgate-home", "ana"), "no engagement “northgate-home” in this workspace"),
        (("acme", "anna"), "did you mean “ana”?"),
    ],
)
def test_whom_nobody_knows_cannot_be_erased(
    acme: Workspace, run: Run, words: tuple[str, str], meant: str
):
    acme.open("acme", "Marie").record(Change(("person", "ana"), {"name": "Ana Ruiz"}))
    said = run("erase", *words, "--yes")
    assert said.code == 2
    assert meant in said.err


@pytest.mark.parametrize("flag", [(), ("--json",)])
def test_a_name_that_steers_terminals_is_printed_as_text(
    run: Run, acme: Workspace, flag: tuple[str, ...]
):
    acme.open("acme").baseline("Kick\x1b[2J-off\u202e")
    printed = run("baseline", "acme", *flag).out
    assert not set("\x1b\u202e") & set(printed)
    assert "\\u001b[2J" in printed
    if flag:
        assert json.loads(printed)[0]["name"] == "Kick\x1b[2J-off\u202e"
