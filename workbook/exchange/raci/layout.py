"""Recognising how a matrix is laid out: where its heading is and what its columns mean.

Three layouts are known. *letters*: a heading names people or roles, letters stand below.
*names*: a heading names the roles (responsible, accountable …), names stand below.
*annotated*: names with letters behind them, `Ana (A), Bruno (R)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbook.exchange.raci.legend import is_legend
from workbook.exchange.raci.letters import heading_letters, is_mark, parse_mark
from workbook.exchange.raci.names import annotated
from workbook.exchange.raci.sections import is_total
from workbook.exchange.raci.vocabulary import (
    ASIDE,
    GROUP,
    JOINS,
    NOBODY,
    TASK,
    TICKS,
    Dialect,
)
from workbook.exchange.tables.grid import Line
from workbook.exchange.tables.words import fold, words

Kind = Literal["letters", "names", "annotated"]
MOST = 0.5
"""A line or column is what at least this share of it is."""
SAMPLE = 60
"""Lines below a heading that are looked at to tell what it heads."""
_GLUED = re.compile(r"[A-Z]{2,4}")
_CODE = re.compile(r"[A-Za-z]\d+")
SHORT = 3
"""Characters up to which a text in the place of letters may be a letter that we do not know."""


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
    lettered = _letters_heading(lines, start, dialect)
    if lettered is not None:
        headed = _names_heading(lines[: lettered + SAMPLE], start, dialect)
        layout = _letters_layout(lines, lettered, dialect)
        if layout is not None and (headed is None or lettered < headed):
            return layout
    headed = _names_heading(lines, start, dialect)
    if headed is not None:
        return _names_layout(lines, headed, dialect)
    return _annotated_layout(lines, start)


def role_columns(line: Line, dialect: Dialect) -> tuple[tuple[int, str], ...]:
    """Columns of a line that are headed by a role; none unless it looks like a heading of roles."""
    columns = [
        (column, letters)
        for column, cell in line.own()
        if (letters := heading_letters(cell.text, dialect))
    ]
    kinds = set("".join(letters for _, letters in columns))
    initials = sum(len(line[column].text.strip()) == 1 for column, _ in columns)
    enough = {"A", "R"} <= kinds if initials > len(columns) / 2 else bool(kinds & {"A", "R"})
    return tuple(columns) if enough and len(kinds) > 1 and len(columns) > 1 else ()


def _names_heading(lines: Sequence[Line], start: int, dialect: Dialect) -> int | None:
    """A line of role headings with labelled lines below that hold names, not letters."""
    for index in range(start, len(lines)):
        columns = role_columns(lines[index], dialect)
        if not columns or is_legend(lines[index]):
            continue
        sample = lines[index + 1 : index + SAMPLE]
        headed = [column for column, _ in columns]
        below = [
            line for line in sample if not (line.blank or is_legend(line) or is_total(line, headed))
        ]
        cells = [line[column] for line in below for column, _ in columns]
        texts = [cell.text for cell in cells if not cell.left]
        filled = [text for text in texts if fold(text) not in NOBODY]
        # Under a heading of roles SI, SAV and QA are teams; letters stand apart.
        marks = sum(
            (is_mark(text, dialect) and not _GLUED.fullmatch(text)) or bool(annotated(text))
            for text in filled
        )
        counts = sum(fold(text) in TICKS or text.replace(".", "").isdigit() for text in filled)
        if not below or marks + counts > MOST * len(filled):
            continue
        if filled or _tops(lines, index):
            return index
    return None


def _tops(lines: Sequence[Line], index: int) -> bool:
    """Whether nothing but titles stands above: `R | A | C | I` may be a row of letters as well."""
    above = next((line for line in reversed(lines[:index]) if not line.blank), None)
    return above is None or len(list(above.own())) == 1 or is_legend(above)


def _count_marks(line: Line, dialect: Dialect) -> int:
    return sum(is_mark(cell.text, dialect) for _, cell in line.own())


def _letters_heading(lines: Sequence[Line], start: int, dialect: Dialect) -> int | None:
    """The line that heads a run of lines with letters: text above at least half their columns."""
    for first in range(start, len(lines)):
        if is_legend(lines[first]) or not _count_marks(lines[first], dialect):
            continue
        marked = _marked_columns(_run(lines, first), dialect)
        for index in range(first - 1, max(start, first - SAMPLE) - 1, -1) if marked else ():
            above = lines[index]
            if is_legend(above):
                continue
            headed = sum(
                _heads(above, column, min(marked), dialect)
                # Parties may be called A, B, C: a heading over the tasks tells them from letters.
                or (above[column].own and _names_tasks(above))
                for column in marked
            )
            marks = 0 if _names_tasks(above) else _count_marks(above, dialect)
            if headed >= max(1, MOST * len(marked), marks) or _crowns(lines, index, marked):
                return index
    return None


def _crowns(lines: Sequence[Line], index: int, marked: Sequence[int]) -> bool:
    """Whether a line with a blank corner stands on top of labelled lines: `SI | SAV` are parties.

    Single letters may be a count of who has how many.
    """
    line, below = lines[index], lines[index + 1 : index + 3]
    texts = [line[column].text for column in marked]
    return (
        _tops(lines, index)
        and all(column >= min(marked) for column, _ in line.own())
        and all(any(column < min(marked) for column, _ in other.own()) for other in below)
        and len(set(texts)) == len(texts)
        and all(texts)
        and any(len(text) > 1 for text in texts)
    )


def _names_tasks(line: Line) -> bool:
    """Whether a cell heads the tasks: "Activity", "Task/Deliverable", "Tâche"."""
    return any(words(cell.text) and set(words(cell.text)) <= TASK for _, cell in line.own())


def _marked_columns(run: Sequence[Line], dialect: Dialect) -> list[int]:
    """The columns that hold letters."""
    columns = {column for line in run for column, cell in line.own() if is_mark(cell.text, dialect)}
    return sorted(column for column in columns if _holds_letters(run, column, dialect))


def _run(lines: Sequence[Line], first: int) -> Sequence[Line]:
    """Some lines from `first`, up to the next blank one, legends left out."""
    furthest = min(first + SAMPLE, len(lines))
    last = next((at for at in range(first, furthest) if lines[at].blank), furthest)
    return [line for line in lines[first:last] if not is_legend(line)]


def _heads(line: Line, column: int, first: int, dialect: Dialect) -> bool:
    """Whether a cell may head a party; not a section that was merged across from the labels."""
    cell = line[column]
    inside = column - cell.left >= first
    return (
        inside and bool(cell.text) and not is_mark(cell.text, dialect) and not is_aside(cell.text)
    )


def is_aside(heading: str) -> bool:
    """A column of tasks, notes, numbers, dates, phases: every word of its heading says so."""
    heading_words = words(heading)
    return not JOINS.issuperset(heading_words) and all(
        word in ASIDE or word in TASK for word in heading_words
    )


def _letters_layout(lines: Sequence[Line], heading: int, dialect: Dialect) -> TableLayout | None:
    end = _end(lines, heading, dialect)
    below = [line for line in lines[heading + 1 : end] if not line.blank and not is_legend(line)]
    columns = [
        column
        for column in range(max(len(line.cells) for line in lines[heading:end]))
        if _heading_text(lines, heading, column)
        and not is_aside(_heading_text(lines, heading, column))
        and _holds_letters(below, column, dialect)
    ]
    if columns:
        # A headed column that nobody filled is a party without a part in anything.
        columns += [
            column
            for column, cell in enumerate(lines[heading].cells)
            if column not in columns
            and (not cell.left or column - cell.left in columns)
            and _heads(lines[heading], column, 0, dialect)
            and all(fold(line[column].text) in NOBODY for line in below if not line[column].left)
        ]
    named = _party_names(lines, heading, sorted(columns))
    labels, group = _label_columns(_headings(lines, heading), below, set(columns))
    if not (named and labels):
        return None
    return TableLayout(
        kind="letters", heading=heading, end=end, columns=named, labels=labels, group=group
    )


def _holds_letters(below: Sequence[Line], column: int, dialect: Dialect) -> bool:
    """Letters, and no more prose than letters; short texts may be letters we do not know (`X`).

    A1, A2, C1, each of them once, are codes of the rows.
    """
    texts = [line[column].text for line in below if not line[column].left]
    filled = [text for text in texts if text]
    if len(filled) > 1 and len(set(filled)) == len(filled) and all(map(_CODE.fullmatch, filled)):
        return False
    marks = {text: parse_mark(text, dialect) for text in texts}
    sure = sum((mark := marks[text]) is not None and bool(mark.letters) for text in texts)
    prose = sum(marks[text] is None and len(text) > SHORT for text in texts)
    return sure > 0 and sure >= prose


def _heading_text(lines: Sequence[Line], heading: int, column: int) -> str:
    """The heading of a column, or of the group above it where its own is blank."""
    own = " ".join(lines[heading][column].text.split())
    return own or _group_text(lines, heading, column)


def _group_text(lines: Sequence[Line], heading: int, column: int) -> str:
    """What stands in the line above the heading (a team above its people), if that is a heading."""
    above = lines[heading - 1] if heading else None
    if above is None or above.blank or len(list(above.own())) < 2:  # noqa: PLR2004 - no title
        return ""
    return " ".join(above[column].text.split())


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


def _end(lines: Sequence[Line], heading: int, dialect: Dialect) -> int:
    """Where the table ends: at the next heading, or with the lines."""
    same = [(column, fold(cell.text)) for column, cell in lines[heading].own()]
    roles = role_columns(lines[heading], dialect)
    apart = False
    for index in range(heading + 1, len(lines)):
        line = lines[index]
        apart = (apart or line.blank) and (
            not _count_marks(line, dialect) or _tallies(line, dialect)
        )
        if line.blank or is_legend(line):
            continue
        repeated = len(same) > 1 and all(
            line[column].own and fold(line[column].text) == text for column, text in same
        )
        # A group of tasks may say R, A, C, I once more above its names.
        repeated = repeated or bool(roles and roles == role_columns(line, dialect))
        if repeated or (apart and (_opens(lines, index, dialect) or _tallies(line, dialect))):
            return index
    return len(lines)


def _tallies(line: Line, dialect: Dialect) -> bool:
    """`A | R | C | I | Total` above a count of who has how many: letters without a label."""
    texts = [cell.text for _, cell in line.own()]
    marks = "".join(text for text in texts if is_mark(text, dialect))
    unlabelled = bool(texts) and is_mark(texts[0], dialect)
    apart = len(set(marks)) == len(marks) >= max(2, len(texts) - 1)
    return unlabelled and apart and {"A", "R"} <= set(marks)


def _opens(lines: Sequence[Line], index: int, dialect: Dialect) -> bool:
    """Whether a line apart from the table heads another one: different texts, a matrix below."""
    if _names_heading(lines[: index + SAMPLE], index, dialect) == index:
        return True
    texts = [fold(cell.text) for _, cell in lines[index].own()]
    if len(texts) < 3 or len(set(texts)) < len(texts) or set(texts) & (NOBODY - {""}):  # noqa: PLR2004
        return False
    return _letters_heading(lines[: index + SAMPLE], index, dialect) == index


def _names_layout(lines: Sequence[Line], heading: int, dialect: Dialect) -> TableLayout:
    end = _end(lines, heading, dialect)
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
        below = [line for line in lines[index + 1 :] if not line.blank and not is_legend(line)]
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
