"""Writes small matrices as the files that people keep: CSV, Markdown, XLSX with its styles."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
from openpyxl.styles import Font, PatternFill

LEFT, UP = "<", "^"
"""In a sheet: this cell is merged with the one on its left, or with the one above."""


def write_csv(path: Path, rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_markdown(path: Path, rows) -> Path:
    def cell(text: str) -> str:
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")

    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    rule = "|" + "---|" * len(rows[0])
    path.write_text("\n".join([lines[0], rule, *lines[1:]]) + "\n", "utf-8")
    return path


def write_xlsx(path: Path, rows, title: str = "RACI", more=()) -> Path:
    """`*text` is bold, `#text` has a background, `<` and `^` are merged; `more` are other sheets.

    A text may be both, `*#Phase 1`. Rows are (title, rows) pairs in `more`.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in ((title, rows), *more):
        _fill_sheet(book.create_sheet(name), table)
    book.save(path)
    return path


def _fill_sheet(sheet, rows) -> None:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text in ("", LEFT, UP):
                continue
            cell = sheet.cell(number, column)
            plain = text if not isinstance(text, str) else text.lstrip("*#")
            marks = "" if plain == text else text[: len(text) - len(plain)]
            cell.value = plain or None
            if "*" in marks:
                cell.font = Font(bold=True)
            if "#" in marks:
                cell.fill = PatternFill("solid", fgColor="FFDDE6F0")
            across, down = _extent(rows, number - 1, column - 1)
            if (across, down) != (1, 1):
                sheet.merge_cells(
                    start_row=number,
                    start_column=column,
                    end_row=number + down - 1,
                    end_column=column + across - 1,
                )


def _extent(rows, top: int, left: int) -> tuple[int, int]:
    across, down = 1, 1
    while left + across < len(rows[top]) and rows[top][left + across] == LEFT:
        across += 1
    while top + down < len(rows) and rows[top + down][left : left + 1] == [UP]:
        down += 1
    return across, down
