"""The sheets of an XLSX workbook as grids: values, fonts, fills and merged areas.

The archive is measured before anything is parsed (size, entries, ratio, document types), because
a small file may unfold to gigabytes. Of a formula the value that was last saved is taken.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any

from workbook.errors import BadInput, Problem
from workbook.exchange.tables.archive import refuse_danger
from workbook.exchange.tables.grid import BLANK, MAX_COLUMNS, MAX_LINES, Grid, GridCell, Line, tidy

Untyped = Any
"""A value of openpyxl, which ships no types."""

MAX_MERGED = 200_000
"""Cells of all merged areas together; openpyxl makes an object for each."""
CODES = "workbook-codes"
"""The hidden sheet of a questionnaire of ours: it is read, too."""
_SHEETS = "xl/worksheets/"
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)")
_WHITE = frozenset({"rgb:00FFFFFF", "rgb:FFFFFFFF", "theme:0:0.0", "indexed:64", "indexed:9"})
_BLACK = frozenset(
    {"", "rgb:00000000", "rgb:FF000000", "theme:1:0.0", "indexed:8", "indexed:64", "auto:True"}
)


def read_xlsx(raw: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets in order; BadInput if they are unreadable, or all of them hidden."""
    try:
        return _sheets(raw, file)
    except BadInput:
        raise
    except Exception as error:
        # Damage leads zipfile, zlib and openpyxl to errors of every kind, and none is ours.
        raise BadInput(_damaged(file, error)) from error


def _sheets(raw: bytes, file: str) -> tuple[Grid, ...]:
    _measure(raw, file)
    raw = _transitional(raw)
    book = _load(raw, values=True)
    visible = [page for page in book.worksheets if _is_visible(page)]
    if not visible:
        message = "has no visible sheet that can be read"
        fix = "save it as a plain XLSX workbook, with the table on a visible sheet"
        raise BadInput(Problem(message, fix, file=file))
    _refuse_uncalculated(raw, file, visible)
    return tuple(_grid(page, file) for page in book.worksheets)


def _is_visible(page: Untyped) -> bool:
    """Whether a sheet counts unasked: those in sight, and the codes of a questionnaire of ours."""
    return bool(page.sheet_state == "visible" or page.title == CODES)


def _transitional(raw: bytes) -> bytes:
    """A workbook saved as Strict Open XML with the namespaces of the usual variant.

    Both have the same elements for what is read here, and openpyxl knows the usual one only.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if _STRICT not in archive.read("xl/workbook.xml"):
            return raw
        usual = io.BytesIO()
        with zipfile.ZipFile(usual, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                part = re.sub(_STRICT + rb"(\w+)/(\w+)", _USUAL, archive.read(entry))
                copy.writestr(entry.filename, part)
    return usual.getvalue()


def _load(raw: bytes, *, values: bool) -> Untyped:
    import openpyxl

    with warnings.catch_warnings():
        # Extensions that openpyxl does not keep (validation, sparklines) are of no interest.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(raw), data_only=values)


def _refuse_uncalculated(raw: bytes, file: str, pages: list[Untyped]) -> None:
    """A program that writes formulas without values leaves cells that would read as blank.

    Single blank results are normal (`=IF(…,"A","")`), so only a workbook without any value counts.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = [name for name in archive.namelist() if name.startswith(_SHEETS)]
        if not any(re.search(rb"<f[ >/]", archive.read(name)) for name in parts):
            return
    source = _load(raw, values=False)
    formulas = [
        (page.title, cell.coordinate)
        for page in pages
        for cell in _existing(source[page.title])
        if cell.data_type == "f"
    ]
    saved = {page.title: page for page in pages}
    if formulas and all(saved[title][place].value is None for title, place in formulas):
        title, place = formulas[0]
        message = f"sheet “{title}”, cell {place}: the formula has never been calculated"
        raise BadInput(Problem(message, "open it in a spreadsheet program and save it", file=file))


def _damaged(file: str, error: Exception) -> Problem:
    return Problem(
        f"cannot be read as XLSX ({type(error).__name__})",
        "open it in a spreadsheet program and save it again as XLSX or CSV",
        file=file,
    )


