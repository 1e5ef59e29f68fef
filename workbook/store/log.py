"""The store: the log of events in a database, with everything private kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from workbook.errors import BadInput, Problem
from workbook.store.chain import (
    EVERYTHING,
    ChainEnd,
    Verification,
    chain_end,
    checked_file,
    link,
    seal_of,
    verified,
)
from workbook.store.copying import StoredRow, refill, rows_of, verifications
from workbook.store.database import Database, StoreAway, lock
from workbook.store.erasure import PRIVATE, erase_everybody, erase_person
from workbook.store.events import Event, EventKind
from workbook.store.rows import DamagedEvent, read_events, row_of
from workbook.store.sealing import ERASED, names_in, new_key, new_salt, seal
from workbook.store.tables import (
    DESCRIBING,
    details,
    events,
    identities,
    portions,
    settings,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a list shows of an engagement: the events that describe it, how many, the last time."""

    key: str
    describing: tuple[Event, ...]
    events: int
    changed_at: dt.datetime


class Store:
    """An append-only log of events per engagement. Every method is one transaction.

    `address` is a file (SQLite; made by the first `append(create=True)`) or a database URL.
    Raises StoreAway where the database cannot be reached or written.
    """

    def __init__(self, address: Path | str) -> None:
        self._database = Database(address)

    @property
    def place(self) -> str:
        """Where the store is, without a password."""
        return self._database.place

    def append(
        self, added: Sequence[Event], *, create: bool = False, known: int = 0
    ) -> tuple[Event, ...]:
        """Write events of one engagement at its end, all or none; returns them with their `seq`.

        Those already there (by id) are left as they are, so that trying again is safe. With
        `create`, the engagement must be new or have begun with these very events (else BadInput),
        and the database is made if need be. `known` is the last `seq` that the writer has seen: a
        store that holds less is not the one it was (StoreAway).
        """
        if not added:
            return ()
        key = added[0].engagement
        with self._database.writing(create=create) as connection:
            lock(connection, key)
            end = chain_end(connection, key)
            last = end.seq
            if last < known:
                raise self.lost(key, last, known)
            there = _seqs(connection, added)
            if create and last and added[0].id not in there:
                raise _taken(key)
            fresh = [event for event in added if event.id not in there]
            there.update({event.id: last + n for n, event in enumerate(fresh, 1)})
            written = tuple(replace(event, seq=there[event.id]) for event in added)
            _insert(connection, end, [event for event in written if event.seq > last])
        return written

    def lost(self, engagement: str, last: int, known: int) -> StoreAway:
        """The error of a store that holds less than was read from it before."""
        fix = f"it holds {last} events of “{engagement}” and held {known}: put the right file back"
        return StoreAway(self.place, "changed", fix)

    def events(
        self, engagement: str, after: int = 0, before: int | None = None
    ) -> tuple[Event, ...]:
        """The events of an engagement in order; () if there is none.

        `after` and `before` leave out what is not between them: those events are not read at all.
        """
        if not self._database.is_there:
            return ()
        where = (events.c.engagement == engagement) & (events.c.seq > after)
        if before is not None:
            where &= events.c.seq < before
        with self._database.reading() as connection:
            rows = connection.execute(select(events).where(where).order_by(events.c.seq))
            return tuple(read_events(connection, engagement, rows))

    def last(self, engagement: str) -> int:
        """The `seq` of the engagement's last event; 0 if there is none. One quick SELECT."""
        if not self._database.is_there:
            return 0
        with self._database.reading() as connection:
            return _last(connection, engagement)

    def head(self, engagement: str) -> str:
        """The head of an engagement's chain, which stands for all its events; blank without any."""
        if not self._database.is_there:
            return ""
        with self._database.reading() as connection:
            return chain_end(connection, engagement).head

    def beginning(self, engagement: str) -> str | None:
        """The id of the engagement's first event; None if the store does not have it."""
        if not self._database.is_there:
            return None
        first = select(events.c.id).where(events.c.engagement == engagement, events.c.seq == 1)
        with self._database.reading() as connection:
            return connection.scalar(first)

    def engagements(self) -> tuple[str, ...]:
        """The keys of the engagements in the store, in alphabetical order."""
        if not self._database.is_there:
            return ()
        first = select(events.c.engagement).where(events.c.seq == 1)
        with self._database.reading() as connection:
            return tuple(connection.scalars(first.order_by(events.c.engagement)))

    def described(self) -> tuple[Stored, ...]:
        """Every engagement as a list shows it, without reading its whole history."""
        if not self._database.is_there:
            return ()
        latest = (
            select(events.c.engagement, func.max(events.c.seq).label("seq"))
            .where(events.c.topic.in_(DESCRIBING))
            .group_by(events.c.engagement, events.c.topic)
            .subquery()
        )
        describing = (
            select(events)
            .join(
                latest,
                (events.c.engagement == latest.c.engagement) & (events.c.seq == latest.c.seq),
            )
            .order_by(events.c.engagement, events.c.seq)
        )
        totals = select(
            events.c.engagement, func.max(events.c.seq), func.max(events.c.time)
        ).group_by(events.c.engagement)
        with self._database.reading() as connection:
            rows = connection.execute(describing).all()
            history = {
                key: tuple(read_events(connection, key, list(group)))
                for key, group in groupby(rows, lambda row: row.engagement)
            }
            return tuple(
                Stored(key, history.get(key, ()), count, _moment(connection, key, time))
                for key, count, time in connection.execute(totals.order_by(events.c.engagement))
            )

    def erase(self, engagement: str, person: str, *, by: str, at: dt.datetime) -> bool:
        """Erase a person: names, titles, e-mail, and every text of theirs or that names them.

        Events stay as they are and read "erased". BadInput if there is no such person. False if a
        database keeps the bytes of what was deleted until its administrator has it write it anew.
        """
        with self._database.writing() as connection:
            lock(connection, engagement)
            where = events.c.engagement == engagement
            rows = connection.execute(select(events).where(where).order_by(events.c.seq))
            history = read_events(connection, engagement, rows)
            key, names, gone = erase_person(connection, history, person)
            end = chain_end(connection, engagement)
            note = Event(
                id=new_key(),
                engagement=engagement,
                actor=ERASED if by in names else by,
                kind=EventKind.ERASED,
                subject=("erasure", key),
                value=None,
                time=at,
                step=key,
                seq=end.seq + 1,
            )
            _insert(connection, end, [note], gone)
        return self._overwrite_deleted()

    def forget(self, engagement: str, *, at: dt.datetime) -> bool:
        """Erase everybody of an engagement: its events stay and read "erased"; as `erase`."""
        with self._database.writing() as connection:
            lock(connection, engagement)
            erase_everybody(connection, engagement)
            key, end = new_key(), chain_end(connection, engagement)
            note = Event(
                id=new_key(),
                engagement=engagement,
                actor=ERASED,
                kind=EventKind.ERASED,
                subject=("erasure", key),
                value=None,
                time=at,
                step=key,
                seq=end.seq + 1,
            )
            _insert(connection, end, [note], [EVERYTHING])
        return self._overwrite_deleted()

    def _overwrite_deleted(self) -> bool:
        return self._database.overwrite_deleted(*(table.name for table in PRIVATE))

    def under(self, head: str) -> tuple[str, int] | None:
        """The engagement and the event with this head, or this beginning of one."""
        if not head or not self._database.is_there:
            return None
        named = select(events.c.engagement, events.c.seq).where(events.c.head.startswith(head))
        with self._database.reading() as connection:
            row = connection.execute(named.limit(1)).first()
        return (row.engagement, row.seq) if row else None

    def verify(self, engagement: str) -> Verification:
        """Go over the chain of an engagement: each event that was changed, or is missing."""
        if not self._database.is_there:
            return Verification((), ())
        with self._database.reading() as connection:
            chain = verified(connection, engagement)
            return replace(chain, damages=(*chain.damages, *checked_file(connection)))

    def private(self, engagement: str) -> tuple[int, int]:
        """How many names and ids of people, and how many texts, there are of an engagement."""
        with self._database.reading() as connection:
            names, texts = (
                connection.scalar(
                    select(func.count())
                    .select_from(table)
                    .where(table.c.engagement == engagement, column != ERASED)
                )
                for table, column in ((identities, identities.c.name), (details, details.c.text))
            )
        return names or 0, texts or 0

    def setting(self, name: str) -> str | None:
        """A setting of the workspace; None if it was never set."""
        if not self._database.is_there:
            return None
        with self._database.reading() as connection:
            return connection.scalar(select(settings.c.value).where(settings.c.name == name))

    def set(self, name: str, value: str, *, create: bool = True) -> None:
        """Keep a setting; without `create` only where there is a database already."""
        if not create and not self._database.is_there:
            return
        with self._database.writing(create=create) as connection:
            connection.execute(delete(settings).where(settings.c.name == name))
            connection.execute(insert(settings).values(name=name, value=value))

    @contextmanager
    def copied(self) -> Iterator[tuple[Iterator[StoredRow], dict[str, Verification]]]:
        """All that is stored at one moment, as rows, and what each chain says."""
        with self._database.reading():
            pass  # older tables are brought up before they are copied
        with self._database.snapshot() as connection:
            yield rows_of(connection), verifications(connection)

    @contextmanager
    def refilled(
        self, rows: Iterable[StoredRow], chains: Mapping[str, Verification], *, force: bool
    ) -> Iterator[None]:
        """Put a copy in place of all that is stored, for good once the block has ended.

        BadInput if `chains` are not found again. If the block raises, all stays as it was.
        """
        with self._database.writing(create=True) as connection:
            refill(connection, rows, force=force)
            if verifications(connection) != chains:
                problem = "what was read does not give the chains of events that were backed up"
                raise BadInput(Problem(problem, "take another backup"))
            yield


