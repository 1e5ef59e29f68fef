"""The store in a file: appended to, read back, listed, and never rewritten."""

from __future__ import annotations

import importlib.util
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.small import engagement
from tests.store.conftest import START
from workbook.errors import BadInput, WorkbookError
from workbook.store import Change, EventKind, Store, StoreAway, tables
from workbook.store.database import Database
from workbook.store.rows import upgraded
from workbook.workspace import Session, Workspace
from workbook.workspace.scratch import creation


def begin(store: Store, key: str = "acme", seed: str = "seed") -> int:
    return len(store.append(creation(engagement(key=key), "Marie", START, seed), create=True))


def test_reading_a_store_that_is_not_there_finds_nothing_and_makes_nothing(store, tmp_path: Path):
    assert store.engagements() == store.described() == store.events("acme") == ()
    assert (store.last("acme"), store.beginning("acme"), store.setting("language")) == (
        0,
        None,
        None,
    )
    assert (store.head("acme"), store.verify("acme").heads) == ("", ())
    assert store.under("0") is None
    store.set("language", "fr", create=False)
    assert store.append(()) == ()
    assert list(tmp_path.iterdir()) == []


def test_an_event_is_found_by_the_head_of_its_chain_or_the_beginning_of_one(store: Store):
    count = begin(store)
    heads = store.verify("acme").heads
    assert (len(heads), store.head("acme")) == (count, heads[-1])
    assert store.under(heads[2]) == store.under(heads[2][:16]) == ("acme", 3)
    assert store.under("no head") is None
    assert store.under("") is None


def test_of_an_engagement_that_it_does_not_hold_a_store_has_nothing(store: Store):
    begin(store)
    assert (store.last("other"), store.head("other"), store.beginning("other")) == (0, "", None)
    assert store.events("other") == ()


def test_a_store_that_holds_less_than_was_read_from_it_is_another_one(store: Store):
    count = begin(store)
    said = replace(store.events("acme")[-1], id="e1", kind=EventKind.SET)
    with pytest.raises(StoreAway) as away:
        store.append([said], known=count + 1)
    assert away.value.cause == "changed"
    fix = f"it holds {count} events of “acme” and held {count + 1}: put the right file back"
    assert str(away.value).endswith(fix)
    assert store.last("acme") == count


def test_events_come_back_as_they_were_written(store: Store):
    events = creation(engagement(), "Marie", START, "seed")
    written = store.append(events, create=True)
    read = store.events("worked")
    assert read == written == events
    assert [event.seq for event in read] == list(range(1, len(events) + 1))


def test_writing_an_event_twice_is_the_same_as_once(store: Store):
    count = begin(store)
    said = replace(store.events("acme")[-1], id="e1", kind=EventKind.SET)
    first, again = store.append([said]), store.append([said, replace(said, id="e2")])
    assert first[0].seq == again[0].seq == count + 1
    assert [event.id for event in store.events("acme", after=count)] == ["e1", "e2"]


def test_creating_an_engagement_again_from_the_same_document_resumes_it(store: Store):
    count = begin(store)
    assert begin(store) == count == store.last("acme")


def test_a_key_is_taken_once(store: Store):
    begin(store)
    with pytest.raises(BadInput, match="“acme” already"):
        begin(store, seed="another document")


