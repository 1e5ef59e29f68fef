"""Recognising how a matrix is laid out: where its heading is and what its columns mean.

Three layouts are known. *letters*: a heading names people or roles, letters stand below.
*names*: a heading names the roles (responsible, accountable …), names stand below.
*annotated*: names with letters behind them, `Ana (A), Bruno (R)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbook.exchange.raci.heading import (
    MOST,
    SAMPLE,
    end_of,
    heads_party,
    holds_letters,
    is_aside,
    letters_heading,
    names_heading,
    role_columns,
)
from workbook.exchange.raci.legend import is_legend
from workbook.exchange.raci.letters import is_mark
from workbook.exchange.raci.names import annotated
from workbook.exchange.raci.vocabulary import GROUP, NOBODY, TASK, Dialect
from workbook.exchange.tables.grid import Line
from workbook.exchange.tables.words import fold, unmarked, words

Kind = Literal["letters", "names", "annotated"]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One recognised table: its lines are `lines[heading + 1 : end]` of the grid."""

    kind: Kind
    heading: int
    end: int
    columns: tuple[tuple[int, str], ...]
    """Column and what it stands for: a party (letters), RACI letters (names), nothing else."""
    labels: tuple[int, ...]
    """Columns that may hold the row's label, the likeliest first."""
    group: int | None
    """The column of phases or areas, if there is one."""


def recognise(lines: Sequence[Line], start: int, dialect: Dialect) -> TableLayout | None:
    """The first table at or after `start`, or None."""
    lettered = letters_heading(lines, start, dialect)
    if lettered is not None:
        headed = names_heading(lines[: lettered + SAMPLE], start, dialect)
        layout = _letters_layout(lines, lettered, dialect)
        if layout is not None and (headed is None or lettered < headed):
            return layout
    headed = names_heading(lines, start, dialect)
    if headed is not None:
        return _names_layout(lines, headed, dialect)
    return _annotated_layout(lines, start)


def _letters_layout(lines: Sequence[Line], heading: int, dialect: Dialect) -> TableLayout | None:
    end = end_of(lines, heading, dialect, lettered=True)
    below = [line for line in lines[heading + 1 : end] if not line.blank and not is_legend(line)]
    columns = [
        column
        for column in range(max(len(line.cells) for line in lines[heading:end]))
        if _heading_text(lines, heading, column)
        and not is_aside(_heading_text(lines, heading, column))
        and holds_letters(below, column, dialect)
    ]
    if columns:
        # A headed column that nobody filled is a party without a part in anything.
        columns += [
            column
            for column, cell in enumerate(lines[heading].cells)
            if column not in columns
            and (not cell.left or column - cell.left in columns)
            and heads_party(lines[heading], column, 0, dialect)
            and all(fold(line[column].text) in NOBODY for line in below if not line[column].left)
        ]
    named = _party_names(lines, heading, sorted(columns))
    labels, group = _label_columns(_headings(lines, heading), below, set(columns))
    rows = sum(any(is_mark(line[c].text, dialect) for c in columns) for line in below)
    # Prose with commas may have "R, A, C, I" in one of its lines.
    prose = rows == 1 and labels[:1] and labels[0] > min(columns)
    if not (named and labels) or prose:
        return None
    return TableLayout(
        kind="letters", heading=heading, end=end, columns=named, labels=labels, group=group
    )


def _heading_text(lines: Sequence[Line], heading: int, column: int) -> str:
    """The heading of a column, or of the group above it where its own is blank."""
    own = unmarked(" ".join(lines[heading][column].text.split()))
    return own or _group_text(lines, heading, column)


def _group_text(lines: Sequence[Line], heading: int, column: int) -> str:
    """What stands in the line above the heading (a team above its people), if that is a heading."""
    above = lines[heading - 1] if heading else None
    if above is None or above.blank or len(list(above.own())) < 2:  # noqa: PLR2004 - no title
        return ""
    return unmarked(" ".join(above[column].text.split()))


