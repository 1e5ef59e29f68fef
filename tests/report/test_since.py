"""The next report tells what was done since a baseline, or since an earlier document."""

from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

from tests.report.examples import AS_OF, EXAMPLES, example
from workbook.batch.formats import evaluation_of
from workbook.content import dump_engagement
from workbook.content.schemas import evaluation_schema
from workbook.errors import BadInput
from workbook.report import show
from workbook.report.earlier import earlier as earlier_of
from workbook.report.earlier import last_baseline
from workbook.store import Change
from workbook.workspace import Workspace

NAME = "atelier-belval"
DAY = AS_OF.isoformat()


def section_of(since, **options):
    made = show(str(EXAMPLES[NAME]), as_of=DAY, since=since, **options).report
    return [section for section in made.sections if section.key == "since"]


@pytest.fixture
def earlier(tmp_path):
    """A folder with the example as it was before its decisions."""
    document = example(NAME).engagement.model_copy(update={"decisions": ()})
    (tmp_path / f"{NAME}.yaml").write_text(dump_engagement(document), "utf-8")
    return tmp_path


def test_an_earlier_document_and_a_folder_of_them_say_the_same(earlier):
    (file,) = section_of(str(earlier / f"{NAME}.yaml"))
    (folder,) = section_of(str(earlier))
    assert file == folder
    assert file.title


def test_an_earlier_document_is_as_old_as_the_last_that_was_said_in_it(tmp_path):
    engagement = example(NAME).engagement
    days = [d.confirmed_on or d.decided_on for d in engagement.decisions]
    said = engagement.model_copy(update={"nominations": (), "answers": ()})
    (tmp_path / f"{NAME}.yaml").write_text(dump_engagement(said), "utf-8")
    _, day = earlier_of(engagement, NAME, str(tmp_path), AS_OF)
    assert day == max(filter(None, days))
    silent = said.model_copy(update={"decisions": ()})
    (tmp_path / f"{NAME}.yaml").write_text(dump_engagement(silent), "utf-8")
    assert earlier_of(engagement, NAME, str(tmp_path), AS_OF)[1] == AS_OF


def test_a_baseline_of_the_workspace_is_compared_with_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    session = Workspace.at(tmp_path).new(example(NAME).engagement)
    key = session.key
    session.baseline("Kick-off")
    session.record(Change(("decision", "promotions"), None))
    made = show(key, as_of=DAY, since="Kick-off").report
    assert [section.key for section in made.sections if section.key == "since"]
    with pytest.raises(BadInput, match="did you mean “Kick-off”"):
        show(key, as_of=DAY, since="Kickoff")


def test_without_an_earlier_document_of_its_key_there_is_no_such_section(tmp_path):
    assert section_of(str(tmp_path)) == section_of("") == []


def test_a_document_about_another_framework_is_refused():
    with pytest.raises(BadInput, match="framework"):
        section_of(str(EXAMPLES["lantern-games"]))
    with pytest.raises(BadInput, match="no such file"):
        section_of("kick-off.yaml")


def test_without_names_what_was_done_names_nobody(earlier):
    (told,), (hidden,) = section_of(str(earlier)), section_of(str(earlier), names=False)
    names = [person.name for person in example(NAME).engagement.people]
    assert any(name in repr(told) for name in names)
    assert not any(name in repr(hidden) for name in names)


@pytest.mark.parametrize("names", [True, False])
def test_the_data_say_what_was_done_and_add_up_to_the_difference(earlier, names):
    told = json.loads(
        evaluation_of(str(EXAMPLES[NAME]), AS_OF.isoformat(), names=names, since=str(earlier))
    )
    jsonschema.validate(told, evaluation_schema())
    since = told["since"]
    brought = [action["brought"] or 0.0 for action in since["actions"]]
    whole = told["score"]["low"] - since["before"]["low"]
    assert sum(brought) > 0
    assert sum(brought) + since["besides"] == pytest.approx(whole)
    assert {action["outcome"] for action in since["actions"]} >= {"done", "open"}
    people = {person.id for person in example(NAME).engagement.people}
    assert not any(f'"{person}"' in json.dumps(since) for person in people)


def test_the_data_say_so_without_an_earlier_document(tmp_path):
    path, day = str(EXAMPLES[NAME]), AS_OF.isoformat()
    assert json.loads(evaluation_of(path, day, since=str(tmp_path)))["since"] is None
    assert "since" not in json.loads(evaluation_of(path, day))


def test_the_data_leave_out_changes_of_too_few_in_anonymous_mode(earlier, tmp_path):
    now = example(NAME).engagement.model_copy(update={"anonymous": True, "decisions": ()})
    path = tmp_path / "now.yaml"
    path.write_text(dump_engagement(now), "utf-8")
    fewer = now.model_copy(update={"nominations": now.nominations[: len(now.nominations) // 2]})
    (earlier / f"{NAME}.yaml").write_text(dump_engagement(fewer), "utf-8")
    told = json.loads(evaluation_of(str(path), AS_OF.isoformat(), since=str(earlier)))
    open_told = json.loads(_named(path, earlier))
    assert len(told["since"]["changes"]) < len(open_told["since"]["changes"])


def _named(path, earlier):
    for file in (path, earlier / f"{NAME}.yaml"):
        file.write_text(file.read_text("utf-8").replace("anonymous: true\n", ""), "utf-8")
    return evaluation_of(str(path), AS_OF.isoformat(), since=str(earlier))


def test_only_a_baseline_of_an_earlier_day_is_compared_with(tmp_path):
    clock = iter(dt.datetime(2026, 11, 1, tzinfo=dt.UTC) + dt.timedelta(hours=n) for n in range(99))
    home = Workspace.at(tmp_path, clock=lambda: next(clock))
    session = home.new(example(NAME).engagement)
    assert last_baseline(session, AS_OF) is None
    session.baseline("Kick-off")
    decided = {"owner": "nobody", "decided_on": "2026-11-02"}
    session.record(Change(("decision", "promotions"), decided))
    engagement, day = last_baseline(session, AS_OF)
    assert engagement.standing_decisions()["promotions"].owner != "nobody"
    assert last_baseline(session, day) is None
