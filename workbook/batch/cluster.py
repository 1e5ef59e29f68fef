"""Makes reports on a Dask cluster: many machines, or processes of this one.

The scheduler hands tasks to workers, moves waiting ones to workers that are idle, and begins the
tasks of a lost worker again elsewhere. Workers put files under temporary names; only the process
that runs the batch publishes, so that a report made twice is seen once. Nothing is kept on the
scheduler: if it goes, the ledger knows what is there.
"""

from __future__ import annotations

import logging
import os
import queue
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.batch.local import pool_for
from workbook.batch.making import Recipe, Task, TaskResult, collect, prepare, reason_of
from workbook.batch.shaping import package
from workbook.errors import BadInput, Problem, RunFailed, require

if TYPE_CHECKING:
    from workbook.batch.fork.job import Job, JobOutcome
    from workbook.batch.pool import Pool

HERE = "local"
AHEAD = 3
"""Tasks at the scheduler for each thread, so that none waits and idle workers find some."""
COUNT_EVERY = 5.0
"""Seconds after which the cluster's threads are counted again: workers come and go."""
LOOK = 0.5
CONNECT = "15s"
SAY_AFTER = 10.0
"""Seconds without any worker after which that is said: one that is lost is started again sooner."""
GIVE_UP_AFTER = 300.0
"""Seconds without any worker after which the batch ends."""


Execute = Callable[["Job"], "JobOutcome"]
Say = Callable[[str], object]


@cache
def _pool(*, ours: bool, formats: tuple[str, ...]) -> Pool:
    """The pool of this worker: as many reports at the same time as it has processors."""
    return pool_for(os.cpu_count() or 1, ours=ours, formats=formats)


def make(task: Task, recipe: Recipe, run: Execute | None) -> TaskResult:
    """Make a report on a worker, if its package is the one that the batch was planned with.

    It runs in a process of its own beside the worker, unless `run` says otherwise.
    """
    if package() != recipe.package:
        reason = "the worker has another version of the package than the batch"
        return TaskResult(task.name, reason=reason)
    prepared = prepare(task, recipe)
    run = run or _pool(ours=recipe.ours, formats=recipe.formats).execute
    return collect(prepared, run(prepared.job))


class ClusterRunner:
    """Hands tasks to a Dask scheduler. `client` is a distributed.Client of it."""

    def __init__(
        self,
        recipe: Recipe,
        client: Any,  # noqa: ANN401 - distributed has no types
        stack: ExitStack,
        run: Execute | None,
        say: Say,
    ) -> None:
        self._recipe, self._client, self._stack, self._run = recipe, client, stack, run
        self._ended: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._futures: dict[str, Any] = {}
        self._workers = _Workers(client, say)

    def run(self, tasks: Iterable[Task]) -> Generator[TaskResult]:
        """What comes of each task; RunFailed if the scheduler goes, or if no worker comes.

        The scheduler blames every task that a lost worker held. Those it gives up are made again,
        each alone, so that only the one that ends its worker fails.
        """
        blamed: list[Task] = []
        try:
            yield from self._results(tasks, self._workers.room, blamed.append)
            yield from self._results(blamed, lambda: 1, None)
        finally:
            with suppress(Exception):  # the scheduler may have gone
                self._client.cancel(list(self._futures.values()), force=True)

    def _results(
        self,
        tasks: Iterable[Task],
        room: Callable[[], int],
        give_up: Callable[[Task], None] | None,
    ) -> Generator[TaskResult]:
        todo, more = iter(tasks), True
        running: dict[str, Task] = {}
        while more or running:
            self._workers.look()
            while more and len(running) < room():
                task = next(todo, None)
                if task is None:
                    more = False
                else:
                    running[task.name] = task
                    self._start(task, "shared" if give_up else "alone")
            with suppress(queue.Empty):
                name, done = self._ended.get(timeout=LOOK)
                task = running.pop(name)
                del self._futures[name]
                if give_up and type(_error(done)).__name__ == "KilledWorker":
                    give_up(task)
                else:
                    yield _result(name, done)

    def _start(self, task: Task, how: str) -> None:
        key = f"{task.name}-{self._recipe.run}-{how}"
        with _scheduler_needed():
            future = self._client.submit(make, task, self._recipe, self._run, key=key)
        self._futures[task.name] = future
        future.add_done_callback(lambda done: self._ended.put((task.name, done)))

    def close(self) -> None:
        """Leave the cluster, and end it if it was started here."""
        self._stack.close()


