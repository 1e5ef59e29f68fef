"""What a table lists, by its headings and its cells: people, systems, a matrix, answers, tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook.exchange.answers.columns import form_heading
from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import has_addresses, header, heads_addresses
from workbook.exchange.questionnaire.reading import is_questionnaire
from workbook.exchange.raci.matrix import Matrix, assemble
from workbook.exchange.raci.reading import MOST_LINES
from workbook.exchange.systems import system_columns
from workbook.exchange.tables.grid import Grid
from workbook.exchange.tasks.columns import task_columns


class TableKind(StrEnum):
    """What a table can be imported as."""

    PEOPLE = "people"
    SYSTEMS = "systems"
    MATRIX = "matrix"
    ANSWERS = "answers"
    ACTIONS = "actions"
    QUESTIONNAIRE = "questionnaire"


ADDRESSES = "lines with a name and an address each"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file was taken for, and why; the matrix is kept if it was read on the way."""

    kind: TableKind | None
    reason: str
    matrix: Matrix | None = None


def cells_of(grid: Grid) -> list[Cells]:
    """The rows of a grid that hold something, as texts; line breaks in a cell are blanks."""
    return [
        [" ".join(cell.text.split()) if not cell.left else "" for cell in line.cells]
        for line in grid.lines
        if not line.blank
    ]


def kind_of(grids: Sequence[Grid]) -> Guess:
    """What the tables of a file list; no kind, with what they look like, if none fits.

    A column of addresses is a sure sign of people, one of titles or units heads a matrix as well.
    """
    if is_questionnaire(grids):
        return Guess(TableKind.QUESTIONNAIRE, "a questionnaire of ours")
    tables = [cells_of(grid) for grid in grids]
    sure = next(filter(None, map(_by_headings, tables)), None)
    if sure:
        return sure
    headings = _people(tables, {"email"})
    if headings or any(map(has_addresses, tables)):
        named = f"headings of a list of people: {_few(headings)}"
        return Guess(TableKind.PEOPLE, named if headings else ADDRESSES)
    matrix = assemble(grid for grid in grids if len(grid.lines) <= MOST_LINES)
    if matrix is not None and matrix.cells:
        reason = f"{len(matrix.rows)} rows with letters or names of {len(matrix.parties)} parties"
        return Guess(TableKind.MATRIX, reason, matrix)
    if headings := _people(tables, {"title", "unit"}):
        return Guess(TableKind.PEOPLE, f"headings of a list of people: {_few(headings)}")
    return _by_cells(tables)


def _by_cells(tables: Sequence[Sequence[Cells]]) -> Guess:
    """What lines under no heading that we know show: people, if each has an address."""
    if any(map(heads_addresses, tables)):
        return Guess(TableKind.PEOPLE, ADDRESSES)
    first = next((row for rows in tables for row in rows), [])
    looks = f"a table that begins with {_few([text for text in first if text])}"
    return Guess(None, looks if first else "a file without a table")


def _by_headings(rows: Sequence[Cells]) -> Guess | None:
    """What headings that nothing else has say: tasks with our key, a form, an inventory."""
    if tasks := task_columns(rows):
        return Guess(TableKind.ACTIONS, f"tasks with a key of ours: {_few(rows[tasks[0]])}")
    form = form_heading(rows)
    if form is not None:
        return Guess(TableKind.ANSWERS, f"headings of a form: {_few(rows[form])}")
    if systems := system_columns(rows):
        headings = [text for text in rows[systems[0]] if text]
        return Guess(TableKind.SYSTEMS, f"headings of a list of systems: {_few(headings)}")
    return None


def _people(tables: Sequence[Sequence[Cells]], signs: set[str]) -> list[str]:
    """The headings of a list of people that has one of these columns; none if there is none."""
    for rows in tables:
        headed = header(rows)
        if headed and signs & set(headed[1]):
            return [text for text, key in zip(rows[headed[0]], headed[1], strict=True) if key]
    return []


def _few(texts: Sequence[str], most: int = 4) -> str:
    return ", ".join(texts[:most]) + (", …" if len(texts) > most else "")
