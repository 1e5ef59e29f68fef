"""Where inputs come from: folders, globs and files of documents, stores, tables of parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook import resources
from workbook.batch.frameworks import is_part_of_one
from workbook.batch.inputs import FileDocument, Input, RefusedInput, StoredDocument, refusal
from workbook.batch.tables import TABLES, columns, rows
from workbook.errors import BadInput, Problem, WorkbookError, nearest
from workbook.report.parameters import Parameter
from workbook.resources import expanded

DOCUMENTS = (".yaml", ".yml", ".json")
STORES = (".db", ".sqlite")
DATABASE = "workbook.db"
_WILD = frozenset("*?[")
SQLITE = "sqlite"
_URLS = (SQLITE, "postgresql")


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
    if _is_url(source):
        _check_url(source)
        return
    matching = list(_expanded(source, reading))
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


def _check_url(source: str) -> None:
    """A database in a file would be made by whoever looks into it."""
    kind, _, file = source.partition(":///")
    if kind.partition("+")[0] == SQLITE and not Path(file.partition("?")[0]).is_file():
        neighbours = (str(path) for path in Path(file).parent.glob("*.db"))
        raise BadInput(Problem("there is no such store", nearest(file, neighbours), source))


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
    if _is_url(source):
        yield from _stored(source)
        return
    for path in _expanded(source, reading):
        if path.suffix.lower() in TABLES:
            yield from rows(path, reading.parameters, reading.engagement)
        elif path.suffix.lower() in STORES:
            yield from _stored(path)
        else:
            yield Input(str(path), document=FileDocument(path))


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


def _is_url(source: str) -> bool:
    return source.partition("://")[0].partition("+")[0] in _URLS


def _expanded(source: str, reading: SourceOptions) -> Iterator[Path]:
    """The files that a source names: a workspace is its database."""
    path = expanded(source)
    if path.is_dir():
        if (path / DATABASE).is_file():
            yield path / DATABASE
        else:
            yield from _documents(path, path.rglob("*"), reading)
    elif path.is_file():
        if path.suffix.lower() not in (*DOCUMENTS, *STORES, *TABLES):
            kinds = ", ".join((*DOCUMENTS, *STORES, *TABLES))
            raise BadInput(Problem("is no source", f"a source ends with {kinds}", source))
        yield path
    elif _WILD & set(source):
        yield from _documents(path.parent, _globbed(path), reading)
    else:
        neighbours = [
            entry.name for entry in path.parent.glob("*") if entry.is_dir() or entry.suffix
        ]
        raise BadInput(Problem("there is no such source", nearest(path.name, neighbours), source))


def _globbed(pattern: Path) -> Iterable[Path]:
    anchor = Path(pattern.anchor)
    return anchor.glob(str(pattern.relative_to(anchor)))


def _documents(folder: Path, paths: Iterable[Path], reading: SourceOptions) -> Iterator[Path]:
    """Documents by name; nothing hidden, no framework's file, nothing that a batch wrote."""
    above = len(folder.parts)
    for path in sorted(paths):
        hidden = any(part.startswith(".") for part in path.parts[above:])
        ours = reading.out is not None and path.absolute().parent == reading.out
        apart = hidden or ours or is_part_of_one(path)
        if path.suffix.lower() in DOCUMENTS and not apart and path.is_file():
            yield path


def _stored(address: Path | str) -> Iterator[Input]:
    from workbook.store import Store

    store = Store(address)
    near = address.absolute().parent if isinstance(address, Path) else None
    for key in store.engagements():
        yield Input(f"{store.place}: {key}", document=StoredDocument(store, key, near))
