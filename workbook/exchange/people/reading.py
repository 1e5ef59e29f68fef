"""A list of people beside those who are there: who is known, who is new, what changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.exchange.people.cells import LONGEST, Cells, read_cells
from workbook.exchange.people.columns import first_name_first, guessed, header, turned
from workbook.exchange.people.rows import LeftOut, Omission, PersonRow, sorted_out
from workbook.exchange.tables.words import fold
from workbook.model.engagement import RESERVED, Engagement, Person
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.workspace import free_key

MOST = 500
"""People that one paste takes in."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text was read as: the columns in order, the people, and the lines left out."""

    columns: tuple[str, ...]
    header: bool
    rows: tuple[PersonRow, ...]
    left_out: tuple[LeftOut, ...]


def read_people(
    text: str,
    engagement: Engagement,
    recogniser: Recogniser,
    apart: Iterable[int] | None = None,
) -> Pasted:
    """Read pasted lines: cells of a sheet with or without a header, or the recipients of a mail.

    See `people_of`.
    """
    pasted = people_of(read_cells(text), engagement, recogniser, apart=apart)
    if len(text) <= LONGEST:
        return pasted
    beyond = LeftOut(f"{text[LONGEST : LONGEST + 80]}…", Omission.TOO_LONG)
    return replace(pasted, left_out=(*pasted.left_out, beyond))


def people_of(
    lines: Sequence[Cells],
    engagement: Engagement,
    recogniser: Recogniser,
    *,
    columns: Cells | None = None,
    most: int = MOST,
    apart: Iterable[int] | None = None,
) -> Pasted:
    """The people in rows of cells; `columns` say what each column holds, if it is not guessed.

    Who is there already (same e-mail or name) is marked as known. Of two people of one name, the
    second is somebody else if their e-mails differ, or without e-mails if their titles do; `apart`
    says instead which lines are somebody else.
    """
    if not lines:
        return Pasted((), header=False, rows=(), left_out=())
    headed = header(lines)
    body = list(lines[headed[0] + 1 :] if headed else lines)
    named = headed[1] if headed else []
    if not headed:
        named = guessed(body, lambda cell: recogniser.recognise(cell).title is not None)
    named = columns or named
    rows, left_out = sorted_out(named, body, most)
    if rows and first_name_first([row.name for row in rows]):
        rows = [replace(row, name=turned(row.name)) for row in rows]
    known = _Known.of(engagement.people)
    people = [_known(row, known, recogniser) for row in rows]
    # Whoever has left is worth a word if the engagement knows them, and nobody new.
    left_out += tuple(
        LeftOut(" · ".join(filter(None, (row.name, row.title))), Omission.GONE)
        for row in people
        if row.gone and row.known is None
    )
    people = [row for row in people if not row.gone or row.known is not None]
    if apart is not None:
        chosen = frozenset(apart)
        people = [replace(row, apart=_namesake(row) and row.line in chosen) for row in people]
    return Pasted(tuple(named), headed is not None, tuple(people), left_out)


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
    words = [set(re.split(r"[ '-]+", fold(text))) for text in (name, other)]
    return words[0] <= words[1] or words[1] <= words[0]


def _namesake(row: PersonRow) -> bool:
    return row.twin is not None or row.known is not None


def people_changes(
    pasted: Pasted, engagement: Engagement, *, overwrite: bool = True
) -> tuple[Change, ...]:
    """Changes that take the people in; those known get what the list adds to them.

    Without `overwrite` nothing that is there changes, and doubtful matches are left alone.
    """
    changes: dict[str, Change] = {}
    people = {person.id: _dumped(person) for person in engagement.people}
    key_of: dict[int, str] = {}
    taken = {*engagement.parties(), *RESERVED}
    for row in pasted.rows:
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
