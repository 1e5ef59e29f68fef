"""Runs the cells of a notebook in this process's kernel, in order, until one fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from workbook.batch.fork.kernel import Error, ReportKernel
from workbook.batch.fork.outputs import Cell, Outputs

MAY_RAISE = "raises-exception"
SKIP = "skip-execution"
"""Tags of nbclient: an error of this cell ends nothing; this cell is not run."""

BETWEEN_CELLS = 0.01
"""Seconds that tasks have between two cells: about what a message takes to a kernel and back."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a run stopped: the cell's index, and name and text of what it raised."""

    index: int
    name: str
    text: str

    @property
    def wanted(self) -> bool:
        """The notebook ended itself with success (`sys.exit()`): the rest was not to be run."""
        return self.name == "SystemExit" and self.text in {"", "0"}


class Watch(Protocol):
    """Hears of each cell, whatever its kind."""

    def began(self, index: int, cell: Cell) -> None:
        """A cell comes next; its outputs grow under `lock` until it has ended."""

    def ended(self, index: int, cell: Cell, *, failed: bool) -> None:
        """A cell is done, its outputs are complete as far as later cells do not update them."""


def run_cells(
    kernel: ReportKernel, notebook: dict[str, Any], watch: Watch, *, errors_end: bool = True
) -> Fault | None:
    """Run a notebook's code cells and write outputs, counts and widgets into it.

    What a cell leaves running in the background goes on while later cells run, as in a kernel of
    its own. Without `errors_end` no error ends the run.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    outputs = Outputs(kernel)
    kernel.session.hear = outputs.hear
    fault: Fault | None = loop.run_until_complete(
        _run_all(kernel, outputs, notebook["cells"], watch, errors_end)
    )
    outputs.begin({"outputs": []}, "")  # What is said at the process's end belongs to no cell.
    if widgets := outputs.widgets():
        notebook["metadata"]["widgets"] = widgets
    notebook["metadata"]["language_info"] = dict(kernel.language_info)
    return fault


async def _run_all(
    kernel: ReportKernel,
    outputs: Outputs,
    cells: list[Cell],
    watch: Watch,
    errors_end: bool,  # noqa: FBT001 - passed on
) -> Fault | None:
    for index, cell in enumerate(cells):
        watch.began(index, cell)
        error = None
        if _runnable(cell):
            error = await _run_one(kernel, outputs, cell)
        may_raise = not errors_end or MAY_RAISE in cell["metadata"].get("tags", ())
        failed = error is not None and not may_raise
        watch.ended(index, cell, failed=failed)
        await _breathe()
        if error and failed:
            return Fault(index, *error)
    return None


async def _breathe() -> None:
    """Let tasks of the notebook go on, as while a kernel waits for its next cell."""
    await asyncio.sleep(0)
    if len(asyncio.all_tasks()) > 1:
        await asyncio.sleep(BETWEEN_CELLS)


def _runnable(cell: Cell) -> bool:
    tags = cell["metadata"].get("tags", ())
    return cell["cell_type"] == "code" and bool(cell["source"].strip()) and SKIP not in tags


async def _run_one(kernel: ReportKernel, outputs: Outputs, cell: Cell) -> Error | None:
    cell["outputs"] = []
    cell["execution_count"] = kernel.execution_count
    request = kernel.session.msg("execute_request", {"code": cell["source"]})
    outputs.begin(cell, request["msg_id"])
    error = await kernel.run(cell["source"], request)
    outputs.settle()
    return error
