"""Files of a workspace that still name somebody: reports, exports, backups, what a batch noted."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.workspace.retention import FOLDERS

if TYPE_CHECKING:
    from workbook.store import Traces
    from workbook.workspace.workspace import Workspace

OURS = (*FOLDERS, "reports")
"""Folders whose files are written by commands and can be written again."""
_SEARCHED = (*OURS, "notebooks", "frameworks")
_LEAST = 3
"""A shorter name would be found in any file."""
_WORD = re.compile(r"[a-z]{3,}")
_MOST = 10**8
_DEEPEST = 2
"""Archives in an archive that are opened: a workbook in a document in an archive."""


def is_ours(home: Workspace, file: Path) -> bool:
    """Whether a file was written by a command, which can write it again without the name."""
    return file.relative_to(home.path).parts[0] in OURS


def files_naming(home: Workspace, key: str, trail: Traces) -> Iterator[Path]:
    """The files of a workspace that name somebody, in whatever way they write it.

    Nobody can look into a PDF for a name: the engagement's own reports count.
    """
    words = {word for name in trail.called for word in _WORD.findall(_plain(name))}
    # An id that was made of the name tells it; “r1” tells nothing.
    telling = {own for own in trail.ids if any(word in own for word in words)}
    names = {name for name in trail.called | telling if len(name) >= _LEAST}
    signs = {sign for name in names for sign in _written(name.casefold())}
    if not signs:
        return
    for file in _files(home.path):
        reported = file.relative_to(home.path).parts[0] == "reports" and file.suffix == ".pdf"
        if (reported and file.name.startswith(key)) or _holds(file.read_bytes(), signs):
            yield file


def _files(folder: Path) -> Iterator[Path]:
    """The files beside the store, and those of the workspace's own folders."""
    inside = (path for name in _SEARCHED for path in (folder / name).rglob("*"))
    for path in sorted({*folder.glob("*"), *inside}):
        is_store = path.name.startswith("workbook.db")
        if path.is_file() and not path.is_symlink() and not is_store:
            yield path


def _plain(text: str) -> str:
    """A text without accents, in small letters, as ids are made."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _written(name: str) -> Iterator[str]:
    """A name as text, in markup, and as JSON escapes it."""
    yield from (name, html.escape(name), json.dumps(name)[1:-1].casefold())


def _holds(content: bytes, signs: Collection[str], depth: int = 0) -> bool:
    text = content.decode("utf-8", "ignore").casefold()
    if any(sign in text for sign in signs):
        return True
    if depth > _DEEPEST or not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            small = [entry for entry in archive.infolist() if entry.file_size < _MOST]
            return any(_holds(archive.read(entry), signs, depth + 1) for entry in small)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):  # damaged, or with a password
        return False
