"""The report's tables as a workbook: to sort, filter, count, edit and print.

Every text is written as a string, whatever it begins with.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.image import Image

from workbook.exchange.tables.writing import LINE_HEIGHT, WIDEST, legal, lines_of
from workbook.i18n import Voice, voice
from workbook.model.ownership import Consensus
from workbook.office.archive import in_language
from workbook.office.logos import logo_picture
from workbook.office.palette import ACCENT, ACCENT_3, INK, LINE, SHADES, TINTS
from workbook.office.paper import foot_of
from workbook.office.plots import LINES, PLOTS, WIDE, height, plot, shown
from workbook.office.sheets import SheetTable, counts, formula_of
from workbook.report.value import Cell, DataColumn, DataTable
from workbook.wording.ownership import family_words
from workbook.wording.states import SEVERITY, Tone, consensus_word, severity_text

if TYPE_CHECKING:
    from workbook.report import Report

LONGEST = 32_767
"""Characters that a cell can hold."""
MARGIN = 120
"""Characters of each text at the head or foot of a printed page, which holds 255 together."""
FORMATS = {"score": "0.0", "share": "0.0%", "number": "0.0", "date": "yyyy-mm-dd"}
NARROW, BUTTON, FIGURE = 12, 5, 11
"""Widths in characters: of the least column, of a filter's button, of a column of figures."""
LEAST, READABLE, TALLEST = 22, 180, 40
"""How far a text narrows, in characters, to leave so many across a page; at most so many lines."""
BESIDE, ONE_PAGE = 95, 40
"""Characters of a table with its chart at its side; rows that are printed on a page with it."""
ACROSS = 118
"""Characters of a line of the summary."""
BLANK_ROW = 20
"""Pixels of a row without texts."""
LOGO_HEIGHT, LOGO_WIDTH, EDGE = 45, 340, 6
"""Pixels of the logo, at most, and around it."""
BODY = 11
"""The size of most letters, in points."""
HEAD = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": f"#{ACCENT}",
    "text_wrap": True,
    "valign": "vcenter",
}
"""How the heads of columns look."""
FIRST_DAY = dt.date(1899, 12, 30)
"""The day that a workbook counts days from."""
EARLIEST = dt.date(2000, 1, 1)
Untyped = Any
"""A value of xlsxwriter, whose types say little."""


def xlsx(report: Report) -> bytes:
    """The workbook as the bytes of an .xlsx file, the same for the same report."""
    file, v = io.BytesIO(), voice(report.lang)
    texts = ("formulas", "numbers", "urls")
    book = xlsxwriter.Workbook(
        file, {"in_memory": True} | {f"strings_to_{kind}": False for kind in texts}
    )
    moment = dt.datetime.combine(report.as_of, dt.time())
    title, origin = legal(report.title), report.provenance
    book.set_properties({"title": title, "created": moment, "keywords": origin})
    writer = Writer(book, report, v)
    summary = writer.sheet(v.t("Summary"))
    placed = writer.tables(summary)
    writer.summary(summary, placed)
    book.close()
    return in_language(file.getvalue(), report.lang)


