"""Makes many reports from one process, in processes that are forked from a warm one.

with Pool(jobs=2) as pool:
    for outcome in pool.run(jobs):
        ...
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import queue
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbook.batch.fork import linux, work
from workbook.batch.fork.caller import ServerProcess
from workbook.batch.fork.injection import injected
from workbook.batch.fork.job import Job, JobOutcome, JobStatus, Refused, ServerGone
from workbook.batch.plain import execute as by_papermill
from workbook.errors import RunFailed
from workbook.whole import put_in_place, sync

EXPORTER = "workbook.batch.formats:exported"
"""What makes the files of a report from its notebook, by name: the engine knows no format."""
PRELOAD = ("numpy", "pandas")
"""What nearly every report needs."""
AHEAD = 2
"""Jobs that wait in the server beside those that run, so that it never waits for the caller."""

Answer = tuple[int, dict[str, Any]]
log = logging.getLogger(__name__)


class Pool:
    """Runs jobs, `jobs` at a time. Where forking is not safe, Papermill's default engine does.

    `preload` are modules that are loaded once for all reports; of "module:function" the function
    is called as well. `rehearse` runs the first job's notebook a few times in the process that
    reports are forked from: quicker, for notebooks that leave nothing behind in libraries. Without
    `durable` files are whole, but those of the last moments may not survive a power cut.

    Raises RunFailed if what is to be loaded cannot be, or starts threads.
    """

    def __init__(
        self,
        jobs: int = 0,
        *,
        preload: Sequence[str] = PRELOAD,
        rehearse: bool = False,
        durable: bool = True,
    ) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.durable = durable
        self._rehearse = rehearse
        self._texts: dict[tuple[Path, int, int], tuple[str, str]] = {}
        self._folders: set[Path] = set()
        self._server = _server(preload, self.jobs) if linux.can_fork() else None

    def run(self, jobs: Iterable[Job]) -> Iterator[JobOutcome]:
        """Run jobs and yield each outcome when its files are on disk, in the order of their ends.

        `jobs` is read as they are started, so any number takes the same memory. What runs when the
        iteration is given up is killed, and leaves nothing.
        """
        if self._server is None:
            say_that_nothing_is_forked()
            yield from _one_kernel_each(jobs, self.jobs)
        else:
            try:
                yield from _Running(self, self._server).run(jobs)
            except ServerGone as error:
                raise RunFailed(str(error)) from None

    def execute(self, job: Job) -> JobOutcome:
        """Run one job to its end. Several threads may do so at the same time."""
        return next(self.run([job]))

    def close(self) -> None:
        """End all processes."""
        if self._server:
            self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self, server: ServerProcess, job: Job, answers: queue.SimpleQueue[Answer]) -> int:
        """Ask the server for a job; raises Refused for what cannot be run."""
        injected(job.parameters)
        key = "" if job.work else self._teach(server, job.notebook)
        for path in job.paths:
            if path.parent not in self._folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(path.parent)
        rehearsal = {
            "parameters": dict(job.parameters),
            "exports": [export.make for export in job.exports],
        }
        return server.ask(
            job.work or work.REPORT,
            _payload(job),
            lambda _, content: answers.put((content["id"], content)),
            folder=str(job.folder or Path.cwd()),
            limits=job.limits,
            notebook=key,
            rehearse=rehearsal if self._rehearse and key else None,
            shared=job.shared,
            imports_from_folder=job.imports_from_folder,
        )

    def _teach(self, server: ServerProcess, notebook: Path) -> str:
        """Make a notebook known to the server; its key there."""
        key, text = self._text(notebook)
        server.teach(key, text, str(notebook))
        return key

    def _text(self, notebook: Path) -> tuple[str, str]:
        """The key and the text of a notebook's file, read again when it has changed."""
        try:
            status = notebook.stat()
            stamp = (notebook, status.st_mtime_ns, status.st_size)
            if stamp not in self._texts:
                text = notebook.read_text("utf-8")
                self._texts = {stamp: (hashlib.sha256(text.encode()).hexdigest(), text)}
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(f"{notebook}: cannot be read: {error}") from None
        return self._texts[stamp]


def _payload(job: Job) -> dict[str, Any]:
    def text(path: Path | None) -> str | None:
        return None if path is None else str(path.absolute())

    return {
        "parameters": dict(job.parameters),
        "output": text(job.output),
        "partial": text(job.partial),
        "save_cells": job.save_cells,
        "exports": [(export.make, text(export.path)) for export in job.exports],
        "exporter": EXPORTER,
        "input_path": str(job.notebook),
        "output_path": None if job.output is None else str(job.output),
        "version": _papermill_version(),
    }


@cache
def _papermill_version() -> str:
    return version("papermill")


