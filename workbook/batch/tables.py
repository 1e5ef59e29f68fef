"""Tables of parameters: one row per run, columns named like the notebook's parameters.

CSV (UTF-8 or UTF-16; comma, semicolon or tab), JSON Lines and Parquet are read row by row, and a
value is checked like one given with `-p`. What a cell leaves empty keeps the default. Two columns
say more: `engagement` names a document (relative to the table, then to the current folder) or an
example, and `name` what the files are called, unless the notebook has a parameter of that name.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TypeAlias

from workbook import resources
from workbook.batch.fork.injection import literal
from workbook.batch.inputs import FileDocument, Input, RefusedInput
from workbook.batch.naming import safe_name
from workbook.batch.parameters import Parameter, check_values
from workbook.errors import BadInput, Problem, nearest, require

NAME = "name"
ENGAGEMENT = "engagement"
_NOT_UTF_8 = "the text is not UTF-8"
_FIXES = {_NOT_UTF_8: "save the table as UTF-8; in Excel: “CSV UTF-8”"}
_WHOLE = re.compile(r"(-?\d+)\.0+")
Parameters: TypeAlias = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as read: `line` counts from 1 as editors do; `flaw` says why it is none."""

    line: int
    cells: Mapping[str, object]
    flaw: str = ""


def columns(path: Path, parameters: Parameters) -> tuple[str, ...]:
    """The columns of a table that has them; BadInput if one is no parameter of the notebook."""
    names = _HEADS[path.suffix.lower()](path)
    known = {*parameters, NAME}
    problems = [_unknown(path, 1, name, known) for name in names if name not in known]
    problems += [
        Problem(f"column “{name}” stands there twice", "keep one", file=str(path), line=1)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise BadInput(problems)
    return names


def rows(
    path: Path, parameters: Parameters, engagement: str = ""
) -> Iterator[Input | RefusedInput]:
    """Every row of a table. `engagement` is that of rows that name none."""
    for row in _ROWS[path.suffix.lower()](path):
        source = f"{path}:{row.line}"
        try:
            yield _input(path, row, source, parameters, engagement)
        except BadInput as error:
            yield RefusedInput(source, error.problems)


def _input(
    path: Path, row: TableRow, source: str, parameters: Parameters, engagement: str
) -> Input:
    file = str(path)
    if row.flaw:
        raise BadInput(Problem(row.flaw, _FIXES.get(row.flaw, ""), file, row.line))
    cells = {name: cell for name, cell in row.cells.items() if cell not in (None, "")}
    named = cells.pop(NAME, "") if NAME not in parameters else ""
    unknown = [_unknown(path, row.line, name, parameters) for name in cells.keys() - parameters]
    assignments, problems = _values(cells, parameters)
    values, wrong = check_values(parameters, assignments)
    problems += wrong
    placed = [
        replace(problem, file=file, line=row.line, path=problem.path.removeprefix("-p "))
        for problem in problems
    ]
    if unknown or placed:
        raise BadInput([*unknown, *placed])
    name = safe_name(str(named)) if named else ""
    if ENGAGEMENT not in parameters:
        return Input(source, name, None, values)
    wanted = str(values.pop(ENGAGEMENT, "") or engagement or parameters[ENGAGEMENT].default)
    return Input(source, name, _document(path, row.line, wanted), values)


def _values(
    cells: Mapping[str, object], parameters: Parameters
) -> tuple[list[tuple[str, object]], list[Problem]]:
    """The cells of parameters, and those that no notebook can be given: bytes, dates in lists."""
    values, problems = [], []
    for name in (name for name in parameters if name in cells):
        try:
            values.append((name, _value(cells[name], parameters[name])))
        except TypeError as error:
            fix = "use texts, numbers, lists and mappings of them"
            problems.append(Problem(str(error), fix, path=name))
    return values, problems


def _unknown(path: Path, line: int, name: str, known: Mapping[str, object] | set[str]) -> Problem:
    return Problem(
        f"unknown parameter “{name}”", nearest(name, known), file=str(path), line=line, path=name
    )


def _value(cell: object, parameter: Parameter) -> object:
    """A cell as it would be given on the command line; lists and mappings stay what they are.

    A column of whole numbers in which some are missing is written with “.0” by pandas and by R.
    """
    if isinstance(cell, list | dict | bytes):
        literal(cell)
        return cell
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    text = str(cell)
    whole = _WHOLE.fullmatch(text) if parameter.kind == "int" else None
    return whole[1] if whole else text


def _document(table: Path, line: int, wanted: str) -> FileDocument:
    examples = resources.templates() / "engagements"
    with suppress(OSError, ValueError):  # a name that the system does not allow
        for path in (table.parent / wanted, Path(wanted), examples / f"{wanted}.yaml"):
            if wanted and path.is_file():
                return FileDocument(path)
    fix = nearest(wanted, (path.stem for path in examples.glob("*.yaml")))
    text = f"there is no document or example “{wanted}”" if wanted else "names no engagement"
    raise BadInput(Problem(text, fix, file=str(table), line=line, path=ENGAGEMENT))


# CSV


def _open(path: Path) -> IO[str]:
    with path.open("rb") as file:
        wide = file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    # What is not UTF-8 comes as surrogates, so that it spoils its own row only.
    encoding, errors = ("utf-16", "replace") if wide else ("utf-8-sig", "surrogateescape")
    return path.open(encoding=encoding, errors=errors, newline="")


def _csv_reader(file: IO[str]) -> Iterator[list[str]]:
    """The rows from the head on. Excel writes `sep=;` before it, for itself."""
    first = file.readline()
    delimiter = first.strip()[4:] if re.fullmatch(r"sep=.\s*", first) else ""
    if not delimiter:
        file.seek(0)
        delimiter = max(",;\t", key=first.count)
    return csv.reader(file, delimiter=delimiter, strict=True)


def _csv_head(path: Path) -> tuple[str, ...]:
    with _open(path) as file:
        try:
            head = next(_csv_reader(file), [])
        except csv.Error as error:
            fix = "save the table again as CSV"
            raise BadInput(Problem(f"is no CSV: {error}", fix, str(path), 1)) from error
    if not any(head):
        text, fix = "has no columns", "name the notebook's parameters in its first line"
        raise BadInput(Problem(text, fix, str(path), 1))
    return tuple(name.strip() for name in head)


def _csv_rows(path: Path) -> Iterator[TableRow]:
    names = _csv_head(path)
    with _open(path) as file:
        reader = _csv_reader(file)
        next(reader)
        yield from _csv_body(reader, names)


def _csv_body(reader: Iterator[list[str]], names: tuple[str, ...]) -> Iterator[TableRow]:
    line = 1
    while True:
        line += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield TableRow(line, {}, f"is no CSV: {error}")
            continue
        line = getattr(reader, "line_num", line)
        if not any(cells):
            continue
        if len(cells) > len(names):
            yield TableRow(line, {}, f"has {len(cells)} cells for {len(names)} columns")
        else:
            yield _encoded(TableRow(line, dict(zip(names, map(str.strip, cells), strict=False))))


def _encoded(row: TableRow) -> TableRow:
    try:
        "".join(map(str, row.cells.values())).encode()
    except UnicodeEncodeError:
        return TableRow(row.line, {}, _NOT_UTF_8)
    return row


# JSON Lines


def _json_head(path: Path) -> tuple[str, ...]:
    """Lines have each their own keys, which are checked with them."""
    if not path.stat().st_size:
        raise BadInput(Problem("is empty", "write one JSON object per line", str(path)))
    return ()


def _json_rows(path: Path) -> Iterator[TableRow]:
    with _open(path) as file:
        for line, text in enumerate(file, 1):
            if text.strip():
                yield _json_row(line, text)


def _json_row(line: int, text: str) -> TableRow:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return TableRow(line, {}, f"is no JSON: {error}")
    if not isinstance(document, dict):
        return TableRow(line, {}, "is no JSON object")
    return _encoded(TableRow(line, document))


# Parquet


def _parquet_head(path: Path) -> tuple[str, ...]:
    require("pyarrow", "parquet", file=str(path))
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return tuple(pq.ParquetFile(path).schema_arrow.names)
    except (pa.ArrowException, OSError) as error:
        first = str(error).splitlines()[0]
        raise BadInput(Problem(f"is no Parquet file: {first}", file=str(path))) from None


def _parquet_rows(path: Path) -> Iterator[TableRow]:
    require("pyarrow", "parquet", file=str(path))
    import pyarrow as pa
    import pyarrow.parquet as pq

    line = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=1_000):
                for cells in batch.to_pylist():
                    line += 1
                    yield TableRow(line, cells)
    except (pa.ArrowException, OSError) as error:
        yield TableRow(line + 1, {}, f"is damaged from here on: {str(error).splitlines()[0]}")


_HEADS: Mapping[str, Callable[[Path], tuple[str, ...]]] = {
    ".csv": _csv_head,
    ".jsonl": _json_head,
    ".ndjson": _json_head,
    ".parquet": _parquet_head,
}
_ROWS: Mapping[str, Callable[[Path], Iterator[TableRow]]] = {
    ".csv": _csv_rows,
    ".jsonl": _json_rows,
    ".ndjson": _json_rows,
    ".parquet": _parquet_rows,
}
TABLES = tuple(_ROWS)
"""The endings of tables."""
