"""What a source names that engagements are read from: a store, a document, a folder or a glob."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from workbook.content.frameworks import FOLDER, ROOT_FILE
from workbook.errors import BadInput, Problem, nearest
from workbook.resources import expanded, ordinary

DOCUMENTS = (".yaml", ".yml", ".json")
BRAND = "brand.yaml"
"""What the file of a brand is called, which may stand beside documents."""
BRAND_NAMED = "WORKBOOK_BRAND"
"""Names the file of a brand for everything that is made."""
STORES = (".db", ".sqlite")
DATABASE = "workbook.db"
_SQLITE = "sqlite"
_URLS = (_SQLITE, "postgresql")
_WILD = frozenset("*?[")


def brand_path(folder: Path | None, named: str = "") -> Path | None:
    """The file of a brand: the one that is named, else `WORKBOOK_BRAND`, else one in the folder."""
    if named := named or os.environ.get(BRAND_NAMED, ""):
        return expanded(named)
    near = folder / BRAND if folder else None
    return near if near and near.is_file() else None


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

    Nothing hidden, no brand, and no framework's file. BadInput if there is no such source.
    """
    path = ordinary(expanded(source))
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from _below(path)
    elif _WILD & set(source):
        anchor = Path(path.anchor)
        matching = sorted(anchor.glob(str(path.relative_to(anchor))))
        yield from (each for each in matching if _is_document(each, len(path.parent.parts)))
    else:
        peers = [peer.name for peer in path.parent.glob("*") if peer.is_dir() or peer.suffix]
        fix = nearest(path.name, peers) if peers else "name a document, a table or a folder of them"
        raise BadInput(Problem("there is no such source", fix, source))


def _below(folder: Path) -> Iterator[Path]:
    """A folder's documents by name; to look once at each entry makes ten thousand quick."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        text = f"cannot be read: {error.strerror or error}"
        raise BadInput(Problem(text, "check its permissions", str(folder))) from None
    apart = _holds_framework(folder)
    for entry in names:
        if entry.name.startswith(".") or entry.name == BRAND:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name)
        elif not apart and entry.name.lower().endswith(DOCUMENTS) and entry.is_file():
            yield folder / entry.name


def _is_document(path: Path, above: int) -> bool:
    hidden = any(part.startswith(".") for part in path.parts[above:])
    apart = hidden or path.name == BRAND or _holds_framework(path.parent)
    return not apart and path.name.lower().endswith(DOCUMENTS) and path.is_file()


def _holds_framework(folder: Path) -> bool:
    return folder.parent.name == FOLDER and (folder / ROOT_FILE).is_file()
