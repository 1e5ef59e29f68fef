"""The chain of events: each carries a digest over itself and everything before it.

What is private stands beside the log and can be erased. An event therefore carries salted digests
of it, its `seals`, and the chain goes over those. Erasing deletes text and salt; the digest stays,
tells nothing, and the chain still holds. See docs/decisions/events-form-a-chain.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from workbook.store.tables import chains, details, events, identities

EVERYTHING = "*"
"""In the seals of an erasure: everything private of the engagement is gone."""

Seals = Mapping[str, str | None]
"""Opaque key ↦ the digest of what stands behind it; None: taken away for good, from here on."""

_LINKED = [column.name for column in events.columns if column.name != "head"]


class DamageKind(StrEnum):
    """What is wrong with an event, or with the end of the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    PRIVATE = "private"
    """A name or text of the event was changed, or taken away without an erasure."""
    END = "end"
    """The end of the chain says another head than its last event."""
    FILE = "file"
    """The database's own check of its file fails, in an index perhaps; it is of no one event."""


class Damage(NamedTuple):
    """What is wrong with one event."""

    seq: int
    kind: DamageKind


class ChainEnd(NamedTuple):
    """The last event of an engagement and its head; 0 and blank before the first."""

    seq: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of going over a chain: the heads in order, and what is damaged, first one first."""

    heads: tuple[str, ...]
    damages: tuple[Damage, ...]

    @property
    def head(self) -> str:
        """The head that stands for the whole chain; blank if it is empty."""
        return self.heads[-1] if self.heads else ""

    def place(self, head: str) -> int:
        """How many events stood under a head, or its beginning; 0 if it is none of ours."""
        return next((n for n, own in enumerate(self.heads, 1) if head and own.startswith(head)), 0)


def seal_of(*parts: object) -> str:
    """The digest of a salt and what it goes with. Nobody can try names against it without it."""
    return _digest(parts)[:32]


def link(before: str, row: Mapping[str, Any]) -> str:
    """The head of a row of the log, after the head before it."""
    return _digest([before, *(row[name] for name in _LINKED)])


def _digest(parts: Iterable[object]) -> str:
    return sha256(json.dumps([*parts], default=repr).encode()).hexdigest()


def chain_end(connection: Connection, engagement: str) -> ChainEnd:
    """Where an engagement's chain ends."""
    of_it = chains.c.engagement == engagement
    row = connection.execute(select(chains.c.seq, chains.c.head).where(of_it)).first()
    if row is None:  # only where somebody took it away: the log itself goes on
        last = select(events.c.seq, events.c.head).where(events.c.engagement == engagement)
        row = connection.execute(last.order_by(events.c.seq.desc()).limit(1)).first()
    return ChainEnd(*row) if row else ChainEnd()


def verified(connection: Connection, engagement: str) -> Verification:
    """Go over the whole chain of an engagement."""
    query = select(events).where(events.c.engagement == engagement).order_by(events.c.seq)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    seals = {row["seq"]: _seals(row["seals"]) for row in rows}
    damages = {damage.seq: damage for damage in _private(connection, engagement, seals)}
    damages |= {damage.seq: damage for damage in _links(rows)}
    end = connection.execute(select(chains).where(chains.c.engagement == engagement)).first()
    last = rows[-1]["seq"] if rows else 0
    if end is None and not rows:
        return Verification((), ())
    if end is None or end.seq < last or (end.seq == last and end.head != rows[-1]["head"]):
        damages.setdefault(last, Damage(last, DamageKind.END))
    elif end.seq > last:
        damages[last + 1] = Damage(last + 1, DamageKind.MISSING)
    heads = tuple(str(row["head"]) for row in rows)
    return Verification(heads, tuple(damages[seq] for seq in sorted(damages)))


def checked_file(connection: Connection) -> tuple[Damage, ...]:
    """What SQLite finds wrong with its own file: a chain says nothing of indexes."""
    if connection.dialect.name != "sqlite":
        return ()
    whole = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
    return () if whole else (Damage(0, DamageKind.FILE),)


def _links(rows: Iterable[Mapping[str, Any]]) -> Iterator[Damage]:
    """Where a row is not what its head was made of; each head counts for the next row."""
    end = ChainEnd()
    for row in rows:
        yield from (
            Damage(seq, DamageKind.MISSING) for seq in range(end.seq + 1, max(row["seq"], 1))
        )
        # After a gap nobody can say what the head was made of: the gap is the damage.
        if row["seq"] == end.seq + 1 and row["head"] != link(end.head, row):
            yield Damage(row["seq"], DamageKind.CHANGED)
        end = ChainEnd(row["seq"], row["head"])


def _private(
    connection: Connection, engagement: str, seals: Mapping[int, Seals]
) -> Iterator[Damage]:
    """Where a name or a text is not the one that was sealed."""
    behind: dict[str, str] = {}
    for table, columns in ((identities, ("name",)), (details, ("holder", "text"))):
        named = (table.c[name] for name in ("key", "salt", *columns))
        rows = connection.execute(select(*named).where(table.c.engagement == engagement))
        behind.update((key, seal_of(*sealed)) for key, *sealed in rows)
    erased = {key: seq for seq, own in seals.items() for key, seal in own.items() if seal is None}
    for seq, own in seals.items():
        for key, seal in own.items():
            gone = max(erased.get(key, 0), erased.get(EVERYTHING, 0)) >= seq
            if (behind.get(key) != seal) if key in behind else not gone:
                yield Damage(seq, DamageKind.PRIVATE)
                break


def _seals(text: object) -> Seals:
    try:
        seals = json.loads(str(text))
    except ValueError:
        return {}
    return seals if isinstance(seals, dict) else {}
