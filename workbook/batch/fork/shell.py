"""The kernel's shell."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipykernel.compiler import XCachingCompiler, get_tmp_hash_seed, murmur2_x86
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.paths import get_ipython_dir

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
    def db(self) -> Any:
        """What `%store` keeps: in the profile of the caller, where every notebook finds it."""
        if self._db is None:
            from IPython.external.pickleshare import PickleShareDB

            self._db = PickleShareDB(str(Path(get_ipython_dir()) / "profile_default" / "db"))
        return self._db

    @db.setter
    def db(self, value: Any) -> None:
        self._db = value

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
            result = self.run_cell(cell, store_history=True, cell_meta={})
        else:
            try:
                cell_run = self.run_cell_async(cell, store_history=True, cell_meta={}, **arguments)
                # A task of its own: context variables that it sets end with it, as in a kernel.
                result = await asyncio.ensure_future(cell_run)
            finally:
                self.events.trigger("post_execute")
                self.events.trigger("post_run_cell", result)
        return result


# Libraries ask for these names to find out whether they run in a notebook.
Shell.__name__ = Shell.__qualname__ = ZMQInteractiveShell.__name__
Shell.__module__ = ZMQInteractiveShell.__module__
