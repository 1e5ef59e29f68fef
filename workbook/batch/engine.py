"""A Papermill engine: `papermill … --engine workbook`, and `engine_name="workbook"`.

The notebook runs in a process of its own, forked from a server that has loaded the libraries and
is started once for each process that calls Papermill. What comes out is what the default engine
gives. `seconds`, `memory` (bytes) and `execution_timeout` are limits that hold whatever the
notebook does. docs/how-to/batch.md lists every difference with its reason;
tests/batch/test_engine_outputs.py compares both engines.
"""

from __future__ import annotations

import atexit
import datetime as dt
import hashlib
import os
import queue
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import MethodType, SimpleNamespace
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
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
Answer = tuple[bytes, dict[str, Any]]
OWN_OPTIONS = frozenset({"preload", "seconds", "memory"})
OPTIONS = frozenset(
    {"input_path", "start_timeout", "stdout_file", "stderr_file"}
    | {"execution_timeout", "timeout", "allow_errors"}
)
"""What is understood of the options of Papermill and nbclient; for others their engine runs."""
LAUNCH = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
"""What follows the interpreter in the specification of an ordinary kernel."""
PATIENCE = 5.0
"""Seconds that a notebook which is stopped has to end."""
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
        server = None
        if not linux.can_fork():
            say_that_nothing_is_forked()
        elif foreign := foreign_to(kernel_name, frozenset(options)):
            _say_that_another_engine_runs(foreign)
        else:
            server = _server(tuple(options.pop("preload", PRELOAD)))
        if server is None:
            options = {name: value for name, value in options.items() if name not in OWN_OPTIONS}
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
        self._behind = self._shown = False

    def save(self, **options: Any) -> None:
        if self.end_time or (self.now() - self.last_save_time).total_seconds() > SAVE_EVERY:
            # Papermill itself saves once more when it has the notebook: that one is for good.
            self._behind = self._shown = False
            with _passing():
                super().save(**options)
        else:
            self._behind = True

    def begin_again(self) -> None:
        """Forget what was heard of cells."""
        if getattr(self, "pbar", None):
            self.pbar.reset()
        self.notebook_start()

    def autosave_cell(self) -> None:
        """Save what a running cell shows, if that is due; else `catch_up` looks again."""
        self._shown = True
        super().autosave_cell()

    def catch_up(self) -> None:
        """Save what was not saved because it came too soon after the last time."""
        if self._behind:
            self.save()
        elif self._shown:
            self.autosave_cell()


