"""Where things lie: what travels with the package, and the folder of the workspace.

In a checkout, and in an editable install of one, they stand beside the package; in a wheel they
lie inside it, under `_resources`. Everybody else asks here and knows neither.
"""

from __future__ import annotations

import errno
import os
from functools import cache
from pathlib import Path

from workbook.errors import BadInput, Problem

HOME = "WORKBOOK_HOME"
NOTEBOOKS = "notebooks"
MOST_BYTES = 100_000_000
"""Bytes of a file that is read at once."""
_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds `notebooks/` and `templates/`.

    Raises FileNotFoundError where neither layout is found, which means a broken installation.
    """
    for candidate in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (candidate / "templates").is_dir():
            return candidate
    raise FileNotFoundError(
        f"no templates/ in {_PACKAGE / '_resources'} nor beside {_PACKAGE}; "
        "install ownership-workbook again"
    )


def notebooks() -> Path:
    """Return the folder of the shipped notebooks."""
    return root() / NOTEBOOKS


def templates() -> Path:
    """Return the folder of frameworks, engagements and page templates."""
    return root() / "templates"


def ordinary(path: Path) -> Path:
    """The path; BadInput for a pipe or a device: it may have no end, or far too much."""
    if path.is_fifo() or path.is_char_device() or path.is_block_device() or path.is_socket():
        message, fix = "cannot be read: not an ordinary file", "check its name and permissions"
        raise BadInput(Problem(message, fix, str(path)))
    return path


def file_bytes(path: Path) -> bytes:
    """What is in an ordinary file that is not larger than anybody’s input."""
    if ordinary(path).is_file() and path.stat().st_size > MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return path.read_bytes()


def home(path: str | os.PathLike[str] | None = None) -> Path:
    """The workspace's folder: the argument, else `WORKBOOK_HOME`, else the current folder.

    A kernel runs in the folder of its notebook: in a `notebooks` folder, the one above is meant.
    """
    chosen = path or os.environ.get(HOME)
    if chosen:
        return Path(os.path.realpath(expanded(chosen)))  # resolve() fails on a loop
    current = Path.cwd()
    return current.parent if current.name == NOTEBOOKS else current


def expanded(path: str | os.PathLike[str]) -> Path:
    """The path with `~` and `~name` put in full; BadInput where there is no such user."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        fix = "write the path in full"
        raise BadInput(Problem("there is no such user", fix, file=str(path))) from error
