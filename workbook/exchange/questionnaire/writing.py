"""A questionnaire as a workbook: one sheet that people see, and a hidden one with the codes.

There is no formula in it: a list to choose from is a range of the hidden sheet.
"""

from __future__ import annotations

import io

from workbook.exchange.questionnaire.paper import MARK, MISSING, Field, Paper
from workbook.exchange.tables.writing import (
    INK,
    LINE_HEIGHT,
    PAPER,
    Untyped,
    lettering,
    lines_of,
    print_across,
    put_text,
)
from workbook.exchange.tables.xlsx_grid import CODES
from workbook.wording.fields import field_names
from workbook.wording.headings import asking, headings

WIDTHS = {"B": 46, "C": 30, "D": 30, "E": 14, "F": 44}
LAST = "F"
HEADING = 6
"""The row of headings; what stands above says what it is about."""
SPARE = 3
"""Rows in which somebody says what is missing."""
_ASKED, _LINE = "FFFBE6", "C2CAD6"
_ACROSS = sum(WIDTHS.values())


def questionnaire_xlsx(paper: Paper) -> bytes:
    """The workbook of one respondent."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet, codes = book.active, book.create_sheet(CODES)
    sheet.title = asking(paper.voice)["questions"]
    ranges = _write_codes(codes, paper)
    _write_head(sheet, paper)
    _write_rows(sheet, paper, ranges)
    _set_up(sheet)
    codes.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_codes(codes: Untyped, paper: Paper) -> dict[Field, str]:
    """The hidden sheet; returns where the texts of each list stand."""
    rows: dict[str, list[int]] = {}
    for number, line in enumerate(paper.codes(), 1):
        for column, text in enumerate(line, 1):
            _put(codes, number, column, text)
        rows.setdefault(line[1], []).append(number)
    return {
        field: f"'{CODES}'!$D${rows[field][0]}:$D${rows[field][-1]}"
        for field in (Field.OWNER, Field.DEPUTY, Field.CONFIDENCE)
    }


def _put(sheet: Untyped, row: int, column: int, text: str, **style: object) -> Untyped:
    """Write a text in a style."""
    cell = sheet.cell(row, column)
    put_text(cell, text)
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _write_head(sheet: Untyped, paper: Paper) -> None:
    from openpyxl.styles import Alignment, PatternFill

    t = paper.voice.t
    name = paper.engagement.organisation.name
    texts = (
        t("{organisation}: who owns what?", organisation=name),
        t(
            "{name}, please answer alone by {date}, and send this file back.",
            name=paper.engagement.respondent_name(paper.respondent),
            date=paper.until,
        ),
        t(
            "Choose a name from the list of each yellow cell, or write one that is missing there. "
            "“Don’t know” is a real answer; leave blank what you leave to others."
        ),
        paper.privacy,
    )
    _put(sheet, 1, 1, MARK)
    for row, text in enumerate(texts, 1):
        font = lettering(bold=True, size=16, color=INK) if row == 1 else lettering()
        _put(sheet, row, 2, text, font=font, alignment=Alignment(wrap_text=True, vertical="top"))
        sheet.merge_cells(f"B{row}:{LAST}{row}")
        sheet.row_dimensions[row].height = (24 if row == 1 else 16) * lines_of(text, _ACROSS)
    names = field_names(paper.voice)
    heads = (
        headings(paper.voice)["subject"],
        asking(paper.voice)["who_owns"],
        *(names[f] for f in list(Field)[1:]),
    )
    for column, text in enumerate(heads, 2):
        _put(
            sheet,
            HEADING,
            column,
            text,
            font=lettering(bold=True, color=PAPER),
            fill=PatternFill("solid", fgColor=INK),
            alignment=Alignment(wrap_text=True, vertical="center"),
        )
    tallest = max(
        lines_of(text, WIDTHS[letter] - 2) for text, letter in zip(heads, WIDTHS, strict=True)
    )
    sheet.row_dimensions[HEADING].height = LINE_HEIGHT * tallest + 7


def _write_rows(sheet: Untyped, paper: Paper, ranges: dict[Field, str]) -> None:
    row, area = HEADING, ""
    first = HEADING + 1
    for home, focal_point in paper.subjects:
        if home.key != area:
            area = home.key
            row += 1
            _put(sheet, row, 2, home.title[paper.language], font=lettering(bold=True, color=INK))
        row += 1
        title = focal_point.title[paper.language]
        help_ = focal_point.help[paper.language] if focal_point.help else ""
        _put(sheet, row, 1, focal_point.key)
        _write_subject(sheet, row, "\n".join(filter(None, (title, help_))))
        for column, text in enumerate(paper.before(focal_point.key).values(), 3):
            _write_answer(sheet, row, column, text)
    for field, letter in zip(ranges, "CDE", strict=True):
        _offer(sheet, f"{letter}{first}:{letter}{row}", ranges[field], field)
    _limit_notes(sheet, f"{LAST}{first}:{LAST}{row + 1 + SPARE}")
    missing = asking(paper.voice)["missing_what"]
    row += 1
    _put(sheet, row, 2, asking(paper.voice)["missing"], font=lettering(bold=True, color=INK))
    for number in range(row + 1, row + 1 + SPARE):
        _put(sheet, number, 1, MISSING)
        _write_subject(sheet, number, missing)
        _write_answer(sheet, number, 6, "")


def _write_subject(sheet: Untyped, row: int, text: str) -> None:
    from openpyxl.styles import Alignment

    _put(sheet, row, 2, text, alignment=Alignment(wrap_text=True, vertical="top"))
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines_of(text, WIDTHS["B"]) + 3


def _write_answer(sheet: Untyped, row: int, column: int, text: str) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

    side = Side("thin", color=_LINE)
    _put(
        sheet,
        row,
        column,
        text,
        fill=PatternFill("solid", fgColor=_ASKED),
        border=Border(side, side, side, side),
        alignment=Alignment(wrap_text=True, vertical="top"),
        protection=Protection(locked=False),
        number_format="@",
    )


def _offer(sheet: Untyped, cells: str, texts: str, field: Field) -> None:
    """A list to choose from; a name that is missing there may be written, another word not."""
    from openpyxl.worksheet.datavalidation import DataValidation

    closed = field is Field.CONFIDENCE
    choice = DataValidation(
        type="list",
        formula1=texts,
        allow_blank=True,
        showErrorMessage=closed,
    )
    choice.add(cells)
    sheet.add_data_validation(choice)


def _limit_notes(sheet: Untyped, cells: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    from workbook.workshop import LONGEST_TEXT

    limit = DataValidation(
        type="textLength",
        operator="lessThanOrEqual",
        formula1=str(LONGEST_TEXT),
        allow_blank=True,
        showErrorMessage=True,
    )
    limit.add(cells)
    sheet.add_data_validation(limit)


def _set_up(sheet: Untyped) -> None:
    """What stays in sight, what may be changed, and how it is printed."""
    sheet.column_dimensions["A"].hidden = True
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"C{HEADING + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.selection[-1].activeCell = sheet.sheet_view.selection[-1].sqref = "C8"
    # Without a password: it keeps the hidden column from harm, and whoever must can lift it.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    print_across(sheet, HEADING)
