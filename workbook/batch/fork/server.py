"""The process that reports are forked from: fresh, pre-loaded, with a single thread.

Started by `caller.ServerProcess` with one end of a socket. It ends when the other end is closed,
however the caller ended, and takes along whatever still runs.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import selectors
import shutil
import signal
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from workbook.batch.fork import linux, wire
from workbook.batch.fork.child import Ask, Child, be_child
from workbook.batch.fork.job import JobStatus, Refused
from workbook.batch.fork.kernel import ReportKernel, make_kernel
from workbook.batch.fork.prepared import Notebook, prepare
from workbook.batch.fork.process import Running
from workbook.batch.fork.progress import Board
from workbook.batch.fork.rehearsal import TIMES, Rehearsals, notebook_streams, rehearse
from workbook.batch.fork.tail import Tail

KNOWN_NOTEBOOKS = 8
PIECE = 1 << 16


class ForkServer:
    """Forks a child for each request of the caller, as many at a time as there are slots."""

    def __init__(
        self, control: socket.socket, kernel: ReportKernel, slots: int, temp: Path, caller: int
    ) -> None:
        self._control, self._kernel, self._temp = control, kernel, temp
        self._free = list(range(slots))
        self._board = Board(slots)
        self._base = linux.private_memory()
        self._notebooks: dict[str, Notebook | str] = {}
        self._rehearsed: dict[str, Rehearsals] = {}
        self._waiting: deque[tuple[dict[str, Any], Notebook | str | None]] = deque()
        self._running: dict[int, Running] = {}
        self._inbox = wire.Inbox()
        self._events = selectors.DefaultSelector()
        self._events.register(control, selectors.EVENT_READ, self._hear_caller)
        # Processes that the caller forked may hold its end of the socket open after its death.
        self._events.register(os.pidfd_open(caller), selectors.EVENT_READ, self._leave)

    def serve(self) -> None:
        """Work until the caller is gone."""
        try:
            while self._control.fileno() >= 0:
                for key, _ in self._events.select(self._patience()):
                    key.data()
                self._end_late()
                self._start_waiting()
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self._end_all()

    def _hear_caller(self) -> None:
        piece = self._control.recv(PIECE)
        if not piece:
            self._leave()
        for kind, body in self._inbox.take(piece):
            content = wire.unpacked(body)
            if kind == wire.LEARN:
                self._learn(content["key"], content["text"], content["name"])
            elif kind == wire.ASK:
                self._waiting.append((content, self._notebooks.get(content["notebook"])))
            elif kind == wire.STOP:
                self._stop(content["id"])

    def _leave(self) -> None:
        """The caller is gone: `serve` ends."""
        self._control.close()

    def _learn(self, key: str, text: str, name: str) -> None:
        """Make a notebook ready; what is wrong with it is told to whoever asks for a report."""
        while len(self._notebooks) >= KNOWN_NOTEBOOKS:
            del self._notebooks[next(iter(self._notebooks))]
        try:
            self._notebooks[key] = prepare(text, name)
        except Refused as error:
            self._notebooks[key] = str(error)
        _settle_memory()

    def _stop(self, wanted: int) -> None:
        if any(job["id"] == wanted for job, _ in self._waiting):
            self._waiting = deque(pair for pair in self._waiting if pair[0]["id"] != wanted)
            end = {"id": wanted, "status": JobStatus.DIED, "reason": "stopped"}
            self._tell(wire.packed(wire.END, end))
        for run in self._running.values():
            if run.id == wanted:
                run.kill(JobStatus.DIED, "stopped")

    def _start_waiting(self) -> None:
        while self._waiting:
            job, notebook = self._waiting[0]
            worker = next((run for run in self._running.values() if run.fits(job)), None)
            if not worker and not self._free:
                self._make_room()
                return
            self._waiting.popleft()
            pkgutil.resolve_name(job["work"])  # Imported here once, not in every child.
            if isinstance(notebook, str):
                self._refuse(job, notebook)
            elif worker:
                self._board.clear(worker.slot)
                worker.go_on(job)
            else:
                try:
                    self._fork(job, notebook)
                except OSError as error:  # of files or processes there are too many
                    self._refuse(job, error.strerror or str(error))

    def _refuse(self, job: dict[str, Any], reason: str) -> None:
        end = {"id": job["id"], "status": JobStatus.REFUSED, "reason": reason}
        self._tell(wire.packed(wire.END, end))

    def _make_room(self) -> None:
        """Have a process end that waits for other work than there is."""
        if idle := next((run for run in self._running.values() if run.idle), None):
            idle.dismiss()

    def _fork(self, job: dict[str, Any], notebook: Notebook | None) -> None:
        slot = self._free[-1]
        self._board.clear(slot)
        ask = Ask(
            id=job["id"],
            work=job["work"],
            payload=job["payload"],
            notebook=notebook,
            folder=job["folder"],
            temporary=str(self._temp / str(job["id"])),
            environment=job["environment"],
            memory=job["limits"]["memory"],
            imports_from_folder=job["imports_from_folder"],
            umask=job["umask"],
        )
        with ExitStack() as opened:
            tail = Tail()
            opened.callback(tail.close)
            reading, writing = os.pipe()
            opened.callback(os.close, reading)
            opened.callback(os.close, writing)
            ours, theirs = socket.socketpair() if self._may_share(job) else (None, None)
            pid = os.fork()
            opened.pop_all()
        if not pid:
            child = Child(ask, self._kernel, self._board, slot, writing, tail)
            be_child(child, ask, self._kernel, self._control, self._base, theirs)
        self._free.remove(slot)
        os.close(writing)
        if theirs:
            theirs.close()
        os.set_blocking(reading, False)
        run = Running(job, pid, reading, slot, ask.temporary, tail, ours)
        self._running[pid] = run
        self._events.register(reading, selectors.EVENT_READ, lambda: self._hear_child(run))
        self._events.register(run.handle, selectors.EVENT_READ, lambda: self._reap(run))

    def _may_share(self, job: dict[str, Any]) -> bool:
        """Whether its process may do others; what is to be rehearsed for them waits for that."""
        return job["shared"] and (not job["rehearse"] or job["notebook"] in self._rehearsed)

    def _hear_child(self, run: Running) -> None:
        message, finished = run.read()
        if message:
            self._tell(message)
        if run.idle and run.worn:
            run.dismiss()
        if finished and run.pipe in self._events.get_map():
            self._events.unregister(run.pipe)

    def _reap(self, run: Running) -> None:
        """A child has ended: nothing of it stays behind."""
        self._hear_child(run)
        linux.kill_group(run.pid)
        _, status, used = os.wait4(run.pid, 0)
        if not run.ended:
            self._tell(run.death_message(status, self._board.read(run.slot)))
        for descriptor in (run.pipe, run.handle):
            with suppress(KeyError):
                self._events.unregister(descriptor)
            os.close(descriptor)
        run.tail.close()
        run.close_feed()
        del self._running[run.pid]
        self._free.append(run.slot)
        self._sweep_orphans()
        _remove(run.temporary)
        if run.can_be_rehearsed:
            self._rehearse(run.job, run.since, used.ru_utime + used.ru_stime)

    def _rehearse(self, job: dict[str, Any], began: float, took: float) -> None:
        """Run a notebook that went well here, if its caller wants that and it would help."""
        key, wanted = job["notebook"], job["rehearse"]
        notebook = self._notebooks.get(key)
        if not wanted or not isinstance(notebook, dict):
            return
        known = self._rehearsed.setdefault(key, Rehearsals())
        if known.count and (job["shared"] or not known.lack(began, took)):
            return
        own, times = job["imports_from_folder"], 1 if known.count else TIMES
        folder = job["folder"]
        rehearse(self._kernel, notebook, folder, times=times, imports_from_folder=own, **wanted)
        _settle_memory()
        self._base = linux.private_memory()
        known.end()

    def _sweep_orphans(self) -> None:
        """Kill what a report that is gone has left in sessions of its own, and what that leaves."""
        while orphans := [pid for pid in linux.children() if self._is_orphan(pid)]:
            for pid in orphans:
                linux.kill_group(pid)
                with suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    def _is_orphan(self, pid: int) -> bool:
        """Whether a process of ours was adopted and belongs to no report that still runs."""
        try:
            return pid not in self._running and os.getsid(pid) not in self._running
        except ProcessLookupError:
            return False

    def _patience(self) -> float | None:
        left = [run.left(self._board.read(run.slot)) for run in self._running.values()]
        known = [seconds for seconds in left if seconds is not None]
        return max(0.0, min(known)) if known else None

    def _end_late(self) -> None:
        for run in self._running.values():
            run.end_if_late(self._board.read(run.slot))

    def _tell(self, message: bytes) -> None:
        if self._control.fileno() >= 0:
            self._control.sendall(message)

    def _end_all(self) -> None:
        for pid in self._running:
            linux.kill_group(pid)
        self._running.clear()
        self._sweep_orphans()


def _settle_memory() -> None:
    """What is here now stays: no collection has to look at it, in no child."""
    gc.collect()
    gc.freeze()


def _remove(folder: str) -> None:
    try:
        os.rmdir(folder)  # noqa: PTH106 - nearly always empty, and once per report
    except FileNotFoundError:
        pass
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def load(modules: Sequence[str]) -> None:
    """Import modules; of "module:function" run the function as well, so that it is warm."""
    for name in modules:
        loaded = pkgutil.resolve_name(name)
        if ":" in name:
            loaded()


def main(descriptor: int) -> None:
    """Load everything, say so, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The terminal's Ctrl-C is for the caller.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # By way of clearing up.
    control = socket.socket(fileno=descriptor)
    _, settings = wire.received(control)
    linux.adopt_orphans()
    temp = Path(tempfile.mkdtemp(prefix="workbook-"))
    try:
        kernel = make_kernel(temp / "profile")
        try:
            # A library that is loaded here finds what it would find in a kernel.
            with notebook_streams(kernel), kernel.shell.builtin_trap:
                load(settings["preload"])
        except Exception as error:  # noqa: BLE001 - the caller shows it
            control.sendall(
                wire.packed(wire.READY, {"trouble": f"{type(error).__name__}: {error}"})
            )
            return
        _settle_memory()
        control.sendall(wire.packed(wire.READY, {"threads": linux.threads(), "trouble": ""}))
        ForkServer(control, kernel, settings["slots"], temp, settings["caller"]).serve()
    finally:
        shutil.rmtree(temp, ignore_errors=True)