class _Workers:
    """The workers at the scheduler, which come and go."""

    def __init__(self, client: Any, say: Say) -> None:  # noqa: ANN401 - distributed has no types
        self._client, self._say = client, say
        self._threads = 0
        self._counted = float("-inf")
        self._seen = time.monotonic()
        self._said = False

    def room(self) -> int:
        """How many tasks to have at the scheduler."""
        return AHEAD * max(self._threads, 1)

    def look(self) -> None:
        """Count them now and then; say when none is there, RunFailed if none comes for long."""
        now = time.monotonic()
        if now - self._counted > COUNT_EVERY:
            with _scheduler_needed():
                self._threads, self._counted = sum(self._client.nthreads().values()), now
        if self._threads:
            if self._said:
                self._say("a worker has come: the batch goes on")
            self._seen, self._said = now, False
        elif now - self._seen > GIVE_UP_AFTER:
            fix = "start one (dask worker ADDRESS), and run the same command again"
            raise RunFailed(f"no worker at the scheduler for {_spoken()}\n    → {fix}")
        elif now - self._seen > SAY_AFTER and not self._said:
            self._say(f"waiting: no worker at the scheduler (gives up after {_spoken()})")
            self._said = True


def _spoken() -> str:
    return f"{GIVE_UP_AFTER / 60:g} minutes"


def _result(name: str, done: Any) -> TaskResult:  # noqa: ANN401 - distributed has no types
    """What a task came to."""
    if error := _error(done):
        return TaskResult(name, reason=reason_of(error))
    with _scheduler_needed():
        result: TaskResult = done.result()
        return result


def _error(done: Any) -> BaseException | None:  # noqa: ANN401 - distributed has no types
    with _scheduler_needed():
        error: BaseException | None = done.exception()
        return error


@contextmanager
def _scheduler_needed() -> Generator[None]:
    """RunFailed if the scheduler has gone."""
    try:
        yield
    except (OSError, RuntimeError, CancelledError) as error:
        fix = "start it, and run the same command again"
        raise RunFailed(f"the scheduler has gone\n    → {fix}") from error


def cluster_runner(
    address: str, jobs: int, run: Execute | None = None, say: Say = lambda _: None
) -> Callable[[Recipe], ClusterRunner]:
    """What makes a runner for a scheduler's address; “local” starts one with `jobs` workers.

    `say` gets a line for people while no worker is there. BadInput if Dask is not installed or
    nobody answers at the address.
    """
    require("distributed", "cluster", "--scheduler")
    from distributed import Client

    def begin(recipe: Recipe) -> ClusterRunner:
        with ExitStack() as opened:
            where: Any = address
            if address == HERE:
                where = opened.enter_context(workers_here(jobs))
            client = _client(Client, where, address)
            opened.callback(client.close)
            return ClusterRunner(recipe, client, opened.pop_all(), run, say)

    return begin


@contextmanager
def workers_here(jobs: int) -> Generator[Any]:
    """A cluster of workers in processes of this machine."""
    import dask
    from distributed import LocalCluster

    # A worker that is just being started again when this time is up would be given up for good.
    with (
        dask.config.set({"distributed.deploy.lost-worker-timeout": "1 day"}),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=jobs,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # with None it would listen at a fixed port
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster


def _client(connect: Any, where: object, address: str) -> Any:  # noqa: ANN401 - as above
    try:
        return connect(where, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        text, fix = f"no scheduler answers at “{address}”: {error}", "check address and network"
        raise BadInput(Problem(text, fix, "command line", path="--scheduler")) from None
