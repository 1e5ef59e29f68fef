"""Events as rows and rows as events: JSON, opaque keys, and older forms brought up to date."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Row, select

from workbook.errors import WorkbookError
from workbook.model.engagement import ENGAGEMENT_SCHEMA_VERSION
from workbook.store.events import Event, EventKind, Json, Subject
from workbook.store.sealing import DETAIL, ERASED, IDENTITY, Sealed, sealed_keys, unsealed
from workbook.store.tables import details, identities, portions


class DamagedEvent(WorkbookError):
    """A row of the log that cannot be read: a bit that flipped, or somebody's hand."""

    def __init__(self, engagement: str, seq: int) -> None:
        super().__init__(
            f"event {seq} of “{engagement}” is damaged; what is before it can be exported\n"
            f"    → workbook export {engagement} --before {seq} -o {engagement}.yaml"
        )


Upgrade = Callable[[Subject, Json], Json]

UPGRADES: Mapping[int, Upgrade] = {}
"""Version n of the engagement's schema ↦ what makes a value of version n + 1 of one of version n.

The first release that had a store wrote version 2.
"""


def upgraded(
    subject: Subject,
    value: Json,
    version: int,
    upgrades: Mapping[int, Upgrade] = UPGRADES,
    goal: int = ENGAGEMENT_SCHEMA_VERSION,
) -> Json:
    """A stored value in today's form, step by step; WorkbookError if it is of a newer one."""
    if version > goal:
        raise WorkbookError(
            f"an event was written by a newer workbook (schema {version}, this one knows {goal})\n"
            "    → upgrade the ownership workbook"
        )
    for step in range(version, goal):
        if step in upgrades and value is not None:
            value = upgrades[step](subject, value)
    return value


def row_of(event: Event, sealed: Sealed, seals: Mapping[str, str | None]) -> dict[str, Any]:
    """The columns of an event but its head; `event.seq` must be set."""
    return {
        "engagement": event.engagement,
        "seq": event.seq,
        "id": event.id,
        "actor": sealed.actor,
        "kind": event.kind.value,
        "topic": event.subject[0],
        "subject": _compact(sealed.subject),
        "value": _compact(sealed.value),
        "schema": ENGAGEMENT_SCHEMA_VERSION,
        "time": event.time.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "step": event.step,
        "supersedes": _compact(event.supersedes),
        "target": event.target,
        "restores": event.restores,
        "seals": _compact(seals),
    }


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_UNREADABLE = (ValueError, TypeError, RecursionError)


def read_events(connection: Connection, engagement: str, rows: Iterable[Row[Any]]) -> list[Event]:
    """Rows of one engagement as events, their private parts put back.

    DamagedEvent for the first row that no release of the workbook can have written.
    """
    raw = [(row, *_read_json(row)) for row in rows]
    named = {row.actor for row, _, _ in raw}
    named.update(key for _, subject, _ in raw for key in sealed_keys(subject, IDENTITY))
    named.update(key for _, _, value in raw for key in sealed_keys(value, IDENTITY))
    texted = {key for _, _, value in raw for key in sealed_keys(value, DETAIL)}
    names = _looked_up(connection, engagement, identities.c.name, named)
    texts = _looked_up(connection, engagement, details.c.text, texted)
    events = []
    for row, subject, value in raw:
        try:
            events.append(_event(row, subject, value, names, texts))
        except (*_UNREADABLE, KeyError, AttributeError, OverflowError) as error:
            raise DamagedEvent(engagement, row.seq) from error
    return events


def _read_json(row: Row[Any]) -> tuple[Json, Json]:
    try:
        subject, value = json.loads(row.subject), json.loads(row.value)
        marks = (IDENTITY, DETAIL)
        keys = [
            key for mark in marks for part in (subject, value) for key in sealed_keys(part, mark)
        ]
        names = [part for part in subject if not (isinstance(part, dict) and IDENTITY in part)]
        if not subject or not all(isinstance(text, str) for text in (*keys, *names)):
            raise TypeError("a name or a key is no text")
    except _UNREADABLE as error:
        raise DamagedEvent(row.engagement, row.seq) from error
    return subject, value


def _looked_up(
    connection: Connection, engagement: str, column: Column[str], keys: Iterable[str]
) -> dict[str, str]:
    table, values = column.table, dict[str, str]()
    for portion in portions(sorted(keys)):
        where = (table.c.engagement == engagement) & table.c.key.in_(portion)
        rows = connection.execute(select(table.c.key, column).where(where))
        values.update((row[0], row[1]) for row in rows)
    return values


def _event(
    row: Row[Any], subject: Json, value: Json, names: Mapping[str, str], texts: Mapping[str, str]
) -> Event:
    about = tuple(unsealed(subject, names, texts))
    return Event(
        id=row.id,
        engagement=row.engagement,
        actor=names.get(row.actor, ERASED),
        kind=EventKind(row.kind),
        subject=about,
        value=upgraded(about, unsealed(value, names, texts), row.schema),
        time=dt.datetime.fromisoformat(row.time),
        step=row.step,
        supersedes=tuple(json.loads(row.supersedes)),
        target=row.target,
        restores=row.restores,
        seq=row.seq,
    )
