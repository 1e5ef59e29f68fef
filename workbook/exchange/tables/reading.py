"""A file to grids: the form is told by the content, the name only where the content cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbook.errors import BadInput, Problem, nearest
from workbook.exchange.tables.answers_block import holds_answers, read_answers
from workbook.exchange.tables.catalogue_grid import read_catalogue
from workbook.exchange.tables.csv_grid import decode, read_csv
from workbook.exchange.tables.grid import MAX_BYTES, Grid
from workbook.exchange.tables.html_grid import is_html, read_html
from workbook.exchange.tables.markdown_grid import is_markdown, read_markdown
from workbook.exchange.tables.ods_grid import MIME, read_ods
from workbook.exchange.tables.xlsx_grid import read_xlsx
from workbook.resources import file_bytes

_FOREIGN = {
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls) or one with a password",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "an RTF document",
}
_LISTS = {
    "BEGIN:VCARD": "a file of contacts (vCard)",
    "BEGIN:VCALENDAR": "a calendar",
    "dn:": "a directory as LDIF",
    "<": "XML, or a page without a table,",
    "{": "JSON",
    "[{": "JSON",
}


def read_grids(path: str | Path) -> tuple[Grid, ...]:
    """The tables of a CSV, XLSX, ODS, HTML or Markdown file, those of hidden sheets too.

    A catalogue of software in YAML is one table of systems and owners.

    Raises BadInput where the file cannot be read.
    """
    return grids_of(_bytes(Path(path)), str(path))


def on_sheet(grids: Sequence[Grid], sheet: str | None, file: str) -> tuple[Grid, ...]:
    """The tables in sight, or those of the sheet that is named; BadInput if there is none."""
    if sheet is None:
        return tuple(grid for grid in grids if not grid.hidden)
    names = [grid.sheet for grid in grids if grid.sheet]
    if sheet not in names:
        message, fix = f"no sheet named “{sheet}”", nearest(sheet, names)
        if not names:
            message = "only an XLSX or ODS file has sheets"
            fix = "leave --sheet out for CSV, HTML and Markdown"
        raise BadInput(Problem(message, fix, file=file, path="--sheet"))
    return tuple(grid for grid in grids if grid.sheet == sheet)


def _bytes(file: Path) -> bytes:
    try:
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            message = f"larger than {MAX_BYTES // 1_000_000} MB"
            fix = "keep the table alone in the file"
            raise BadInput(Problem(message, fix, file=str(file)))
        return file_bytes(file)
    except OSError as error:
        message = f"cannot be opened: {error.strerror or error}"
        raise BadInput(Problem(message, "check the path of the file", file=str(file))) from error


def grids_of(raw: bytes, name: str) -> tuple[Grid, ...]:
    """The tables of a file that was read already; see `read_grids`."""
    if not raw.strip():
        fix = "save the table as CSV (UTF-8), XLSX or Markdown"
        raise BadInput(Problem("the file is empty", fix, file=name))
    for sign, kind in _FOREIGN.items():
        if raw.startswith(sign):
            fix = "save the table as XLSX, CSV (UTF-8) or Markdown"
            raise BadInput(Problem(f"{kind} cannot be read", fix, file=name))
    if raw.startswith(b"PK"):
        read_book = read_ods if MIME in raw[:200] else read_xlsx
        return read_book(raw, name)
    text = decode(raw, name)
    if holds_answers(text):
        return (read_answers(text, name),)
    suffix = Path(name).suffix.lower()
    if suffix in (".yaml", ".yml"):
        return (read_catalogue(text, name),)
    if is_html(text):
        return read_html(text, name)
    _refuse_other_texts(text, name)
    # Without a table, a Markdown file is prose, however many commas its lines have.
    if is_markdown(text) or suffix in (".md", ".markdown"):
        return read_markdown(text, name)
    return (read_csv(text, name),)


def _refuse_other_texts(text: str, name: str) -> None:
    """BadInput for a text that holds data, and no table."""
    beginning = text.lstrip("\ufeff \t\r\n")
    for sign, kind in _LISTS.items():
        if beginning.startswith(sign):
            fix = "save the table as XLSX, CSV (UTF-8) or Markdown"
            raise BadInput(Problem(f"{kind} cannot be read", fix, file=name))
