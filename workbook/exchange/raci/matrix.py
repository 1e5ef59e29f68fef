"""The matrix as a value: rows, parties, and the RACI letters of each party in each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Literal

from workbook.exchange.raci.legend import is_legend
from workbook.exchange.raci.table import ReadTable, beside_one_another, dialect_of, tables
from workbook.exchange.raci.turned import roles_down, upright
from workbook.exchange.tables.grid import Grid
from workbook.exchange.tables.words import fold


@dataclass(frozen=True, slots=True, order=True)
class MatrixRow:
    """One row. `number` is the row of the spreadsheet or the line of the file, 1-based."""

    number: int
    label: str
    section: str = ""
    sheet: str = ""
    """The sheet of an XLSX file; empty for files that have none."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A text where letters were expected and that could not be read; `party` may be unknown."""

    row: MatrixRow
    party: str
    text: str


@dataclass(frozen=True, slots=True)
class Unused:
    """Something of the file that stands in no matrix: a column, a line, a whole sheet."""

    kind: Literal["column", "line", "sheet"]
    number: int
    text: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who is what for which row; rows without letters are rows, sections are not.

    `cells[row, party]` is a text of letters in the order A R C I S V Q (`"AR"`, `"C"`); a pair
    that is not there has none. S is support, V verifies, Q reviews (RASCI, RACI-VS, RACIQ).
    """

    rows: tuple[MatrixRow, ...]
    parties: tuple[str, ...]
    cells: Mapping[tuple[MatrixRow, str], str]
    heads: Mapping[str, MatrixRow] = field(default_factory=dict, compare=False)
    """The heading line that a party was first read under, for findings on the whole matrix."""
    unread: tuple[Stray, ...] = ()
    unused: tuple[Unused, ...] = ()
    unjudged: Mapping[MatrixRow, str] = field(default_factory=dict, compare=False)
    """Roles that nobody can be missed in, because a column that was not read may hold them."""

    def letters(self, row: MatrixRow, party: str) -> str:
        """The letters of one party in one row, or an empty text."""
        return self.cells.get((row, party), "")

    def holders(self, row: MatrixRow, letter: str) -> tuple[str, ...]:
        """The parties that hold a letter in a row, in the order of the parties."""
        return tuple(party for party in self.parties if letter in self.letters(row, party))


def assemble(grids: Iterable[Grid]) -> Matrix | None:
    """One matrix of all tables in all grids; parties of the same name are one party."""
    rows: list[MatrixRow] = []
    names: dict[str, str] = {}
    heads: dict[str, MatrixRow] = {}
    cells: dict[tuple[MatrixRow, str], str] = {}
    unread: list[Stray] = []
    unused: list[Unused] = []
    unjudged: dict[MatrixRow, str] = {}
    for grid in chain.from_iterable(map(beside_one_another, grids)):
        dialect = dialect_of(grid)
        across = roles_down(grid, dialect)
        read = [across] if across else [upright(table) for table in tables(grid, dialect)]
        unused += _unused(grid, read)
        for table in read:
            head = MatrixRow(table.heading, table.corner, sheet=grid.sheet)
            for party in table.parties:
                heads.setdefault(names.setdefault(fold(party), party), head)
            for entry in table.entries:
                row = MatrixRow(entry.number, entry.label, entry.section, grid.sheet)
                rows.append(row)
                unjudged[row] = table.unjudged
                for party, letters in entry.letters.items():
                    cells[row, names[fold(party)]] = letters
            unread += [
                Stray(MatrixRow(text.number, text.label, sheet=grid.sheet), text.column, text.text)
                for text in table.unread
            ]
    if not rows:
        return None
    return Matrix(
        rows=tuple(rows),
        parties=tuple(names.values()),
        cells=MappingProxyType(cells),
        heads=MappingProxyType(heads),
        unread=tuple(unread),
        unused=tuple(unused),
        unjudged=MappingProxyType(unjudged),
    )


def _unused(grid: Grid, read: Sequence[ReadTable]) -> Iterator[Unused]:
    """The columns and lines of a grid that no table used; a sheet without any table as a whole."""
    if not read and grid.sheet:
        yield Unused("sheet", 0, grid.sheet, grid.sheet)
        return
    for table in read:
        for heading in table.ignored:
            yield Unused("column", table.heading, heading, grid.sheet)
    used = {number for table in read for number in table.lines}
    for line in grid.lines:
        if line.number not in used and not line.blank and not is_legend(line):
            text = " · ".join(" ".join(cell.text.split()) for _, cell in line.own())
            yield Unused("line", line.number, text, grid.sheet)
