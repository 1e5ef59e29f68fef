"""The process of a report, or of several of ours, from the fork to its end."""

from __future__ import annotations

import os
import pkgutil
import resource
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import ipykernel

from workbook.batch.fork import ending, linux, startup, wire
from workbook.batch.fork.cells import Fault, Watch, run_cells
from workbook.batch.fork.job import JobStatus, Refused
from workbook.batch.fork.kernel import ReportKernel
from workbook.batch.fork.outputs import Cell
from workbook.batch.fork.prepared import Notebook
from workbook.batch.fork.process import LAST_CALL
from workbook.batch.fork.progress import Board
from workbook.batch.fork.streams import Stream
from workbook.batch.fork.tail import Tail

KERNEL_ENVIRONMENT = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
"""What a kernel of its own adds to the environment, where it is not set."""
LAUNCHER = str(Path(ipykernel.__file__).parents[1] / "ipykernel_launcher.py")
"""The program that runs in a kernel of its own; notebooks find its arguments."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to do in a child.

    `work` names a function, "package.module:function", that takes the child and `payload` and
    returns what the caller is told. `memory` is in bytes beyond `base`. With `imports_from_folder`
    modules are found in the folder first, as in a kernel.
    """

    id: int
    work: str
    payload: dict[str, Any]
    notebook: Notebook | None
    folder: str
    temporary: str
    environment: Mapping[str, str] | None
    memory: int | None
    imports_from_folder: bool
    umask: int


