"""People pasted from a spreadsheet: which column is which, who is there, what titles mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from workbook.model.engagement import Engagement, Person
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.widgets.ids import new_id
from workbook.widgets.sheet import Cells, guessed, header, mailbox, read_cells
from workbook.widgets.views.scene import plain

MOST = 500
_RULE = re.compile(r"[:\s|-]*-[:\s|-]*")
_YES = ("x", "yes", "oui", "true", "vrai", "1", "external", "externe", "outside")


class Omission(StrEnum):
    """Why a pasted line is left out."""

    NO_NAME = "no_name"
    TWICE = "twice"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One pasted person. `title_key` is the recognised title; `known` the id of somebody there.

    `twin` is the line of a person of the same name above, and `apart` whether this one is somebody
    else than that, or than the one who is there.
    """

    line: int
    name: str
    title: str = ""
    unit: str = ""
    email: str = ""
    outside: bool = False
    title_key: str | None = None
    confidence: float = 0.0
    known: str | None = None
    twin: int | None = None
    apart: bool = False

    @property
    def is_new(self) -> bool:
        """Whether taking the row in adds a person."""
        return self.apart or (self.known is None and self.twin is None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not taken in, as it was pasted."""

    text: str
    why: Omission


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

    Who is there already (same name or e-mail) is marked as known. Of two people of one name, the
    second is somebody else if their e-mails differ, or without e-mails if their titles do; `apart`
    says instead which lines are somebody else.
    """
    lines = read_cells(text)
    if not lines:
        return Pasted((), header=False, rows=(), left_out=())
    found_header = header(lines)
    if found_header:
        index, named = found_header
        body = lines[index + 1 :]
    else:
        body = lines
        named = guessed(body, lambda cell: recogniser.recognise(cell).title is not None)
    rows, left_out = _sorted_out(named, body)
    people = (_known(row, engagement, recogniser) for row in rows)
    if apart is not None:
        chosen = frozenset(apart)
        people = (replace(row, apart=_namesake(row) and row.line in chosen) for row in people)
    return Pasted(tuple(named), found_header is not None, tuple(people), left_out)


def _sorted_out(
    columns: list[str], body: list[Cells]
) -> tuple[list[PersonRow], tuple[LeftOut, ...]]:
    """The lines that name somebody, and those that are left out."""
    rows: list[PersonRow] = []
    left_out: list[LeftOut] = []
    first: dict[str, PersonRow] = {}
    for line, cells in enumerate(body):
        if all(_RULE.fullmatch(cell) for cell in cells if cell):
            continue  # the line under the header of a Markdown table
        row = _row(columns, cells, line)
        earlier = first.setdefault(plain(row.name), row) if row else None
        why = None
        if row is None or earlier is None:
            why = Omission.NO_NAME
        elif earlier is not row and not _adds(row, earlier):
            why = Omission.TWICE
        elif len(rows) == MOST:
            why = Omission.TOO_MANY
        elif earlier is row:
            rows.append(row)
        else:
            rows.append(replace(row, twin=earlier.line, apart=_differ(row, earlier)))
        if why:
            left_out.append(LeftOut(" · ".join(filter(None, cells)), why))
    return rows, tuple(left_out)


def _adds(row: PersonRow, earlier: PersonRow) -> bool:
    """Whether a row says something of its name that the earlier one does not."""
    fields = ("title", "unit", "email")
    return any(
        text and plain(text) != plain(getattr(earlier, field))
        for field in fields
        if (text := getattr(row, field))
    )


def _differ(row: PersonRow, other: PersonRow | Person) -> bool:
    """Whether two of one name are rather two people."""
    for field in ("email", "title"):
        texts = plain(getattr(row, field) or ""), plain(getattr(other, field) or "")
        if all(texts):
            return texts[0] != texts[1]
    return False


def _known(row: PersonRow, engagement: Engagement, recogniser: Recogniser) -> PersonRow:
    """The row with its recognised title, and with who is there by that e-mail or name."""
    title = recogniser.recognise(row.title)
    row = replace(row, title_key=title.title, confidence=title.confidence)
    mail, name = plain(row.email), plain(row.name)
    by_mail = [person for person in engagement.people if mail and plain(person.email or "") == mail]
    by_name = [person for person in engagement.people if plain(person.name) == name]
    if row.twin is not None or not (by_mail or by_name):
        return row
    person = (by_mail or by_name)[0]
    apart = not by_mail and bool(row.email and person.email)
    return replace(row, known=person.id, apart=apart)


def _namesake(row: PersonRow) -> bool:
    return row.twin is not None or row.known is not None


def people_changes(pasted: Pasted, engagement: Engagement) -> tuple[Change, ...]:
    """Changes that take the pasted people in; those known get what the paste adds to them."""
    changes: dict[str, Change] = {}
    people = {person.id: _dumped(person) for person in engagement.people}
    key_of: dict[int, str] = {}
    for row in pasted.rows:
        fresh = {"name": row.name, "title": row.title, "unit": row.unit, "email": row.email}
        value: dict[str, object] = {key: text for key, text in fresh.items() if text}
        if row.outside:
            value["inside"] = False
        if row.is_new:
            key = new_id(engagement, row.name, frozenset(key_of.values()))
        elif row.twin is not None:
            key = key_of[row.twin]
        else:
            key = str(row.known)
        key_of[row.line] = key
        before = people.get(key, {})
        # Two lines on one person who is not there yet: the first that says something counts.
        people[key] = value | before if row.twin is not None else before | value
        if people[key] != before:
            changes[key] = Change(("person", key), people[key])
    return tuple(changes.values())


def _dumped(person: Person) -> dict[str, object]:
    return person.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def _row(columns: list[str], cells: Cells, line: int) -> PersonRow | None:
    cell_of = {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell}
    spelling = cell_of.get("name") or " ".join(
        cell_of[part] for part in ("first", "last") if part in cell_of
    )
    name, email = mailbox(spelling)
    if not name:
        return None
    return PersonRow(
        line=line,
        name=name,
        title=cell_of.get("title", ""),
        unit=cell_of.get("unit", ""),
        email=cell_of.get("email", email),
        outside=plain(cell_of.get("inside", "")) in _YES,
    )
