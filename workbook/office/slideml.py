"""The XML of a slide's table, written in one piece.

python-pptx looks for every cell and its looks anew, which took half of the time of all slides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pptx.oxml.ns import nsdecls
from pptx.util import Cm

from workbook.office.elements import PaperRow, PaperTable, TableCell
from workbook.office.palette import GROUND, INK, LINE, SHADES, TINTS
from workbook.office.wordml import words

STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""The usual style of a table; every cell has looks of its own."""
SPANNED = TableCell("")
"""What stands below a cell that spans several."""


class Letters(NamedTuple):
    """The letters of a table in points, and the centimetres above and below them together."""

    size: int
    around: float = 0.24


def table(
    grid: PaperTable,
    rows: Sequence[tuple[PaperRow, float]],
    widths: Sequence[float],
    letters: Letters,
    lang: str,
) -> str:
    """A table of these rows, each with its height; all lengths in centimetres."""
    columns = "".join(f'<a:gridCol w="{Cm(width)}"/>' for width in widths)
    lines = "".join(
        f'<a:tr h="{Cm(height)}">{_row(row, grid, letters, lang)}</a:tr>' for row, height in rows
    )
    return (
        f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1"><a:tableStyleId>{STYLE}</a:tableStyleId>'
        f"</a:tblPr><a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl>"
    )


def _row(row: PaperRow, grid: PaperTable, letters: Letters, lang: str) -> str:
    group, width = row.kind == "group", len(grid.columns)
    alone = len(row.cells) == 1 and width > 1
    spans = [f' gridSpan="{width}"', *[' hMerge="1"'] * (width - 1)] if alone else [""] * width
    cells = (*row.cells, *[SPANNED] * (width - len(row.cells)))
    return "".join(
        f"<a:tc{span}><a:txBody>"
        '<a:bodyPr wrap="square"/><a:lstStyle/><a:p>'
        + ('<a:pPr algn="r"/>' if column.number and not group else "")
        + _run(cell, letters.size, lang, bold=row.kind != "row" or at == 0)
        + f"</a:p></a:txBody>{_look(cell, letters, group=group)}</a:tc>"
        for at, (cell, column, span) in enumerate(zip(cells, grid.columns, spans, strict=True))
    )


def _run(cell: TableCell, size: int, lang: str, *, bold: bool) -> str:
    """A cell's text; without one, what makes its line no higher than the others."""
    if not cell.text:
        return f'<a:endParaRPr sz="{100 * size}"/>'
    colour = SHADES[cell.tone] if cell.tone else INK
    look = f'<a:rPr sz="{100 * size}" b="{bold:d}" lang="{lang}">{_filled(colour)}</a:rPr>'
    return f"<a:r>{look}<a:t>{words(cell.text)}</a:t></a:r>"


def _look(cell: TableCell, letters: Letters, *, group: bool) -> str:
    """Room around a cell's text, a hairline below, and what fills it."""
    side, edge = Cm(0.2), Cm(letters.around / 2 - 0.02)
    fill = TINTS[cell.tone] if cell.tone else GROUND if group else "FFFFFF"
    return (
        f'<a:tcPr marL="{side}" marR="{side}" marT="{edge}" marB="{edge}" anchor="ctr">'
        f'<a:lnB w="6350">{_filled(LINE)}</a:lnB>{_filled(fill)}</a:tcPr>'
    )


def _filled(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
