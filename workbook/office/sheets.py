"""What a workbook computes: scores from their parts, counts, days.

A formula stands only where its inputs, as they are shown, give what the evaluation gave. A score
whose parts may not be read is a value of its own.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from workbook.i18n import Voice
from workbook.report.value import Cell, ColumnKind, DataColumn, DataTable
from workbook.wording.fields import field_names
from workbook.wording.figures import point_text, range_text, shown_point
from workbook.wording.headings import headings

if TYPE_CHECKING:
    from workbook.report import Report

AS_OF, GO_LIVE = "as_of", "go_live"
"""Names of the cells that days are counted from."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table where it stands: its sheet, and the row of its head, from 0. Keys are not shown."""

    table: DataTable
    sheet: str
    head: int

    @property
    def columns(self) -> tuple[DataColumn, ...]:
        """The columns that are shown."""
        return tuple(column for column in self.table.columns if column.kind != "key")

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The records, as they are shown."""
        shown = [column.kind != "key" for column in self.table.columns]
        return (
            tuple(value for value, is_shown in zip(row, shown, strict=True) if is_shown)
            for row in self.table.rows
        )

    @property
    def last(self) -> int:
        """The row of its last record."""
        return self.head + len(self.table.rows)

    def values(self, key: str) -> list[Cell]:
        """What stands in a column."""
        at = self._position(key)
        return [row[at] for row in self.rows]

    def cells(self, key: str, *, but_last: bool = False) -> str:
        """The address of a column's records, from any sheet."""
        at = self._position(key)
        cells = xl_range_abs(self.head + 1, at, self.last - but_last, at)
        return f"{quote_sheetname(self.sheet)}!{cells}"

    def span(self, key: str) -> list[str | int]:
        """A column's records as charts name them: sheet, first row and column, last of both."""
        at = self._position(key)
        return [self.sheet, self.head + 1, at, self.last, at]

    def cell(self, key: str, number: int) -> str:
        """The address of a cell, from any sheet."""
        at = self._position(key)
        cell = xl_rowcol_to_cell(number, at, row_abs=True, col_abs=True)
        return f"{quote_sheetname(self.sheet)}!{cell}"

    def _position(self, key: str) -> int:
        return next(at for at, column in enumerate(self.columns) if column.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A line of the summary. `name` is what formulas call its cell."""

    label: str
    value: Cell
    formula: str = ""
    kind: ColumnKind = "count"
    name: str = ""


def formula_of(placed: SheetTable, others: dict[str, SheetTable], key: str, number: int) -> str:
    """What computes a cell of a row, if anything does."""
    table = placed.table.key
    if table == "areas" and key in ("score", "low", "high"):
        if number == placed.last:
            return whole_formula(placed, key)
        return area_formula(placed, others["criteria"], key, number)
    if table == "contributions" and key == "start" and number > placed.head + 1:
        return f"={placed.cell('start', number - 1)}+{placed.cell('adds', number - 1)}"
    return ""


def area_formula(areas: SheetTable, criteria: SheetTable, key: str, number: int) -> str:
    """An area's score from its criteria: their mean by weight, over those that have one."""
    position = number - areas.head - 1
    name, value = areas.values("area")[position], areas.values(key)[position]
    parts = [
        (weight, part)
        for area, weight, part in zip(
            *(criteria.values(column) for column in ("area", "weight", key)), strict=True
        )
        if area == name
    ]
    same = f"({criteria.cells('area')}={areas.cell('area', number)})"
    cells = (criteria.cells("weight"), criteria.cells(key))
    return _mean(value, parts, *cells, among=f"{same}*")


def whole_formula(areas: SheetTable, key: str) -> str:
    """The score of the whole from the areas."""
    *values, value = areas.values(key)
    parts = zip(areas.values("weight")[:-1], values, strict=True)
    cells = (areas.cells(column, but_last=True) for column in ("weight", key))
    return _mean(value, list(parts), *cells)


def _mean(
    value: Cell, parts: Sequence[tuple[Cell, Cell]], weights: str, values: str, among: str = ""
) -> str:
    """The formula of a mean by weight, if it gives this value."""
    known = [(w, x) for w, x in parts if isinstance(w, float | int) and isinstance(x, float | int)]
    total = math.fsum(w for w, _ in known)
    if not total or not isinstance(value, float | int):
        return ""
    if not math.isclose(math.fsum(w * x for w, x in known) / total, value, abs_tol=1e-9):
        return ""
    # A blank cell counts nothing in a product, and nothing in the sum of the weights.
    return f'=SUMPRODUCT({among}{weights}*{values})/SUMPRODUCT({among}({values}<>"")*{weights})'


def counts(report: Report, placed: dict[str, SheetTable], v: Voice) -> Iterator[Count]:
    """The lines of the summary."""
    words, verdict = headings(v), report.verdict
    point, areas = shown_point(verdict.score), placed.get("areas")
    if point is None or areas is None:
        text = point_text(verdict.score, v)
        yield Count(label=words["score"], value=text, kind="text")
    else:
        cell = f"={areas.cell('score', areas.last)}"
        yield Count(label=words["score"], value=point, formula=cell, kind="score")
    ranged = range_text(verdict.score, v)
    yield Count(label=words["range"], value=ranged, kind="text")
    yield Count(label=words["level"], value=verdict.level_text, kind="text")
    yield Count(label=words["as_of"], value=report.as_of, kind="date", name=AS_OF)
    if dates := placed.get("dates"):
        yield from _days(report, dates, v)
    yield from _totals(placed, v)


def _days(report: Report, dates: SheetTable, v: Voice) -> Iterator[Count]:
    go_live = dates.table.rows[-1][2]
    if isinstance(go_live, dt.date):
        cell = f"={dates.cell('date', dates.last)}"
        label = field_names(v)["go_live"]
        yield Count(label=label, value=go_live, formula=cell, kind="date", name=GO_LIVE)
        left = (go_live - report.as_of).days
        yield Count(label=v.t("Days until go-live"), value=left, formula=f"={GO_LIVE}-{AS_OF}")


def _totals(placed: dict[str, SheetTable], v: Voice) -> Iterator[Count]:
    """How many subjects, findings and actions there are, and of which kind."""
    words = headings(v)
    counted = (
        ("ownership", "subject", "state", words["subjects"]),
        ("findings", "finding", "severity", words["findings"]),
        ("actions", "action", "", words["actions"]),
    )
    for key, record, kind, label in counted:
        if table := placed.get(key):
            number = len(table.table.rows)
            yield Count(label=label, value=number, formula=f"=COUNTA({table.cells(record)})")
            for word, count in Counter(table.values(kind) if kind else ()).items():
                formula = f'=COUNTIF({table.cells(kind)},"{word}")'
                yield Count(label=f"– {word}", value=count, formula=formula)
    if actions := placed.get("actions"):
        hours = math.fsum(x for x in actions.values("effort_hours") if isinstance(x, float | int))
        total = f"=SUM({actions.cells('effort_hours')})"
        yield Count(label=words["effort_hours"], value=hours, formula=total, kind="number")