@pytest.mark.parametrize("deed", ["UPDATE events SET value = 'null'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_rewrite_history(store: Store, file: Path, deed: str):
    begin(store)
    with (
        closing(sqlite3.connect(file)) as raw,
        pytest.raises(sqlite3.IntegrityError, match="append"),
    ):
        raw.execute(deed)


def test_two_engagements_have_histories_of_their_own(store: Store):
    begin(store, "acme")
    begin(store, "zenith")
    assert store.engagements() == ("acme", "zenith")
    assert {event.engagement for event in store.events("zenith")} == {"zenith"}
    assert store.events("zenith")[0].seq == 1


def test_a_list_shows_the_name_that_stands_now(workspace: Workspace, marie: Session):
    other = {"name": "Œuvre & Cie", "profile": "small", "business_models": ["b2b"]}
    marie.record(Change(("organisation",), other), Change(("language",), "fr"))
    workspace.new(engagement(key="later"), "Paul")
    first, second = workspace.engagements()
    assert (first.key, second.key) == ("later", "worked"), "the last changed comes first"
    assert (second.name, second.framework, second.language) == ("Œuvre & Cie", "small", "fr")
    assert (second.events, second.changed_at) == (len(marie.history()), marie.history()[-1].time)


def test_many_sessions_at_once_lose_nothing(workspace: Workspace, marie: Session):
    def work(name: str) -> None:
        session = workspace.open("worked", name)
        for n in range(15):
            session.record(Change(("decision", f"{name}-{n}"), {"owner": "ana"}))
        session.flush()

    people = [threading.Thread(target=work, args=(f"p{n}",)) for n in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    before = len(marie.history())
    marie.refresh()
    assert len(marie.history()) == before + 60
    assert len(marie.engagement.decisions) == 61


def test_writing_in_the_background_keeps_the_order(marie: Session, workspace: Workspace):
    for n in range(30):
        marie.record(Change(("decision", "f2"), {"owner": "ana", "note": str(n)}), later=True)
    marie.flush()
    assert marie.pending == ()
    notes = [e.value["note"] for e in workspace.open("worked").history(("decision", "f2"))]
    assert notes == [str(n) for n in range(30)]


def test_looking_and_writing_at_the_same_time_neither_blocks_nor_doubles(marie, paul):
    """The screens look every two seconds while a thread in the background writes."""
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            marie.refresh()

    looking = threading.Thread(target=look)
    looking.start()
    for n in range(40):
        marie.record(Change(("decision", f"m{n}"), {"owner": "ana"}), later=n % 3 > 0)
        paul.record(Change(("decision", f"p{n}"), {"owner": "bo"}), later=n % 2 > 0)
    done.set()
    looking.join(timeout=60)
    assert not looking.is_alive()
    paul.flush()
    marie.flush()
    for session in (marie, paul):
        session.refresh()
        ids = [event.id for event in session.history()]
        assert len(ids) == len(set(ids))
        assert len(session.engagement.decisions) == 81
    assert marie.history() == paul.history()


@pytest.mark.usefixtures("marie")
def test_settings_are_kept(workspace: Workspace, file: Path):
    workspace.language = "fr"
    assert Workspace.at(file.parent).language == "fr"
    with pytest.raises(BadInput, match="did you mean “fr”"):
        workspace.language = "frr"


def test_a_file_that_is_no_store_is_said_to_be_none(file: Path):
    file.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(WorkbookError, match="file is not a database"):
        Store(file).engagements()


def test_an_address_of_sqlite_is_a_file_like_any_other(store: Store, file: Path):
    begin(store)
    named = Store(f"sqlite:///{file}")
    assert named.place == str(file)
    assert named.engagements() == ("acme",)
    file.unlink()
    with pytest.raises(StoreAway, match="put it back"):
        named.engagements()


def test_an_address_that_is_none_is_refused():
    with pytest.raises(BadInput, match="not an address of a database"):
        Store("nosuchdatabase://here")


# Versions


def test_a_store_of_a_newer_release_is_not_touched(store: Store, file: Path):
    begin(store)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE settings SET value = '99' WHERE name = 'tables'")
        raw.commit()
    with pytest.raises(WorkbookError, match="newer workbook"):
        Store(file).engagements()


def test_older_tables_are_brought_up_step_by_step_with_what_is_in_them(store: Store, file: Path):
    count = begin(store)
    done = []
    steps = {
        2: lambda c: done.append(c.exec_driver_sql("ALTER TABLE details ADD COLUMN lang TEXT")),
        3: lambda c: done.append(c.exec_driver_sql("UPDATE details SET lang = 'en'")),
    }
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        tables.prepare(connection, steps, goal=4)
        assert tables.version_of(connection) == 4
        assert {row[0] for row in connection.exec_driver_sql("SELECT lang FROM details")} == {"en"}
        tables.prepare(connection, steps, goal=4)
    engine.dispose()
    assert len(done) == 2, "each step once"
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT count(*) FROM events").fetchone() == (count,)


def test_values_of_older_events_are_brought_up_step_by_step():
    upgrades = {
        1: lambda _, value: {"owner": value["who"]},
        2: lambda subject, value: (
            {**value, "deputy": "none"} if subject[0] == "decision" else value
        ),
    }
    now = upgraded(("decision", "f1"), {"who": "ana"}, 1, upgrades, goal=3)
    assert now == {"owner": "ana", "deputy": "none"}
    assert upgraded(("decision", "f1"), None, 1, upgrades, goal=3) is None
    assert upgraded(("decision", "f1"), now, 3, upgrades, goal=4) == now, "nothing to bring up"
    with pytest.raises(WorkbookError, match="newer workbook"):
        upgraded(("decision", "f1"), {}, 4, upgrades, goal=3)


def test_a_writer_holds_the_store_from_its_first_look_on(store: Store, file: Path):
    """Two who read, think and then write would else build upon the same last event."""
    begin(store)
    with Database(file).writing(), closing(sqlite3.connect(file, timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM events").fetchone()[0] > 0, "reading goes on"


def test_a_commit_waits_until_the_disk_has_it(tmp_path):
    """In a second copy of the module: the tests tell the first not to wait."""
    spec = importlib.util.find_spec("workbook.store.database")
    as_shipped = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(as_shipped)
    with as_shipped.Database(tmp_path / "workbook.db").writing(create=True) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3


def test_a_store_that_is_away_says_where_it_is_why_and_what_to_do():
    away = StoreAway("/clients/workbook.db", "full", "free some space")
    assert (away.place, away.cause) == ("/clients/workbook.db", "full")
    for part in ("/clients/workbook.db", "full", "→ free some space"):
        assert part in str(away)
