"""The pipe tables of a Markdown file, each as a grid; what stands around them as remarks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from workbook.exchange.tables.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LINES,
    Grid,
    GridCell,
    Line,
    tidy,
    too_large,
)

_DASHES = re.compile(r":?-+:?")
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
_TAG = re.compile(r"</?(?![^\s<>]+@|\w+://)[A-Za-z][^<>]*>")
_ADDRESS = re.compile(r"<([^\s<>]+@[^\s<>]+|\w+://[^\s<>]+)>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
FOOTNOTE = re.compile(
    r"\[\^[^\[\]]+\]|(?<![\dkcd]m)(?<!\bm)<sup>[\s\d*†‡,()\[\]]+</sup>"
    r"|(?<!\d)<sup>[(\[]?[a-d][)\]]?</sup>",
    re.IGNORECASE,
)
"""A sign of a footnote; "m<sup>2</sup>" is a unit and "2<sup>e</sup>" a number."""
_SIGN = re.compile(r"(?<!\\)(?:\*{1,3}|_{1,3}|~~)")
_STRAY = re.compile(r"(?<!\\)`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def is_markdown(text: str) -> bool:
    """Whether a text holds a pipe table with its rule of dashes."""
    return any(True for _ in _tables(_lines(text)))


def read_markdown(text: str, file: str) -> tuple[Grid, ...]:
    """Every pipe table outside code blocks; `Line.number` is the line of the file."""
    lines = _lines(text)
    inside: set[int] = set()
    spans = list(_tables(lines))
    for first, last in spans:
        inside.update(range(first, last))
    remarks = tuple(_plain(line) for index, line in enumerate(lines) if index not in inside)
    return tuple(_grid(lines[first:last], first + 1, remarks, file) for first, last in spans)


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
    rule = lines[index + 1].strip()
    if "|" not in rule:
        return False
    parts = [part.strip() for part in rule.removeprefix("|").removesuffix("|").split("|")]
    return all(map(_DASHES.fullmatch, parts))


def _grid(lines: list[str], number: int, remarks: tuple[str, ...], file: str) -> Grid:
    """The grid of a table whose heading is line `number` of the file; the rule is left out."""
    if len(lines) > MAX_LINES or sum(line.count("|") for line in lines) > MAX_CELLS:
        raise too_large(file)
    rows = [(number + at, split_row(line)) for at, line in enumerate(lines) if at != 1]
    if any(len(cells) > MAX_COLUMNS for _, cells in rows):
        raise too_large(file)
    return Grid(tuple(Line(at, tuple(map(_cell, cells))) for at, cells in rows), remarks=remarks)


def split_row(line: str) -> list[str]:
    r"""The raw cells of a table row; `\|` is a bar inside a cell."""
    cells = _PIPE.split(line.strip())
    # Bars at both ends of a row are its frame.
    first, last = not cells[0].strip(), len(cells) - (not cells[-1].strip())
    return [cell.replace("\\|", "|").strip() for cell in cells[first:last]]


def _cell(raw: str) -> GridCell:
    written = _BREAK.sub("\n", raw)
    styles = {"bold": _BOLD, "italic": _ITALIC}
    font = (style for style, pattern in styles.items() if pattern.match(written))
    return GridCell(_plain(raw), frozenset(font))


def _plain(raw: str) -> str:
    """The text as a reader sees it: no emphasis, links, tags, entities or escapes."""
    text = _TAG.sub("", FOOTNOTE.sub("", _LINK.sub(r"\1", _BREAK.sub("\n", raw))))
    text = _ADDRESS.sub(r"\1", text)
    text = _without_emphasis(text)
    return tidy(html.unescape(_ESCAPE.sub(r"\1", _STRAY.sub("", text))))


def _without_emphasis(text: str) -> str:
    """The text without signs of emphasis that stand in pairs: one pass, however long it is."""
    waiting: dict[str, list[re.Match[str]]] = {}
    paired: list[re.Match[str]] = []
    for sign in _SIGN.finditer(text):
        before = text[max(0, sign.start() - 1) : sign.start()]
        after = text[sign.end() : sign.end() + 1]
        opened = waiting.setdefault(sign[0], [])
        if opened and _binds(sign[0], before, after):
            paired += [opened.pop(), sign]
        elif _binds(sign[0], after, before):
            opened.append(sign)
    shown, end = [], 0
    for sign in sorted(paired, key=lambda sign: sign.start()):
        shown.append(text[end : sign.start()])
        end = sign.end()
    return "".join([*shown, text[end:]])


def _binds(sign: str, inside: str, outside: str) -> bool:
    """Whether a sign of emphasis belongs to the text on its inner side, as CommonMark has it.

    Underscores never part a word, and `A*/R*` has two footnote signs.
    """
    if not inside or inside.isspace():
        return False
    if outside.isalnum() and sign.startswith("_"):
        return False
    return inside.isalnum() or not outside.isalnum()
