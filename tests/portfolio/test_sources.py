"""Where a portfolio comes from, and what one bad input does to the others: nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from contextlib import closing

import pytest

from tests.portfolio.clients import client, frames, write_documents, write_frames
from workbook.errors import BadInput
from workbook.portfolio import gather
from workbook.workspace import Change, Workspace
from workbook.workspace.scratch import creation

DAYS = {"kick-off": 1, "workshop": 15, "now": 20}


def keys(*sources):
    found = gather([str(source) for source in sources])
    return [one.engagement.key for one in found.members] + [
        key for one in found.framed for key in one.keys
    ]


@pytest.fixture
def folder(tmp_path):
    return write_documents(tmp_path / "clients", client("acme"), client("bolt"), client("core"))


@pytest.fixture
def home(tmp_path):
    """A workspace whose one engagement was named twice on its way."""
    clock = [dt.datetime(2026, 9, 1, tzinfo=dt.UTC)]
    place = Workspace.at(tmp_path / "home", clock=lambda: clock[0])
    (tmp_path / "home").mkdir()
    session = place.new(client("acme", 1))
    for name, topic in (("kick-off", "erp"), ("workshop", "oms")):
        clock[0] = dt.datetime(2026, 10, DAYS[name], tzinfo=dt.UTC)
        session.baseline(name)
        session.record(Change(("decision", topic), {"owner": "ana", "deputy": "bo"}))
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("clients", ["acme", "bolt", "core"]),
        ("clients/acme.yaml", ["acme"]),
        ("clients/[ab]*.yaml", ["acme", "bolt"]),
        ("frames", ["dune", "echo"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_documents_and_frames_are_found(tmp_path, source, expected):
    write_frames(tmp_path / "frames", frames(client("dune"), client("echo")))
    assert keys(tmp_path / source) == expected


def test_several_sources_are_one_portfolio(folder, tmp_path):
    write_frames(tmp_path / "frames", frames(client("dune")))
    assert keys(folder / "acme.yaml", tmp_path / "frames") == ["acme", "dune"]


def test_a_folder_is_searched_through_but_not_its_hidden_parts(folder):
    write_documents(folder / "more", client("deep"))
    write_documents(folder / ".old", client("gone"))
    assert keys(folder) == ["acme", "bolt", "core", "deep"]


@pytest.mark.parametrize("source", ["home", "home/workbook.db", "sqlite:///{home}/workbook.db"])
def test_a_workspace_is_read_with_its_baselines_and_left_as_it_was(home, source):
    before = hashlib.sha256((home / "workbook.db").read_bytes()).hexdigest()
    text = source.format(home=home) if "{" in source else str(home.parent / source)
    (member,) = gather([text]).members
    assert [(one.name, one.on.day) for one in member.past] == [("kick-off", 1), ("workshop", 15)]
    assert [len(one.engagement.decisions) for one in member.past] == [1, 2]
    assert len(member.engagement.decisions) == 3
    assert hashlib.sha256((home / "workbook.db").read_bytes()).hexdigest() == before


def test_one_bad_document_is_refused_with_its_reasons_and_the_rest_are_read(folder):
    (folder / "bad.yaml").write_text("schema_version: 2\nkey: bad\n", encoding="utf-8")
    (folder / "worse.yaml").write_text("{", encoding="utf-8")
    found = gather([str(folder)])
    assert len(found.members) == 3
    refused = {one.place.rpartition("/")[2]: one.problems for one in found.refused}
    assert set(refused) == {"bad.yaml", "worse.yaml"}
    assert len(refused["bad.yaml"]) == 3
    assert all(problem.fix for problem in refused["bad.yaml"])


def test_the_first_of_two_with_one_key_counts(folder, tmp_path):
    write_documents(tmp_path / "again", client("bolt", 3))
    write_frames(tmp_path / "frames", frames(client("core", 3), client("dune")))
    found = gather([str(folder), str(tmp_path / "again"), str(tmp_path / "frames")])
    assert len(found.members) == 3
    assert [one.keys for one in found.framed] == [["dune"]]
    assert [one.problems[0].message.partition("“")[2] for one in found.refused] == [
        "bolt”",
        "core”",
    ]


def test_a_source_that_is_not_there_or_empty_is_an_error_of_whoever_named_it(folder, tmp_path):
    (tmp_path / "nothing").mkdir()
    wrong = [str(tmp_path / name) for name in ("client", "nothing", "*.yaml")]
    with pytest.raises(BadInput) as refused:
        gather([str(folder), *wrong])
    assert [problem.file for problem in refused.value.problems] == wrong
    assert refused.value.problems[0].fix == "did you mean “clients”?"


def test_an_engagement_of_a_workspace_that_cannot_be_read_stops_no_other(home):
    place = Workspace.at(home)
    place.new(client("bolt"))
    older = client("core", framework={"key": "gone", "version": "1.0.0"})
    place.store.append(creation(older, "Marie", place.now(), "seed"), create=False)
    with closing(sqlite3.connect(home / "workbook.db")) as store:
        store.execute("DROP TRIGGER events_refuse_update")
        store.execute("UPDATE events SET time = 'x' WHERE engagement = 'bolt'")
        store.commit()
    found = gather([str(home)])
    assert [one.engagement.key for one in found.members] == ["acme"]
    refused = {one.place.rpartition(": ")[2]: one.problems[0] for one in found.refused}
    assert "is damaged" in refused["bolt"].message
    assert "there is no framework “gone”" in refused["core"].message


def test_a_workspace_without_an_engagement_says_how_to_begin_one(tmp_path):
    Workspace.at(tmp_path).new(client("acme"))
    (tmp_path / "workbook.db").unlink()
    Workspace.at(tmp_path).store.append((), create=True)
    with pytest.raises(BadInput, match="holds no engagement"):
        gather([str(tmp_path)])
