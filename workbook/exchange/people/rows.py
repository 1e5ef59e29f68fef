"""The rows of a list of people: whom each names, and the lines that are left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbook.exchange.answers.moments import day_comes_first, moment_of
from workbook.exchange.people.cells import Cells, mailbox
from workbook.exchange.people.columns import GUEST, address, is_email
from workbook.exchange.tables.words import fold, word_set, words

_RULE = re.compile(r"[:\s|-]*-[:\s|-]*")
_OUTSIDE = word_set(
    "contingent contractor prestataire freelance freelancer guest invite gast external externe "
    "extern ext"
)
_YES = word_set("x yes oui ja true vrai wahr 1 external externe extern outside guest invite gast")
_LEFT = word_set("no non nein false faux falsch 0 disabled inactive inactif inaktiv suspended")
_LEFT |= word_set("terminated left parti sorti blocked bloque desactive")


_NAME = re.compile(r"[^\W\d_]+\.?(?:[ '’-]+[^\W\d_]+\.?){1,4}(?:\s*[(\[].*)?|[^\s<>]+@[^\s<>]+")
"""What may be the name of somebody of whom a list says nothing else."""
_COUNT = re.compile(r"[\d\s.,]+%?")
_TOTAL = word_set("total totals totaux sum somme summe gesamt count nombre anzahl")


class Omission(StrEnum):
    """Why a pasted line is left out."""

    NO_NAME = "no_name"
    NO_PERSON = "no_person"
    TWICE = "twice"
    TOO_MANY = "too_many"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One pasted person. `title_key` is the recognised title; `known` the id of somebody there.

    `twin` is the line of a person of the same name above, and `apart` whether this one is somebody
    else than that, or than the one who is there. `doubtful`: known by the e-mail alone, under a
    name that does not agree. `gone`: the account is disabled. `unread`:
    what stands in the place of an address and is none.
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
    unread: str = ""

    @property
    def is_new(self) -> bool:
        """Whether taking the row in adds a person."""
        return self.apart or (self.known is None and self.twin is None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not taken in, as it was pasted."""

    text: str
    why: Omission


def sorted_out(
    columns: Cells, body: Sequence[Cells], most: int, today: dt.date | None
) -> tuple[list[PersonRow], tuple[LeftOut, ...]]:
    """The lines that name somebody, and those that are left out."""
    rows: list[PersonRow] = []
    left_out: list[LeftOut] = []
    first: dict[str, PersonRow] = {}
    leaving = _Leaving.of(columns, body, today)
    alone = [sum(map(bool, cells)) == 1 for cells in body]
    full = sum(alone) * 2 <= len(alone)
    for line, cells in enumerate(body):
        if all(_RULE.fullmatch(cell) for cell in cells if cell):
            continue  # the line under the header of a Markdown table
        if (alone[line] and full and not _NAME.fullmatch("".join(cells))) or _is_total(cells):
            left_out.append(LeftOut(" · ".join(filter(None, cells)), Omission.NO_PERSON))
            continue
        row = _row(columns, cells, line, leaving)
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


def _is_total(cells: Cells) -> bool:
    """`Total | 3`: a word for it, and nothing but numbers."""
    first, *others = filter(None, cells)
    return not _TOTAL.isdisjoint(words(first)) and all(map(_COUNT.fullmatch, others))


def _adds(row: PersonRow, earlier: PersonRow) -> bool:
    """Whether a row says something of its name that the earlier one does not."""
    fields = ("title", "unit", "email")
    return any(
        text and fold(text) != fold(getattr(earlier, field))
        for field in fields
        if (text := getattr(row, field))
    )


def _differ(row: PersonRow, other: PersonRow) -> bool:
    """Whether two of one name are rather two people."""
    texts = {
        field: (fold(getattr(row, field)), fold(getattr(other, field)))
        for field in ("email", "title", "unit")
    }
    if all(texts["email"]):
        return texts["email"][0] != texts["email"][1]
    return any(all(pair) and pair[0] != pair[1] for pair in texts.values())


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Last days as a list writes them."""

    today: dt.date | None
    day_first: bool

    @classmethod
    def of(cls, columns: Cells, body: Sequence[Cells], today: dt.date | None) -> _Leaving:
        at = columns.index("until") if "until" in columns else None
        days = [cells[at] for cells in body if at is not None and at < len(cells)]
        known = None if today == dt.date.max else today
        return cls(known, day_comes_first(days, usual=True))

    def passed(self, text: str) -> bool:
        """Whether a last day lies before today."""
        moment = moment_of(text, day_first=self.day_first) if text and self.today else None
        return moment is not None and self.today is not None and moment.date() < self.today


def _row(columns: list[str], cells: Cells, line: int, leaving: _Leaving) -> PersonRow | None:
    cell_of = {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell}
    last = cell_of.get("last") or cell_of.get("birth_name", "")
    spelling = cell_of.get("name") or f"{cell_of.get('first', '')} {last}".strip()
    name, email = mailbox(spelling)
    if not name:
        return None
    written = address(cell_of.get("email", ""))
    gone = fold(cell_of.get("active", "")) in _LEFT or fold(cell_of.get("blocked", "")) in _YES
    kind = cell_of.get("inside", "")
    marked = re.search(r"[(\[]([^()\[\]]*)[)\]]$", name)
    outside = bool(marked) and not _OUTSIDE.isdisjoint(words(marked[1]) if marked else ())
    return PersonRow(
        line=line,
        name=name[: marked.start()].strip() if marked and outside else name,
        title=cell_of.get("title", ""),
        unit=cell_of.get("unit", ""),
        email=next(filter(is_email, (written, email, cell_of.get("principal", ""))), ""),
        outside=outside
        or fold(kind) in _YES
        or not _OUTSIDE.isdisjoint(words(kind))
        or GUEST in cell_of.get("principal", ""),
        gone=gone or leaving.passed(cell_of.get("until", "")),
        unread="" if is_email(written) else written,
    )