class _Run:
    """One notebook under way: hears of its cells from the server and tells Papermill."""

    def __init__(self, manager: _SparingManager, log_output: bool, options: dict[str, Any]) -> None:  # noqa: FBT001
        self._manager, self._nb, self._options = manager, manager.nb, options
        self._began: int | None = None
        self._shared = False
        self._logged: list[int] = []
        streams = {name: options.get(name) for name in ("stdout_file", "stderr_file")}
        self._log = SimpleNamespace(log=logger, log_output=log_output, **streams)

    def do(self, server: ServerProcess) -> None:
        """Run it to its end; raises as nbclient does if it is killed or dies.

        A report of ours, once rehearsed, may have a process that made others before. If it does
        not go well there, it begins anew in a process of its own, and only that counts.
        """
        key, rehearsal = _rehearsal(server, self._nb)
        followed = (self._log.log_output, self._log.stdout_file, self._log.stderr_file)
        self._shared = rehearsal is not None and not any(followed)
        answer = self._ran(server, key, rehearsal)
        if self._shared and (answer["status"] != JobStatus.DONE or answer["fault"]):
            self._shared, self._began = False, None
            self._manager.begin_again()
            answer = self._ran(server, key, rehearsal)
        self._finish(answer)

    def _ran(
        self, server: ServerProcess, key: str, rehearsal: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """How a run of it ended; its cells are followed meanwhile."""
        answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        payload = {
            "notebook": self._nb,
            "allow_errors": self._options.get("allow_errors", False),
        }
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
            shared=self._shared,
        )
        try:
            while (answer := self._next(answers))[0] != wire.END:
                self._hear(answer[1])
        except BaseException:
            server.stop(number)
            with suppress(queue.Empty):
                while (answer := answers.get(timeout=PATIENCE))[0] != wire.END:
                    self._hear(answer[1])
                self._keep_tail(answer[1])
            raise
        return answer[1]

    def _next(self, answers: queue.SimpleQueue[Answer]) -> Answer:
        """The next answer; while none comes, the file follows what is known."""
        while True:
            try:
                return answers.get(timeout=SAVE_EVERY)
            except queue.Empty:
                self._manager.catch_up()

    def _limits(self) -> Limits:
        options = self._options
        each = options.get("execution_timeout") or options.get("timeout")
        each = each if each and each > 0 else None  # nbclient: -1 is no limit
        own = {name: options[name] for name in ("seconds", "memory") if name in options}
        return Limits(**({"seconds": None, "memory": None} | own), cell_seconds=each)

    def _hear(self, content: dict[str, Any]) -> None:
        if "began" in content:
            index = self._began = content["began"]
            self._logged = []
            self._manager.cell_start(self._nb.cells[index], index)
            return
        index = content["shows"] if "shows" in content else content["ended"]
        cell = self._nb.cells[index]
        cell.update(from_dict(content["cell"]))
        self._log_new(cell.get("outputs", ()))
        if "shows" in content:
            self._manager.autosave_cell()
            return
        self._began = None
        if content["failed"] and self._shared:
            return  # It is run again, alone.
        if content["failed"]:
            self._manager.cell_exception(cell, index)
        self._manager.cell_complete(cell, index)

    def _log_new(self, outputs: Sequence[Any]) -> None:
        """Log what was not logged at the last look: outputs, and text that a stream gained."""
        del self._logged[len(outputs) :]
        for index, output in enumerate(outputs):
            text = str(output.get("text", ""))
            logged = self._logged[index] if index < len(self._logged) else None
            if logged is None:
                self._logged.append(len(text))
            elif len(text) > logged:
                self._logged[index] = len(text)
            else:
                continue
            part = {**output, "text": text[logged or 0 :]} if "text" in output else output
            PapermillNotebookClient.log_output_message(self._log, from_dict(part))

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
            self._keep_tail(content)
            self._manager.cell_exception(cell, self._began)
            self._manager.cell_complete(cell, self._began)
        if content["status"] == JobStatus.LATE:
            raise CellTimeoutError(f"Killed: {content['reason']}.\n{cell.get('source', '')}")
        raise DeadKernelError(f"Kernel died: {content['reason']}")

    def _keep_tail(self, content: Mapping[str, Any]) -> None:
        """Keep what the cell that ran printed last."""
        if self._began is not None:
            cell = self._nb.cells[self._began]
            tail = [from_dict(output) for output in content.get("tail", ())]
            cell["outputs"] = [*cell.get("outputs", ()), *tail]
            self._log_new(cell["outputs"])


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
        if len(server.threads) > 1:
            say_that_nothing_is_forked()
            return None
        return server


@cache
def foreign_to(kernel_name: str, options: frozenset[str]) -> str:
    """Why only the kernel that is asked for can run a notebook; "" if it is this interpreter's."""
    if unknown := options - OPTIONS - OWN_OPTIONS:
        return f"“{min(unknown)}” is an option of nbclient's"
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return f"there is no kernel “{kernel_name}”"
    python, *arguments = spec.argv
    named = {"python", f"python{sys.version_info[0]}", sys.executable}
    plain = [argument for argument in arguments if not argument.startswith("-X")]
    if python not in named or plain != LAUNCH or spec.env:
        return f"the kernel “{kernel_name}” is not that of this interpreter"
    return ""


@cache
def _say_that_another_engine_runs(reason: str) -> None:
    logger.warning(f"Papermill’s default engine runs this notebook: {reason}.")


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
