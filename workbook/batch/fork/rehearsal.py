"""Runs a notebook in the server itself, so that every later report starts warm.

Much is slow only the first time in a process: imports inside functions, tables that libraries
build when they are first asked, code that the interpreter adapts to what it is used for. A child
inherits it all. What the notebook leaves behind in libraries is inherited as well: only notebooks
that their caller vouches for are rehearsed.
"""

from __future__ import annotations

import os
import pkgutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from typing import Any

from workbook.batch.fork import startup
from workbook.batch.fork.cells import run_cells
from workbook.batch.fork.kernel import ReportKernel
from workbook.batch.fork.outputs import Cell
from workbook.batch.fork.prepared import Notebook, parameterised
from workbook.batch.fork.streams import Stream

TIMES = 10
"""The interpreter adapts code that has run eight times."""
MOST = 5
"""Reports of a notebook that are rehearsed."""
MUCH = 1.4
"""A report that takes so many times the least does something that no rehearsal has done."""
LONG = 1.0
"""Seconds of processor from which a report is too long to hold up the others once more."""


@dataclass(slots=True)
class Rehearsals:
    """Those of one notebook: how many, when the last one ended, and the least report since."""

    count: int = 0
    ended: float = 0.0
    least: float = inf

    def lack(self, began: float, took: float) -> bool:
        """Whether a report that took so many seconds of processor would be quicker rehearsed."""
        if began < self.ended or self.count >= MOST:
            return False
        self.least = min(self.least, took)
        return MUCH * self.least < took < LONG

    def end(self) -> None:
        """One has ended: later reports know what it did."""
        self.count += 1
        self.ended = time.monotonic()


def rehearse(
    kernel: ReportKernel,
    notebook: Notebook,
    folder: str,
    parameters: Mapping[str, Any],
    exports: Sequence[str] = (),
    times: int = TIMES,
    *,
    imports_from_folder: bool = True,
) -> None:
    """Run a notebook, and what makes files of it, without writing anything; errors end it."""
    from nbformat.notebooknode import from_dict

    makes = [pkgutil.resolve_name(make) for make in exports]
    with (
        _as_in_child(kernel, folder, imports_from_folder),
        kernel.shell.remembering(),
        suppress(Exception),
    ):
        for _ in range(times):
            ran = parameterised(notebook, parameters)
            if run_cells(kernel, ran, _NoEvents()):
                return
            for make in makes:
                make(from_dict(ran))
            kernel.start_afresh()


class _NoEvents:
    """Ignores the events of cells."""

    def began(self, index: int, cell: Cell) -> None:
        pass

    def ended(self, index: int, cell: Cell, *, failed: bool) -> None:
        pass


@contextmanager
def _as_in_child(
    kernel: ReportKernel,
    folder: str,
    imports_from_folder: bool,  # noqa: FBT001 - passed on
) -> Iterator[None]:
    """Folder, search path and streams as a report has them; afterwards as they were."""
    before, environment, path = os.getcwd(), dict(os.environ), list(sys.path)  # noqa: PTH109
    arguments = list(sys.argv)
    try:
        os.chdir(folder)
        if imports_from_folder:
            startup.open_folder()
        with notebook_streams(kernel):
            yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:], sys.argv[:] = path, arguments
        kernel.start_afresh()


@contextmanager
def notebook_streams(kernel: ReportKernel) -> Iterator[None]:
    """Standard output and error as notebooks have them, which lead nowhere."""
    before = sys.stdout, sys.stderr
    sys.stdout = Stream(kernel.session, "stdout", 1)
    sys.stderr = Stream(kernel.session, "stderr", 2)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
