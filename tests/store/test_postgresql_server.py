"""The store on a real PostgreSQL server, which these tests start, stop and start again."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.small import engagement
from tests.store.postgresql import PostgreSQL
from tests.workshop.running import Hosting, heard, lost_and_twice, prepared
from workbook.errors import BadInput
from workbook.store import Change, Damage, DamageKind, Store, StoreAway, database, fold
from workbook.workspace import Session, Workspace

pytestmark = pytest.mark.slow
OWNER = ("decision", "f2")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.remove()


@pytest.fixture
def name() -> str:
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
def url(server: PostgreSQL, name: str) -> str:
    return server.database(name)


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a process keeps open until it ends is closed after each test."""
    engines, create = [], database.create_engine
    monkeypatch.setattr(
        database,
        "create_engine",
        lambda *how, **more: engines.append(create(*how, **more)) or engines[-1],
    )
    yield
    for engine in engines:
        engine.dispose()


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)


@pytest.fixture
def marie(workspace: Workspace) -> Session:
    """Marie began the engagement "worked", in the database."""
    return workspace.new(engagement(), "Marie")


@pytest.fixture
def elsewhere(tmp_path: Path, url: str, clock: Callable) -> Workspace:
    """The same database, reached from another machine."""
    return Workspace(tmp_path, Store(url), clock)


def test_what_one_machine_writes_another_reads_and_folds(marie: Session, elsewhere: Workspace):
    paul = elsewhere.open("worked", "Paul")
    marie.record(Change(OWNER, {"owner": "ana", "note": "é ’ 漢"}))
    assert paul.refresh()
    assert paul.engagement == marie.engagement == fold(elsewhere.store.events("worked"))
    assert paul.engagement.standing_decisions()["f2"].note == "é ’ 漢"
    assert not paul.refresh(), "nothing is new"


def test_lists_undo_and_moments_work_as_in_a_file(marie: Session, elsewhere: Workspace):
    before = marie.engagement
    marie.record(Change(OWNER, {"owner": "ana"}))
    marie.baseline("Kick-off")
    marie.undo()
    (summary,) = elsewhere.engagements()
    paul = elsewhere.open("worked", "Paul")
    assert summary.key == "worked"
    assert paul.engagement == before
    assert paul.at("Kick-off").standing_decisions()["f2"].owner == "ana"


def test_an_engagement_is_begun_once(workspace: Workspace, elsewhere: Workspace):
    workspace.new(engagement())
    with pytest.raises(BadInput, match="already"):
        elsewhere.new(engagement())


def test_events_can_be_neither_changed_nor_taken_out(marie: Session, server, name: str):
    for statement in ("UPDATE events SET actor = ''", "DELETE FROM events", "TRUNCATE events"):
        with pytest.raises(psycopg.Error):
            server.rows(name, statement)
    assert marie.refresh() is False


def test_whoever_gets_the_guard_out_of_the_way_is_found(
    marie: Session, workspace: Workspace, server, name: str
):
    marie.record(Change(("person", "zoe"), {"name": "Zoé"}))
    marie.erase("zoe")
    assert workspace.store.verify("worked").damages == ()
    with server._connection(name) as connection:
        connection.execute("ALTER TABLE events DISABLE TRIGGER events_refuse")
        connection.execute("UPDATE events SET value = 'null' WHERE seq = 5")
        connection.execute("DELETE FROM events WHERE seq = 9")
    damages = workspace.store.verify("worked").damages
    assert damages == (Damage(5, DamageKind.CHANGED), Damage(9, DamageKind.MISSING))


