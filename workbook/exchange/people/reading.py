"""A list of people: which column is which, who is there, who has left, what titles mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbook.exchange.people.cells import LONGEST, Cells, mailbox, read_cells
from workbook.exchange.people.columns import first_name_first, guessed, header, is_email, turned
from workbook.exchange.tables.words import fold, word_set
from workbook.model.engagement import Engagement, Person
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.workspace import new_id

MOST = 500
"""People that one paste takes in."""
_RULE = re.compile(r"[:\s|-]*-[:\s|-]*")
_YES = word_set("x yes oui ja true vrai wahr 1 external externe extern outside guest invite gast")
_LEFT = word_set("no non nein false faux falsch 0 disabled inactive inactif inaktiv suspended")
_LEFT |= word_set("terminated left parti sorti blocked bloque desactive")


class Omission(StrEnum):
    """Why a pasted line is left out."""

    NO_NAME = "no_name"
    TWICE = "twice"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One pasted person. `title_key` is the recognised title; `known` the id of somebody there.

    `twin` is the line of a person of the same name above, and `apart` whether this one is somebody
    else than that, or than the one who is there. `doubtful`: known by the e-mail alone, under a
    name that does not agree. `gone`: the account is disabled.
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
    doubtful: bool = False
    gone: bool = False

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
    rows, left_out = _sorted_out(named, body, most)
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


def _sorted_out(
    columns: Cells, body: list[Cells], most: int
) -> tuple[list[PersonRow], tuple[LeftOut, ...]]:
    """The lines that name somebody, and those that are left out."""
    rows: list[PersonRow] = []
    left_out: list[LeftOut] = []
    first: dict[str, PersonRow] = {}
    for line, cells in enumerate(body):
        if all(_RULE.fullmatch(cell) for cell in cells if cell):
            continue  # the line under the header of a Markdown table
        row = _row(columns, cells, line)
        earlier = first.setdefault(fold(row.name), row) if row else None
        why = None
        if row is None or earlier is None:
            why = Omission.NO_NAME
        elif earlier is not row and not _adds(row, earlier):
            why = Omission.TWICE
        elif len(rows) == most:
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
        text and fold(text) != fold(getattr(earlier, field))
        for field in fields
        if (text := getattr(row, field))
    )


def _differ(row: PersonRow, other: PersonRow | Person) -> bool:
    """Whether two of one name are rather two people."""
    for field in ("email", "title"):
        texts = fold(getattr(row, field) or ""), fold(getattr(other, field) or "")
        if all(texts):
            return texts[0] != texts[1]
    return False


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
    for row in pasted.rows:
        if row.doubtful and not overwrite:
            continue
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
        stays = row.twin is not None or (not overwrite and not row.is_new)
        people[key] = value | before if stays else before | value
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
        email=next(filter(is_email, (cell_of.get("email", ""), email)), ""),
        outside=fold(cell_of.get("inside", "")) in _YES,
        gone=fold(cell_of.get("active", "")) in _LEFT,
    )
