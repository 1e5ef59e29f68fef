"""What a report is asked for, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

MEGABYTE = 1 << 20


class Refused(ValueError):
    """A notebook or parameters that cannot be run: what is wrong, and in a second line its fix."""


class ServerGone(RuntimeError):
    """The process that reports are forked from cannot start, or has ended."""


class JobStatus(StrEnum):
    """How a report ended."""

    DONE = "done"
    FAILED = "failed"  # a cell raised
    LATE = "late"  # it ran past a limit of time and was killed
    DIED = "died"  # its process ended by itself: a crash, a signal, an exit
    REFUSED = "refused"  # it never ran: its notebook or its parameters are wrong


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take; None is without limit.

    `seconds` is for the whole report, `cell_seconds` for each cell; `memory` is in bytes of private
    memory beyond what every report starts with.
    """

    seconds: float | None = 600
    cell_seconds: float | None = None
    memory: int | None = 4096 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Export:
    """A file to make from the notebook that ran.

    `make` names a function, "package.module:function", from an nbformat node to text or bytes.
    """

    make: str
    path: Path


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make.

    The notebook that ran is written to `output`; if it failed or its time ran out, as far as it
    came to `partial` (nowhere if None). `folder` is the working directory, by default that of
    whoever asks. With `imports_from_folder` the notebook finds modules in it, as in a kernel; never
    for a notebook of ours, whose folders hold data. With `save_cells` the partial notebook is saved
    before each cell, so that it is there even if the process dies. `work` names what is done in
    place of running the notebook, "package.module:function", as workbook.batch.fork.child tells.
    With `shared` its process makes others as well, one after the other: for what leaves nothing
    behind. If it does not go well there, the notebook runs in a process of its own.
    """

    name: str
    notebook: Path
    output: Path | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    exports: tuple[Export, ...] = ()
    partial: Path | None = None
    folder: Path | None = None
    limits: Limits = Limits()
    imports_from_folder: bool = True
    save_cells: bool = False
    work: str = ""
    shared: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that it may write."""
        wanted = (self.output, self.partial, *(export.path for export in self.exports))
        return tuple(path for path in wanted if path)


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended. `cell` is the place among the code cells (from 1) where it went wrong.

    `written` are the files that appeared; `memory` is the most that the process held, in bytes.
    """

    name: str
    status: JobStatus
    reason: str = ""
    cell: int | None = None
    seconds: float = 0.0
    memory: int = 0
    written: tuple[Path, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything was made."""
        return self.status is JobStatus.DONE
