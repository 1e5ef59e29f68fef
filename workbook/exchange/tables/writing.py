"""Tables out: CSV that spreadsheets open as it is, and workbooks; no cell is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

Untyped = Any
"""A value of openpyxl, which ships no types."""

WIDEST = 60
"""Characters of a column before its text breaks."""
LINE_HEIGHT = 15
"""In points."""
INK, PAPER = "FF0B5D66", "FFFFFFFF"
_FORMULA, _STRIPPED = frozenset("=+-@"), frozenset("\t\r")
"""What begins a formula, and what a spreadsheet may take away before it looks."""


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a byte-order mark, which spreadsheets need for accents."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_inert(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _inert(cell: object) -> object:
    """A text that a spreadsheet takes for a formula, with the mark that makes it a text."""
    formula = isinstance(cell, str) and (cell[:1] in _STRIPPED or cell.lstrip()[:1] in _FORMULA)
    return f"'{cell}" if formula else cell


def xlsx_bytes(rows: Sequence[Sequence[str]], sheet: str, *, heading: int = 1) -> bytes:
    """Rows as a workbook of one sheet; the first `heading` rows stay in sight."""
    import openpyxl
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    columns = zip(*rows, strict=True)
    widths = [
        min(max(len(x) for t in texts for x in t.split("\n")) + 2, WIDEST) for texts in columns
    ]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = page.cell(number, column)
            put_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number <= heading:
                cell.font = lettering(bold=True, color=PAPER)
                cell.fill = PatternFill("solid", fgColor=INK)
        tallest = max(lines_of(text, width) for text, width in zip(row, widths, strict=True))
        page.row_dimensions[number].height = LINE_HEIGHT * tallest + 3
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"B{heading + 1}"
    print_across(page, heading)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """A text without the characters that XML has no place for."""
    return _ILLEGAL.sub("", text)


def put_text(cell: Untyped, text: str) -> None:
    """Write a text as a text, whatever it begins with, without the signs that XML does not know."""
    plain = legal(text)
    cell.value, cell.data_type = plain or None, "s" if plain else "n"


def lettering(**traits: object) -> Untyped:
    """A font as the other cells have it: one without a name is set in whatever a program takes."""
    from openpyxl.styles import Font

    return Font(**{"name": "Calibri", "family": 2, "size": 11, **traits})


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column: not every program lets a row grow by itself."""
    return sum(-(-max(len(line), 1) // int(width)) for line in text.split("\n"))


def print_across(page: Untyped, heading: int) -> None:
    """Print a sheet lying down, as wide as the paper, its heading on every page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{heading}:{heading}"
    page.oddFooter.right.text = "&P / &N"
