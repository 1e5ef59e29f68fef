"""Cells pasted from a spreadsheet, a mail or a list, as rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import chain

from workbook.exchange.tables.markdown_grid import is_markdown, read_markdown

Cells = list[str]

DELIMITERS = ("\t", ";", ",", "|")
LONGEST = 100_000
_RECIPIENT = re.compile(r"(?:[^@<>]*<)?[^@\s<>]+@[^@\s<>]+>?\s*,?")
_BULLET = re.compile(r"^[ \t]*(?:[-*•–]|\d+[.)])[ \t]+", re.MULTILINE)
_MAILBOX = re.compile(r"\s*\"?([^\"<>;]+?)\"?\s*<([^@\s<>]+@[^@\s<>]+)>\s*,?\s*")


def read_cells(text: str) -> list[Cells]:
    """Rows of cells without the empty ones; line breaks and doubled spaces in a cell are one."""
    text = re.sub(r"\r\n?", "\n", text[:LONGEST]).lstrip("\ufeff")
    if is_markdown(text):
        tables = read_markdown(text)
        return [[cell.text for cell in line.cells] for table in tables for line in table.lines]
    text = _BULLET.sub("", text)
    rows = _mailboxes(text) or _split(text, _delimiter(text))
    tidy = ([" ".join(cell.split()) for cell in row] for row in rows)
    return [row for row in tidy if any(row)]


def mailbox(text: str) -> tuple[str, str]:
    """(name, e-mail) of `Ana Ruiz <ana@example.org>`; the text itself and no e-mail else."""
    match = _MAILBOX.fullmatch(text)
    return (match[1].strip(), match[2]) if match else (text, "")


def _mailboxes(text: str) -> list[Cells]:
    """The recipients of a mail, as `Ana <ana@…>; bo@…`; none if the text is anything else."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]|(?<=>),", text) if piece.strip()]
    if "<" not in text or not all(map(_RECIPIENT.fullmatch, pieces)):
        return []
    recipients = [mailbox(piece) if "<" in piece else ("", piece.rstrip(",")) for piece in pieces]
    return [list(pair) for pair in recipients]


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
