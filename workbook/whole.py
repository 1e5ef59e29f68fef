"""Files that are seen whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE


@contextmanager
def about(file: str | Path, part: Path | None = None) -> Iterator[None]:
    """Let an error of the system that names no file, or this part of it, name a file."""
    try:
        yield
    except OSError as error:
        if error.filename is None or str(error.filename) == str(part):
            error.filename, error.filename2 = str(file), None
        raise


@contextmanager
def whole(target: Path, *, durable: bool = True) -> Iterator[Path]:
    """A new file beside a target, whose place it takes when the block has filled it.

    It has the mode of the file that was there, else that of any new file. What is `durable`
    outlasts a power cut. If the block raises, the target stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}")
    with about(target, part):
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            yield part
            if durable:
                sync(part)
            put_in_place(part, target)
        except BaseException:
            with suppress(OSError):  # what went wrong first is told
                part.unlink(missing_ok=True)
            raise
        if durable:
            sync(target.parent)


def put_in_place(part: str | Path, target: str | Path) -> None:
    """Let a file take the place of another, and its mode."""
    with suppress(FileNotFoundError):
        os.chmod(part, S_IMODE(os.stat(target).st_mode))  # noqa: PTH101, PTH116 - many files
    os.replace(part, target)  # noqa: PTH105


def sync(path: str | Path) -> None:
    """Wait until a file, or a folder's names, would outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
