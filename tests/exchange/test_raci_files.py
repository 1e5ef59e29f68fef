"""Encodings, delimiters, XLSX archives, and what is said of a file that cannot be read."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tests.exchange.raci_writing import write_csv, write_xlsx
from workbook.errors import BadInput
from workbook.exchange.raci import read_matrix, review
from workbook.exchange.tables.grid import MAX_BYTES

TABLE = [["Tâche", "Léa", "Noël"], ["Prix œuvres", "A", "R"], ["Été – soldes", "R", "A"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(tmp_path, encoding, delimiter):
    path = write_csv(tmp_path / "raci.csv", TABLE, delimiter, encoding)
    matrix = read_matrix(path)
    assert matrix.parties == ("Léa", "Noël")
    assert [row.label for row in matrix.rows] == ["Prix œuvres", "Été – soldes"]


def test_bytes_without_a_meaning_in_windows_1252_are_no_reason_to_refuse_a_file(tmp_path):
    path = tmp_path / "raci.csv"
    path.write_bytes(b"T\xe2che;L\xe9a;Bo\nPrix \x81;A;R\nStock;R;A\n")
    assert read_matrix(path).parties == ("Léa", "Bo")


def test_a_delimiter_inside_the_cells_is_not_taken_for_the_one_between_them(tmp_path):
    path = tmp_path / "raci.csv"
    path.write_text("Task;Ana;Bruno\nPrices, fees;A, R;C, I\nStock, returns;A;R\n", "utf-8")
    assert read_matrix(path).parties == ("Ana", "Bruno")
    path.write_text("Task,Ana,Bruno\nPrices;fees,A;R,C;I\nStock,A,R\n", "utf-8")
    assert read_matrix(path).parties == ("Ana", "Bruno")


def test_a_declared_delimiter_is_believed_and_its_line_counted(tmp_path):
    path = tmp_path / "raci.csv"
    path.write_text("sep=;\nTask;Ana;Bruno\nPrices;A;R\n", "utf-8")
    assert [row.number for row in read_matrix(path).rows] == [3]


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path):
    path = tmp_path / "raci.csv"
    path.write_text('Title\n\nTask,Ana,Bruno\n"Prices\nand fees",A,R\nStock,A,\n', "utf-8")
    assert [(row.number, row.label) for row in read_matrix(path).rows] == [
        (4, "Prices and fees"),
        (6, "Stock"),
    ]


def test_a_row_of_a_sheet_is_named_by_its_number_there(tmp_path):
    rows = [["Title"], [], ["Task", "Ana", "Bruno"], [], ["Prices", "A", "R"]]
    path = write_xlsx(tmp_path / "raci.xlsx", rows)
    assert [row.number for row in read_matrix(path).rows] == [5]


def test_the_content_tells_the_form_not_the_name(tmp_path):
    sheet = write_xlsx(tmp_path / "raci.xlsx", TABLE).rename(tmp_path / "raci.csv")
    assert read_matrix(sheet).parties == ("Léa", "Noël")
    table = tmp_path / "raci.txt"
    table.write_text("| Task | Ana | Bo |\n|---|---|---|\n| Prices | A | R |\n", "utf-8")
    assert read_matrix(table).parties == ("Ana", "Bo")


def workbook_with(tmp_path, formula_value: str | None):
    """A sheet with one formula, as a spreadsheet program or another program leaves it."""
    path = write_xlsx(tmp_path / "raci.xlsx", [*TABLE, ["Stock", "A", "R"]])
    book = openpyxl.load_workbook(path)
    book.active["B2"] = '=IF(TRUE,"A","R")'
    book.save(path)
    if formula_value is None:
        return path
    saved = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(saved, "w") as after:
        for name in before.namelist():
            raw = before.read(name)
            if name.startswith("xl/worksheets/sheet"):
                raw = raw.replace(b"</f><v />", f"</f><v>{formula_value}</v>".encode())
                raw = raw.replace(b"</f><v></v>", f"</f><v>{formula_value}</v>".encode())
                raw = raw.replace(b'r="B2"', b'r="B2" t="str"')
            after.writestr(name, raw)
    path.write_bytes(saved.getvalue())
    return path


def test_of_a_formula_the_saved_value_is_read(tmp_path):
    matrix = read_matrix(workbook_with(tmp_path, "A"))
    assert matrix.letters(matrix.rows[0], "Léa") == "A"


def test_formulas_that_were_never_calculated_are_refused(tmp_path):
    with pytest.raises(BadInput, match=r"cell B2.*never been calculated"):
        read_matrix(workbook_with(tmp_path, None))


def archive(tmp_path, **parts: bytes):
    path = write_xlsx(tmp_path / "raci.xlsx", TABLE)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(f"xl/{name}.xml", content)
    return path


def test_an_archive_that_unfolds_too_far_is_refused(tmp_path):
    with pytest.raises(BadInput, match="unfolds"):
        read_matrix(archive(tmp_path, bomb=b"0" * 20_000_000))


def test_an_archive_larger_than_a_matrix_can_be_is_refused(tmp_path):
    parts = {f"part{n}": bytes(range(256)) * 60_000 for n in range(4)}
    with pytest.raises(BadInput, match="unfolds to 6"):
        read_matrix(archive(tmp_path, **parts))


def test_an_archive_of_too_many_entries_is_refused(tmp_path):
    with pytest.raises(BadInput, match="entries"):
        read_matrix(archive(tmp_path, **{f"part{n}": b"" for n in range(1000)}))


def test_entities_are_refused(tmp_path):
    path = write_xlsx(tmp_path / "raci.xlsx", TABLE)
    saved = io.BytesIO()
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(saved, "w") as after:
        for name in before.namelist():
            raw = before.read(name)
            at = raw.find(b"<worksheet")
            after.writestr(name, raw[:at] + evil + raw[at:] if at >= 0 else raw)
    path.write_bytes(saved.getvalue())
    with pytest.raises(BadInput, match="document type"):
        read_matrix(path)


def test_a_sheet_formatted_to_its_very_end_is_read(tmp_path):
    path = write_xlsx(tmp_path / "raci.xlsx", TABLE)
    book = openpyxl.load_workbook(path)
    book.active.cell(1_048_576, 16_384).font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert len(read_matrix(path).rows) == 2


UNREADABLE = {
    "empty": (b"", "empty"),
    "blank": (b" \n \n", "empty"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "old excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"\.xls"),
    "binary": (bytes(range(256)) * 10, "not a text file"),
    "cut archive": (b"PK\x03\x04 and nothing more", "XLSX"),
    "unclosed quotation": (b'Task,Ana\n"Prices' + b"x" * 140_000, "quotation"),
    "prose": (b"A letter to everybody,\nfrom me.\n", "no RACI matrix found"),
    "a table of something else": (b"Name,Age\nAna,3\nBo,4\n", "Responsible"),
    "crosses": (b"Task,Ana,Bo\nPrices,X,\nStock,X,X\n", "no RACI matrix found"),
    "crosses under roles": (b"Person,R,A,C,I\nAna,X,,,\nBo,,X,X,\n", "no RACI matrix found"),
    "no heading": (b"Prices,A,R\nStock,R,A\n", "heading"),
    "a legend alone": (b"R,Responsible\nA,Accountable\nC,Consulted\nI,Informed\n", "no RACI"),
    "one description of each role": (
        b"| Role | Who |\n|---|---|\n| Responsible | Ana |\n| Accountable | Bo |\n",
        "no RACI matrix found",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_named_with_the_way_to_mend_it(tmp_path, name):
    content, what = UNREADABLE[name]
    path = tmp_path / "raci.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=what) as caught:
        read_matrix(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.fix


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "raci.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    with pytest.raises(BadInput, match="no XLSX workbook"):
        read_matrix(path)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for path in (tmp_path / "none.csv", tmp_path, huge):
        with pytest.raises(BadInput):
            read_matrix(path)


def test_only_workbooks_have_sheets(tmp_path):
    path = write_csv(tmp_path / "raci.csv", TABLE)
    with pytest.raises(BadInput, match="only an XLSX or ODS file has sheets"):
        read_matrix(path, sheet="RACI")


@pytest.mark.slow
def test_a_matrix_of_the_largest_size_is_read(tmp_path):
    rows = [["Task", *(f"Party {n}" for n in range(20))]]
    rows += [[f"Task {n}", *("R" if p else "A" for p in range(20))] for n in range(2000)]
    assert review(read_matrix(write_csv(tmp_path / "raci.csv", rows))).counts["empty_row"] == 0
