"""The tables of an HTML page, as Confluence, Excel and mails have them: each as a grid."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from workbook.exchange.tables.grid import (
    MAX_COLUMNS,
    MAX_LINES,
    Grid,
    GridCell,
    Line,
    tidy,
    too_large,
)
from workbook.exchange.tables.markdown_grid import FOOTNOTE

_SILENT = frozenset({"script", "style", "head", "template"})
_SUPERSCRIPT = re.compile("</?sup>")
_BREAKS = frozenset({"br", "p", "div", "li"})


def is_html(text: str) -> bool:
    """Whether a text is a page or a fragment that holds a table."""
    plain = text.lower()
    return plain.lstrip()[:1] == "<" and "<table" in plain and "<workbook" not in plain


def read_html(text: str, file: str) -> tuple[Grid, ...]:
    """Every table that is not inside another; `Line.number` counts the rows of its table."""
    reader = _Tables(file)
    reader.feed(text)
    reader.close()
    remarks = tuple(filter(None, map(tidy, reader.around)))
    return tuple(
        Grid(
            tuple(Line(number, tuple(row)) for number, row in enumerate(_filled(rows), 1)),
            remarks=remarks,
        )
        for rows in reader.tables
        if any(cell.text for row in rows for cell, _ in row)
    )


Written = tuple[GridCell, int]
"""A cell with the rows that it spans."""


class _Tables(HTMLParser):
    """Collects rows of cells, and the texts around them; what a script or a style says is none."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[Written]]] = []
        self.around: list[str] = []
        self._file = file
        self._depth = self._silent = 0
        self._text: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS and self._text is not None:
            self._text.append("\n")
        elif tag == "sup" and self._text is not None:
            self._text.append("<sup>")
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            held = dict(attrs)
            self._spans = (_span(held.get("colspan")), _span(held.get("rowspan")))
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        """End what was begun; a page may leave out the ends of cells."""
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif tag in _SILENT and self._silent:
            self._silent -= 1
        elif tag == "sup" and self._text is not None:
            self._text.append("</sup>")
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """A text inside a cell, or around the tables."""
        if self._silent:
            return
        if self._text is not None:
            self._text.append(data.replace("\n", " "))
        elif not self._depth and len(self.around) < MAX_LINES:
            self.around.append(data)

    def close(self) -> None:
        """End with the page, which may leave out the ends of its last table."""
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._text is None or not self.tables:
            return
        rows = self.tables[-1]
        if not rows:
            rows.append([])
        across, down = self._spans
        if len(rows) > MAX_LINES or len(rows[-1]) + across > MAX_COLUMNS:
            raise too_large(self._file)
        text = tidy(_SUPERSCRIPT.sub("", FOOTNOTE.sub("", "".join(self._text))))
        rows[-1].append((GridCell(text, across=across), down))
        rows[-1] += [(GridCell(text, left=left), down) for left in range(1, across)]
        self._text = None


def _span(text: str | None) -> int:
    return min(max(1, int(text)), MAX_COLUMNS) if text and text.isdecimal() else 1


def _filled(rows: list[list[Written]]) -> list[list[GridCell]]:
    """The rows with cells that span several of them repeated below, `up` from where they began."""
    filled: list[list[GridCell]] = []
    hanging: dict[int, tuple[GridCell, int, int]] = {}
    for row in rows:
        cells: list[GridCell] = []
        written = iter(row)
        while True:
            if (held := hanging.get(len(cells))) is not None:
                cell, up, left = held
                cells.append(GridCell(cell.text, left=cell.left, up=up))
                if left > 1:
                    hanging[len(cells) - 1] = (cell, up + 1, left - 1)
                else:
                    del hanging[len(cells) - 1]
                continue
            following = next(written, None)
            if following is None:
                break
            cell, down = following
            if down > 1:
                hanging[len(cells)] = (cell, 1, down - 1)
                # This row has it already; the next one looks for it at the same column.
            cells.append(cell)
        filled.append(cells)
    return filled
