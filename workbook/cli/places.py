"""Where commands write: looked at before they begin, so that a mistyped place costs no work."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.errors import MACHINE, BadInput, Problem, nearest
from workbook.whole import about, whole

if TYPE_CHECKING:
    from workbook.workspace import Workspace

COMMAND_LINE = "command line"


def check_stored(home: Workspace, key: str, *, path: str) -> None:
    """BadInput if a workspace has no engagement of this key; `path` is the word that named it."""
    keys = home.store.engagements()
    if key not in keys:
        problem = f"no engagement “{key}” in this workspace"
        raise BadInput(Problem(problem, nearest(key, keys), COMMAND_LINE, path=path))


def unwritable(folder: Path, option: str = "--out") -> tuple[Problem, ...]:
    """What keeps files from being written into a folder, which need not be there yet."""
    try:
        there = next(
            path for path in (folder.absolute(), *folder.absolute().parents) if path.exists()
        )
    except OSError as error:  # a name that the system does not allow
        problem = str(error.strerror or error)
        return (Problem(problem, "choose another name", COMMAND_LINE, path=option),)
    if not there.is_dir():
        problem, fix = f"“{there}” is a file", "name a folder"
    elif not os.access(there, os.W_OK | os.X_OK):
        problem, fix = f"“{there}” may not be written to", "name a folder that you may write to"
    else:
        return ()
    return (Problem(problem, fix, COMMAND_LINE, path=option),)


def refuse_unwritable(folder: Path, option: str = "--out") -> None:
    """BadInput if files cannot be written into a folder."""
    if problems := unwritable(folder, option):
        raise BadInput(problems)


def write_document(file: Path, text: str) -> None:
    """Write the file that `--output` names; BadInput if that cannot be done."""
    write_bytes(file, text.encode("utf-8"))


def write_bytes(file: Path, content: bytes) -> None:
    """Write what is no text; BadInput, and the file as it was, if that cannot be done.

    What a disk refuses is no mistake of whoever named the file: that error goes on.
    """
    try:
        target = file.parent.resolve(strict=True) / file.name
        if target.exists() and not target.is_file():
            with about(file):
                target.write_bytes(content)  # a pipe, or a terminal
            return
        with whole(target.resolve()) as part:
            part.write_bytes(content)
    except OSError as error:
        if error.errno in MACHINE:
            raise
        problem = f"cannot be written: {error.strerror or error}"
        fix = "name a file in a folder that is there"
        raise BadInput(Problem(problem, fix, str(file), path="--output")) from error


def write_private(folder: Path, files: Mapping[str, bytes], instead_of: str = "") -> None:
    """Write files that only this person may read; each is seen whole or not at all.

    Earlier ones of the pattern `instead_of` go: nobody shall send what is out of date.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for earlier in folder.glob(instead_of) if instead_of else ():
        if earlier.name not in files:
            earlier.unlink()
    for name, content in files.items():
        with whole(folder / name, durable=False) as part:
            part.chmod(0o600)
            part.write_bytes(content)
