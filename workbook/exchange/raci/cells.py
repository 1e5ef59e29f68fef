"""Reading the cells of a row: letters under parties, or names under roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.exchange.raci.layout import TableLayout
from workbook.exchange.raci.letters import ordered, parse_mark
from workbook.exchange.raci.names import annotated, base_name, split_names
from workbook.exchange.raci.vocabulary import Dialect
from workbook.exchange.tables.grid import Line
from workbook.exchange.tables.words import fold

Reader = Callable[[Line], dict[str, str]]


def marks_reader(layout: TableLayout, dialect: Dialect) -> Reader:
    """Letters by party, where letters stand under parties."""

    def read(line: Line) -> dict[str, str]:
        letters_of: dict[str, str] = {}
        for column, party in layout.columns:
            mark = parse_mark(line[column].text, dialect)
            if mark and mark.letters:
                letters_of[party] = ordered(letters_of.get(party, "") + mark.letters)
        return letters_of

    return read


def names_reader(body: Sequence[Line], layout: TableLayout) -> Reader:
    """Names to letters; a name with a remark behind it is the same party as the name alone."""
    columns = [column for column, _ in layout.columns]
    texts = [_text_at(line, column, layout) for line in body for column in columns]
    alone = {name for text in texts for name in split_names(text) if not _soft(name)}
    known = {fold(name) for name in alone}
    shown: dict[str, str] = {}

    def canonical(name: str) -> str:
        base = base_name(name)
        chosen = base if fold(base) in known else name
        return shown.setdefault(fold(chosen), chosen)

    def read(line: Line) -> dict[str, str]:
        letters_of: dict[str, str] = {}
        for column, letters in layout.columns:
            for name, held in _holders(_text_at(line, column, layout), letters, known):
                party = canonical(name)
                letters_of[party] = ordered(letters_of.get(party, "") + held)
        return letters_of

    return read


def _soft(name: str) -> bool:
    return any(word in {"and", "et", "or", "ou"} for word in fold(name).split()) or " & " in name


def _holders(text: str, letters: str, known: set[str]) -> list[tuple[str, str]]:
    if letters:
        return [(name, letters) for name in split_names(text, known)]
    marks = ((name, parse_mark(mark)) for name, mark in annotated(text))
    return [(name, mark.letters) for name, mark in marks if mark]


def _text_at(line: Line, column: int, layout: TableLayout) -> str:
    """The text of a cell, unless it is a label that was merged across the columns of names."""
    cell = line[column]
    begins = column - cell.left
    return "" if cell.left and begins not in {c for c, _ in layout.columns} else cell.text
