"""The neutral grid: what a CSV, an XLSX or a Markdown table have in common, styling included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook.errors import BadInput, Problem

MAX_BYTES = 25_000_000
MAX_LINES = 20_000
MAX_COLUMNS = 300
MAX_CELLS = 1_500_000
"""Cells of one table: each is an object, however short its text."""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def too_large(file: str) -> BadInput:
    """The refusal of a table beyond the limits."""
    message = f"more than {MAX_LINES} lines or {MAX_COLUMNS} columns"
    return BadInput(Problem(message, "keep the table alone in the file", file=file))


def tidy(text: str) -> str:
    """The text without invisible characters, runs of blanks or odd spaces; line breaks stay."""
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in plain.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell. A merged area repeats its text; `left` and `up` tell how far its first cell is."""

    text: str = ""
    font: frozenset[str] = frozenset()
    """What sets the writing apart: bold, italic, underline, a colour."""
    size: float = 0
    """In points; 0 where the file has none."""
    fill: str = ""
    """The background colour, in whatever notation the file has; empty for none or white."""
    across: int = 1
    """Columns that the merged area beginning here covers."""
    left: int = 0
    up: int = 0

    @property
    def own(self) -> bool:
        """Text of this cell itself, not of a merged area that began elsewhere."""
        return bool(self.text) and not self.left and not self.up


BLANK = GridCell()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid; `number` is what a person sees beside it (1-based, as in the source)."""

    number: int
    cells: tuple[GridCell, ...]

    def __getitem__(self, column: int) -> GridCell:
        return self.cells[column] if column < len(self.cells) else BLANK

    def own(self) -> Iterator[tuple[int, GridCell]]:
        """The columns and cells that hold text of their own."""
        return ((column, cell) for column, cell in enumerate(self.cells) if cell.own)

    @property
    def blank(self) -> bool:
        """No cell of this line holds text of its own."""
        return not any(cell.own for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or table. `remarks` are the texts that stand around it, a legend for example."""

    lines: tuple[Line, ...]
    sheet: str = ""
    remarks: tuple[str, ...] = ()
    hidden: bool = False
    """A sheet that its author has put out of sight: it is read only where it is asked for."""

    @property
    def width(self) -> int:
        """Columns of the widest line."""
        return max((len(line.cells) for line in self.lines), default=0)

    def turned(self) -> Grid:
        """The columns as lines, each under its number."""
        columns = range(self.width)
        lines = (Line(at + 1, tuple(line[at] for line in self.lines)) for at in columns)
        return replace(self, lines=tuple(lines))
