"""The matrix as a value: rows, parties, and the RACI letters of each party in each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workbook.exchange.raci.grid import Grid
from workbook.exchange.raci.table import MatrixEntry, ReadTable, Unread, tables
from workbook.exchange.raci.vocabulary import PEOPLE, fold


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
    for grid in grids:
        for table in map(_upright, tables(grid)):
            head = MatrixRow(table.heading, table.corner, sheet=grid.sheet)
            for party in table.parties:
                heads.setdefault(names.setdefault(fold(party), party), head)
            for entry in table.entries:
                row = MatrixRow(entry.number, entry.label, entry.section, grid.sheet)
                rows.append(row)
                for party, letters in entry.letters.items():
                    cells[row, names[fold(party)]] = letters
            unread += [_stray(text, grid.sheet) for text in table.unread]
    if not rows:
        return None
    frozen = MappingProxyType(cells), MappingProxyType(heads)
    return Matrix(tuple(rows), tuple(names.values()), *frozen, tuple(unread))


def _stray(unread: Unread, sheet: str) -> Stray:
    return Stray(MatrixRow(unread.number, unread.label, sheet=sheet), unread.column, unread.text)


def _upright(table: ReadTable) -> ReadTable:
    """A table with people down and tasks across, turned; only where both signs agree.

    The corner must name people ("Role", "Intervenant"), and one accountable must be commoner down
    the columns than along the rows.
    """
    if not (table.transposable and fold(table.corner) in PEOPLE and table.entries):
        return table
    people = [entry.label for entry in table.entries]
    if len(set(people)) < len(people):
        return table
    along = [
        sum("A" in letters for letters in entry.letters.values()) == 1 for entry in table.entries
    ]
    down = [
        sum("A" in entry.letters.get(party, "") for entry in table.entries) == 1
        for party in table.parties
    ]
    if sum(down) / len(down) <= sum(along) / len(along):
        return table
    entries = tuple(_column_as_row(table, party) for party in table.parties)
    unread = tuple(Unread(u.number, u.column, u.label, u.text) for u in table.unread)
    return ReadTable(
        heading=table.heading,
        corner=table.corner,
        parties=tuple(people),
        entries=entries,
        unread=unread,
    )


def _column_as_row(table: ReadTable, task: str) -> MatrixEntry:
    held = {entry.label: entry.letters[task] for entry in table.entries if task in entry.letters}
    return MatrixEntry(table.heading, task, "", held)
