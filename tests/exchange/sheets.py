"""Workbooks of several sheets, one of them hidden if that is wanted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import openpyxl

Rows = Sequence[Sequence[str]]
_NAMES = ("office", "table", "text", "style")
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES
)
_HIDDEN = (
    '<office:automatic-styles><style:style style:name="unseen" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def workbook_of(sheets: Mapping[str, Rows], *, hidden: str = "") -> bytes:
    """An XLSX workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title == hidden else "visible"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_of(sheets: Mapping[str, Rows], *, hidden: str = "") -> bytes:
    """An OpenDocument spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{escape(title)}"'
        + (' table:style-name="unseen">' if title == hidden else ">")
        + "".join(map(_row, rows))
        + "</table:table>"
        for title, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {_SPACES}>{_HIDDEN}{body}</office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _row(cells: Sequence[str]) -> str:
    texts = (f"<text:p>{escape(cell)}</text:p>" for cell in cells)
    inside = "".join(f"<table:table-cell>{text}</table:table-cell>" for text in texts)
    return f"<table:table-row>{inside}</table:table-row>"
