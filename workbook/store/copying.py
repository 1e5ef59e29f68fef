"""A whole store as rows of plain values, and rows as a store again: the same for each database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, insert, select

from workbook.errors import BadInput, Problem
from workbook.store.chain import Verification, verified
from workbook.store.tables import TABLES_VERSION, chains, events, metadata, settings

StoredRow = tuple[str, Mapping[str, Any]]
"""A table's name, and the columns of one of its rows."""

_AT_ONCE = 500


def rows_of(connection: Connection) -> Iterator[StoredRow]:
    """Every row of a store, table by table; where chains end comes last."""
    for table in sorted(metadata.tables.values(), key=lambda table: table is chains):
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            yield table.name, dict(row)


def verifications(connection: Connection) -> dict[str, Verification]:
    """What the chain of each engagement says."""
    keys = select(events.c.engagement).union(select(chains.c.engagement))
    return {key: verified(connection, key) for key in sorted(connection.scalars(keys))}


def refill(connection: Connection, rows: Iterable[StoredRow], *, force: bool) -> None:
    """Put rows in place of all that is there, inside the caller's transaction.

    BadInput if events are there already and nothing says that they may go.
    """
    if not force and connection.execute(select(events.c.id).limit(1)).first():
        problem = "there are engagements in this workspace already"
        raise BadInput(Problem(problem, "add --force, or name another workspace"))
    metadata.drop_all(connection)
    metadata.create_all(connection)
    for name, group in groupby(rows, lambda row: row[0]):
        table, portion = metadata.tables[name], list[Mapping[str, Any]]()
        # The guard of the events notes each end; those that were noted come last, as they were.
        connection.execute(chains.delete())
        for _, row in group:
            portion.append(row)
            if len(portion) == _AT_ONCE:
                connection.execute(insert(table), portion)
                portion.clear()
        if portion:
            connection.execute(insert(table), portion)
    connection.execute(settings.delete().where(settings.c.name == "tables"))
    connection.execute(insert(settings).values(name="tables", value=str(TABLES_VERSION)))
