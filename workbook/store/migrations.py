"""How tables of earlier releases become today's, with what is in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text, update

from workbook.store.chain import link, seal_of
from workbook.store.sealing import DETAIL, IDENTITY, new_salt, sealed_keys
from workbook.store.tables import GUARDS, Migration, chains, details, events, identities

_COLUMNS = (
    "events ADD COLUMN seals TEXT NOT NULL DEFAULT '{}'",
    "events ADD COLUMN head VARCHAR(64) NOT NULL DEFAULT ''",
    "identities ADD COLUMN salt VARCHAR(32) NOT NULL DEFAULT ''",
    "details ADD COLUMN salt VARCHAR(32) NOT NULL DEFAULT ''",
)
_UNGUARD = {
    "sqlite": ("DROP TRIGGER events_refuse_update", "DROP TRIGGER events_refuse_delete"),
    "postgresql": ("DROP TRIGGER events_refuse ON events",),
}


def _begin_chains(connection: Connection) -> None:
    """Chain the events that are there: from now on, whoever changes one of them is found out."""
    dialect = connection.dialect.name
    for change in (*(f"ALTER TABLE {column}" for column in _COLUMNS), *_UNGUARD[dialect]):
        connection.execute(text(change))
    if dialect == "postgresql":  # so that an older release is refused; a trigger does it elsewhere
        for table, column in (("events", "seals"), ("events", "head"), ("details", "salt")):
            connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT"))
    chains.create(connection)
    keys = connection.scalars(select(events.c.engagement).distinct()).all()
    for engagement in keys:
        _chain(connection, engagement)
    for guard in GUARDS[dialect]:
        connection.exec_driver_sql(guard)


def _chain(connection: Connection, engagement: str) -> None:
    seals: dict[str, str | None] = {
        **_salted(connection, engagement, identities, "name"),
        **_salted(connection, engagement, details, "holder", "text"),
    }
    query = select(events).where(events.c.engagement == engagement).order_by(events.c.seq)
    head, seq, known = "", 0, set[str]()
    for row in connection.execute(query).mappings().all():
        private = dict.fromkeys(_keys(dict(row)))
        own = {key: seals.get(key) for key in private if key not in known}
        known |= own.keys()
        linked = {**row, "seals": json.dumps(own)}
        seq, head = row["seq"], link(head, linked)
        here = (events.c.engagement == engagement) & (events.c.seq == seq)
        connection.execute(update(events).where(here).values(seals=linked["seals"], head=head))
    connection.execute(insert(chains).values(engagement=engagement, seq=seq, head=head))


def _salted(connection: Connection, engagement: str, table: Table, *sealed: str) -> dict[str, str]:
    """Give every private row of an engagement a salt; the seal of each by its key."""
    seals = {}
    of_it = table.c.engagement == engagement
    for key, *private in connection.execute(
        select(table.c.key, *(table.c[name] for name in sealed)).where(of_it)
    ).all():
        salt = new_salt()
        connection.execute(update(table).where(of_it, table.c.key == key).values(salt=salt))
        seals[key] = seal_of(salt, *private)
    return seals


def _keys(row: Mapping[str, Any]) -> list[str]:
    """Every opaque key that a row names."""
    keys = [row["actor"]]
    for column, mark in (("subject", IDENTITY), ("value", IDENTITY), ("value", DETAIL)):
        try:
            keys += sealed_keys(json.loads(row[column]), mark)
        except (ValueError, TypeError):  # damaged already: the chain keeps it as it is
            continue
    return keys


MIGRATIONS: Mapping[int, Migration] = {1: _begin_chains}
"""Version n of the tables ↦ what makes version n + 1 of it."""
