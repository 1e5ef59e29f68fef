"""The one reader of tables: every usual form gives the same cells, and bombs are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from workbook.errors import BadInput
from workbook.exchange.tables.ods_grid import MIME
from workbook.exchange.tables.reading import read_grids

ROWS = [["Name", "Fonction", "Équipe"], ["Léa Müller", "DSI", "SI"], ["Bo Li", "DAF", "Finance"]]
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


def test_merged_cells_of_a_page_repeat_their_text(tmp_path):
    (tmp_path / "page.html").write_text(
        "<table><tr><th>Phase<th>Task<th colspan=2>Team</tr>"
        "<tr><td rowspan=2>Build<td>Search<td>A<td>R</tr><tr><td>Prices<td>R<td>A</tr></table>",
        "utf-8",
    )
    (grid,) = read_grids(tmp_path / "page.html")
    assert [[cell.text for cell in line.cells] for line in grid.lines] == [
        ["Phase", "Task", "Team", "Team"],
        ["Build", "Search", "A", "R"],
        ["Build", "Prices", "R", "A"],
    ]
    assert [cell.own for cell in grid.lines[2].cells] == [False, True, True, True]


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
