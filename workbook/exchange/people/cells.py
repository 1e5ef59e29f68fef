"""Cells pasted from a spreadsheet, a mail or a list, as rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import chain

from workbook.errors import BadInput, Problem
from workbook.exchange.tables.answers_block import holds_answers, read_answers
from workbook.exchange.tables.grid import MAX_LINES, Grid, GridCell, Line
from workbook.exchange.tables.html_grid import is_html, read_html
from workbook.exchange.tables.markdown_grid import is_markdown, read_markdown

Cells = list[str]

DELIMITERS = ("\t", ";", ",", "|")
LONGEST = 1_000_000
"""Characters that one paste may have."""
_RECIPIENT = re.compile(r"(?:[^@<>]*<)?[^@\s<>]+@[^@\s<>]+>?\s*,?")
_BULLET = re.compile(r"^[ \t]*(?:[-*•–]|\d+[.)]|[a-z]\))[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_RULED = re.compile(r"^\+[-=+]+\+[ \t]*\n?", re.MULTILINE)
_FIELD = re.compile(r"^(?:to|cc|bcc|cci|from|à|an)\s*:\s*", re.IGNORECASE)
_MAILBOX = re.compile(r"\s*[\"']?([^\"<>;]+?)[\"']?\s*<([^@\s<>]+@[^@\s<>]+)>\s*,?\s*")
_LAST_FIRST = re.compile(r"([^,()]+),\s*([^,()\s]+(?:[ -][^,()\s]+){0,2})(\s*[(\[].*)?")
_BRACKETED = re.compile(r"\s*\(([^()]+)\)$")
_PARTED = re.compile(r"\s+[-–—]\s+|\s*:\s+")


def pasted_grids(text: str, name: str) -> tuple[Grid, ...]:
    """The tables of a pasted text; BadInput, which calls it by a name, if it is too long."""
    rows = read_cells(text) if len(text) <= LONGEST else []
    if len(text) > LONGEST or len(rows) > MAX_LINES:
        message = f"more than {LONGEST:,} characters or {MAX_LINES:,} lines were pasted"
        raise BadInput(Problem(message, "save the table as a file, and import that", file=name))
    if holds_answers(text):
        return (read_answers(text, name),)
    if is_html(text):
        return read_html(text, name)
    if is_markdown(text):
        return read_markdown(text, name)
    lines = (Line(number, tuple(map(GridCell, row))) for number, row in enumerate(rows, 1))
    return (Grid(tuple(lines)),)


def read_cells(text: str) -> list[Cells]:
    """Rows of cells without the empty ones; line breaks and doubled spaces in a cell are one."""
    text = re.sub(r"\r\n?", "\n", text).lstrip("\ufeff")
    text = _BULLET.sub("", _RULED.sub("", text))
    rows = _mailboxes(text) or _halves(text) or _split(text, _delimiter(text))
    tidy = ([" ".join(cell.split()) for cell in row] for row in rows)
    return [row for row in tidy if any(row)]


def mailbox(text: str) -> tuple[str, str]:
    """(name, e-mail) of `Ana Ruiz <ana@example.org>`; the text itself and no e-mail else."""
    match = _MAILBOX.fullmatch(text)
    return (match[1].strip(" '"), match[2]) if match else (text, "")


def turned_at_comma(name: str) -> str:
    """`Ana Ruiz` for `Ruiz, Ana`; another name as it is."""
    match = _LAST_FIRST.fullmatch(name)
    return f"{match[2]} {match[1]}{match[3] or ''}" if match else name


def _halves(text: str) -> list[Cells]:
    """Lines such as `Ana Ruiz – CTO` or `CTO: Ana Ruiz`; none if a line is written otherwise."""
    lines = [line for line in text.split("\n") if line.strip()]
    parted = [_PARTED.split(_BRACKETED.sub(r" – \1", line.strip())) for line in lines]
    plain = not any(sign in text for sign in DELIMITERS)
    return parted if plain and all(len(parts) == 2 for parts in parted) else []  # noqa: PLR2004


def _mailboxes(text: str) -> list[Cells]:
    """The recipients of a mail, as `Ana <ana@…>; bo@…`; none if the text is anything else."""
    bare = re.split(r"[;,\s]+", text.strip(" \n;,"))
    if len(bare) > 1 and all("@" in piece and _RECIPIENT.fullmatch(piece) for piece in bare):
        return [["", piece] for piece in bare]
    pieces = [piece.strip() for piece in re.split(r"[;\n]|(?<=>),", text) if piece.strip()]
    pieces = [_FIELD.sub("", piece) for piece in pieces]
    if "<" not in text or not all(map(_RECIPIENT.fullmatch, pieces)):
        return []
    recipients = [mailbox(piece) if "<" in piece else ("", piece.rstrip(",")) for piece in pieces]
    return [[turned_at_comma(name), email] for name, email in recipients]


def _delimiter(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    counts = {d: [line.count(d) for line in lines] for d in DELIMITERS}
    in_all = (d for d, per in counts.items() if lines and all(per))
    in_most = (d for d, per in counts.items() if lines and Counter(per).most_common(1)[0][0])
    return next(chain(in_all, in_most), DELIMITERS[0])


def _split(text: str, delimiter: str) -> list[Cells]:
    """The rows. A quotation mark that nobody closed is a letter and swallows no lines."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return _line_by_line(text, delimiter)
    swallowed = any(
        delimiter in cell and (delimiter == "\t" or "\n" in cell) for cell in chain(*rows)
    )
    return _line_by_line(text, delimiter) if swallowed or text.count('"') % 2 else rows


def _line_by_line(text: str, delimiter: str) -> list[Cells]:
    rows: list[Cells] = []
    for line in text.split("\n"):
        if delimiter == "\t" or line.count('"') % 2:
            rows.append(line.split(delimiter))
        else:
            rows.extend(csv.reader([line], delimiter=delimiter))
    return [[cell.strip().strip('"') for cell in row] for row in rows]
