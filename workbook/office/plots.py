"""Native charts of a workbook, below the tables whose cells they draw: to edit, filter and copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from workbook.fragments.charts import HUNDRED, Bars, LineChart
from workbook.i18n import Voice
from workbook.office.barring import readiness, vote_bars
from workbook.office.palette import BARS, INK, INK_2, LINE
from workbook.office.sheets import SheetTable
from workbook.report.value import Contributions, Votes
from workbook.wording.charts import all_votes_title
from workbook.wording.names import labelled

if TYPE_CHECKING:
    from workbook.report import Report

Look = Literal["strong", "light", "pale", "clear", "lost"]
Untyped = Any
"""A value of xlsxwriter, whose types say little."""
BAR, FRAME, LINES = 24, 120, 320
"""Heights in pixels: of a bar with its gap, of what stands around bars, of a chart of lines."""
WIDE = 960
"""The width of a chart in pixels, at most."""
STROKES = ("solid", "dash", "round_dot", "dash_dot")
SIGNS = ("circle", "square", "diamond", "triangle")
"""How lines differ without colour, as in `charts`."""
COUNTED = ("load", "votes")
"""Tables whose charts do not run from 0 to 100 points."""
LETTERS = {"name": "Calibri", "size": 9, "color": f"#{INK_2}"}
HEADING = {"name": "Calibri", "size": 11, "bold": True, "color": f"#{INK}"}


@dataclass(frozen=True, slots=True)
class Plot:
    """The columns that a table's chart draws, with their looks.

    Bars are `stacked` in shares of the whole, one after the other, or stand before each other:
    the last in front. Lines follow a column down, or (`across`) a row each.
    """

    columns: tuple[tuple[str, Look], ...]
    kind: Literal["bars", "lines"] = "bars"
    stacked: Literal["stacked", "percent_stacked", ""] = ""
    across: bool = False


VALUES: tuple[tuple[str, Look], ...] = (
    ("value_1", "strong"),
    ("value_2", "light"),
    ("value_3", "pale"),
)
VOTED: tuple[tuple[str, Look], ...] = (
    ("first_votes", "strong"),
    ("second_votes", "light"),
    ("other_votes", "pale"),
)
PLOTS = {
    "areas": Plot((("high", "light"), ("low", "strong"))),
    "contributions": Plot(
        (("start", "clear"), ("adds", "strong"), ("loses", "lost")), stacked="stacked"
    ),
    "firmness": Plot(VALUES[:1]),
    "load": Plot(VALUES, stacked="stacked"),
    "support": Plot(VALUES[:2], stacked="stacked"),
    "votes": Plot(VOTED, stacked="percent_stacked"),
    "forecast": Plot((("high", "strong"), ("low", "strong")), "lines"),
    "before": Plot((("then", "strong"), ("now", "strong")), "lines", across=True),
}
"""The chart of each table that has one."""
CATEGORY = {"areas": "area", "contributions": "criterion", "votes": "subject"}
"""The column that names the bars, where it is not called `what`."""


def shown(report: Report, v: Voice) -> dict[str, tuple[str, str]]:
    """The title of each table's chart, and what it says to somebody who cannot see it."""
    bars = readiness(report, v)
    texts = {"areas": (bars.title, bars.reading)}
    for block in (block for section in report.sections for block in section.blocks):
        if isinstance(block, Bars | LineChart):
            key = "before" if block.key == "since" else block.key
            texts[key] = (block.title, block.reading)
        elif isinstance(block, Votes):
            readings = " ".join(chart.reading for chart in vote_bars(block, v))
            texts["votes"] = (all_votes_title(v), readings)
        elif isinstance(block, Contributions):
            lines = (
                labelled(group.title, v.number(group.contribution, 1, signed=True), v)
                for group in block.groups
            )
            texts["contributions"] = (block.caption, ". ".join(lines))
    return texts


def height(placed: SheetTable) -> int:
    """The height of a table's chart in pixels."""
    bars = PLOTS[placed.table.key].kind == "bars"
    return FRAME + BAR * len(placed.table.rows) if bars else LINES


def plot(book: Untyped, placed: SheetTable, title: str) -> Untyped:
    """The chart of a table: references to its cells, whose values are kept beside them."""
    drawn = PLOTS[placed.table.key]
    line = {"color": f"#{LINE}"}
    values = {
        "num_font": LETTERS,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": line},
    }
    names = {"num_font": LETTERS, "line": line}
    if placed.table.key not in COUNTED:
        values |= {"min": 0, "max": HUNDRED[-1], "major_unit": HUNDRED[1], "num_format": "0"}
    if drawn.kind == "lines":
        chart = book.add_chart({"type": "line"})
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    else:
        chart = book.add_chart({"type": "bar", "subtype": drawn.stacked})
        chart.set_x_axis(values)
        chart.set_y_axis(names | {"reverse": True})
    for series in (_across if drawn.across else _down)(placed, drawn):
        chart.add_series(series)
    several = len(chart.series) > 1
    legend = {"position": "bottom", "font": LETTERS}
    chart.set_legend(legend if several else {"none": True})
    chart.set_title({"name": title, "name_font": HEADING})
    chart.set_chartarea({"border": {"color": f"#{LINE}"}})
    return chart


def _down(placed: SheetTable, drawn: Plot) -> Iterator[dict[str, object]]:
    """A series for each column."""
    names = placed.span(CATEGORY.get(placed.table.key, "what"))
    there = {column.key for column in placed.columns}
    for number, (key, look) in enumerate(each for each in drawn.columns if each[0] in there):
        span = placed.span(key)
        head = [placed.sheet, placed.head, span[2]]
        style = _line(number) if drawn.kind == "lines" else _bar(look)
        # Bars without a stack stand before each other.
        overlap = {} if drawn.kind == "lines" else {"gap": 60, "overlap": 100}
        yield {"name": head, "categories": names, "values": span, **style, **overlap}


def _across(placed: SheetTable, drawn: Plot) -> Iterator[dict[str, object]]:
    """A series for each row, from the first of the columns to the last."""
    first, last = (placed.span(key)[2] for key, _ in (drawn.columns[0], drawn.columns[-1]))
    name = placed.span("what")[2]
    for number in range(len(placed.table.rows)):
        row = placed.head + 1 + number
        yield {
            "name": [placed.sheet, row, name],
            "categories": [placed.sheet, placed.head, first, placed.head, last],
            "values": [placed.sheet, row, first, row, last],
            **_line(number),
        }


def _bar(look: Look) -> dict[str, object]:
    """What fills a bar: what is lost is hatched, so that grey paper tells it apart."""
    if look == "clear":
        return {"fill": {"none": True}, "border": {"none": True}}
    edge = f"#{BARS['strong']}"
    if look == "lost":
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": edge, "bg_color": "#FFFFFF"}
        return {"pattern": pattern, "border": {"color": edge, "width": 0.5}}
    return {"fill": {"color": f"#{BARS[look]}"}, "border": {"color": edge, "width": 0.5}}


def _line(number: int) -> dict[str, object]:
    """How a line differs from the others without colour."""
    kind, colour = number % len(STROKES), {"color": f"#{BARS['strong']}"}
    marker = {"type": SIGNS[kind], "size": 7, "fill": colour, "border": colour}
    return {"line": {**colour, "width": 2, "dash_type": STROKES[kind]}, "marker": marker}
