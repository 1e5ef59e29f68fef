"""The decided map as a workbook: to look at, to filter, and to print on one page across."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbook.exchange.owners.matrix import OwnersMatrix, OwnersRow
from workbook.exchange.tables.writing import INK, PAPER, lettering, print_across, put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

BAND, ACCOUNTABLE, RULE = "FFE8ECF1", "FFCFE3D4", "FFC3CAD3"
HEADING = 3
"""The row of the heading: a title and a blank row stand above it."""
LABEL, PARTY, DEPUTY = 44, 8, 26
"""Widths in characters; names of parties stand upright, so that twenty fit on a page."""
UPRIGHT = 110
"""Height of the heading in points."""
QUARTER = 90


def matrix_workbook(matrix: OwnersMatrix) -> bytes:
    """The matrix on one sheet; the heading and the subjects stay in sight and on every page."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "RACI"
    _write(sheet, 1, [matrix.title])
    _write(sheet, HEADING, matrix.heading)
    for number, row in enumerate(matrix.rows, HEADING + 1):
        _write(sheet, number, [row.label, *row.cells])
    _write(sheet, HEADING + len(matrix.rows) + 2, [matrix.legend])
    _style(sheet, matrix)
    _set_up(sheet, len(matrix.heading))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Worksheet, number: int, texts: Iterable[str]) -> None:
    """Texts in a row, never a formula."""
    for column, text in enumerate(texts, 1):
        if text:
            put_text(sheet.cell(number, column), text)


def _style(sheet: Worksheet, matrix: OwnersMatrix) -> None:
    from openpyxl.styles import Alignment, PatternFill

    last = len(matrix.heading)
    sheet.cell(1, 1).font = lettering(bold=True, size=14)
    for column in range(1, last + 1):
        cell = sheet.cell(HEADING, column)
        cell.font = lettering(bold=True, color=PAPER)
        cell.fill = PatternFill("solid", fgColor=INK)
        turned = QUARTER if 1 < column < last else 0
        cell.alignment = Alignment(
            textRotation=turned,
            wrapText=True,
            vertical="bottom",
            horizontal="center" if turned else "left",
        )
    for number, row in enumerate(matrix.rows, HEADING + 1):
        _style_row(sheet, number, row, last)


def _style_row(sheet: Worksheet, number: int, row: OwnersRow, last: int) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    for column in range(1, last + 1):
        cell = sheet.cell(number, column)
        cell.border = Border(bottom=Side("thin", color=RULE))
        letter = 1 < column < last
        cell.alignment = Alignment(
            wrapText=not letter, vertical="top", horizontal="center" if letter else "left"
        )
        if not row.cells:
            cell.font = lettering(bold=True)
            cell.fill = PatternFill("solid", fgColor=BAND)
        elif letter and "A" in row.cells[column - 2].split("/"):
            cell.font = lettering(bold=True)
            cell.fill = PatternFill("solid", fgColor=ACCOUNTABLE)


def _set_up(sheet: Worksheet, last: int) -> None:
    """Widths, what stays in sight, and how it prints."""
    from openpyxl.utils import get_column_letter

    widths = [LABEL, *[PARTY] * (last - 2), DEPUTY]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEADING].height = UPRIGHT
    sheet.freeze_panes = f"B{HEADING + 1}"
    print_across(sheet, HEADING)
    sheet.print_title_cols = "A:A"
