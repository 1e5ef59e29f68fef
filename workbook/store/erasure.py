"""Whose traces a history holds, and erasing them: what stood behind the keys goes, events stay."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, delete, select

from workbook.errors import BadInput, Problem, nearest
from workbook.store.events import Event, Json
from workbook.store.sealing import ERASED, names_in
from workbook.store.tables import details, identities, portions

PRIVATE = (details, identities)
"""The tables that hold what may be erased."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What leads to a person: the ids that stand for them, and what they were called (folded)."""

    ids: frozenset[str]
    called: frozenset[str]

    def names(self, event: Event) -> bool:
        """Whether an event names them, in its subject or its value."""
        return not self.ids.isdisjoint(islice(names_in(event), 1, None))

    def wrote(self, event: Event) -> bool:
        """Whether they made an event."""
        return event.actor in self.ids or event.actor.casefold() in self.called

    def mentions(self, event: Event) -> bool:
        """Whether a text of an event holds their name or e-mail."""
        return self.mentioned(json.dumps(event.value, ensure_ascii=False))

    def mentioned(self, text: str) -> bool:
        """Whether a text holds their name or e-mail."""
        words = (rf"\b{re.escape(name)}\b" for name in sorted(self.called))
        return bool(re.search("|".join(words) or r"(?!)", text.casefold()))


def traces(history: Collection[Event], person: str) -> Traces:
    """What leads to a person or respondent; BadInput if the engagement never had them."""
    people = {e.subject[1] for e in history if e.subject[0] in {"person", "respondent"}}
    if person not in people:
        raise BadInput(Problem(f"no person “{person}”", nearest(person, people)))
    called = {name.casefold() for name in _called(history, person)} - {ERASED}
    return Traces(frozenset({person, *_respondents(history, person)}), frozenset(called))


def erase_everybody(connection: Connection, engagement: str) -> None:
    """Delete every name, id and text of people inside the caller's transaction."""
    for table in PRIVATE:
        connection.execute(delete(table).where(table.c.engagement == engagement))


def erase_person(
    connection: Connection, history: Collection[Event], person: str
) -> tuple[str, set[str], tuple[str, ...]]:
    """Delete what is known of a person inside the caller's transaction.

    Returns their opaque key, the names and ids that stood for them, and every key that now leads
    nowhere.

    That is: the ids that stand for them (as a person, as a respondent, as somebody who wrote), the
    details and texts that belong to those, and any other text of the engagement that holds their
    name or e-mail. BadInput if the engagement never had such a person.
    """
    trail, engagement = traces(history, person), next(iter(history)).engagement
    standing = trail.ids | {event.actor for event in history if trail.wrote(event)}
    names = connection.execute(
        select(identities.c.name, identities.c.key).where(identities.c.engagement == engagement)
    )
    keys = {name: key for name, key in names if name in standing}
    texts = connection.execute(
        select(details.c.key, details.c.holder, details.c.text).where(
            details.c.engagement == engagement
        )
    )
    gone = [key for key, holder, text in texts if holder in keys.values() or trail.mentioned(text)]
    for table, doomed in zip(PRIVATE, (gone, list(keys.values())), strict=True):
        for portion in portions(doomed):
            there = (table.c.engagement == engagement) & table.c.key.in_(portion)
            connection.execute(delete(table).where(there))
    return str(keys.get(person, person)), set(keys), (*gone, *keys.values())


def _called(history: Iterable[Event], person: str) -> Iterator[str]:
    """Every name and e-mail that the person ever had here."""
    for event in history:
        if event.subject in {("person", person), ("respondent", person)}:
            for element in _elements(event.value):
                yield from (element[field] for field in ("name", "email") if element.get(field))


def _respondents(history: Iterable[Event], person: str) -> Iterator[str]:
    """The respondents who ever were this person."""
    for event in history:
        if event.subject[0] == "respondent":
            for element in _elements(event.value):
                if element.get("person") == person:
                    yield event.subject[1]


def _elements(value: Json) -> list[dict[str, str]]:
    return value if isinstance(value, list) else [value] if value else []
