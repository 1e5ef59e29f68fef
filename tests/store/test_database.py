"""The database by itself: where it is, who may read it, and what its errors come to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from workbook.store.database import Database, StoreAway

SERVER = "postgresql+psycopg://me:secret@host/name"
ERRORS = [
    ("database or disk is full", "full", "free some space"),
    ("database is locked", "busy", "try again in a moment"),
    ("attempt to write a readonly database", "read_only", "check the permissions"),
    ("unable to open database file", "gone", "put it back"),
    ("connection refused", "gone", "check address and network"),
    ("disk I/O error ", "other", "over its quota"),
    ("", "other", "OperationalError"),
]


@pytest.mark.parametrize(("words", "cause", "fix"), ERRORS)
def test_an_error_of_the_database_says_why_it_is_away_and_what_to_do(tmp_path, words, cause, fix):
    database = Database(tmp_path / "workbook.db")
    with pytest.raises(StoreAway) as away, database.writing(create=True):
        raise DBAPIError("", None, sqlite3.OperationalError(words))
    assert (away.value.cause, away.value.place) == (cause, database.place)
    assert str(away.value).endswith(fix)


@pytest.mark.parametrize(
    ("address", "place", "waits"),
    [
        (SERVER, "postgresql+psycopg://me:***@host/name", "3"),
        (f"{SERVER}?connect_timeout=9", "postgresql+psycopg://me:***@host/name", "9"),
        ("sqlite://", "sqlite://", None),
    ],
)
def test_a_server_is_named_without_its_password_and_not_waited_for_long(address, place, waits):
    database = Database(address)
    assert (database.place, database.is_there) == (place, True)
    assert database._engine.url.query.get("connect_timeout") == waits


def test_a_new_file_is_for_its_owner_alone_in_a_folder_that_is_made(tmp_path: Path):
    file = tmp_path / "clients" / "acme" / "workbook.db"
    database = Database(file)
    with pytest.raises(StoreAway), database.writing():
        pass
    assert (database.is_there, file.parent.exists()) == (False, False)
    with database.writing(create=True):
        pass
    assert (database.is_there, file.stat().st_mode & 0o777) == (True, 0o600)


def test_a_file_that_was_there_and_is_gone_is_not_made_again(tmp_path: Path):
    database = Database(tmp_path / "workbook.db")
    for _ in range(2):
        with database.writing(create=True):
            pass
    (tmp_path / "workbook.db").unlink()
    with pytest.raises(StoreAway, match="gone"), database.writing(create=True):
        pass
    assert not (tmp_path / "workbook.db").exists()


def test_whoever_makes_the_tables_lets_no_other_writer_in_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two who looked first and wrote after would each wait for the other's look to end."""
    file, refused = tmp_path / "workbook.db", []

    def prepare(*_: object) -> None:
        with closing(sqlite3.connect(file, timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            refused.append(other)

    monkeypatch.setattr("workbook.store.database.prepare", prepare)
    with Database(file).writing(create=True):
        assert len(refused) == 1


def test_a_snapshot_shows_what_was_there_when_it_was_taken(tmp_path: Path):
    database = Database(tmp_path / "workbook.db")
    with database.writing(create=True) as connection:
        connection.exec_driver_sql("CREATE TABLE said AS SELECT 1 AS n")
    with database.snapshot() as snapshot:
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO said VALUES (2)")
        assert snapshot.exec_driver_sql("SELECT n FROM said").scalars().all() == [1]