def test_nothing_of_an_erased_person_is_left_in_the_database(marie: Session, server, name: str):
    marie.record(Change(("person", "zoe"), {"name": "Zoé Unmistakable", "email": "zoe@acme.test"}))
    marie.record(Change(OWNER, {"owner": "zoe", "note": "ask Zoé Unmistakable"}))
    marie.erase("zoe")
    tables = server.rows(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    whole = str([server.rows(name, f'SELECT * FROM "{table}"') for (table,) in tables])  # noqa: S608
    assert len(marie.history(OWNER)) == 1
    assert "Unmistakable" not in whole
    assert "zoe@acme.test" not in whole


def bytes_of_private_tables(server: PostgreSQL, name: str) -> bytes:
    """What the files of both tables hold on the server's disk, deleted rows with the others."""
    paths = "SELECT pg_relation_filepath(t::regclass) FROM unnest(ARRAY['details', 'identities']) t"
    server.rows(name, "CHECKPOINT")
    files = [server.folder / str(path) for (path,) in server.rows(name, paths)]
    return b"".join(file.read_bytes() for file in files)


def remember_zoe(marie: Session) -> None:
    marie.record(Change(("person", "zoe"), {"name": "Zoé Unmistakable", "email": "zoe@acme.test"}))
    marie.record(Change(OWNER, {"owner": "zoe", "note": "ask Zoé Unmistakable"}))


def test_the_files_of_the_server_hold_no_byte_of_an_erased_person(marie: Session, server, name):
    remember_zoe(marie)
    assert b"Unmistakable" in bytes_of_private_tables(server, name), "the positive control"
    assert marie.erase("zoe")
    assert b"Unmistakable" not in bytes_of_private_tables(server, name)


def test_bytes_that_stay_for_whoever_still_looks_at_them_are_told(marie, server, name):
    remember_zoe(marie)
    with server._connection(name) as onlooker:
        onlooker.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        onlooker.execute("SELECT count(*) FROM details")
        assert not marie.erase("zoe")


def test_a_role_that_owns_no_table_erases_and_says_what_stays(marie, server, name, tmp_path, clock):
    remember_zoe(marie)
    role = f"guest_{uuid.uuid4().hex}"
    server.rows(name, f'CREATE ROLE "{role}" LOGIN')
    server.rows(name, f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{role}"')
    guest = Store(server.url(name, role))
    assert not Workspace(tmp_path, guest, clock).open("worked", "Guest").erase("zoe")
    assert "Unmistakable" not in str(server.rows(name, "SELECT * FROM details"))


def test_two_machines_write_at_the_same_time(
    marie: Session, elsewhere: Workspace, workspace: Workspace
):
    sessions = (marie, elsewhere.open("worked", "Paul"))

    def work(session: Session) -> None:
        for n in range(40):
            session.record(Change(("decision", f"{session.actor.lower()}-{n}"), {"note": f"{n}"}))

    threads = [threading.Thread(target=work, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = workspace.store.events("worked")
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert sum(event.subject[0] == "decision" for event in events) >= 80
    assert all(session.pending == () for session in sessions)
    assert workspace.store.verify("worked").damages == (), "one chain"


def test_a_server_that_is_cut_off_loses_nothing_that_was_acknowledged(
    marie: Session, elsewhere: Workspace, server: PostgreSQL
):
    marie.record(Change(OWNER, {"owner": "ana", "note": "before"}))
    assert marie.pending == ()
    server.stop()
    marie.record(Change(OWNER, {"owner": "ana", "note": "meanwhile"}))
    assert (len(marie.pending), marie.trouble.cause) == (1, "gone")
    with pytest.raises(StoreAway):
        elsewhere.store.events("worked")
    server.start()
    marie.refresh()
    assert (marie.pending, marie.trouble) == ((), None)
    notes = [event.value["note"] for event in elsewhere.store.events("worked")[-2:]]
    assert notes == ["before", "meanwhile"]


def test_a_workshop_outlives_a_restart_of_its_database(
    tmp_path: Path, url: str, server: PostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WORKBOOK_STORE", url)
    people = [f"asked-{n}" for n in range(6)]
    hosting = Hosting(tmp_path, prepared(tmp_path, len(people)))
    hosting.start()
    try:
        program = hosting.answering(people, seconds=6)
        time.sleep(1.5)
        server.stop()
        time.sleep(0.5)
        server.start()
        report = heard(program)
        time.sleep(2)  # what waited is written with the host's next look
        assert len(report["acknowledged"]) > 10 * len(people)
        assert lost_and_twice(hosting.session, report["acknowledged"]) == ([], [])
        assert hosting.stop()[0] == 0
    finally:
        hosting.kill()
