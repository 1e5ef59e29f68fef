"""Telling rows from what stands between and below them: sections, totals, remarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from workbook.exchange.raci.grid import BLANK, Cell, Line
from workbook.exchange.raci.vocabulary import word_set, words

RARE = 1 / 3
"""A style marks a section only if at most this share of the rows with letters carry it too."""
LONG = 120
"""Characters from which a line below the table is a remark, not a task."""

_TOTALS = word_set("total totals totaux sum somme count nombre nb")
_FOOT = word_set(
    "note notes nb source sources version prepared updated last remark remarks remarque remarques "
    "auteur author etabli redige mise date c legend legende"
)
_COUNT = re.compile(r"[\d.,\s]+%?")


def first_cell(line: Line) -> Cell:
    """The first cell of a line with a text of its own: what its style is told by."""
    return next((cell for _, cell in line.own()), BLANK)


def styled(body: Sequence[Line], lettered: Collection[int]) -> frozenset[int]:
    """The numbers of the lines that are merged, bold or coloured as rows with letters seldom are.

    Where every label is bold, or every other row is shaded, that style says nothing. A colour that
    begins at a line and goes on below it heads a block of that colour, however large.
    """
    rows = [first_cell(line) for line in body if line.number in lettered]

    def rare(trait: Callable[[Cell], bool]) -> bool:
        return sum(map(trait, rows)) <= RARE * len(rows)

    def stands_out(cell: Cell) -> bool:
        return (
            (cell.across > 1 and rare(lambda row: row.across >= cell.across))
            or (cell.bold and rare(lambda row: row.bold))
            or (bool(cell.fill) and rare(lambda row: row.fill == cell.fill))
        )

    fills = [first_cell(line).fill for line in body]
    return frozenset(
        line.number
        for index, line in enumerate(body)
        if stands_out(first_cell(line)) or _begins_block(fills, index, {row.fill for row in rows})
    )


def _begins_block(fills: Sequence[str], index: int, used: Collection[str]) -> bool:
    """Whether a colour begins here that the next two lines have as well, and not all rows."""
    above = fills[index - 1] if index else ""
    block = fills[index : index + 3]
    return (
        bool(fills[index])
        and len(used) > 1
        and above != fills[index]
        and (block == [fills[index]] * 3)
    )


def is_total(line: Line) -> bool:
    """`Total | 3 | 4 | 2`, or a line of nothing but numbers."""
    counts = [_COUNT.fullmatch(cell.text) is not None for _, cell in line.own()]
    return all(counts) or (
        all(counts[1:]) and bool(_TOTALS & set(words(first_cell(line).text)[:2]))
    )


def is_foot(line: Line, label: str, *, apart: bool) -> bool:
    """Whether remarks begin here, below the last row with letters."""
    first = next(iter(words(label)), "")
    starred = label.startswith(("*", "†", "©"))
    alone = len(list(line.own())) == 1
    return alone and (starred or (first in _FOOT and (apart or ":" in label)) or len(label) > LONG)