def _measure(raw: bytes, file: str) -> None:
    """Refuse archives that are no workbook, that unfold too far, or that declare entities."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            message = "a ZIP archive, but no XLSX workbook"
        else:
            refuse_danger(archive, file)
            sheets = (e for e in archive.infolist() if e.filename.startswith(_SHEETS))
            merged = sum(_merged_cells(archive, sheet) for sheet in sheets)
            if merged <= MAX_MERGED:
                return
            message = f"refused: {merged} merged cells, at most {MAX_MERGED} allowed"
    fix = "save the sheet with the table alone as XLSX or CSV"
    raise BadInput(Problem(message, fix, file=file))


def _merged_cells(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> int:
    """How many cells the merged areas of a sheet cover, by what its XML declares."""
    from openpyxl.utils import range_boundaries

    areas = (range_boundaries(area.decode()) for area in _MERGED.findall(archive.read(sheet)))
    return sum((right - left + 1) * (low - top + 1) for left, top, right, low in areas)


def _grid(sheet: Untyped, file: str) -> Grid:
    """Cells up to the last one with a value; a sheet beyond the limits is refused."""
    cells = {(cell.row, cell.column): cell for cell in _existing(sheet)}
    filled = [place for place, cell in cells.items() if cell.value is not None]
    height = max((row for row, _ in filled), default=0)
    width = max((column for _, column in filled), default=0)
    if (height > MAX_LINES or width > MAX_COLUMNS) and _is_visible(sheet):
        message = f"sheet “{sheet.title}” has more than {MAX_LINES} rows or {MAX_COLUMNS} columns"
        raise BadInput(Problem(message, "keep the table alone on its sheet", file=file))
    table = [
        [_cell(cells.get((row, column))) for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]
    for area in sheet.merged_cells.ranges:
        _spread(table, area.min_row - 1, area.min_col - 1, area.max_row, area.max_col)
    lines = (Line(number, tuple(row)) for number, row in enumerate(table, start=1))
    return Grid(tuple(lines), sheet=sheet.title, hidden=not _is_visible(sheet))


def _existing(sheet: Untyped) -> Iterable[Untyped]:
    """The cells that the file has. Public ways make every cell up to the last formatted one."""
    cells: Iterable[Untyped] = sheet._cells.values()  # noqa: SLF001
    return cells


def _spread(table: list[list[GridCell]], top: int, left: int, bottom: int, right: int) -> None:
    """Repeat the first cell of a merged area over the area."""
    if top >= len(table) or left >= len(table[top]):
        return
    first = table[top][left]
    for row in range(top, min(bottom, len(table))):
        for column in range(left, min(right, len(table[row]))):
            table[row][column] = GridCell(
                first.text,
                first.font,
                first.size,
                first.fill,
                across=right - left,
                left=column - left,
                up=row - top,
            )


def _cell(cell: Untyped) -> GridCell:
    if cell is None:
        return BLANK
    text = _text(cell.value)
    size = float(cell.font.sz or 0)
    return (
        GridCell(text, _font(cell), size, _fill(cell.fill))
        if cell.has_style
        else GridCell(text, size=size)
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time.min:
        return value.date().isoformat()
    return tidy(str(value))


def _font(cell: Untyped) -> frozenset[str]:
    """What sets the writing of a cell apart; a link is blue and underlined like any other link."""
    font = cell.font
    traits = {"bold": font.b, "italic": font.i}
    if cell.hyperlink is None:
        colour = _colour(font.color)
        traits |= {"underline": font.u, colour: colour not in _BLACK}
    return frozenset(name for name, there in traits.items() if there)


def _fill(fill: Untyped) -> str:
    """The background in a comparable form; none for no fill and for white."""
    if not fill or not fill.fill_type:
        return ""
    colour = getattr(fill, "fgColor", None)
    if colour is None:  # a gradient
        return "gradient"
    key = _colour(colour)
    return "" if key in _WHITE else key


def _colour(colour: Untyped) -> str:
    """A colour in a comparable form; nothing for none."""
    if colour is None:
        return ""
    tint = f":{float(colour.tint)}" if colour.type == "theme" else ""
    return f"{colour.type}:{colour.value}{tint}"