class Writer:
    """Writes the sheets of one workbook; each look is a format of the book once."""

    def __init__(self, book: Untyped, report: Report, v: Voice) -> None:
        self._book, self._report, self._voice = book, report, v
        self._formats: dict[tuple[tuple[str, object], ...], Untyped] = {}
        self._tones = _tones(report, v)
        self._shown = shown(report, v)

    def sheet(self, title: str) -> Untyped:
        """A new sheet, set up to be printed lying down and as wide as the paper."""
        sheet = self._book.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        foot = foot_of(self._report.brand, self._report.lang)
        head, foot = (
            legal(text[:MARGIN]).replace("&", "&&")
            for text in (self._report.title, foot or self._report.running[0])
        )
        sheet.set_header(f"&L{head}&R&A")
        sheet.set_footer(f"&L{foot}&R&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def tables(self, summary: Untyped) -> dict[str, SheetTable]:
        """Write the tables that have rows, each on a sheet; criteria stand below their areas."""
        placed: dict[str, SheetTable] = {}
        sheets: dict[str, list[DataTable]] = {}
        for table in self._report.tables():
            if table.rows:
                sheets.setdefault(table.title, []).append(table)
        for title, tables in sheets.items():
            sheet, head = self.sheet(title), 0
            for table in tables:
                placed[table.key] = SheetTable(table, title, head)
                head = placed[table.key].last + 3
            charts = [placed[t.key] for t in tables if t.key in PLOTS and t.key in self._shown]
            self._widths(sheet, tables)
            for table in tables:
                self._table(sheet, placed[table.key], placed)
            self._plots(sheet, head - 1, charts)
            sheet.freeze_panes(1, 1)
            sheet.repeat_rows(0)
        summary.activate()
        return placed

    def _widths(self, sheet: Untyped, tables: Sequence[DataTable]) -> None:
        columns = [widths(table) for table in tables]
        for position in range(max(map(len, columns))):
            sheet.set_column(
                position, position, max(each[position] for each in columns if position < len(each))
            )

    def _table(self, sheet: Untyped, placed: SheetTable, others: dict[str, SheetTable]) -> None:
        columns, table = placed.columns, placed.table
        whole = placed.last if table.key == "areas" else None
        heads = [
            {"header": column.head, "header_format": self._look(**HEAD, **side(column))}
            for column in columns
        ]
        # The whole is no record: a filter leaves it in sight.
        sheet.add_table(
            placed.head,
            0,
            placed.last - (whole is not None),
            len(columns) - 1,
            {"name": f"data_{table.key}", "style": None, "columns": heads},
        )
        sheet.set_row(placed.head, 2 * LINE_HEIGHT)
        broad = widths(table)
        for number, row in enumerate(placed.rows, placed.head + 1):
            tallest = max(
                lines_of(value, width) if isinstance(value, str) else 1
                for value, width in zip(row, broad, strict=True)
            )
            sheet.set_row(number, LINE_HEIGHT * tallest + 3)
            for position, (column, value) in enumerate(zip(columns, row, strict=True)):
                look = self._cell_look(column, value, bold=number == whole or not position)
                formula = formula_of(placed, others, column.key, number)
                put(sheet, (number, position), value, look, formula)
        self._helps(sheet, placed)

    def _plots(self, sheet: Untyped, row: int, tables: Sequence[SheetTable]) -> None:
        """The charts of a sheet, beside a narrow table or below all, on one page."""
        for placed in tables:
            key = placed.table.key
            (title, reading), high = self._shown[key], height(placed)
            chart = plot(self._book, placed, title)
            narrow = math.fsum(widths(placed.table)) <= BESIDE
            chart.set_size({"width": WIDE * 2 // 3 if narrow else WIDE, "height": high})
            # A filter moves a chart and does not squash it.
            about = {"object_position": 2, "description": cut(f"{title}. {reading}")}
            corner = (placed.head, len(placed.columns) + 1) if narrow else (row, 0)
            sheet.insert_chart(*corner, chart, about)
            row += 0 if narrow else high // BLANK_ROW + 2
            if len(placed.table.rows) <= ONE_PAGE:
                sheet.fit_to_pages(1, 1)
                if high > LINES and not narrow:
                    sheet.set_portrait()

    def _helps(self, sheet: Untyped, placed: SheetTable) -> None:
        """Bars behind figures, and what a reader may choose or write."""
        v = self._voice
        for position, column in enumerate(placed.columns):
            cells = (placed.head + 1, position, placed.last, position)
            if column.kind in ("score", "number"):
                bar = {
                    "type": "data_bar",
                    "bar_solid": True,
                    "bar_color": f"#{ACCENT_3}",
                    "min_type": "num",
                    "min_value": 0,
                }
                full = {"max_type": "num", "max_value": 100} if column.kind == "score" else {}
                sheet.conditional_format(*cells, bar | full)
            rule: dict[str, object] = {}
            if column.choices:
                choose = v.t("Choose one of the list.")
                rule = {"validate": "list", "source": list(column.choices), "error_message": choose}
            elif column.editable:
                date = {"validate": "date", "criteria": ">=", "value": EARLIEST}
                rule = {**date, "error_message": v.t("Write a date.")}
            if rule:
                sheet.data_validation(*cells, rule)

    def summary(self, sheet: Untyped, placed: dict[str, SheetTable]) -> None:
        """Where the organisation stands, and counts of what stands on the other sheets."""
        report, title = self._report, self._voice.t("Summary")
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, ACROSS - 36)
        verdict = report.verdict
        quiet = (report.when, report.summary, verdict.explanation, report.language_note)
        sizes = {report.title: 16, report.headline: 14, **dict.fromkeys(quiet, BODY)}
        order = (report.title, report.when, report.headline, *quiet[1:])
        texts = list(dict.fromkeys(filter(None, order)))
        top = self._logo(sheet)
        for number, text in enumerate(texts, top):
            size = sizes[text]
            look = self._look(bold=size > BODY, font_size=size, text_wrap=True, valign="top")
            sheet.merge_range(number, 0, number, 1, "", look)
            sheet.write_string(number, 0, cut(text), look)
            height = lines_of(text, ACROSS * BODY / size) * LINE_HEIGHT + 3
            sheet.set_row(number, height * size / BODY)
        number = top + len(texts) + 1
        for line in counts(report, placed, self._voice):
            sheet.write_string(number, 0, cut(line.label), self._cell_look(TEXT, "", bold=True))
            look = self._cell_look(DataColumn("", "", line.kind), line.value, align="left")
            put(sheet, (number, 1), line.value, look, line.formula)
            if line.name:
                self._book.define_name(line.name, f"='{title}'!$B${number + 1}")
            number += 1
        sheet.write_string(number + 1, 0, cut(report.versions))

    def _logo(self, sheet: Untyped) -> int:
        """The logo in a row of its own, if the brand has one; how many rows that takes."""
        report = self._report
        content = logo_picture(report.brand) if report.brand else None
        if content is None:
            return 0
        picture = Image(io.BytesIO(content))
        high = picture.height * 96 / picture.y_dpi
        wide = picture.width * 96 / picture.x_dpi
        scale = min(LOGO_HEIGHT / high, LOGO_WIDTH / wide)
        sheet.set_row_pixels(0, LOGO_HEIGHT + 2 * EDGE)
        size = {"x_scale": scale, "y_scale": scale, "x_offset": EDGE, "y_offset": EDGE}
        about = {"description": legal(report.origin), "image_data": io.BytesIO(content)}
        sheet.insert_image(0, 0, "logo", size | about)
        return 1

    def _cell_look(self, column: DataColumn, value: Cell, **more: object) -> Untyped:
        look = {"bottom": 1, "bottom_color": f"#{LINE}", "valign": "top", "font_color": f"#{INK}"}
        look |= {"num_format": FORMATS.get(column.kind, "General"), "text_wrap": True}
        look |= side(column)
        if tone := self._tones.get((column.key, value)):
            look |= {"bg_color": f"#{TINTS[tone]}", "font_color": f"#{SHADES[tone]}"}
        return self._look(**look | more)

    def _look(self, **traits: object) -> Untyped:
        key = tuple(sorted(traits.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": "Calibri", **traits})
        return self._formats[key]


TEXT = DataColumn("", "")


def put(
    sheet: Untyped, cell: tuple[int, int], value: Cell, look: Untyped, formula: str = ""
) -> None:
    """A value in its cell; a formula of ours comes with the value that it has."""
    if value is None or value == "":
        sheet.write_blank(*cell, None, look)
    elif formula:
        serial = (value - FIRST_DAY).days if isinstance(value, dt.date) else value
        sheet.write_formula(*cell, formula, look, serial)
    elif isinstance(value, str):
        sheet.write_string(*cell, cut(value), look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*cell, value, look)
    else:
        sheet.write_number(*cell, value, look)


def cut(text: str) -> str:
    """A text that a cell can hold."""
    text = legal(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def widths(table: DataTable) -> list[float]:
    """The width of each column that is shown: that of its longest line, within bounds.

    In a table of many columns texts break into the same number of lines: the longest is widest.
    """
    columns = [(i, column) for i, column in enumerate(table.columns) if column.kind != "key"]
    wanted = [
        max(
            NARROW if column.kind == "text" else FIGURE,
            longest([row[i] for row in table.rows] if column.kind == "text" else [], column.head),
        )
        for i, column in columns
    ]
    for lines in range(1, TALLEST):
        broad: list[float] = [
            min(width, WIDEST, max(LEAST, -(-width // lines))) for width in wanted
        ]
        if math.fsum(broad) <= READABLE:
            break
    return broad


def side(column: DataColumn) -> dict[str, object]:
    """Where a column's texts stand: words at the left, figures at the right."""
    return {"align": "left" if column.kind == "text" else "right", "indent": 1}


def longest(values: Sequence[Cell], head: str) -> int:
    """The characters of the longest line of a column; a long head breaks between words."""
    lines = [len(line) + 3 for value in values for line in str(value or "").split("\n")]
    broadest = max(len(head) // 2, *map(len, head.split() or [""]))
    return max(broadest + BUTTON, *lines, 0)


def _tones(report: Report, v: Voice) -> dict[tuple[str, Cell], Tone]:
    """What tints a cell, by its column and its word."""
    tones: dict[tuple[str, Cell], Tone] = {
        ("level", level.title[v.language]): level.tone for level in report.rules.levels
    }
    tones |= {("severity", severity_text(s, v)): tone for s, (tone, _) in SEVERITY.items()}
    tones |= {("state", word.text): word.tone for word in family_words(v).values()}
    tones |= {
        ("agreement", word.text): word.tone
        for word in (consensus_word(outcome, v) for outcome in Consensus)
    }
    return tones
