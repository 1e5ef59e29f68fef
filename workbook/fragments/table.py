"""The table: one row of heads, and rows that each begin with, or hold, what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.markup import join, scrolling, tag

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, the class of its cells, its width in per cent where that is fixed."""

    head: str
    look: str | None = None
    width: int | None = None


def table(
    columns: Iterable[TableColumn | str],
    rows: Iterable[Sequence[object]],
    *,
    caption: str = "",
    seen: bool = True,
    heading: int = 0,
    grouped: bool = False,
    look: str | None = "plain",
) -> Markup:
    """A table whose column `heading` names its rows. With a caption it scrolls where it must.

    `seen`: whether the caption is visible; not so where a heading has said it already. `grouped`:
    a row that is about the same as the row above repeats its name unseen, since joined cells would
    keep long groups from breaking across pages.
    """
    whole = [TableColumn(column) if isinstance(column, str) else column for column in columns]
    heads = [tag("th", column.head, scope="col", class_=column.look) for column in whole]
    widths = [tag("col", style=f"width:{column.width}%") for column in whole if column.width]
    body, above = [], None
    for cells in rows:
        body.append(_row(whole, cells, heading, repeated=grouped and cells[heading] == above))
        above = cells[heading]
    drawn = tag(
        "table",
        tag("caption", caption if seen else _unseen(caption)) if caption else None,
        tag("colgroup", widths) if widths else None,
        tag("thead", tag("tr", heads)),
        tag("tbody", join(body, "\n" if caption else "")),
        class_=look,
    )
    return scrolling(caption, drawn) if caption else drawn


def _row(
    columns: Sequence[TableColumn], cells: Sequence[object], heading: int, *, repeated: bool
) -> Markup:
    name = _unseen(cells[heading]) if repeated else cells[heading]
    row = [
        tag("th", name, scope="row") if position == heading else tag("td", cell, class_=column.look)
        for position, (column, cell) in enumerate(zip(columns, cells, strict=True))
    ]
    return tag("tr", row, class_="more" if repeated else None)


def _unseen(content: object) -> Markup:
    return tag("span", content, class_="hidden")