def _party_names(
    lines: Sequence[Line], heading: int, columns: list[int]
) -> tuple[tuple[int, str], ...]:
    """A name for each column; those that columns share get their group or a number.

    Columns under one merged heading are one party, unless a group above tells them apart.
    """
    plain = {column: _heading_text(lines, heading, column) for column in columns}
    groups = {column: _group_text(lines, heading, column) for column in columns}
    begins = {column: column - lines[heading][column].left for column in columns}
    shared = {name for name, count in Counter(map(fold, plain.values())).items() if count > 1}
    owners: dict[str, list[int]] = {}
    result = []
    for column, name in plain.items():
        if fold(name) in shared and groups[column] and fold(groups[column]) != fold(name):
            name = f"{groups[column]} – {name}"  # noqa: PLW2901 - the qualified name replaces it
        seen = owners.setdefault(fold(name), [])
        if begins[column] not in seen:
            seen.append(begins[column])
        rank = seen.index(begins[column]) + 1
        result.append((column, name if rank == 1 else f"{name} ({rank})"))
    return tuple(result)


def _headings(lines: Sequence[Line], heading: int) -> Sequence[str]:
    """What heads each column, be it in the line above."""
    width = max(len(line.cells) for line in lines)
    return [_heading_text(lines, heading, column) for column in range(width)]


def _label_columns(
    headings: Sequence[str], below: Sequence[Line], taken: set[int]
) -> tuple[tuple[int, ...], int | None]:
    """The columns of text beside the matrix, likeliest label first, and the column of phases."""
    width = max((len(line.cells) for line in below), default=0)
    texts = {
        column: [line[column].text for line in below if line[column].own]
        for column in range(width)
        if column not in taken
    }
    texts = {column: cells for column, cells in texts.items() if cells}
    edge = min(taken, default=width)

    def likelihood(column: int) -> tuple[bool, bool, bool, int, int]:
        heading_words = words(headings[column])
        numbers = sum(text.replace(".", "").isdigit() for text in texts[column])
        task = bool(set(heading_words) & TASK)
        plain = numbers <= MOST * len(texts[column]) and (task or not is_aside(headings[column]))
        return plain, task, column < edge, len(set(texts[column])), -column

    labels = tuple(sorted(texts, key=likelihood, reverse=True))
    group = next(
        (c for c in texts if c < edge and c != labels[0] and set(words(headings[c])) & GROUP),
        None,
    )
    return labels, group


def _names_layout(lines: Sequence[Line], heading: int, dialect: Dialect) -> TableLayout:
    end = end_of(lines, heading, dialect, lettered=False)
    columns = role_columns(lines[heading], dialect)
    below = [line for line in lines[heading + 1 : end] if not line.blank and not is_legend(line)]
    taken = {column for column, _ in columns}
    labels, group = _label_columns(_headings(lines, heading), below, taken)
    return TableLayout(
        kind="names", heading=heading, end=end, columns=columns, labels=labels, group=group
    )


def _annotated_layout(lines: Sequence[Line], start: int) -> TableLayout | None:
    """Columns whose filled cells are all names with letters behind them."""
    for index in range(start, len(lines)):
        sample = lines[index + 1 : index + SAMPLE]
        below = [line for line in sample if not line.blank and not is_legend(line)]
        columns = tuple(
            (column, "") for column, _ in lines[index].own() if _holds_annotated(below, column)
        )
        if columns and sum(len(annotated(line[c].text)) for line in below for c, _ in columns) > 1:
            taken = {column for column, _ in columns}
            labels, group = _label_columns(_headings(lines, index), below, taken)
            return TableLayout(
                kind="annotated",
                heading=index,
                end=len(lines),
                columns=columns,
                labels=labels,
                group=group,
            )
    return None


def _holds_annotated(below: Sequence[Line], column: int) -> bool:
    filled = [t for t in (line[column].text for line in below) if fold(t) not in NOBODY]
    return bool(filled) and sum(bool(annotated(t)) for t in filled) >= 0.8 * len(filled)