class _Running:
    """The jobs under way of one iteration."""

    def __init__(self, pool: Pool, server: ServerProcess) -> None:
        self._pool, self._server = pool, server
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._under_way: dict[int, tuple[Job, float]] = {}

    def run(self, jobs: Iterable[Job]) -> Iterator[JobOutcome]:
        todo = iter(jobs)
        try:
            more = True
            while more or self._under_way:
                while more and len(self._under_way) < self._pool.jobs + AHEAD:
                    job = next(todo, None)
                    if job is None:
                        more = False
                    elif refused := self._start(job):
                        yield refused
                if self._under_way:
                    yield from self._ended()
        finally:
            self._give_up()

    def _start(self, job: Job) -> JobOutcome | None:
        try:
            number = self._pool.start(self._server, job, self._answers)
        except Refused as error:
            return JobOutcome(job.name, JobStatus.REFUSED, str(error))
        self._under_way[number] = job, time.monotonic()
        return None

    def _ended(self) -> list[JobOutcome]:
        """What has ended; all that is there is committed to the disk at once."""
        answers = [self._answers.get()]
        with suppress(queue.Empty):
            while True:
                answers.append(self._answers.get_nowait())
        alone = [number for number, answer in answers if self._goes_alone(number, answer)]
        heard, answers = answers, [pair for pair in answers if pair[0] not in alone]
        parts = [part for _, answer in answers for part in answer.get("parts", ())]
        try:
            for number, answer in answers:
                parts += self._left_behind(number, answer)
            publish(parts, durable=self._pool.durable)
        except OSError:
            # What has answered will not answer again: whoever gives up would wait for ever.
            for job, _ in [self._under_way.pop(number) for number, _ in heard]:
                _sweep(job)
            raise
        again = filter(None, map(self._start_alone, alone))
        return [*(self._outcome(number, answer) for number, answer in answers), *again]

    def _goes_alone(self, number: int, answer: dict[str, Any]) -> bool:
        """Whether what did not go well in a shared process is done again in one of its own."""
        job, _ = self._under_way[number]
        return job.shared and answer["status"] != JobStatus.DONE and self._server.alive

    def _start_alone(self, number: int) -> JobOutcome | None:
        job, _ = self._under_way.pop(number)
        _sweep(job)
        return self._start(replace(job, shared=False, work=""))

    def _outcome(self, number: int, answer: dict[str, Any]) -> JobOutcome:
        job, since = self._under_way.pop(number)
        status = JobStatus(answer["status"])
        if status is not JobStatus.DONE:
            _sweep(job)
        return JobOutcome(
            name=job.name,
            status=status,
            reason=answer.get("reason", ""),
            cell=answer.get("cell"),
            seconds=time.monotonic() - since,
            memory=answer.get("memory", 0),
            written=tuple(Path(final) for _, final in answer.get("parts", ())),
        )

    def _left_behind(self, number: int, answer: dict[str, Any]) -> list[list[str]]:
        """The partial notebook of a process that died, with what it printed last."""
        job, _ = self._under_way[number]
        if answer["status"] != JobStatus.DIED or not (job.save_cells and job.partial):
            return []
        part = work.part_of(job.partial.absolute())
        if not part.exists():
            return []
        if answer.get("tail"):
            notebook = json.loads(part.read_text("utf-8"))
            codes = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
            codes[answer["cell"] - 1]["outputs"] += answer["tail"]
            part.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return [[str(part), str(job.partial.absolute())]]

    def _give_up(self) -> None:
        for number in self._under_way:
            self._server.stop(number)
        while self._under_way:
            number, _ = self._answers.get()
            job, _ = self._under_way.pop(number)
            _sweep(job)


def _sweep(job: Job) -> None:
    """Remove what a job wrote and that was not published: it may have ended while it wrote."""
    for path in job.paths:
        work.part_of(path).unlink(missing_ok=True)


def publish(parts: Sequence[tuple[str, str]], *, durable: bool) -> None:
    """Put whole files in their places; if `durable`, so that they stay there after a crash.

    Written first, renamed then, the folders last; the disk commits many files almost as quickly
    as one.
    """
    for part, _ in parts if durable else ():
        sync(part)
    for part, final in parts:
        put_in_place(part, final)
    folders = {os.path.dirname(final) for _, final in parts}  # noqa: PTH120 - as above
    for folder in folders if durable else ():
        sync(folder)


def _server(preload: Sequence[str], slots: int) -> ServerProcess:
    tempfile.gettempdir()  # If there is none, the caller hears it.
    try:
        server = ServerProcess(preload, slots)
    except ServerGone as error:
        raise RunFailed(str(error)) from None
    if len(server.threads) > 1:
        server.close()
        started = ", ".join(server.threads[1:])
        raise RunFailed(
            f"what reports start with starts threads ({started}) and cannot be forked then\n"
            f"    → load less than {', '.join(preload)}"
        )
    return server


@cache
def say_that_nothing_is_forked() -> None:
    """Tell, once, that reports take longer here."""
    log.warning(
        "Reports are not forked on this system, where that is not safe; "
        "Papermill’s default engine starts a kernel for each, which takes longer."
    )


def _one_kernel_each(jobs: Iterable[Job], at_once: int) -> Iterator[JobOutcome]:
    todo = iter(jobs)
    running: set[Future[JobOutcome]] = set()
    with ThreadPoolExecutor(at_once) as threads:
        while True:
            while len(running) < at_once and (job := next(todo, None)):
                running.add(threads.submit(by_papermill, job))
            if not running:
                return
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()
