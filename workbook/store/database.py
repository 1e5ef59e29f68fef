"""Reaching a database: SQLite in a file by default, PostgreSQL by URL.

SQLite runs with full sync and the rollback journal, one `BEGIN IMMEDIATE` per write, and a
connection per transaction: a file that was deleted, moved or unmounted is noticed by the next
write instead of being written to unseen. See docs/decisions/append-only-events.md.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.pool import NullPool, StaticPool

from workbook.errors import BadInput, Problem, WorkbookError
from workbook.store.migrations import MIGRATIONS
from workbook.store.tables import TABLES_VERSION, prepare, version_of

BUSY_SECONDS = 2.0
"""How long a write waits for another; then it stays pending and is tried again."""

SYNCHRONOUS = "EXTRA"
"""What a commit to a file waits for: that the disk has it, so that it outlasts a power cut.

The folder, too: else the journal's name may come back with the power, and take the commit away.
"""

PATIENCE = f"SET LOCK_TIMEOUT = {round(1000 * BUSY_SECONDS)}"
PATIENCE_AS_BEFORE = "RESET LOCK_TIMEOUT"
OWNS = (
    "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class"
    " WHERE oid = ANY(CAST(CAST(:tables AS text[]) AS regclass[]))"
)
LOOKED_AT = (
    "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    " AND datname = current_database() AND backend_xmin IS NOT NULL"
)
"""How many transactions still see the database as it was before: for them deleted rows are kept."""

Cause = Literal["gone", "full", "busy", "read_only", "changed", "other"]

_CAUSES: tuple[tuple[str, Cause, str], ...] = (
    ("is full", "full", "the disk is full: free some space"),
    ("is locked", "busy", "somebody else is writing: try again in a moment"),
    ("readonly", "read_only", "the store may not be written: check the permissions"),
    ("unable to open", "gone", "the file or its folder is gone: put it back"),
    ("disk I/O error", "other", "the disk refuses: see whether it is broken, or over its quota"),
    ("connection", "gone", "the database server does not answer: check address and network"),
)


class StoreAway(WorkbookError):
    """The store cannot be reached or written just now. What it acknowledged is not lost.

    `cause`: gone, full, busy, read_only, changed (it is not the store that it was) or other.
    """

    def __init__(self, place: str, cause: Cause, fix: str) -> None:
        self.place = place
        self.cause: Cause = cause
        super().__init__(f"{place}: the store is not there just now ({cause})\n    → {fix}")


class Database:
    """Transactions on one database, and nothing of what is in it."""

    def __init__(self, address: Path | str) -> None:
        self.path = address if isinstance(address, Path) else _file(address)
        self._create_file = False
        self._met = False
        self._engine = _sqlite_engine(self) if self.path else _engine(str(address))
        self.place = str(self.path or self._engine.url.set(query={}).render_as_string())

    @property
    def is_there(self) -> bool:
        """Whether there is something to read. False only for a file that never was."""
        if self.path is None or self.path.exists():
            return True
        if self._met:
            raise StoreAway(self.place, "gone", "the file or its folder is gone: put it back")
        return False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads. StoreAway if the store cannot be reached."""
        with self._reaching(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[Connection]:
        """A transaction that writes, committed at the end, all or nothing.

        With `create` the file and its folder are made if they never were there.
        """
        if create and not self.is_there and self.path:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreAway(self.place, "gone", error.strerror or str(error)) from error
            self._create_file = True
        try:
            with self._reaching(write=True) as connection:
                yield connection
        finally:
            self._create_file = False

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """All as it is at one moment, to be read at leisure: no writer waits for it meanwhile.

        Of a file that is a copy in memory: nothing that is to be erased lies in one more place.
        """
        if self.path is None:
            reading = self._engine.execution_options(isolation_level="REPEATABLE READ")
            with reading.connect() as connection, connection.begin():
                yield connection
            return
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
            with closing(self.connect_sqlite()) as source:
                source.backup(copy)
            engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
            with engine.connect() as connection:
                yield connection

    def overwrite_deleted(self, *tables: str) -> bool:
        """Leave no deleted row of these tables behind; False where that cannot be had just now.

        SQLite overwrites at once. PostgreSQL keeps rows until their table is written anew, which
        its owner may do, outside of a transaction, and while nobody looks at it as it was.
        """
        with self._engine.connect() as reached:
            if reached.dialect.name != "postgresql":
                return True
            connection = reached.execution_options(isolation_level="AUTOCOMMIT")
            if not connection.scalar(text(OWNS), {"tables": list(tables)}):
                return False
            if connection.scalar(text(LOOKED_AT)):
                return False
            try:
                connection.execute(text(PATIENCE))
                connection.execute(text(f"VACUUM (FULL) {', '.join(tables)}"))
            except DBAPIError:
                return False
            finally:
                connection.execute(text(PATIENCE_AS_BEFORE))
        return True

    @contextmanager
    def _reaching(self, *, write: bool) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                self._prepared(connection)
                with connection.execution_options(writing=write).begin():
                    yield connection
        except (IntegrityError, ProgrammingError):
            raise
        except DBAPIError as error:
            raise _away(self.place, error) from error

    def _prepared(self, connection: Connection) -> None:
        if self._met:
            return
        with connection.begin():
            current = version_of(connection) == TABLES_VERSION
        if not current:
            with connection.execution_options(writing=True).begin():
                lock(connection, "tables")
                prepare(connection, MIGRATIONS)
        self._met = True

    def connect_sqlite(self) -> sqlite3.Connection:
        """A connection to the file; it makes none unless `writing(create=True)` asked for one."""
        mode = "rwc" if self._create_file else "rw"
        if self._create_file and self.path:
            # For this person alone: it holds who said what. SQLite makes its journal alike.
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))
        return sqlite3.connect(
            f"file:{quote(str(self.path))}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )


def lock(connection: Connection, name: str) -> None:
    """Let no other writer of `name` in until this transaction ends (PostgreSQL; SQLite has one)."""
    if connection.dialect.name == "postgresql":
        statement = text("SELECT pg_advisory_xact_lock(hashtext(:name))")
        connection.execute(statement, {"name": f"ownership-workbook/{name}"})


def _file(url: str) -> Path | None:
    """The file that an address of SQLite names: it is reached like any other file of ours."""
    with suppress(ArgumentError):
        address = make_url(url)
        named = address.database or ":memory:"
        if address.get_backend_name() == "sqlite" and not named.startswith((":", "file:")):
            return Path(named)
    return None


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() == "postgresql" and "connect_timeout" not in address.query:
            # An unreachable server must not hold a screen up: what is typed stays pending.
            address = address.update_query_dict({"connect_timeout": "3"})
        return create_engine(address, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadInput(
            Problem(f"not an address of a database: {error}", "postgresql+psycopg://host/name")
        ) from error
    except ModuleNotFoundError as error:
        raise BadInput(
            Problem(f"this address needs “{error.name}”", f"install {error.name}")
        ) from error


def _sqlite_engine(database: Database) -> Engine:
    engine = create_engine("sqlite://", creator=database.connect_sqlite, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        # secure_delete: what a person asked to erase must not stay readable in the file.
        try:
            for pragma in (f"synchronous={SYNCHRONOUS}", "secure_delete=ON", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()  # Nobody else knows of it yet.
            raise
        except UnicodeDecodeError as error:
            # SQLite names what is damaged, and that is no text any more.
            connection.close()
            raise sqlite3.DatabaseError("database disk image is malformed") from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _away(place: str, error: DBAPIError) -> StoreAway:
    message = str(error.orig)
    for words, cause, fix in _CAUSES:
        if words in message:
            return StoreAway(place, cause, fix)
    return StoreAway(place, "other", message.strip() or type(error.orig).__name__)
