"""Tables that lie on their side: tasks across, with people or roles down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from workbook.exchange.raci.heading import is_aside
from workbook.exchange.raci.legend import is_legend
from workbook.exchange.raci.letters import heading_letters, is_mark, ordered
from workbook.exchange.raci.names import split_names
from workbook.exchange.raci.table import MatrixEntry, ReadTable, Unread
from workbook.exchange.raci.vocabulary import PEOPLE, TASK, Dialect
from workbook.exchange.tables.grid import BLANK, Grid, Line
from workbook.exchange.tables.words import fold, words

FEWEST = 2
"""Roles, and tasks, that a table with roles down has at least."""
MOST_ROLES = 9
FEWEST_TASKS = 3
"""Columns from which counts alone say that a table lies on its side."""


def upright(table: ReadTable) -> ReadTable:
    """A table with people down and tasks across, turned; only where the counts say so.

    One accountable must be commoner down the columns than along the rows. Where the corner does not
    name people ("Role", "Équipe", "Task / Role"), every column must have one and few rows.
    """
    corner = set(words(table.corner))
    people_down = bool(corner & PEOPLE) and corner <= PEOPLE | TASK
    if not (table.transposable and table.entries) or (corner and not people_down):
        return table
    people = [entry.label for entry in table.entries]
    if len(set(people)) < len(people):
        return table
    along = [
        sum("A" in letters for letters in entry.letters.values()) == 1 for entry in table.entries
    ]
    down = [
        sum("A" in entry.letters.get(party, "") for entry in table.entries) == 1
        for party in table.parties
    ]
    sure = all(down) and len(down) >= FEWEST_TASKS and sum(along) * 2 < len(along)
    if sum(down) / len(down) <= sum(along) / len(along) or not (people_down or sure):
        return table
    entries = tuple(_column_as_row(table, party) for party in table.parties)
    unread = tuple(Unread(u.number, u.column, u.label, u.text) for u in table.unread)
    return replace(table, parties=tuple(people), entries=entries, unread=unread, transposable=False)


def _column_as_row(table: ReadTable, task: str) -> MatrixEntry:
    held = {entry.label: entry.letters[task] for entry in table.entries if task in entry.letters}
    return MatrixEntry(table.heading, task, "", held)


def roles_down(grid: Grid, dialect: Dialect) -> ReadTable | None:
    """A table whose lines are headed by roles, `Responsible | Ana | Bo`, below a line of tasks."""
    for index, heading in enumerate(grid.lines[:-1]):
        label, first = next(grid.lines[index + 1].own(), (0, BLANK))
        if heading.blank or not heading_letters(first.text, dialect):
            continue
        following = grid.lines[index + 1 : index + 2 + MOST_ROLES]
        body = [*takewhile(lambda line: not line.blank, following)]
        if len(body) <= MOST_ROLES and _lists_roles(body, label, dialect):
            tasks = [column for column, cell in heading.own() if not is_aside(cell.text)]
            tasks = [column for column in tasks if column > label]
            if len(tasks) >= FEWEST and not _explain(body, tasks, dialect):
                return _across(heading, body, label, tasks, dialect)
    return None


def _lists_roles(body: Sequence[Line], label: int, dialect: Dialect) -> bool:
    """Whether every line has a role of its own, the accountable and the responsible among them."""
    roles = [heading_letters(line[label].text, dialect) for line in body]
    return len(set(roles)) == len(roles) and {"A", "R"} <= set(roles) and all(roles)


def _explain(body: Sequence[Line], tasks: Sequence[int], dialect: Dialect) -> bool:
    """Whether the lines are a legend, or letters of parties that are called like roles."""
    texts = [line[column].text for line in body for column in tasks if line[column].text]
    single = sum(len(text) == 1 and is_mark(text, dialect) for text in texts)
    return any(map(is_legend, body)) or single * 2 > len(texts)


def _across(
    heading: Line, body: Sequence[Line], label: int, tasks: Sequence[int], dialect: Dialect
) -> ReadTable:
    shown: dict[str, str] = {}
    entries = []
    for column in tasks:
        letters_of: dict[str, str] = {}
        for line in body:
            role = heading_letters(line[label].text, dialect)
            for name in split_names(line[column].text):
                party = shown.setdefault(fold(name), name)
                letters_of[party] = ordered(letters_of.get(party, "") + role)
        task = " ".join(heading[column].text.split())
        entries.append(MatrixEntry(heading.number, task, "", letters_of))
    used = {label, *tasks}
    return ReadTable(
        heading=heading.number,
        corner=heading[label].text,
        parties=tuple(shown.values()),
        entries=tuple(entries),
        ignored=tuple(cell.text for column, cell in heading.own() if column not in used),
        lines=frozenset({heading.number, *(line.number for line in body)}),
    )
