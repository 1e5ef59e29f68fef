"""A row that a flipped bit has damaged: named, and what is before it can be exported."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

from tests.small import engagement
from tests.store.conftest import START
from workbook.cli.main import app
from workbook.content.reading import parse
from workbook.store import Store, StoreAway
from workbook.store.rows import DamagedEvent
from workbook.workspace.scratch import creation

DAMAGE = {
    "bad JSON": ("value", '{"name'),
    "bad subject": ("subject", "[["),
    "unknown kind": ("kind", "sat"),
    "bad time": ("time", "2026-13-77"),
    "bad number": ("schema", "x"),
    "bad list": ("supersedes", "7"),
    "a list of lists": ("supersedes", "[" * 20_000 + "]" * 20_000),
    "an empty subject": ("subject", "[]"),
    "a subject of numbers": ("subject", '["decision",true]'),
    "a subject of objects": ("subject", '["decision",{"a":1}]'),
    "a key that is a list": ("value", '{"owner":{"@":[1]}}'),
    "a key that is nothing": ("value", '{"note":{"~":null}}'),
}


def damaged(folder, column, text):
    """A store whose last event was changed behind its back; returns the event's number."""
    store = Store(folder / "workbook.db")
    seq = len(store.append(creation(engagement(key="acme"), "Marie", START, "s"), create=True))
    with closing(sqlite3.connect(folder / "workbook.db")) as connection:
        connection.execute("DROP TRIGGER events_refuse_update")
        connection.execute(f"UPDATE events SET {column} = ? WHERE seq = ?", (text, seq))  # noqa: S608
        connection.commit()
    return seq


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_event_is_named_with_the_command_that_saves_the_rest(tmp_path, name):
    seq = damaged(tmp_path, *DAMAGE[name])
    with pytest.raises(DamagedEvent, match=f"event {seq} of “acme” is damaged") as caught:
        Store(tmp_path / "workbook.db").events("acme")
    assert str(caught.value).endswith(f"→ workbook export acme --before {seq} -o acme.yaml")


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_before_a_damaged_event_is_exported_as_a_document(tmp_path, name):
    seq = damaged(tmp_path, *DAMAGE[name])
    out = tmp_path / "acme.yaml"
    common = ["export", "acme", "--workspace", str(tmp_path), "-o", str(out)]
    failed = CliRunner().invoke(app, common)
    assert failed.exit_code == 1
    assert f"event {seq}" in failed.output
    assert not out.exists()
    exported = CliRunner().invoke(app, [*common, "--before", str(seq)])
    assert exported.exit_code == 0, exported.output
    exported_name = parse(out.read_text("utf-8")).data["organisation"]["name"]
    assert exported_name == engagement(key="acme").organisation.name


def test_export_before_the_first_event_is_refused(tmp_path):
    damaged(tmp_path, "time", "x")
    words = ["export", "acme", "--workspace", str(tmp_path), "--before", "1"]
    refused = CliRunner().invoke(app, words)
    assert refused.exit_code == 2
    assert "no event before 1" in refused.output


def test_a_list_of_engagements_names_a_damaged_time_too(tmp_path):
    seq = damaged(tmp_path, "time", "2026-13-77")
    with pytest.raises(DamagedEvent, match=f"event {seq} of “acme” is damaged"):
        Store(tmp_path / "workbook.db").described()


def test_a_store_whose_tables_have_no_readable_names_is_away(tmp_path):
    """SQLite says what is damaged, in bytes that are no text any more."""
    file = tmp_path / "workbook.db"
    Store(file).set("a", "b")
    content = file.read_bytes()
    file.write_bytes(content.replace(b"CREATE TABLE events", b"CREATE TABL\xf1 e\xf1ents"))
    with pytest.raises(StoreAway, match="malformed"):
        Store(file).engagements()
