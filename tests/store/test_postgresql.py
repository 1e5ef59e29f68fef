"""PostgreSQL: the same statements, a guard and a lock of its own. No server is needed here."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.small import engagement
from workbook.errors import BadInput
from workbook.store import Change, Store, database, tables
from workbook.store.database import lock
from workbook.store.migrations import MIGRATIONS
from workbook.workspace import Workspace

DIALECT = postgresql.dialect()


@pytest.fixture
def tables_made() -> str:
    """What a PostgreSQL server is told when the tables are made."""
    told: list[str] = []

    def note(statement: sa.Executable, *_: object, **__: object) -> None:
        told.append(str(statement.compile(dialect=DIALECT)))

    engine = sa.create_mock_engine("postgresql+psycopg://", note)
    tables.metadata.create_all(engine, checkfirst=False)
    return "\n".join(told)


@pytest.mark.parametrize(
    "clause",
    [
        "CREATE TABLE events",
        "PRIMARY KEY (engagement, seq)",
        "UNIQUE (id)",
        "WHERE topic IN ('organisation', 'framework', 'language')",
        "BEFORE UPDATE OR DELETE OR TRUNCATE ON events",
    ],
)
def test_the_tables_are_made_with_keys_index_and_guard(tables_made: str, clause: str):
    assert clause in tables_made
    assert "RAISE(ABORT" not in tables_made, "that is SQLite's guard"


def test_all_that_the_store_says_can_be_said_to_postgresql(workspace: Workspace, store: Store):
    said: set[str] = set()
    engine = store._database._engine

    @sa.event.listens_for(engine, "before_execute")
    def _note(_: object, statement: sa.ClauseElement, *__: object) -> None:
        if not isinstance(statement, sa.schema.ExecutableDDLElement):
            said.add(str(statement.compile(dialect=DIALECT)))

    marie = workspace.new(engagement(), "Marie")
    marie.record(Change(("person", "ana"), {"name": "Ana", "email": "ana@acme.test"}))
    marie.undo()
    marie.refresh()
    workspace.engagements()
    marie.erase("ana")
    verbs = {statement.split()[0] for statement in said}
    assert verbs == {"SELECT", "INSERT", "DELETE"}, "events are never updated"
    assert not any("DELETE FROM events" in statement for statement in said)


def test_old_tables_are_without_their_guard_only_while_they_change():
    """Then events without a head, as an older release writes them, are refused."""
    told: list[str] = []

    def note(statement: sa.Executable | str, *_: object, **__: object) -> None:
        told.append(statement if isinstance(statement, str) else str(statement.compile()))

    server = sa.create_mock_engine("postgresql+psycopg://", note)
    server.exec_driver_sql = note
    server.scalars = lambda _: SimpleNamespace(all=list)
    MIGRATIONS[1](server)
    statements = [" ".join(one.split()) for one in told]
    dropped = statements.index("DROP TRIGGER events_refuse ON events")
    (again,) = (n for n, one in enumerate(statements) if "CREATE TRIGGER events_refuse" in one)
    strict = [one for one in statements[dropped:again] if one.endswith("DROP DEFAULT")]
    assert strict == [
        f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT"
        for table, column in (("events", "seals"), ("events", "head"), ("details", "salt"))
    ]


def test_what_was_deleted_is_written_over_in_all_of_its_tables_at_once(
    monkeypatch: pytest.MonkeyPatch,
):
    told: list[str] = []
    connection = SimpleNamespace(
        # The tables are its own, and nobody looks at them as they were.
        scalar=lambda statement, _=None: str(statement) == database.OWNS,
        execute=lambda statement: told.append(str(statement)),
    )
    reached = SimpleNamespace(dialect=DIALECT, execution_options=lambda **_: connection)
    monkeypatch.setattr(
        database,
        "create_engine",
        lambda url, **_: SimpleNamespace(url=url, connect=lambda: nullcontext(reached)),
    )
    store = database.Database("postgresql+psycopg://127.0.0.1/workbook")
    assert store.overwrite_deleted("identities", "details")
    vacuum = "VACUUM (FULL) identities, details"
    assert told == [database.PATIENCE, vacuum, database.PATIENCE_AS_BEFORE]


def test_writers_of_one_engagement_wait_for_each_other():
    told: list[tuple[str, dict[str, str]]] = []
    server = SimpleNamespace(
        dialect=DIALECT, execute=lambda statement, values: told.append((str(statement), values))
    )
    lock(server, "acme")
    ((statement, values),) = told
    assert "pg_advisory_xact_lock" in statement, "held until the transaction ends"
    assert values == {"name": "ownership-workbook/acme"}


def test_without_its_driver_the_address_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadInput, match="install psycopg"):
        Store("postgresql+psycopg://127.0.0.1/workbook")


def test_a_password_is_never_shown_and_a_dead_server_does_not_hold_up(
    monkeypatch: pytest.MonkeyPatch,
):
    asked = []
    monkeypatch.setattr(
        database, "create_engine", lambda url, **_: asked.append(url) or SimpleNamespace(url=url)
    )
    store = Store("postgresql+psycopg://marie:s3cret@127.0.0.1/workbook")
    assert store.place == "postgresql+psycopg://marie:***@127.0.0.1/workbook"
    assert asked[0].query["connect_timeout"] == "3"
