"""The tables, their guard and their versions.

events      one row per event, only ever inserted; whoever or whatever is private is an opaque key
chains      where the chain of each engagement ends: its last event and that one's head
identities  opaque key ↔ the id or name that stands for a person (person, respondent, actor)
details     opaque key ↔ a person's name, title, e-mail, or a text that somebody wrote
settings    the tables' version, the last engagement opened, the language
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    event,
    insert,
    inspect,
    select,
)

from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from sqlalchemy.schema import ExecutableDDLElement

TABLES_VERSION = 2

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("engagement", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("actor", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("time", String(40), nullable=False),
    Column("step", String(64), nullable=False),
    Column("supersedes", Text, nullable=False),
    Column("target", String(64)),
    Column("restores", String(64)),
    Column("seals", Text, nullable=False),
    Column("head", String(64), nullable=False),
)

chains = Table(
    "chains",
    metadata,
    Column("engagement", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

DESCRIBING = ("organisation", "framework", "language")
"""Topics that a list of engagements shows."""

Index(
    "describing_events",
    events.c.engagement,
    events.c.topic,
    events.c.seq,
    sqlite_where=events.c.topic.in_(DESCRIBING),
    postgresql_where=events.c.topic.in_(DESCRIBING),
)

identities = Table(
    "identities",
    metadata,
    Column("engagement", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("salt", String(32), nullable=False),
    UniqueConstraint("engagement", "name"),
)

details = Table(
    "details",
    metadata,
    Column("engagement", String(64), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("salt", String(32), nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

_MOVE_END = """INSERT INTO chains (engagement, seq, head)
VALUES (NEW.engagement, NEW.seq, NEW.head)
ON CONFLICT (engagement) DO UPDATE SET seq = excluded.seq, head = excluded.head"""
# The database itself refuses to rewrite history, whoever asks, and notes where each chain ends.
GUARDS = {
    "sqlite": (
        """CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END""",
        """CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END""",
        """CREATE TRIGGER events_refuse_unchained BEFORE INSERT ON events WHEN NEW.head = ''
        BEGIN SELECT RAISE(ABORT, 'a newer workbook keeps this store'); END""",
        f"""CREATE TRIGGER events_move_end AFTER INSERT ON events BEGIN {_MOVE_END}; END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'events are only ever appended'; END $$""",
        """CREATE TRIGGER events_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON events
        EXECUTE FUNCTION events_refuse()""",
        f"""CREATE OR REPLACE FUNCTION events_move_end() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {_MOVE_END}; RETURN NULL; END $$""",
        """CREATE TRIGGER events_move_end AFTER INSERT ON events
        FOR EACH ROW EXECUTE FUNCTION events_move_end()""",
    ),
}
for _dialect, _statements in GUARDS.items():
    for _statement in _statements:
        guard: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(events, "after_create", guard.execute_if(dialect=_dialect))
_AT_ONCE = 500


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """Keys in lists short enough for one statement: below the smallest limit on parameters."""
    left = iter(keys)
    while portion := list(islice(left, _AT_ONCE)):
        yield portion


Migration = Callable[[Connection], None]


def prepare(
    connection: Connection, migrations: Mapping[int, Migration], goal: int = TABLES_VERSION
) -> None:
    """Create the tables, or bring older ones up step by step, inside the caller's transaction.

    `migrations`: version n ↦ what makes version n + 1 of it, with the store's data in place.
    WorkbookError if a newer release of the workbook has written them.
    """
    version = version_of(connection)
    if version > goal:
        raise WorkbookError(
            f"the store was written by a newer workbook (tables {version}, this one knows {goal})\n"
            "    → upgrade the ownership workbook"
        )
    if version == 0:
        metadata.create_all(connection)
    else:
        for step in range(version, goal):
            migrations[step](connection)
    if version < goal:
        connection.execute(delete(settings).where(settings.c.name == "tables"))
        connection.execute(insert(settings).values(name="tables", value=str(goal)))


def version_of(connection: Connection) -> int:
    """The version of the tables; 0 where there are none."""
    if not inspect(connection).has_table("settings"):
        return 0
    version = connection.scalar(select(settings.c.value).where(settings.c.name == "tables"))
    return int(version or 0)
