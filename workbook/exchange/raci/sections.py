"""Telling rows from what stands between and below them: sections, totals, remarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from workbook.exchange.tables.grid import BLANK, GridCell, Line
from workbook.exchange.tables.words import fold, word_set, words

RARE = 1 / 2
"""A font or merging marks a section only if at most this share of the rows with letters has it."""
RARE_FILL = 1 / 3
"""The same for a colour: where every other row is shaded, nearly half of them carry it."""
LONG = 120
"""Characters from which a line below the table is a remark, not a task."""

_TOTALS = word_set(
    "total totals totaux subtotal subtotals sous sum somme count counts number "
    "nombre nb share part charge load"
)
_TOTAL_ALONE = word_set(
    "total totals totaux subtotal subtotals sous grand general of per by de par"
)
_FOOT = word_set(
    "note notes nb source sources version prepared updated last remark remarks remarque remarques "
    "auteur author etabli redige mise date c legend legende"
)
_FOOT_APART = re.compile(
    r"(?:notes?|remar(?:k|que)s?|legende?)(?:$| \d| that\b| que\b)|n\.?b\b|\(c\)"
    r"|(?:version|revision|rev|v|date)\.? ?\d"
    r"|(?:last|derniere) (?:updated?|changed?|reviewed?|revision|mise|modif)"
    r"|(?:prepared|updated|written|reviewed|etablie?|redigee?|maj|mise a jour) (?:by|on|par|le)\b"
)
"""What opens a remark without a colon: "Version 1.2", "Updated by …"; not "Version control"."""
_COUNT = re.compile(r"[\d.,\s]+%?")


def _labelling(line: Line, column: int) -> GridCell:
    """The cell whose style counts: the label, or the first text where that column is blank.

    A phase that begins beside a task does not make the task a section.
    """
    if line[column].own:
        return line[column]
    return next((cell for _, cell in line.own()), BLANK)


def styled(body: Sequence[Line], lettered: Collection[int], column: int) -> frozenset[int]:
    """The numbers of the lines that are merged or styled as rows with letters seldom are.

    Where every label is bold, or every other row is shaded, that style says nothing. A colour that
    begins at a line and goes on below it heads a block of that colour, however large.
    """
    cells = [_labelling(line, column) for line in body]
    rows = [cell for line, cell in zip(body, cells, strict=True) if line.number in lettered]

    def rare(trait: Callable[[GridCell], bool], share: float = RARE) -> bool:
        return sum(map(trait, rows)) <= share * len(rows)

    def stands_out(cell: GridCell) -> bool:
        return (
            (cell.across > 1 and rare(lambda row: row.across >= cell.across))
            or any(
                sum(trait in row.font for row in rows) <= RARE * len(rows) for trait in cell.font
            )
            or cell.size > max((row.size for row in rows), default=cell.size)
            or (bool(cell.fill) and rare(lambda row: row.fill == cell.fill, RARE_FILL))
        )

    fills = [cell.fill for cell in cells]
    return frozenset(
        line.number
        for index, line in enumerate(body)
        if stands_out(cells[index]) or _begins_block(fills, index, {row.fill for row in rows})
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


def is_total(line: Line, columns: Collection[int]) -> bool:
    """`Total | 3 | 4 | 2`, or nothing but numbers; "Count the stock" without any is a task."""
    texts = [cell.text for _, cell in line.own()]
    tallied = [cell.text for column, cell in line.own() if column in columns]
    if all(map(_COUNT.fullmatch, texts)):
        return True
    label = words(texts[0])
    if not tallied:
        return set(label) <= _TOTAL_ALONE
    tells = bool(_TOTALS & set(label[:2])) or texts[0].startswith("%")
    return tells and all(map(_COUNT.fullmatch, tallied))


def is_foot(line: Line, label: str, *, apart: bool) -> bool:
    """Whether remarks begin here, below the last row with letters."""
    first = next(iter(words(label)), "")
    starred = label.startswith(("*", "†", "©"))
    alone = len(list(line.own())) == 1
    opens = (":" in label and first in _FOOT) or (apart and _FOOT_APART.match(fold(label)))
    return alone and (starred or bool(opens) or len(label) > LONG)
