"""A file to a matrix."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import BadInput, Problem
from workbook.exchange.raci.matrix import Matrix, assemble
from workbook.exchange.tables.reading import on_sheet, read_grids

MOST_LINES = 5_000
LOOKED_FOR = (
    "no RACI matrix found: looked for a heading of people or roles with the letters R, A, C, I "
    "below it, and for columns headed Responsible, Accountable, Consulted, Informed (or "
    "Réalisateur, Approbateur, Consulté, Informé) with names below them"
)
FIX = (
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
    grids = on_sheet(read_grids(path), sheet, str(path))
    if any(len(grid.lines) > MOST_LINES for grid in grids):
        fix = "keep the matrix alone in the file"
        raise BadInput(Problem(f"a matrix of more than {MOST_LINES} lines", fix, file=str(path)))
    matrix = assemble(grids)
    if matrix is None:
        raise BadInput(Problem(LOOKED_FOR, FIX, file=str(path), path=sheet or ""))
    return matrix
