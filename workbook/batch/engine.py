"""A Papermill engine: `papermill … --engine workbook`, and `engine_name="workbook"`.

The notebook runs in a process of its own, forked from a server that has loaded the libraries and
is started once for each process that calls Papermill. What comes out is what the default engine
gives, with three differences: the file is written whole or not at all, a run that dies or is
killed marks the cell that ran as failed and those after it as pending, and `seconds`, `memory`
(bytes) and `execution_timeout` are limits that hold whatever the notebook does.
"""

from __future__ import annotations

import atexit
import datetime as dt
import hashlib
import os
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MethodType, SimpleNamespace
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.iorw import LocalHandler, papermill_io
from papermill.log import logger

from workbook.batch.fork import linux, wire, work
from workbook.batch.fork.caller import ServerProcess
from workbook.batch.fork.job import JobStatus, Limits
from workbook.batch.kernels import ClosedPath
from workbook.batch.pool import PRELOAD, say_that_nothing_is_forked
from workbook.batch.shipped import injected_values, is_report, is_shipped, without_parameters
from workbook.whole import whole

SLOTS = 64
"""Notebooks at a time; how many really run is the caller's to say."""
SAVE_EVERY = 1.0
"""Seconds between two savings of a notebook that is under way."""


class WorkbookEngine(Engine):  # type: ignore[misc]
    """Runs notebooks in processes forked from one that is warm."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,  # noqa: FBT001, FBT002
        log_output: bool = False,  # noqa: FBT001, FBT002
        autosave_cell_every: int = 30,
        **options: Any,
    ) -> Any:
        """Run a notebook and save it whole: at its begin, at its end, once a second between."""
        server = _server(tuple(options.pop("preload", PRELOAD))) if _can_run(cls, nb) else None
        if server is None:
            say_that_nothing_is_forked()
            options |= {"progress_bar": progress_bar, "autosave_cell_every": autosave_cell_every}
            options |= {"output_path": output_path, "log_output": log_output}
            if is_shipped(nb):
                options["kernel_manager_class"] = ClosedPath
            return NBClientEngine.execute_notebook(nb, kernel_name, **options)
        _save_whole_files()
        manager = _SparingManager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            _Run(manager, log_output, options).do(server)
        finally:
            manager.notebook_complete()
        return manager.nb


class _SparingManager(NotebookExecutionManager):  # type: ignore[misc]
    """Saves a notebook under way no more often than once in a while."""

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self.last_save_time = dt.datetime.min.replace(tzinfo=dt.UTC)

    def save(self, **options: Any) -> None:
        if self.end_time or (self.now() - self.last_save_time).total_seconds() > SAVE_EVERY:
            # Papermill itself saves once more when it has the notebook: that one is for good.
            with _passing():
                super().save(**options)


class _Run:
    """One notebook under way: hears of its cells from the server and tells Papermill."""

    def __init__(self, manager: _SparingManager, log_output: bool, options: dict[str, Any]) -> None:  # noqa: FBT001
        self._manager, self._nb, self._options = manager, manager.nb, options
        self._began: int | None = None
        streams = {name: options.get(name) for name in ("stdout_file", "stderr_file")}
        self._log = SimpleNamespace(log=logger, log_output=log_output, **streams)

    def do(self, server: ServerProcess) -> None:
        """Run it to its end; raises as nbclient does if it is killed or dies."""
        answers: queue.SimpleQueue[tuple[bytes, dict[str, Any]]] = queue.SimpleQueue()
        payload = {
            "notebook": self._nb,
            "allow_errors": self._options.get("allow_errors", False),
        }
        key, rehearsal = _rehearsal(server, self._nb)
        number = server.ask(
            work.CELLS,
            payload,
            lambda kind, content: answers.put((kind, content)),
            folder=str(Path.cwd()),
            limits=self._limits(),
            environment=os.environ,
            imports_from_folder=not is_shipped(self._nb),
            notebook=key,
            rehearse=rehearsal,
        )
        try:
            while (answer := answers.get())[0] != wire.END:
                self._hear(answer[1])
        except BaseException:
            server.stop(number)
            raise
        self._finish(answer[1])

    def _limits(self) -> Limits:
        options = self._options
        each = options.get("execution_timeout") or options.get("timeout")
        own = {name: options[name] for name in ("seconds", "memory") if name in options}
        return Limits(**({"seconds": None, "memory": None} | own), cell_seconds=each)

    def _hear(self, content: dict[str, Any]) -> None:
        if "began" in content:
            index = self._began = content["began"]
            self._manager.cell_start(self._nb.cells[index], index)
            return
        index, self._began = content["ended"], None
        cell = self._nb.cells[index]
        cell.update(from_dict(content["cell"]))
        for output in cell.get("outputs", ()):
            PapermillNotebookClient.log_output_message(self._log, output)
        if content["failed"]:
            self._manager.cell_exception(cell, index)
        self._manager.cell_complete(cell, index)

    def _finish(self, content: dict[str, Any]) -> None:
        for index, shown in content.get("cells", {}).items():
            self._nb.cells[int(index)].update(from_dict(shown))
        if content["status"] == JobStatus.DONE:
            for key in ("language_info", "widgets"):
                if key in content["metadata"]:
                    self._nb.metadata[key] = from_dict(content["metadata"][key])
            return
        cell = {} if self._began is None else self._nb.cells[self._began]
        if cell:
            self._manager.cell_exception(cell, self._began)
            self._manager.cell_complete(cell, self._began)
        if content["status"] == JobStatus.LATE:
            raise CellTimeoutError(f"Killed: {content['reason']}.\n{cell.get('source', '')}")
        raise DeadKernelError(f"Kernel died: {content['reason']}")


def _rehearsal(server: ServerProcess, nb: Any) -> tuple[str, dict[str, Any] | None]:
    """The key under which a server knows a notebook of ours, and how it is rehearsed there.

    Only the report of a document is: other notebooks may write into a workspace. One that comes for
    the first time may be the only one: nothing is rehearsed for it.
    """
    values = injected_values(nb) if is_report(nb) else {}
    if not Path(str(values.get("engagement", ""))).is_file():
        return "", None
    plain = without_parameters(nb)
    key = hashlib.sha256(plain.encode()).hexdigest()
    known = server.knows(key)
    server.teach(key, plain, "")
    return key, {"parameters": values, "exports": []} if known else None


_servers: dict[tuple[str, ...], ServerProcess] = {}
_starting = threading.Lock()


def _server(preload: tuple[str, ...]) -> ServerProcess | None:
    """The server of this process; None if what it loads starts threads, so that it cannot fork."""
    with _starting:
        server = _servers.get(preload)
        if server is None or not server.alive:
            server = _servers[preload] = ServerProcess(preload, SLOTS)
            atexit.register(server.close)
        return server if len(server.threads) == 1 else None


def _can_run(engine: type[Engine], nb: Any) -> bool:
    return linux.can_fork() and engine.nb_language(nb) == "python"


def _save_whole_files() -> None:
    """Have Papermill, which empties a file before it writes it, put whole files in its place.

    The notebook's last saving is its own, after the engine's end.
    """
    handler = papermill_io.get_handler("local")
    if "write" not in vars(handler):
        handler.write = MethodType(_write_whole, handler)


_passing_saves = threading.local()


@contextmanager
def _passing() -> Iterator[None]:
    """What this thread saves meanwhile is whole, but need not outlast a power cut."""
    _passing_saves.on = True
    try:
        yield
    finally:
        _passing_saves.on = False


def _write_whole(handler: LocalHandler, text: str, path: str) -> None:
    """As the handler writes, but whole or not at all; what is no file is written as before."""
    target = Path(handler._cwd or "", path)  # noqa: SLF001 - relative paths begin there
    if not target.parent.is_dir() or (target.exists() and not target.is_file()):
        LocalHandler.write(handler, text, path)
    else:
        durable = not getattr(_passing_saves, "on", False)
        with whole(target.resolve(), durable=durable) as part:
            part.write_bytes(text.encode())