def _taken(key: str) -> BadInput:
    return BadInput(Problem(f"there is an engagement “{key}” already", "choose another key"))


def _last(connection: Connection, engagement: str) -> int:
    newest = select(func.max(events.c.seq)).where(events.c.engagement == engagement)
    return connection.scalar(newest) or 0


def _moment(connection: Connection, engagement: str, time: str) -> dt.datetime:
    """The time of an event as a moment; DamagedEvent for the first event with such a time."""
    try:
        return dt.datetime.fromisoformat(time)
    except ValueError as error:
        where = (events.c.engagement == engagement) & (events.c.time == time)
        seq = connection.scalar(select(func.min(events.c.seq)).where(where))
        raise DamagedEvent(engagement, seq or 0) from error


def _seqs(connection: Connection, added: Iterable[Event]) -> dict[str, int]:
    seqs: dict[str, int] = {}
    for portion in portions(event.id for event in added):
        there = select(events.c.id, events.c.seq).where(events.c.id.in_(portion))
        seqs.update((row.id, row.seq) for row in connection.execute(there))
    return seqs


def _insert(
    connection: Connection, end: ChainEnd, added: Collection[Event], gone: Collection[str] = ()
) -> None:
    """Write events with their `seq` after the end of the chain, and what is private beside them.

    `gone`: the keys that lead nowhere from the last of them on.
    """
    if not added:
        return
    engagement = next(iter(added)).engagement
    keys, new = _identities(
        connection, engagement, {name for event in added for name in names_in(event)}
    )
    rows, private, head = [], list[dict[str, str]](), end.head
    for event in added:
        parts = seal(event, keys)
        named = {keys[name]: new.pop(name) for name in {*names_in(event)} & new.keys()}
        texts = [
            {"engagement": engagement, **asdict(detail), "salt": new_salt()}
            for detail in parts.details
        ]
        seals: dict[str, str | None] = {
            **named,
            **{text["key"]: seal_of(text["salt"], text["holder"], text["text"]) for text in texts},
            **(dict.fromkeys(gone) if event.seq == end.seq + len(added) else {}),
        }
        row = row_of(event, parts, seals)
        row["head"] = head = link(head, row)
        rows.append(row)
        private += texts
    connection.execute(insert(events), rows)
    if private:
        connection.execute(insert(details), private)


def _identities(
    connection: Connection, engagement: str, names: set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The opaque key of each name, made where there is none; and the seals of the new ones."""
    keys: dict[str, str] = {}
    for portion in portions(sorted(names)):
        where = (identities.c.engagement == engagement) & identities.c.name.in_(portion)
        known = select(identities.c.name, identities.c.key).where(where)
        keys.update((row.name, row.key) for row in connection.execute(known))
    new = [
        {"engagement": engagement, "key": new_key(), "name": name, "salt": new_salt()}
        for name in sorted(names - keys.keys())
    ]
    if new:
        connection.execute(insert(identities), new)
    seals = {row["name"]: seal_of(row["salt"], row["name"]) for row in new}
    return keys | {row["name"]: row["key"] for row in new}, seals
