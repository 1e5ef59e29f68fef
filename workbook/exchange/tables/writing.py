"""Tables out: CSV that spreadsheets open as it is, and workbooks; no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

WIDEST = 60
"""Characters of a column before its text breaks."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8 with a byte-order mark, which spreadsheets need for accents."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_inert(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """A text that a spreadsheet takes for a formula, with the mark that makes it a text."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def xlsx_bytes(rows: Sequence[Sequence[str]], sheet: str, *, heading: int = 1) -> bytes:
    """Rows as a workbook of one sheet; the first `heading` rows stay in sight."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = page.cell(number, column)
            cell.value, cell.data_type = text or None, "s" if text else "n"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number <= heading)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
    page.freeze_panes = f"B{heading + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
