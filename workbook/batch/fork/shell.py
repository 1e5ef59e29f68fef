"""The kernel's shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ipykernel.compiler import XCachingCompiler, get_tmp_hash_seed, murmur2_x86
from ipykernel.zmqshell import ZMQInteractiveShell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult


class StableNames(XCachingCompiler):
    """Compiles cells under names that are the same in every process.

    ipykernel names a cell after its text and the process, which warnings show.
    """

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:  # noqa: ARG002
        """The file name that tracebacks and warnings show."""
        number = murmur2_x86(raw_code, get_tmp_hash_seed())
        return f"/tmp/ipykernel/{number}.py"  # noqa: S108 - no file is made


class Shell(ZMQInteractiveShell):
    """A kernel's shell that runs a cell as a kernel would, inside a running event loop."""

    @property
    def failed_to_show(self) -> bool:
        """Whether the last cell ran, but its value could not be shown."""
        return bool(getattr(self, "_last_traceback_during_displayhook", False))

    async def run(self, cell: str) -> ExecutionResult:
        """Run a cell; what it awaits at its top level shares the kernel's event loop."""
        error = None
        try:
            plain = self.transform_cell(cell)
        except Exception:  # noqa: BLE001 - the shell shows it as the cell's error
            plain, error = cell, sys.exc_info()
        arguments: dict[str, Any] = {"transformed_cell": plain, "preprocessing_exc_tuple": error}
        result: ExecutionResult | None = None
        if not self.should_run_async(cell, **arguments):
            result = self.run_cell(cell, store_history=True)
        else:
            try:
                result = await self.run_cell_async(cell, store_history=True, **arguments)
            finally:
                self.events.trigger("post_execute")
                self.events.trigger("post_run_cell", result)
        return result


# Libraries ask for this name to find out whether they run in a notebook.
Shell.__name__ = Shell.__qualname__ = ZMQInteractiveShell.__name__
