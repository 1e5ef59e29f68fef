"""CSV and its relatives as a grid: any usual delimiter, any usual encoding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from workbook.errors import BadInput, Problem
from workbook.exchange.tables.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LINES,
    Grid,
    GridCell,
    Line,
    tidy,
    too_large,
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATOR_LINE = re.compile(r"\Asep=(?P<sign>.)\s*$", re.IGNORECASE | re.MULTILINE)


def decode(raw: bytes, file: str) -> str:
    """The text of a file in a usual encoding, Mac Roman among them; BadInput for anything else."""
    encoding = next((name for bom, name in _BOMS if raw.startswith(bom)), "")
    if not encoding:
        encoding = _unmarked_encoding(raw)
    try:
        text = raw.decode(encoding, _STRAYS if encoding == "utf-8" else "strict")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise BadInput(
            Problem(
                "not a text file in UTF-8, UTF-16, Windows-1252 or Mac Roman",
                "save the table as CSV (UTF-8), XLSX or Markdown",
                file=file,
            )
        )
    return text


def _unmarked_encoding(raw: bytes) -> str:
    head = raw[:2000]
    if head.count(0) > len(head) // 4:
        # Latin text in UTF-16 has a zero in every other byte: which one tells the byte order.
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        # Windows first, and UTF-8 although single bytes of something else were put into it.
        usual = max(("cp1252", "mac_roman", "cp850", "utf-8"), key=lambda name: _accents(raw, name))
        # Five bytes have no meaning in Windows-1252; Latin-1 reads them without a fuss.
        undefined = set(raw) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}
        return "latin-1" if undefined and usual == "cp1252" else usual
    return "utf-8"


def _accents(raw: bytes, encoding: str) -> int:
    """How many letters with accents a text has in an encoding: the wrong one gives few."""
    return sum(letter in "éèêàâçùûôîïëöüäßñ" for letter in raw.decode(encoding, "ignore"))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What a byte that is no UTF-8 means in Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_STRAYS = "workbook-strays"
codecs.register_error(_STRAYS, _as_windows)


def read_csv(text: str, file: str) -> Grid:
    """The grid of a delimited text; `Line.number` is the line of the file a record begins on."""
    declared = _SEPARATOR_LINE.search(text)
    signs = declared["sign"] if declared else ",;\t|"
    body = text[: declared.start()] + text[declared.end() :] if declared else text
    records = max((_records(body, sign, file) for sign in signs), key=_regularity)
    lines = tuple(
        Line(number, tuple(GridCell(tidy(field)) for field in fields)) for number, fields in records
    )
    return Grid(lines, remarks=())


def _records(text: str, sign: str, file: str) -> list[tuple[int, list[str]]]:
    """Every record with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True)
    records: list[tuple[int, list[str]]] = []
    begins, cells = 1, 0
    try:
        for fields in reader:
            cells += len(fields)
            if len(records) >= MAX_LINES or len(fields) > MAX_COLUMNS or cells > MAX_CELLS:
                raise too_large(file)
            records.append((begins, fields))
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"cannot be read as CSV: {error}"
        fix = "look for an unclosed quotation mark, or save it again as CSV (UTF-8)"
        raise BadInput(Problem(message, fix, file=file, line=reader.line_num)) from error
    return records


def _regularity(records: list[tuple[int, list[str]]]) -> tuple[int, int]:
    """How many records share the commonest width above one, then that width."""
    widths = Counter(len(fields) for _, fields in records if len(fields) > 1)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count, width
