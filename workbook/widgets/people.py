"""People pasted from a spreadsheet: which column is which, who is there, what titles mean."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace

from workbook.model.engagement import Engagement, Person
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.widgets.commands import new_id
from workbook.widgets.views.scene import plain

DELIMITERS = ("\t", ";", ",")
LONGEST = 100_000
MOST = 500

HEADINGS = {
    "name": (
        "name",
        "nom",
        "nom complet",
        "full name",
        "person",
        "personne",
        "who",
        "qui",
        "nom et prenom",
        "prenom nom",
    ),
    "first": ("first name", "firstname", "prenom", "given name"),
    "last": ("last name", "lastname", "surname", "nom de famille", "family name"),
    "title": (
        "title",
        "job title",
        "role",
        "function",
        "position",
        "fonction",
        "poste",
        "intitule",
        "titre",
        "metier",
    ),
    "unit": (
        "unit",
        "department",
        "team",
        "service",
        "departement",
        "direction",
        "equipe",
        "entite",
        "bu",
    ),
    "email": (
        "email",
        "e mail",
        "mail",
        "courriel",
        "adresse mail",
        "email address",
        "adresse e mail",
    ),
    "inside": ("outside", "external", "externe", "exterieur", "company", "societe"),
}
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_YES = ("x", "yes", "oui", "true", "vrai", "1", "external", "externe", "outside")


@dataclass(frozen=True, slots=True)
class Row:
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
    rows: tuple[Row, ...]
    skipped: int


def read_people(text: str, engagement: Engagement, recogniser: Recogniser) -> Pasted:
    """Read pasted lines: tabs, semicolons or commas, with or without a header line.

    Nobody is taken twice; who is there already (same name or e-mail) is marked as known.
    """
    lines = _cells(text[:LONGEST])
    if not lines:
        return Pasted((), header=False, rows=(), skipped=0)
    columns = _header(lines[0])
    header = columns is not None
    body = lines[1:] if header else lines
    named = columns or _guessed(body)
    read = [_row(named, cells) for cells in body]
    unique = {plain(row.name): row for row in reversed(read) if row}
    rows = [row for row in read if row and unique.get(plain(row.name)) is row][:MOST]
    known = {plain(p.name): p.id for p in engagement.people}
    by_mail = {plain(p.email): p.id for p in engagement.people if p.email}
    found = []
    for row in rows:
        title = recogniser.recognise(row.title)
        there = known.get(plain(row.name)) or by_mail.get(plain(row.email))
        found.append(replace(row, title_key=title.title, confidence=title.confidence, known=there))
    return Pasted(tuple(named), header, tuple(found), len(read) - len(rows))


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


def _cells(text: str) -> list[list[str]]:
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    counts = {d: min((line.count(d) for line in lines), default=0) for d in DELIMITERS}
    usual = (
        {d: Counter(line.count(d) for line in lines).most_common(1)[0][0] for d in DELIMITERS}
        if lines
        else {}
    )
    delimiter = next((d for d in DELIMITERS if counts[d]), None) or next(
        (d for d in DELIMITERS if usual.get(d)), "\t"
    )
    rows = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def _header(cells: list[str]) -> list[str] | None:
    """The columns that a first line names; None if it is a person already."""
    said = [re.sub(r"[^a-z]+", " ", plain(cell)).strip() for cell in cells]
    columns = [next((key for key, names in HEADINGS.items() if one in names), "") for one in said]
    if "first" in columns and "name" in columns:  # "Prénom | Nom": the name is the last name
        columns[columns.index("name")] = "last"
    who = {"name", "last", "first"} & set(columns)
    return columns if who and sum(map(bool, columns)) >= min(2, len(cells)) else None


def _guessed(rows: list[list[str]]) -> list[str]:
    """Without a header: name first, then the title; an e-mail is known by its look."""
    width = max(map(len, rows))
    columns = [""] * width
    for place in range(width):
        filled = [row[place] for row in rows if place < len(row) and row[place]]
        if filled and all(_EMAIL.match(cell) for cell in filled):
            columns[place] = "email"
    for name in ("name", "title", "unit"):
        if "" in columns:
            columns[columns.index("")] = name
    return columns


def _row(columns: list[str], cells: list[str]) -> Row | None:
    got = {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell}
    name = got.get("name") or " ".join(part for part in (got.get("first"), got.get("last")) if part)
    if not name:
        return None
    outside = plain(got.get("inside", "")) in _YES
    return Row(name, got.get("title", ""), got.get("unit", ""), got.get("email", ""), outside)
