"""People pasted from a spreadsheet: which column is which, who is there, what titles mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbook.model.engagement import Engagement, Person
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.widgets.commands import new_id
from workbook.widgets.sheet import guessed, header, mailbox, read_cells
from workbook.widgets.views.scene import plain

MOST = 500
_YES = ("x", "yes", "oui", "true", "vrai", "1", "external", "externe", "outside")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One pasted person. `title_key` is the recognised title; `known` the id of somebody there."""

    name: str
    title: str = ""
    unit: str = ""
    email: str = ""
    outside: bool = False
    title_key: str | None = None
    confidence: float = 0.0
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text was read as: the columns in order, the people, lines that named nobody."""

    columns: tuple[str, ...]
    header: bool
    rows: tuple[PersonRow, ...]
    skipped: int


def read_people(text: str, engagement: Engagement, recogniser: Recogniser) -> Pasted:
    """Read pasted lines: cells of a sheet with or without a header, or the recipients of a mail.

    Nobody is taken twice; who is there already (same name or e-mail) is marked as known.
    """
    lines = read_cells(text)
    if not lines:
        return Pasted((), header=False, rows=(), skipped=0)
    found_header = header(lines)
    if found_header:
        index, named = found_header
        body = lines[index + 1 :]
    else:
        body = lines
        named = guessed(body, lambda cell: recogniser.recognise(cell).title is not None)
    read = [_row(named, cells) for cells in body]
    unique = {plain(row.name): row for row in reversed(read) if row}
    rows = [row for row in read if row and unique.get(plain(row.name)) is row][:MOST]
    known = {plain(p.name): p.id for p in engagement.people}
    by_mail = {plain(p.email): p.id for p in engagement.people if p.email}
    people = []
    for row in rows:
        title = recogniser.recognise(row.title)
        there = known.get(plain(row.name)) or by_mail.get(plain(row.email))
        people.append(replace(row, title_key=title.title, confidence=title.confidence, known=there))
    return Pasted(tuple(named), found_header is not None, tuple(people), len(read) - len(rows))


def people_changes(pasted: Pasted, engagement: Engagement) -> tuple[Change, ...]:
    """Changes that take the pasted people in; those known get what the paste adds to them."""
    changes: list[Change] = []
    taken: set[str] = set()
    people = {person.id: person for person in engagement.people}
    for row in pasted.rows:
        fresh = {"name": row.name, "title": row.title, "unit": row.unit, "email": row.email}
        value: dict[str, object] = {key: text for key, text in fresh.items() if text}
        if row.outside:
            value["inside"] = False
        key = row.known or new_id(engagement, row.name, frozenset(taken))
        taken.add(key)
        if row.known:
            value = _dumped(people[row.known]) | value
            if value == _dumped(people[row.known]):
                continue
        changes.append(Change(("person", key), value))
    return tuple(changes)


def _dumped(person: Person) -> dict[str, object]:
    return person.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def _row(columns: list[str], cells: list[str]) -> PersonRow | None:
    cell_of = {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell}
    spelling = cell_of.get("name") or " ".join(
        cell_of[part] for part in ("first", "last") if part in cell_of
    )
    name, email = mailbox(spelling)
    if not name:
        return None
    return PersonRow(
        name=name,
        title=cell_of.get("title", ""),
        unit=cell_of.get("unit", ""),
        email=cell_of.get("email", email),
        outside=plain(cell_of.get("inside", "")) in _YES,
    )
