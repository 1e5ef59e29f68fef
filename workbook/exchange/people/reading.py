"""A list of people beside those who are there: who is known, who is new, what changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import upright
from workbook.exchange.people.rows import LeftOut, Omission, PersonRow, sorted_out
from workbook.exchange.tables.words import fold
from workbook.model.engagement import RESERVED, Engagement, Person
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.workspace import free_key

MOST = 10_000
"""People that one list takes in."""


@dataclass(frozen=True, slots=True)
class ListedPeople:
    """The people of a list, and the lines that are left out."""

    rows: tuple[PersonRow, ...]
    left_out: tuple[LeftOut, ...]


def people_of(
    lines: Sequence[Cells],
    columns: Cells,
    engagement: Engagement,
    recogniser: Recogniser,
    same: Mapping[int, bool] | None = None,
    today: dt.date | None = None,
) -> ListedPeople:
    """The people in lines of cells; `columns` say what each cell of a line holds.

    Who is there already (same e-mail or name) is marked as known. Of two people of one name, the
    second is somebody else if their e-mails differ, or without e-mails if their titles do; `same`
    says instead of a line whether it is the same person. A last day before `today` is a leaver's.
    """
    rows, left_out = sorted_out(columns, lines, MOST, today)
    names = upright([row.name for row in rows])
    rows = [replace(row, name=name) for row, name in zip(rows, names, strict=True)]
    known = _Known.of(engagement.people)
    people = [_settled(_known(row, known, recogniser), same or {}) for row in rows]
    # Whoever has left is worth a word if the engagement knows them, and nobody new.
    left_out += tuple(
        LeftOut(" · ".join(filter(None, (row.name, row.title))), Omission.GONE)
        for row in people
        if row.gone and row.known is None
    )
    people = [row for row in people if not row.gone or row.known is not None]
    return ListedPeople(tuple(people), left_out)


def _settled(row: PersonRow, same: Mapping[int, bool]) -> PersonRow:
    """The row with what was answered to “the same person?”."""
    if row.line not in same or (row.twin is None and row.known is None):
        return row
    return replace(row, apart=not same[row.line], doubtful=False)


def _known(row: PersonRow, people: _Known, recogniser: Recogniser) -> PersonRow:
    """The row with its recognised title, and with who is there by that e-mail or name."""
    title = recogniser.recognise(row.title)
    row = replace(row, title_key=title.title, confidence=title.confidence)
    by_mail = people.by_mail.get(fold(row.email)) if row.email else None
    person = by_mail or people.by_name.get(fold(row.name))
    if row.twin is not None or person is None:
        return row
    apart = by_mail is None and bool(row.email and person.email)
    return replace(row, known=person.id, apart=apart, doubtful=not _agree(row.name, person.name))


@dataclass(frozen=True, slots=True)
class _Known:
    """The people of an engagement, by e-mail and by name; of two of one name the first."""

    by_mail: Mapping[str, Person]
    by_name: Mapping[str, Person]

    @staticmethod
    def of(people: Sequence[Person]) -> _Known:
        return _Known(
            by_mail={fold(person.email): person for person in reversed(people) if person.email},
            by_name={fold(person.name): person for person in reversed(people)},
        )


def _agree(name: str, other: str) -> bool:
    """Whether two names may be one person's: "Martin", "MARTIN Léa", "Léa Martin-Roux"."""
    words = [set(re.split(r"[ ,'-]+", fold(text))) for text in (name, other)]
    return words[0] <= words[1] or words[1] <= words[0]


def people_changes(
    listed: ListedPeople, engagement: Engagement, *, overwrite: bool = False
) -> tuple[Change, ...]:
    """Changes that take the people in; those known get what the list adds to them.

    Without `overwrite` nothing that is there changes, and doubtful matches are left alone.
    """
    changes: dict[str, Change] = {}
    people = {person.id: _dumped(person) for person in engagement.people}
    key_of: dict[int, str] = {}
    taken = {*engagement.parties(), *RESERVED}
    for row in listed.rows:
        if row.doubtful and not overwrite:
            continue
        fresh = {"name": row.name, "title": row.title, "unit": row.unit, "email": row.email}
        value: dict[str, object] = {key: text for key, text in fresh.items() if text}
        if row.outside:
            value["inside"] = False
        if row.is_new:
            key = free_key(row.name, taken)
            taken.add(key)
        elif row.twin is not None:
            key = key_of[row.twin]
        else:
            key = str(row.known)
        key_of[row.line] = key
        before = people.get(key, {})
        # Two lines on one person who is not there yet: the first that says something counts.
        stays = row.twin is not None or (not overwrite and not row.is_new)
        people[key] = value | before if stays else before | value
        if people[key] != before:
            changes[key] = Change(("person", key), people[key])
    return tuple(changes.values())


def _dumped(person: Person) -> dict[str, object]:
    return person.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
