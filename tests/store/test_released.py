"""Stores that earlier releases have written, on SQLite and on a real PostgreSQL.

`released/` holds one of each version of the tables, as its database dumped it. A new version of the
tables adds two files there, and its migration to `MIGRATIONS`.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.store.postgresql import PostgreSQL
from workbook.errors import BadInput, WorkbookError
from workbook.store import Change, Store, tables
from workbook.store.database import lock
from workbook.workspace import Workspace

RELEASED = Path(__file__).parent / "released"
VERSIONS = range(1, tables.TABLES_VERSION + 1)
STEPS: dict[int, tables.Migration] = {
    1: lambda c: c.exec_driver_sql("ALTER TABLE details ADD COLUMN lang TEXT"),
    2: lambda c: c.exec_driver_sql("UPDATE details SET lang = 'en'"),
}


def bring_up(engine: sa.Engine, steps: dict[int, tables.Migration]) -> None:
    """Bring the tables up in one transaction, as the store does."""
    with engine.begin() as connection:
        # SQLite's driver would commit before a change of a table, unless a transaction is open.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        lock(connection, "tables")
        tables.prepare(connection, steps, goal=3)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def released(request: pytest.FixtureRequest, tmp_path: Path):
    """The address of a database that a release of these tables has written."""

    def released(version: int) -> str:
        dump = (RELEASED / f"{request.param}-{version}.sql").read_text("utf-8")
        if request.param == "sqlite":
            with closing(sqlite3.connect(tmp_path / "workbook.db")) as database:
                database.executescript(dump)
            return f"sqlite:///{tmp_path / 'workbook.db'}"
        server = request.getfixturevalue("server")
        url = server.database(f"released-{uuid.uuid4().hex}")
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(dump)
        return url

    return released


@pytest.fixture
def engine(released) -> Iterator[sa.Engine]:
    """The oldest tables, reached without the store."""
    engine = sa.create_engine(released(1))
    yield engine
    engine.dispose()


def test_every_version_of_the_tables_is_kept_for_both_databases():
    names = {f"{name}-{version}.sql" for name in ("sqlite", "postgresql") for version in VERSIONS}
    assert {file.name for file in RELEASED.iterdir()} == names


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_release_has_written_is_read_and_goes_on(released, version: int, tmp_path: Path):
    store = Store(released(version))
    session = Workspace(tmp_path, store).open("worked", "Paul")
    people = {person.id: person.name for person in session.engagement.people}
    assert people["zoe"] == "Zoé Petit"
    assert session.engagement.standing_decisions()["f2"].note == "é ’ 漢"
    assert session.at("Kick-off").standing_decisions()["f2"].owner == "zoe"
    session.record(Change(("decision", "f2"), {"owner": "zoe", "note": "confirmed"}))
    assert session.pending == ()
    assert store.verify("worked").damages == ()
    session.erase("zoe")
    assert store.verify("worked").damages == ()
    engine = store._database._engine
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.execute(tables.events.delete())
    engine.dispose()


@pytest.mark.parametrize("released", ["sqlite"], indirect=True)
def test_every_name_and_text_of_old_tables_is_sealed_once(released):
    store = Store(released(1))
    assert store.engagements()
    engine = store._database._engine
    with engine.connect() as connection:
        seals = [json.loads(row) for row in connection.scalars(sa.select(tables.events.c.seals))]
        keys = [
            key
            for table in (tables.identities, tables.details)
            for key in connection.scalars(sa.select(table.c.key))
        ]
    engine.dispose()
    assert sorted(key for own in seals for key in own) == sorted(keys)
    assert None not in {seal for own in seals for seal in own.values()}


def form(engine: sa.Engine) -> dict[str, object]:
    """Tables, columns and indexes of a database, whatever is in them."""
    seen = sa.inspect(engine)
    return {
        table: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"])
                for column in seen.get_columns(table)
            ],
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "indexes": sorted((i["name"], *i["column_names"]) for i in seen.get_indexes(table)),
            "unique": sorted(
                tuple(each["column_names"]) for each in seen.get_unique_constraints(table)
            ),
        }
        for table in seen.get_table_names()
    }


@pytest.mark.parametrize("released", ["sqlite"], indirect=True)
@pytest.mark.parametrize("version", VERSIONS)
def test_new_tables_have_the_form_of_released_ones(released, version: int, tmp_path: Path):
    """A column that is written otherwise from today on needs a new version of the tables."""
    brought_up, new = Store(released(version)), Store(tmp_path / "new.db")
    assert brought_up.engagements()
    new.set("language", "en")
    try:
        assert form(brought_up._database._engine) == form(new._database._engine)
    finally:
        brought_up._database._engine.dispose()


def test_tables_are_brought_up_step_by_step_with_what_is_in_them(engine: sa.Engine):
    bring_up(engine, STEPS)
    bring_up(engine, STEPS)
    with engine.connect() as connection:
        assert tables.version_of(connection) == 3
        told = set(connection.exec_driver_sql("SELECT lang FROM details").scalars())
        assert told == {"en"}
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.events)) > 20


def test_a_step_that_fails_leaves_the_tables_as_they_were(engine: sa.Engine):
    fails = {**STEPS, 2: lambda c: c.exec_driver_sql("UPDATE nowhere SET lang = 'en'")}
    with pytest.raises(sa.exc.DBAPIError):
        bring_up(engine, fails)
    with engine.connect() as connection:
        assert tables.version_of(connection) == 1
        columns = {column["name"] for column in sa.inspect(connection).get_columns("details")}
    assert "lang" not in columns


def test_a_newer_release_is_not_touched(engine: sa.Engine):
    url = engine.url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(tables.settings.update().values(value="99"))
    store = Store(url)
    with pytest.raises(WorkbookError, match="newer workbook"):
        store.engagements()
    store._database._engine.dispose()


@pytest.mark.slow
def test_two_machines_that_open_old_tables_at_once_bring_them_up_once(server: PostgreSQL):
    url = server.database(f"both-{uuid.uuid4().hex}")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute((RELEASED / "postgresql-1.sql").read_text("utf-8"))
    engine, ready, failed = sa.create_engine(url), threading.Barrier(2), []

    def begin() -> None:
        try:
            ready.wait(20)
            bring_up(engine, STEPS)
        except sa.exc.DBAPIError as error:
            failed.append(error)

    machines = [threading.Thread(target=begin) for _ in range(2)]
    for machine in machines:
        machine.start()
    for machine in machines:
        machine.join(60)
    with engine.connect() as connection:
        assert (failed, tables.version_of(connection)) == ([], 3)
    engine.dispose()


def test_a_backup_goes_from_one_database_to_the_other_and_back(server: PostgreSQL, released):
    """Row by row, with the chain as it was; PostgreSQL is read while another writes."""
    source = Store(released(tables.TABLES_VERSION))
    other = Store(server.database(f"to-{uuid.uuid4().hex}"))
    with source.copied() as (rows, chains):
        copy = list(rows)
    with other.refilled(copy, chains, force=False):
        pass
    with other.copied() as (rows, again):
        assert list(rows) == copy
        assert again == chains
    with pytest.raises(BadInput, match="already"), other.refilled(copy, chains, force=False):
        pass
    with other.refilled(copy, chains, force=True):
        pass
    assert other.verify("worked").damages == ()
    for store in (source, other):
        store._database._engine.dispose()
