"""The ownership map for a wall: every party in a column of its own, letters where they hold."""

from __future__ import annotations

from workbook.fragments.ownership import LETTERS, MapRow, MapTable
from workbook.i18n import Voice
from workbook.office.elements import (
    Element,
    PaperRow,
    PaperTable,
    Paragraph,
    TableCell,
    TableHead,
)
from workbook.wording.headings import headings
from workbook.wording.names import labelled
from workbook.wording.states import map_signs, role_names

SEVERAL = "several"
"""The look of an A that is not the only one of its row."""


def poster_map(table: MapTable, v: Voice) -> tuple[Element, ...]:
    """The map as a grid with its legend."""
    words, roles = headings(v), role_names(v)
    names = (f"{p.name} ↗" if p.outside else p.name for p in table.parties)
    columns = (
        TableHead(words["subject"], 64),
        *(TableHead(name, 0, upright=True) for name in names),
        TableHead(words["agreement"], 36),
    )
    rows: list[PaperRow] = []
    for area in table.areas:
        if area.title:
            rows.append(PaperRow((TableCell(area.title),), "group"))
        rows += [_row(row, table) for row in area.rows]
    legend = [labelled(letter, roles[letter], v) for letter in LETTERS]
    legend.append(labelled("↗", map_signs(v)["outside"], v))
    grid = PaperTable(table.caption, columns, tuple(rows))
    return grid, Paragraph(" · ".join(legend), "note")


def _row(row: MapRow, table: MapTable) -> PaperRow:
    marks = dict(row.marks)
    several = row.state == "contested" or sum("A" in letters for letters in marks.values()) > 1
    cells = []
    for party in table.parties:
        letters = sorted(marks.get(party.key, ()), key=LETTERS.index)
        look = letters[0] if letters else None
        cells.append(TableCell("".join(letters), mark=SEVERAL if look == "A" and several else look))
    note = TableCell(row.note, None if row.state in ("owned", "out") else "risk")
    return PaperRow((TableCell(row.label), *cells, note))
