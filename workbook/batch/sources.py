"""Where inputs come from: folders, globs and files of documents, stores, tables of parameters."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook import resources
from workbook.batch.inputs import FileDocument, Input, RefusedInput, StoredDocument, refusal
from workbook.batch.parameters import Parameter
from workbook.batch.tables import TABLES, columns, rows
from workbook.content.sources import DOCUMENTS, STORES, files_named, store_named
from workbook.errors import BadInput, Problem, WorkbookError, nearest
from workbook.resources import expanded


@dataclass(frozen=True)
class SourceOptions:
    """How sources are read.

    `parameters` are the notebook's, `out` is a folder that is never a source, `engagement` is what
    rows take that name none.
    """

    parameters: Mapping[str, Parameter]
    out: Path | None = None
    engagement: str = ""


def check(sources: Sequence[str], reading: SourceOptions) -> None:
    """BadInput with everything that can be known of the sources before an input is read."""
    problems: list[Problem] = []
    for source in sources:
        try:
            _check(source, reading)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)


def _check(source: str, reading: SourceOptions) -> None:
    if store_named(source):
        return
    matching = list(_files(source, reading))
    if not matching:
        fix = f"documents end with {', '.join(DOCUMENTS)}, and lie apart from --out"
        raise BadInput(Problem("holds no document", fix, source))
    for path in matching:
        if path.suffix.lower() in TABLES:
            columns(path, reading.parameters)
        elif "engagement" not in reading.parameters:
            text = "the notebook has no parameter “engagement” to take a document with"
            fix = "give it one, or name a table of its parameters"
            raise BadInput(Problem(text, fix, source))


def inputs(sources: Iterable[str], reading: SourceOptions) -> Iterator[Input | RefusedInput]:
    """Every input of every source, in order: files by name, rows as they come, keys by name.

    A source that cannot be read, or not to its end, is refused and stops no other.
    """
    for source in sources:
        try:
            yield from _inputs(source, reading)
        except (WorkbookError, OSError) as error:
            yield refusal(source, error)


def _inputs(source: str, reading: SourceOptions) -> Iterator[Input | RefusedInput]:
    if store := store_named(source):
        yield from _stored(store)
        return
    for path in _files(source, reading):
        if path.suffix.lower() in TABLES:
            yield from rows(path, reading.parameters, reading.engagement)
        else:
            yield Input(str(path), document=FileDocument(path))


def _files(source: str, reading: SourceOptions) -> Iterator[Path]:
    """The files that a source names, but in a folder none that a batch wrote."""
    known = (*DOCUMENTS, *STORES, *TABLES)
    itself, apart = expanded(source), {str(reading.out)} if reading.out else set()
    for path in files_named(source):
        if not path.name.lower().endswith(known):
            kinds = ", ".join(known)
            raise BadInput(Problem("is no source", f"a source ends with {kinds}", source))
        folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120 - quicker
        if folder not in apart or path == itself:
            yield path


def documents(names: Iterable[str]) -> Iterator[FileDocument | RefusedInput]:
    """Documents named one by one; what is no file is refused with the nearest that is one."""
    for name in dict.fromkeys(names):
        path = Path(name)
        if path.is_file():
            yield FileDocument(path)
        else:
            yield RefusedInput(name, (_unknown_file(path),))


def _unknown_file(path: Path) -> Problem:
    """The fix names the nearest document in its folder, else the nearest example."""
    folder = path if path.is_dir() else path.parent
    neighbours = sorted(p.name for p in folder.glob("*") if p.suffix in DOCUMENTS)
    if path.is_dir():
        return Problem("is a folder", nearest("", neighbours), str(path))
    examples = sorted((resources.templates() / "engagements").glob("*.yaml"))
    fix = nearest(path.name, neighbours or [str(example) for example in examples])
    return Problem("there is no such file", fix, str(path))


def _stored(address: Path | str) -> Iterator[Input]:
    from workbook.store import Store

    store = Store(address)
    near = address.absolute().parent if isinstance(address, Path) else None
    for key in store.engagements():
        yield Input(f"{store.place}: {key}", document=StoredDocument(store, key, near))
