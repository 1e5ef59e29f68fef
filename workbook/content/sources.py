"""What a source names that engagements are read from: a store, a document, a folder or a glob."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from workbook.content.frameworks import FOLDER, ROOT_FILE
from workbook.errors import BadInput, Problem, nearest
from workbook.resources import expanded

DOCUMENTS = (".yaml", ".yml", ".json")
STORES = (".db", ".sqlite")
DATABASE = "workbook.db"
_SQLITE = "sqlite"
_URLS = (_SQLITE, "postgresql")
_WILD = frozenset("*?[")


def store_named(source: str) -> Path | str | None:
    """The store that a source is: a database's URL, its file, or a workspace's folder.

    BadInput for the URL of a file that is not there: whoever looks into it would make it.
    """
    kind, _, file = source.partition("://")
    if kind.partition("+")[0] in _URLS:
        path = Path(file.removeprefix("/").partition("?")[0])
        if kind.partition("+")[0] == _SQLITE and not path.is_file():
            fix = nearest(str(path), map(str, path.parent.glob("*.db")))
            raise BadInput(Problem("there is no such store", fix, source))
        return source
    path = expanded(source)
    if (path / DATABASE).is_file():
        return path / DATABASE
    return path if path.suffix.lower() in STORES and path.is_file() else None


def files_named(source: str) -> Iterator[Path]:
    """The file that a source is, or the documents of its folder or glob, by name.

    Nothing hidden, and no framework's file. BadInput if there is no such source.
    """
    path = expanded(source)
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from _documents(path, path.rglob("*"))
    elif _WILD & set(source):
        anchor = Path(path.anchor)
        yield from _documents(path.parent, anchor.glob(str(path.relative_to(anchor))))
    else:
        peers = [peer.name for peer in path.parent.glob("*") if peer.is_dir() or peer.suffix]
        fix = nearest(path.name, peers) if peers else "name a document, a table or a folder of them"
        raise BadInput(Problem("there is no such source", fix, source))


def _documents(folder: Path, paths: Iterable[Path]) -> Iterator[Path]:
    above = len(folder.parts)
    for path in sorted(paths):
        hidden = any(part.startswith(".") for part in path.parts[above:])
        home = path.parent
        of_framework = home.parent.name == FOLDER and (home / ROOT_FILE).is_file()
        if path.suffix.lower() in DOCUMENTS and not (hidden or of_framework) and path.is_file():
            yield path
