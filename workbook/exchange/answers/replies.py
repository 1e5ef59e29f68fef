"""The rows of a form's export: who answered what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.exchange.answers.columns import Column, Own, is_american, speaks
from workbook.exchange.answers.form import Target
from workbook.exchange.answers.moments import day_comes_first, moment_of
from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import is_email
from workbook.exchange.tables.words import fold
from workbook.workspace import key_for

_BEFORE = dt.datetime(1, 1, 1)  # noqa: DTZ001 - a form's time is of its own place


@dataclass(frozen=True, slots=True)
class Entry:
    """What one respondent wrote under one heading."""

    target: Target
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One row: `time` as it was read, the cells of the questions with something in them."""

    number: int
    ident: str = ""
    name: str = ""
    email: str = ""
    time: dt.datetime | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def who(self) -> str:
        """What tells one respondent from another: the address, the name, else the moment."""
        return fold(self.email) or fold(self.name) or self.key

    @property
    def key(self) -> str:
        """The id of a respondent without a name: the same each time the file comes."""
        moment = f"{self.time:%Y%m%d-%H%M%S}" if self.time else f"row-{self.number}"
        return key_for(f"form-{moment}-{self.ident}" if self.ident else f"form-{moment}")


@dataclass(frozen=True)
class Replies:
    """The rows of an export, and whether its days stand before its months."""

    rows: tuple[Reply, ...]
    day_first: bool

    @staticmethod
    def of(
        headings: Cells, columns: Sequence[Column], lines: Sequence[tuple[int, Cells]]
    ) -> Replies:
        """The rows below a form's headings, with their numbers."""
        rows = [_Row(number, cells, headings, columns) for number, cells in lines]
        times = [row.time for row in rows]
        day_first = day_comes_first(times, usual=not is_american(headings))
        return Replies(tuple(row.reply(day_first=day_first) for row in rows), day_first)

    def latest(self) -> tuple[list[Reply], list[tuple[Reply, Reply]]]:
        """The last reply of everybody, and those that a later one replaced."""
        last: dict[str, Reply] = {}
        replaced: list[tuple[Reply, Reply]] = []
        for row in sorted(self.rows, key=lambda row: (row.time or _BEFORE, row.number)):
            if row.who in last:
                replaced.append((last[row.who], row))
            last[row.who] = row
        return sorted(last.values(), key=lambda row: row.number), replaced


class _Row:
    """One line of an export under its headings."""

    def __init__(
        self, number: int, cells: Cells, headings: Cells, columns: Sequence[Column]
    ) -> None:
        self._number = number
        # Of two columns of one kind the form's own stands first: a question may be called “Name”.
        texts = [(c, text) for c, text in zip(columns, cells, strict=False) if text]
        self._own = dict(reversed(texts))
        self._entries = tuple(
            Entry(column, heading, text)
            for column, heading, text in zip(columns, headings, cells, strict=False)
            if isinstance(column, Target) and text
        )

    @property
    def time(self) -> str:
        """When it was sent, or begun, as it is written."""
        return self._own.get(Own.TIME) or self._own.get(Own.START, "")

    def reply(self, *, day_first: bool) -> Reply:
        """The row as a reply."""
        email, name = self._own.get(Own.EMAIL, ""), self._own.get(Own.NAME, "")
        return Reply(
            number=self._number,
            ident=self._own.get(Own.IDENT, ""),
            name=name if speaks(name) else "",
            email=email if is_email(email) else "",
            time=moment_of(self.time, day_first=day_first),
            entries=self._entries,
        )
