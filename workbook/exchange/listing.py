"""A list with a line of headings: what its columns are read as, and what of it is not used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from workbook.errors import BadInput, Problem
from workbook.exchange.kinds import cells_of
from workbook.exchange.people.cells import Cells
from workbook.exchange.tables.grid import Grid


@dataclass(frozen=True)
class Listing:
    """A list with a heading: `rows[index]` heads it, and `columns` say what its columns hold."""

    grids: Sequence[Grid]
    grid: Grid
    rows: Sequence[Cells]
    index: int
    columns: Cells

    @property
    def mapping(self) -> tuple[tuple[str, str], ...]:
        """Each heading with the field that its column was read as."""
        pairs = zip_longest(self.rows[self.index], self.columns, fillvalue="")
        return tuple((text, key or "not used") for text, key in pairs)

    def unused(self, rows: Iterable[str]) -> tuple[str, ...]:
        """All of the file that was not used, the rows among it."""
        lines = [line for line in self.grid.lines if not line.blank][: self.index]
        others = (
            f"sheet {grid.sheet}" if grid.sheet else f"table {number}"
            for number, grid in enumerate(self.grids, 1)
            if grid is not self.grid and grid.lines
        )
        return (
            *(f"line {x.number}: {' · '.join(cell.text for _, cell in x.own())}" for x in lines),
            *(f"column {text}" for text, key in self.mapping if text and key == "not used"),
            *self._headless(),
            *rows,
            *(f"{other}: not read" for other in others),
        )

    def numbered(self) -> list[tuple[int, Cells]]:
        """The rows below the heading, each with its number in the file."""
        numbers = (line.number for line in self.grid.lines if not line.blank)
        return list(zip(numbers, self.rows, strict=True))[self.index + 1 :]

    def _headless(self) -> Iterator[str]:
        """Columns that hold something under no heading."""
        headings = self.rows[self.index]
        for at in range(self.grid.width):
            cells = (row[at] for row in self.rows[self.index + 1 :] if at < len(row) and row[at])
            first = next(cells, "")
            if first and not (at < len(headings) and headings[at]):
                yield f"column {at + 1}, without a heading: {first}{', …' if any(cells) else ''}"


def read_listing(
    path: Path,
    grids: Sequence[Grid],
    find: Callable[[Sequence[Cells]], tuple[int, Cells] | None],
    fields: Sequence[str],
    chosen: Mapping[str, str],
) -> Listing:
    """The first table with such a heading, its columns as they were chosen."""
    for grid in grids:
        rows = cells_of(grid)
        if headed := find(rows):
            once = _once(grid, headed[0])
            columns = _mapped(rows[headed[0]], headed[1], fields, chosen)
            return Listing(
                grids=[once if each is grid else each for each in grids],
                grid=once,
                rows=cells_of(once),
                index=headed[0],
                columns=columns,
            )
    fix = "give the columns headings such as Name, Job title, E-mail"
    raise BadInput(Problem("no line of headings was found", fix, file=str(path)))


def _once(grid: Grid, index: int) -> Grid:
    """The grid without the heading where it stands again further below: on a new page, or part."""
    lines = [line for line in grid.lines if not line.blank]
    heading = [cell.text for cell in lines[index].cells]
    below = [line for line in lines[index + 1 :] if [cell.text for cell in line.cells] != heading]
    return replace(grid, lines=(*lines[: index + 1], *below))


def _mapped(
    headings: Cells, columns: Cells, fields: Sequence[str], chosen: Mapping[str, str]
) -> Cells:
    """The columns with what was chosen for them."""
    mapped = list(columns)
    for heading, key in chosen.items():
        if heading not in headings or key not in ("", *fields):
            continue
        mapped = ["" if column == key else column for column in mapped]
        mapped[headings.index(heading)] = key
    return mapped
