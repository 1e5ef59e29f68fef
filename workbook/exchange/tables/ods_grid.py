"""The sheets of an OpenDocument spreadsheet as grids: values and merged areas."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from workbook.errors import BadInput, Problem
from workbook.exchange.tables.archive import refuse_danger
from workbook.exchange.tables.grid import MAX_COLUMNS, MAX_LINES, Grid, GridCell, Line, tidy

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_ods(raw: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets in order; BadInput if they are unreadable."""
    try:
        return _sheets(raw, file)
    except BadInput:
        raise
    except Exception as error:
        # Damage leads zipfile, zlib and the parser to errors of every kind.
        message = f"cannot be read as ODS ({type(error).__name__})"
        fix = "open it in a spreadsheet program and save it again as ODS, XLSX or CSV"
        raise BadInput(Problem(message, fix, file=file)) from error


def _sheets(raw: bytes, file: str) -> tuple[Grid, ...]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        refuse_danger(archive, file)
        content = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - no entities
    unseen = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        for look in style.iter(f"{_STYLE}table-properties")
        if look.get(f"{_TABLE}display") == "false"
    }
    return tuple(
        _grid(table, file, hidden=table.get(f"{_TABLE}style-name") in unseen)
        for table in content.iter(f"{_TABLE}table")
    )


def _grid(table: ET.Element, file: str, *, hidden: bool) -> Grid:
    name = table.get(f"{_TABLE}name", "")
    lines: list[Line] = []
    above: tuple[GridCell, ...] = ()
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = _cells(row, above)
        if cells:
            # Programs repeat the last blank row to the end of the sheet: only text is repeated.
            too_many = len(lines) + repeated > MAX_LINES or len(cells) > MAX_COLUMNS
            if too_many:
                message = f"sheet “{name}” has more than {MAX_LINES} rows or {MAX_COLUMNS} columns"
                fix = "keep the table alone on its sheet"
                raise BadInput(Problem(message, fix, file=file))
            lines += [Line(number + copy, cells) for copy in range(repeated)]
        elif lines and not lines[-1].blank:
            lines.append(Line(number, ()))
        number += repeated
        above = cells
    return Grid(tuple(lines), sheet=name, hidden=hidden)


def _cells(row: ET.Element, above: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The cells of a row up to the last one with text; a merged area repeats its text."""
    cells: list[GridCell] = []
    for cell in row:
        repeated = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), MAX_COLUMNS + 1)
        if cell.tag == f"{_TABLE}covered-table-cell":
            for _ in range(repeated):
                cells.append(_covered(cells, above))
        elif cell.tag == f"{_TABLE}table-cell":
            across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
            text = tidy("\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p")))
            cells += [GridCell(text, across=across)] * repeated
    while cells and not cells[-1].text:
        cells.pop()
    return tuple(cells)


def _covered(before: list[GridCell], above: tuple[GridCell, ...]) -> GridCell:
    """The next cell of a row, which belongs to an area that began on its left, or else above."""
    last = before[-1] if before else GridCell()
    if not last.up and before and last.left + 1 < before[-1 - last.left].across:
        return GridCell(last.text, left=last.left + 1)
    held = above[len(before)] if len(before) < len(above) else GridCell()
    return GridCell(held.text, left=held.left, up=held.up + 1)
