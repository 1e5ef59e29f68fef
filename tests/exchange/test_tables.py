"""The one reader of tables: every usual form gives the same cells, and bombs are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import GradientFill

from workbook.errors import BadInput
from workbook.exchange.tables.grid import MAX_COLUMNS, MAX_LINES
from workbook.exchange.tables.ods_grid import MIME
from workbook.exchange.tables.reading import grids_of, read_grids

ROWS = [["Name", "Fonction", "Équipe"], ["Léa Müller", "DSI", "SI"], ["Bo Li", "DAF", "Finance"]]
SHEET = "xl/worksheets/sheet1.xml"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def ods(body):
    content = (
        f'<office:document-content xmlns:office="{NAMES}:office:1.0"'
        f' xmlns:table="{NAMES}:table:1.0" xmlns:text="{NAMES}:text:1.0">'
        f"<office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME)
        archive.writestr("content.xml", content)
    return book.getvalue()


def ods_rows(rows):
    def cell(text):
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"

    lines = ("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    blank += "</table:table-row>"
    return f'<table:table table:name="Liste">{"".join(lines)}{blank}</table:table>'


def xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def altered(book, part, old, new):
    """A workbook with other bytes in one of its parts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(raw, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return raw.getvalue()


def html(rows):
    lines = ("<tr>" + "".join(f"<td><p>{text}</p></td>" for text in row) for row in rows)
    return f"<html><body><p>Hello</p><table>{''.join(lines)}</table></body></html>".encode()


def joined(sign):
    return "\n".join(sign.join(row) for row in ROWS)


FORMS = {
    "comma.csv": joined(",").encode(),
    "semicolon.csv": joined(";").encode("cp1252"),
    "mac.csv": joined(";").replace("\n", "\r\n").encode("mac_roman"),
    "declared.csv": ("sep=|\n" + joined("|")).encode("utf-8-sig"),
    "tabs.txt": joined("\t").encode("utf-16"),
    "book.xlsx": xlsx(ROWS),
    "book.ods": ods(ods_rows(ROWS)),
    "page.html": html(ROWS),
    "table.md": ("\n".join([f"| {' | '.join(ROWS[0])} |", "|---|---|---|"] + [
        f"| {' | '.join(row)} |" for row in ROWS[1:]
    ])).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_cells(tmp_path: Path, name):
    (tmp_path / name).write_bytes(FORMS[name])
    (grid,) = read_grids(tmp_path / name)
    rows = [[cell.text for cell in line.cells] for line in grid.lines if not line.blank]
    assert rows == ROWS


def test_a_byte_that_windows_1252_lacks_costs_no_table(tmp_path):
    (tmp_path / "stray.csv").write_bytes(joined(";").encode("cp1252") + b"\nZo\x81;;")
    (grid,) = read_grids(tmp_path / "stray.csv")
    rows = [[cell.text for cell in line.cells] for line in grid.lines if not line.blank]
    assert rows[: len(ROWS)] == ROWS


MERGED_PAGE = (
    "<table><tr><th>Phase<th>Task<th colspan=2>Team</tr>"
    "<tr><td rowspan=3>Build<td>Search<td>A<td>R</tr><tr><td>Prices<td>R<td>A</tr>"
    "<tr><td>Taxes<td>R<td>A</tr></table>"
)


def merged_book():
    book = openpyxl.Workbook()
    for row in MERGED:
        book.active.append(row)
    for area in ("C1:D1", "A2:A4", "F9:G12"):  # the last lies beyond the table
        book.active.merge_cells(area)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def merged_ods():
    wide, high = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="3"'
    covered = "<table:covered-table-cell/>"

    def cell(text, area=""):
        return f"<table:table-cell {area}><text:p>{text}</text:p></table:table-cell>"

    rows = (
        cell("Phase") + cell("Task") + cell("Team", wide) + covered,
        cell("Build", high) + "".join(map(cell, ("Search", "A", "R"))),
        *(covered + "".join(map(cell, (task, "R", "A"))) for task in ("Prices", "Taxes")),
    )
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return ods(f'<table:table table:name="Liste">{lines}</table:table>')


MERGED = [
    ["Phase", "Task", "Team", "Team"],
    ["Build", "Search", "A", "R"],
    ["Build", "Prices", "R", "A"],
    ["Build", "Taxes", "R", "A"],
]


@pytest.mark.parametrize(
    "raw", [MERGED_PAGE.encode(), merged_book(), merged_ods()], ids=["html", "xlsx", "ods"]
)
def test_merged_cells_repeat_their_text_and_are_own_but_once(raw):
    (grid,) = grids_of(raw, "merged")
    assert [[cell.text for cell in line.cells] for line in grid.lines] == MERGED
    assert [cell.own for cell in grid.lines[0].cells] == [True, True, True, False]
    assert [cell.own for cell in grid.lines[3].cells] == [False, True, True, True]


def test_an_area_beside_another_one_keeps_its_own_text():
    """In ODS a covered cell does not say which area covers it."""
    covered = "<table:covered-table-cell/>"
    wide = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>W</text:p></table:table-cell>'
    )
    high = "<table:table-cell><text:p>H</text:p></table:table-cell>"
    rows = (f"{wide}{covered}{high}", f"{wide}{covered * 2}", covered * 3)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    (grid,) = grids_of(ods(f"<table:table>{lines}</table:table>"), "areas.ods")
    assert [[cell.text for cell in line.cells] for line in grid.lines] == [["W", "W", "H"]] * 3


def repeated(what):
    """An ODS whose one row or column with text is repeated further than is read."""
    times = f'table:number-{what}s-repeated="{MAX_LINES + 1}"'
    row, cell = (times, "") if what == "row" else ("", times)
    text = f"<table:table-cell {cell}><text:p>x</text:p></table:table-cell>"
    return ods(f"<table:table><table:table-row {row}>{text}</table:table-row></table:table>")


LONG, WIDE = MAX_LINES + 1, MAX_COLUMNS + 1
TOO_LARGE = {
    "long.csv": lambda: b"a,b\n" * LONG,
    "long.html": lambda: b"<table>" + b"<tr><td>x" * LONG,
    "long.md": lambda: b"a|b\n-|-\n" + b"1|2\n" * LONG,
    "long.ods": lambda: repeated("row"),
    "long.xlsx": lambda: xlsx([["x"]] * LONG),
    "wide.csv": lambda: b"x," * WIDE,
    "wide.html": lambda: b"<table><tr>" + b"<td>x" * WIDE,
    "wide.md": lambda: b"a|b\n-|-\n" + b"x|" * WIDE,
    "wide.ods": lambda: repeated("column"),
    "wide.xlsx": lambda: xlsx([["x"] * WIDE]),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_table_beyond_the_limits_is_refused_with_the_name_of_its_file(name):
    """It is never cut, which nobody would see."""
    with pytest.raises(BadInput, match="more than") as refused:
        grids_of(TOO_LARGE[name](), name)
    assert refused.value.problems[0].file == name


def test_a_workbook_without_a_sheet_in_sight_is_refused():
    book = altered(xlsx(ROWS), "xl/workbook.xml", b'state="visible"', b'state="hidden"')
    with pytest.raises(BadInput, match="no visible sheet"):
        grids_of(book, "hidden.xlsx")


def test_a_whole_number_that_a_program_wrote_with_a_point_has_none():
    book = altered(xlsx([["Head", "Count"], ["a", 17]]), SHEET, b"<v>17</v>", b"<v>17.0</v>")
    (grid,) = grids_of(book, "list.xlsx")
    assert grid.lines[1].cells[1].text == "17"


def test_cells_that_fade_from_one_colour_to_another_are_filled():
    book = openpyxl.Workbook()
    book.active["A1"] = "Phase"
    book.active["A1"].fill = GradientFill(stop=("FF0000", "00FF00"))
    raw = io.BytesIO()
    book.save(raw)
    (grid,) = grids_of(raw.getvalue(), "list.xlsx")
    assert grid.lines[0].cells[0].fill == "gradient"


def test_a_table_inside_a_cell_is_its_text_and_a_cell_needs_no_row():
    page = b"<table><td>Task<table><tr><td>Search</table><td>A</table>"
    (grid,) = grids_of(page, "page.html")
    assert [cell.text for cell in grid.lines[0].cells] == ["TaskSearch", "A"]


def test_a_script_in_a_page_is_no_text(tmp_path):
    page = "<table><tr><td>Name<script>alert(1)</script></td><td>&lt;b&gt;</td></tr></table>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    (grid,) = read_grids(tmp_path / "page.html")
    assert [cell.text for cell in grid.lines[0].cells] == ["Name", "<b>"]


def test_an_ods_bomb_and_entities_are_refused(tmp_path):
    bomb = tmp_path / "bomb.ods"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME)
        archive.writestr("content.xml", b" " * 30_000_000)
    with pytest.raises(BadInput, match="unfolds 150 times or more"):
        read_grids(bomb)
    with zipfile.ZipFile(tmp_path / "entity.ods", "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(BadInput, match="declares a document type"):
        read_grids(tmp_path / "entity.ods")


def test_a_damaged_ods_is_refused_with_a_word(tmp_path):
    (tmp_path / "cut.ods").write_bytes(FORMS["book.ods"][:200])
    with pytest.raises(BadInput, match="cannot be read as ODS"):
        read_grids(tmp_path / "cut.ods")
