"""The pipe tables of a Markdown file, each as a grid; what stands around them as remarks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from workbook.exchange.raci.grid import MAX_COLUMNS, MAX_LINES, Grid, GridCell, Line, tidy

_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_PIPE = re.compile(r"(?<!\\)\|")
_BOLD = re.compile(
    r"^(?:(\*\*\*|\*\*|___|__)(?=\S).+?(?<=\S)\1|<(b|strong)>.+?</\2>)\s*[:：]?$",
    re.DOTALL | re.IGNORECASE,
)
_ITALIC = re.compile(
    r"^(?:(\*|_)(?![\s*_]).+?(?<=\S)\1|<(i|em|u)>.+?</\2>)\s*[:：]?$", re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_EMPHASIS = re.compile(r"(?<![\\\w])(\*{1,3}|_{1,3}|~~)(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)", re.DOTALL)
_STRAY = re.compile(r"(?<!\\)`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def is_markdown(text: str) -> bool:
    """Whether a text holds a pipe table with its rule of dashes."""
    return any(True for _ in _tables(_lines(text)))


def read_markdown(text: str) -> tuple[Grid, ...]:
    """Every pipe table outside code blocks; `Line.number` is the line of the file."""
    lines = _lines(text)
    inside: set[int] = set()
    spans = list(_tables(lines))
    for first, last in spans:
        inside.update(range(first, last))
    remarks = tuple(_plain(line) for index, line in enumerate(lines) if index not in inside)
    return tuple(_grid(lines, first, last, remarks) for first, last in spans)


def _lines(text: str) -> list[str]:
    """The lines of a text, quotation signs taken off."""
    return [_QUOTE.sub("", line) for line in text.splitlines()]


def _tables(lines: list[str]) -> Iterable[tuple[int, int]]:
    """Spans `[first, last)` of line indices: heading, rule, rows up to a line without a pipe."""
    fenced = ""
    index = 0
    while index < len(lines):
        fence = _FENCE.match(lines[index])
        if fence and fenced in ("", fence[1]):
            fenced = "" if fenced else fence[1]
        elif not fenced and _opens_table(lines, index):
            last = index + 2
            while last < len(lines) and _PIPE.search(lines[last]):
                last += 1
            yield index, last
            index = last
            continue
        index += 1


def _opens_table(lines: list[str], index: int) -> bool:
    if index + 1 >= len(lines) or not _PIPE.search(lines[index]):
        return False
    rule = lines[index + 1]
    return bool("-" in rule and _RULE.match(rule) and "|" in rule)


def _grid(lines: list[str], first: int, last: int, remarks: tuple[str, ...]) -> Grid:
    numbers = [index for index in range(first, min(last, first + MAX_LINES)) if index != first + 1]
    rows = (Line(index + 1, tuple(map(_cell, split_row(lines[index])))) for index in numbers)
    return Grid(tuple(rows), remarks=remarks)


def split_row(line: str) -> list[str]:
    r"""The raw cells of a table row; `\|` is a bar inside a cell."""
    cells = _PIPE.split(line.strip())
    if cells and not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip() and _PIPE.search(line.rstrip()[-1:]):
        cells = cells[:-1]
    return [cell.replace("\\|", "|").strip() for cell in cells[:MAX_COLUMNS]]


def _cell(raw: str) -> GridCell:
    written = _BREAK.sub("\n", raw)
    styles = {"bold": _BOLD, "italic": _ITALIC}
    font = (style for style, pattern in styles.items() if pattern.match(written))
    return GridCell(_plain(raw), frozenset(font))


def _plain(raw: str) -> str:
    """The text as a reader sees it: no emphasis, links, tags, entities or escapes."""
    text = _TAG.sub("", _BREAK.sub("\n", raw))
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return tidy(html.unescape(_ESCAPE.sub(r"\1", _STRAY.sub("", text))))
