"""A file to a matrix: the form is told by the content, the name only where the content cannot."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import BadInput, Problem
from workbook.exchange.raci.csv_grid import decode, read_csv
from workbook.exchange.raci.grid import MAX_BYTES, Grid
from workbook.exchange.raci.markdown_grid import is_markdown, read_markdown
from workbook.exchange.raci.matrix import Matrix, assemble
from workbook.exchange.raci.xlsx_grid import read_xlsx

_FOREIGN = {
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls) or one with a password",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "an RTF document",
}
LOOKED_FOR = (
    "no RACI matrix found: looked for a heading of people or roles with the letters R, A, C, I "
    "below it, and for columns headed Responsible, Accountable, Consulted, Informed (or "
    "Réalisateur, Approbateur, Consulté, Informé) with names below them"
)
MEND = (
    "give the matrix a heading line: one column for the tasks, then either one column for each "
    "party with R, A, C or I in its cells, or one column for each role with names in its cells"
)


def read_matrix(path: str | Path, *, sheet: str | None = None) -> Matrix:
    """The RACI matrix in a CSV, XLSX or Markdown file.

    All tables of a file (all visible sheets, or `sheet`) make one matrix. A row's number is the
    row of the spreadsheet, or the line of the text file on which it begins, counted from 1 and
    with the lines above the matrix. In a matrix with people down and tasks across it is the
    heading line. Raises BadInput where the file cannot be read or holds no matrix.
    """
    file = Path(path)
    grids = _grids(file, _bytes(file), sheet)
    matrix = assemble(grids)
    if matrix is None:
        raise BadInput(Problem(LOOKED_FOR, MEND, file=str(file), path=sheet or ""))
    return matrix


def _bytes(file: Path) -> bytes:
    try:
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            message = f"larger than {MAX_BYTES // 1_000_000} MB"
            fix = "keep the matrix alone in the file"
            raise BadInput(Problem(message, fix, file=str(file)))
        raw = file.read_bytes()
    except OSError as error:
        message = f"cannot be opened: {error.strerror or error}"
        raise BadInput(Problem(message, "check the path of the file", file=str(file))) from error
    if not raw.strip():
        fix = "save the matrix as CSV (UTF-8), XLSX or Markdown"
        raise BadInput(Problem("the file is empty", fix, file=str(file)))
    return raw


def _grids(file: Path, raw: bytes, sheet: str | None) -> tuple[Grid, ...]:
    name = str(file)
    for sign, kind in _FOREIGN.items():
        if raw.startswith(sign):
            fix = "save the matrix as XLSX, CSV (UTF-8) or Markdown"
            raise BadInput(Problem(f"{kind} cannot be read", fix, file=name))
    if raw.startswith(b"PK"):
        return read_xlsx(raw, name, sheet)
    if sheet is not None:
        fix = "leave --sheet out for CSV and Markdown"
        raise BadInput(Problem("only an XLSX file has sheets", fix, file=name, path="--sheet"))
    text = decode(raw, name)
    # Without a table, a Markdown file is prose, however many commas its lines have.
    if is_markdown(text) or file.suffix.lower() in (".md", ".markdown"):
        return read_markdown(text)
    return (read_csv(text, name),)
