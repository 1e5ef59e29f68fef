"""Where a batch's files go: a local folder, or any address that fsspec knows.

Every file is put under a temporary name first and published once, by the process that runs the
batch: a reader sees it whole or not at all, and a task that ran twice is seen once. Published local
files stay after a crash once `settle` has returned.

    OUT/NAME.LANG.html …       what was made
    OUT/failed/                partial notebooks of what failed
    OUT/.batch/parts/RUN/      what is being made; a killed run's is swept by the next one
    OUT/.batch/ledger/         what is known of every output (workbook.batch.ledger)
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, cast

from workbook.errors import BadInput, Problem, WorkbookError
from workbook.whole import put_in_place, sync

PRIVATE = ".batch"


@dataclass(frozen=True)
class Outlet:
    """An address that files are written to. Can be pickled: a worker elsewhere opens it again.

    Names are relative, with `/`. `protocol` is "" for a local folder, whose `root` is absolute.
    `private` is the folder in it that is no reader's.
    """

    protocol: str
    root: str
    private: str = PRIVATE

    @property
    def parts(self) -> str:
        """The folder of what is being made."""
        return f"{self.private}/parts"

    @classmethod
    def at(cls, address: str) -> Outlet:
        """The outlet of a path or of an address such as `s3://bucket/folder`."""
        import fsspec

        if "://" not in address:
            return cls("", str(Path(address).absolute()))
        try:
            fs, root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            fix = "install ownership-workbook[cluster], or name a local folder"
            raise BadInput(Problem(str(error), fix, "command line", path="--out")) from None
        protocol = fs.protocol if isinstance(fs.protocol, str) else fs.protocol[0]
        if protocol == "file":
            return cls("", root)
        return cls(protocol, root.rstrip("/"))

    @property
    def local(self) -> bool:
        """Whether it is a folder of this machine."""
        return not self.protocol

    @cached_property
    def fs(self) -> Any:  # noqa: ANN401 - fsspec has no types
        """The file system. Listings are not cached: other processes write, too."""
        import fsspec

        return _OSErrors(fsspec.filesystem(self.protocol or "file", use_listings_cache=False))

    def __getstate__(self) -> tuple[str, str, str]:
        return self.protocol, self.root, self.private

    def __setstate__(self, state: tuple[str, str, str]) -> None:
        self.__dict__.update(protocol=state[0], root=state[1], private=state[2])

    def address(self, name: str) -> str:
        """A file's whole address, for people."""
        path = f"{self.root}/{name}"
        return f"{self.protocol}://{path.lstrip('/')}" if self.protocol else path

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"

    # Writing

    def put(self, part: str, content: bytes) -> None:
        """Write a temporary file, on disk when this returns."""
        if not self.local:
            self.fs.pipe_file(self._path(part), content)
            return
        path = Path(self._path(part))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sync(path)

    def publish(self, part: str, name: str) -> None:
        """Let a temporary file be seen under its name, in place of what was there."""
        if not self.local:
            # An object store shows an object when it is whole, a copied one, too.
            self.fs.copy(self._path(part), self._path(name))
            self.fs.rm_file(self._path(part))
            return
        target = Path(self._path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(self._path(part), target)

    def settle(self, *folders: str) -> None:
        """Wait until what was published in these folders would outlast a power cut."""
        for folder in folders if self.local else ():
            with suppress(FileNotFoundError):
                sync(self._path(folder))

    def write(self, name: str, content: bytes, run: str) -> None:
        """Put, publish and settle one file."""
        part = f"{self.parts}/{run}/{name.replace('/', '--')}"
        self.put(part, content)
        self.publish(part, name)
        self.settle(str(PurePosixPath(name).parent))

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        with suppress(FileNotFoundError):
            self.fs.rm_file(self._path(name))

    def sweep(self, but: str = "") -> None:
        """Remove the temporary files of every run except `but`."""
        for folder in self.names(self.parts):
            if folder != but:
                with suppress(FileNotFoundError):
                    self.fs.rm(self._path(f"{self.parts}/{folder}"), recursive=True)

    # Reading

    def names(self, folder: str) -> tuple[str, ...]:
        """What a folder holds, in alphabetical order; () if there is none."""
        with suppress(FileNotFoundError):
            paths = self.fs.ls(self._path(folder), detail=False, refresh=True)
            names = (PurePosixPath(path.rstrip("/")).name for path in paths)
            return tuple(sorted(name for name in names if name))
        return ()

    def read(self, name: str) -> bytes:
        """A file's content; FileNotFoundError if there is none."""
        return cast("bytes", self.fs.cat_file(self._path(name)))

    def stamp(self, name: str) -> str:
        """What changes whenever a file does, without reading it; "" if there is none."""
        if self.local:
            try:
                seen = os.stat(self._path(name))  # noqa: PTH116 - quicker, for each of thousands
            except OSError:
                return ""
            return f"{seen.st_size}-{seen.st_mtime_ns}-{seen.st_ino}"
        try:
            info = self.fs.info(self._path(name))
        except FileNotFoundError:
            return ""
        details = (info.get(key) for key in ("size", "ETag", "LastModified", "created", "mtime"))
        return "-".join(str(detail) for detail in details if detail is not None)

    def holds(self, name: str, digest: str) -> bool:
        """Whether a file is there with exactly this content."""
        with suppress(OSError):
            return digest_of(self.read(name)) == digest
        return False

    def check(self) -> None:
        """BadInput if nothing can be written here. Makes the folder."""
        try:
            if self.local:
                Path(self._path(self.private)).mkdir(parents=True, exist_ok=True)
            self.put(f"{self.parts}/check", b"")
            self.remove(f"{self.parts}/check")
        except Exception as error:  # noqa: BLE001 - each file system has errors of its own
            reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
            fix = "name a folder or an address that you may write to"
            problem = Problem(f"cannot be written: {reason}", fix, self.address(""), path="--out")
            raise BadInput(problem) from None


def digest_of(content: bytes) -> str:
    """The SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


class _OSErrors:
    """A file system whose troubles are all OSError; those of S3 and others are of any kind."""

    def __init__(self, fs: Any) -> None:  # noqa: ANN401 - fsspec has no types
        self._fs = fs

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._fs, name)

        def call(*arguments: object, **options: object) -> Any:  # noqa: ANN401 - as above
            try:
                return method(*arguments, **options)
            except OSError:
                raise
            except Exception as error:
                raise OSError(f"{type(error).__name__}: {error}") from error

        return call


class OutputLocked(WorkbookError):
    """Another batch is at work in the same folder."""

    exit_code = 2


class OutputLock:
    """The right to write into an outlet, given back however the process ends.

    A POSIX record lock: it belongs to this process and is inherited by no child. Addresses that
    are no local folders, and systems without such locks, cannot be held.
    """

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._handle = -1

    def __enter__(self) -> None:
        if not self._outlet.local:
            return
        try:
            import fcntl
        except ImportError:
            return
        path = Path(self._outlet.root) / self._outlet.private / "lock"
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.lockf(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutputLocked(
                f"{self._outlet.root}: another batch is at work here\n"
                "    → wait for it, or choose another --out"
            ) from None

    def __exit__(self, *_: object) -> None:
        if self._handle >= 0:
            os.close(self._handle)
