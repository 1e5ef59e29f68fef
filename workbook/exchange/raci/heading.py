"""Where a table of a matrix begins and ends: the line that heads its letters or its names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook.exchange.raci.legend import is_legend
from workbook.exchange.raci.letters import heading_letters, is_mark, parse_mark
from workbook.exchange.raci.names import annotated
from workbook.exchange.raci.sections import is_total
from workbook.exchange.raci.vocabulary import ASIDE, JOINS, NOBODY, TASK, TICKS, Dialect
from workbook.exchange.tables.grid import Line
from workbook.exchange.tables.words import fold, words

MOST = 0.5
"""A line or column is what at least this share of it is."""
SAMPLE = 60
"""Lines below a heading that are looked at to tell what it heads."""
_GLUED = re.compile(r"[A-Z]{2,4}")
_CODE = re.compile(r"[A-Za-z]\d+")
SHORT = 3
"""Characters up to which a text in the place of letters may be a letter that we do not know."""


def role_columns(line: Line, dialect: Dialect) -> tuple[tuple[int, str], ...]:
    """Columns of a line that are headed by a role; none unless it looks like a heading of roles."""
    columns = [
        (column, letters)
        for column, cell in line.own()
        if (letters := heading_letters(cell.text, dialect))
    ]
    kinds = set("".join(letters for _, letters in columns))
    initials = sum(len(line[column].text.strip()) == 1 for column, _ in columns)
    enough = {"A", "R"} <= kinds if initials >= len(columns) / 2 else bool(kinds & {"A", "R"})
    return tuple(columns) if enough and len(kinds) > 1 and len(columns) > 1 else ()


def names_heading(lines: Sequence[Line], start: int, dialect: Dialect) -> int | None:
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


def letters_heading(lines: Sequence[Line], start: int, dialect: Dialect) -> int | None:
    """The line that heads a run of lines with letters: text above at least half their columns."""
    for first in range(start, len(lines)):
        if is_legend(lines[first]) or not _count_marks(lines[first], dialect):
            continue
        if _names_parties(lines, first, dialect):
            continue
        marked = _marked_columns(_run(lines, first), dialect)
        for index in range(first - 1, max(start, first - SAMPLE) - 1, -1) if marked else ():
            above = lines[index]
            if is_legend(above):
                continue
            headed = _count_headed(above, marked, dialect)
            marks = 0 if _names_tasks(above) else _count_marks(above, dialect)
            if headed >= max(1, MOST * len(marked), marks) or _crowns(lines, index, marked):
                return _head_of_tasks(lines, start, index, marked, dialect)
    return None


def _count_headed(line: Line, marked: Sequence[int], dialect: Dialect) -> int:
    return sum(
        heads_party(line, column, min(marked), dialect)
        # Parties may be called A, B, C: a heading over the tasks tells them from letters.
        or (line[column].own and _names_tasks(line))
        for column in marked
    )


def _head_of_tasks(
    lines: Sequence[Line], start: int, index: int, marked: Sequence[int], dialect: Dialect
) -> int:
    """The line above that heads the tasks and more parties, if this line is a row below it.

    A second line of heads has no label of its own and heads as many columns as the first.
    """
    line = lines[index]
    labelled = any(column < min(marked) for column, _ in line.own())
    headed = _count_headed(line, marked, dialect)
    for at in range(index - 1, start - 1, -1) if not _names_tasks(line) else ():
        if lines[at].blank:
            break
        above = _count_headed(lines[at], marked, dialect)
        if _names_tasks(lines[at]) and above >= headed and (labelled or above > headed):
            return at
    return index


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


def _names_parties(lines: Sequence[Line], index: int, dialect: Dialect) -> bool:
    """Whether a line heads tasks and parties that look like letters: `Task | RA | CA | IS`."""
    marks = [c.text for _, c in lines[index].own() if is_mark(c.text, dialect)]
    below = next((line for line in lines[index + 1 : index + 3] if not line.blank), None)
    return (
        _names_tasks(lines[index])
        and len(set(marks)) == len(marks)
        and all(_GLUED.fullmatch(mark) for mark in marks)
        and below is not None
        and _count_marks(below, dialect) > 0
    )


def _names_tasks(line: Line) -> bool:
    """Whether a cell heads the tasks: "Activity", "Task/Deliverable", "Tâche"."""
    return any(words(cell.text) and set(words(cell.text)) <= TASK for _, cell in line.own())


def _marked_columns(run: Sequence[Line], dialect: Dialect) -> list[int]:
    """The columns that hold letters."""
    columns = {column for line in run for column, cell in line.own() if is_mark(cell.text, dialect)}
    return sorted(column for column in columns if holds_letters(run, column, dialect))


def _run(lines: Sequence[Line], first: int) -> Sequence[Line]:
    """Some lines from `first`, up to the next blank one, legends left out."""
    furthest = min(first + SAMPLE, len(lines))
    last = next((at for at in range(first, furthest) if lines[at].blank), furthest)
    return [line for line in lines[first:last] if not is_legend(line)]


def heads_party(line: Line, column: int, first: int, dialect: Dialect) -> bool:
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


def holds_letters(below: Sequence[Line], column: int, dialect: Dialect) -> bool:
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


def end_of(lines: Sequence[Line], heading: int, dialect: Dialect, *, lettered: bool) -> int:
    """Where the table ends: at the next heading, or with the lines.

    Below parties called R, A and C a row of letters is no heading of roles.
    """
    same = [(column, fold(cell.text)) for column, cell in lines[heading].own()]
    roles = () if lettered else role_columns(lines[heading], dialect)
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
    if names_heading(lines[: index + SAMPLE], index, dialect) == index:
        return True
    texts = [fold(cell.text) for _, cell in lines[index].own()]
    if len(texts) < 3 or len(set(texts)) < len(texts) or set(texts) & (NOBODY - {""}):  # noqa: PLR2004
        return False
    return letters_heading(lines[: index + SAMPLE], index, dialect) == index