class Child:
    """What the work of a report has at hand.

    `so_far` is for the work to set: what the caller is told, beside the reason, if time runs out.
    """

    def __init__(
        self, ask: Ask, kernel: ReportKernel, board: Board, slot: int, pipe: int, tail: Tail
    ) -> None:
        self.notebook = ask.notebook
        self.place: int | None = None
        self.so_far: Callable[[], Mapping[str, Any]] = dict
        self._ask, self._kernel = ask, kernel
        self._board, self._slot, self._pipe = board, slot, pipe
        self._process = os.getpid()
        self._writing = threading.RLock()
        self.tail = tail
        self.streams: list[Stream] = []

    def run(self, notebook: Notebook, watch: Watch, *, errors_end: bool = True) -> Fault | None:
        """Run a notebook's cells; see `run_cells`. `place` counts the code cells that began."""
        fault = run_cells(self._kernel, notebook, _Noted(watch, self), errors_end=errors_end)
        self._board.clear(self._slot)
        return fault

    def begin(self, number: int, payload: dict[str, Any]) -> None:
        """Take up other work of the same kind, with nothing left of what was before."""
        if self.notebook:
            self._kernel.start_afresh()
        self._ask = replace(self._ask, id=number, payload=payload)
        self.place, self.so_far = None, dict
        self.tail.clear()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {LAST_CALL})

    def reach(self, index: int) -> None:
        """A code cell begins: noted where the server can read it if this process is killed."""
        self.place = index
        self._board.note(self._slot, index)

    def keep_tail(self) -> None:
        """From now on what a cell prints can be read if this process dies."""
        for stream in self.streams:
            stream.tail = self.tail

    def tell(self, content: Mapping[str, Any]) -> None:
        """Tell the caller something while the work goes on."""
        self._send(wire.EVENT, content)

    def end(self, content: Mapping[str, Any]) -> None:
        """Tell the caller how it ended."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {LAST_CALL})  # This is the last word.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - once per report
        self._send(wire.END, {"memory": peak, "threads": threads, **content})

    def cut_off(self, *_: object) -> None:
        """Time is up: tell what there is, and end. Called between two steps of whatever runs."""
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
            answer = {"status": JobStatus.LATE, "reason": "was cut off", "cell": self.place}
            self.end({**answer, **self.so_far()})
        os._exit(1)

    def _send(self, kind: bytes, content: Mapping[str, Any]) -> None:
        self._write(wire.packed(kind, {"id": self._ask.id, **content}))

    def _write(self, message: bytes) -> None:
        """Whole: time does not run out in the middle of a message.

        A process that the notebook forked writes nothing.
        """
        if os.getpid() != self._process:
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {LAST_CALL})
        with self._writing:
            left = memoryview(message)
            while left:
                left = left[os.write(self._pipe, left) :]
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Noted:
    """Counts code cells as they begin."""

    def __init__(self, watch: Watch, child: Child) -> None:
        self._watch, self._child, self._place = watch, child, 0

    def began(self, index: int, cell: Cell) -> None:
        if cell["cell_type"] == "code":
            self._place += 1
            self._child.reach(self._place)
        self._watch.began(index, cell)

    def ended(self, index: int, cell: Cell, *, failed: bool) -> None:
        self._watch.ended(index, cell, failed=failed)


def be_child(
    child: Child,
    ask: Ask,
    kernel: ReportKernel,
    control: socket.socket,
    base: int,
    feed: socket.socket | None,
) -> None:
    """Be the process of a report, and of those that come through `feed`. Does not return."""
    code = 1
    try:
        control.close()
        modules = frozenset(sys.modules)
        _settle_in(child, ask, kernel, base)
        signal.signal(LAST_CALL, child.cut_off)
        work: Callable[..., dict[str, Any]] = pkgutil.resolve_name(ask.work)
        payload: dict[str, Any] | None = ask.payload
        while payload is not None:
            result = _ended_by(partial(work, child, payload))
            if feed is None:
                ending.end(kernel.forget, modules)
            sys.stdout.flush()
            sys.stderr.flush()
            child.end(result)
            payload = _next(child, feed) if feed else None
        code = 0
    except BaseException as error:  # noqa: BLE001 - nothing of the server may go on in the child
        with suppress(BaseException):
            child.end({"status": JobStatus.FAILED, "reason": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(code)


def _next(child: Child, feed: socket.socket) -> dict[str, Any] | None:
    """The payload of the work that comes next; None if this process has done enough."""
    kind, content = wire.received(feed)
    if kind == wire.STOP:
        return None
    payload: dict[str, Any] = content["payload"]
    child.begin(content["id"], payload)
    return payload


def _ended_by(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {"status": JobStatus.DONE, **work()}
    except Refused as error:
        return {"status": JobStatus.REFUSED, "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever it was, it is this report's alone
        return {"status": JobStatus.FAILED, "reason": f"{type(error).__name__}: {error}"}


def _settle_in(child: Child, ask: Ask, kernel: ReportKernel, base: int) -> None:
    os.setsid()
    linux.die_with_parent()
    # What it leaves behind comes to the server only when it has ended, and is known as its own.
    linux.adopt_orphans()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    ending.disown()
    kernel.session.pid = os.getpid()
    _set_environment(ask, kernel)
    _reseed()
    for number, name in enumerate(("stdout", "stderr"), 1):
        stream = Stream(kernel.session, name, number)
        stream.capture()
        child.streams.append(stream)
        setattr(sys, name, stream)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ask.memory is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (base + ask.memory, base + ask.memory))


def _set_environment(ask: Ask, kernel: ReportKernel) -> None:
    before = dict(os.environ)
    if ask.environment is not None:
        os.environ.clear()
        os.environ.update(ask.environment)
        time.tzset()
    for name, value in KERNEL_ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    os.mkdir(ask.temporary, 0o700)  # noqa: PTH102 - once per report: as little as can be
    os.environ["TMPDIR"] = ask.temporary
    kernel.shell.init_environment()
    os.umask(ask.umask)
    os.chdir(ask.folder)
    kernel.shell.history_manager.dir_hist[:] = [Path.cwd()]  # type: ignore[union-attr]
    if ask.environment is not None:
        startup.follow(before)
    if ask.imports_from_folder:
        startup.open_folder()
    sys.argv = [
        LAUNCHER,
        "-f",
        f"{ask.temporary}/kernel.json",
        "--HistoryManager.hist_file=:memory:",
    ]
    tempfile.tempdir = None


def _reseed() -> None:
    """Random numbers that no other report draws. The standard library sees to its own."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()
