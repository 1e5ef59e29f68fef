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
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.batch.local import pool_for
from workbook.batch.making import Made, Recipe, Task, collect, prepare, reason_of
from workbook.batch.shaping import package
from workbook.errors import BadInput, Problem, RunFailed

if TYPE_CHECKING:
    from workbook.batch.job import Job, Outcome
    from workbook.batch.pool import Pool

HERE = "local"
AHEAD = 3
"""Tasks at the scheduler for each thread, so that none waits and idle workers find some."""
COUNT_EVERY = 5.0
"""Seconds after which the cluster's threads are counted again: workers come and go."""
LOOK = 0.5
CONNECT = "15s"


Execute = Callable[["Job"], "Outcome"]


@cache
def _pool(*, ours: bool, formats: tuple[str, ...]) -> Pool:
    """The pool of this worker: as many reports at the same time as it has processors."""
    return pool_for(os.cpu_count() or 1, ours=ours, formats=formats)


def make(task: Task, recipe: Recipe, run: Execute | None) -> Made:
    """Make a report on a worker, if its package is the one that the batch was planned with.

    It runs in a process of its own beside the worker, unless `run` says otherwise.
    """
    if package() != recipe.package:
        reason = "the worker has another version of the package than the batch"
        return Made(task.name, reason=reason)
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
    ) -> None:
        self._recipe, self._client, self._stack, self._run = recipe, client, stack, run
        self._ended: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._futures: dict[str, Any] = {}
        self._counted = float("-inf")
        self._room = 1

    def run(self, tasks: Iterable[Task]) -> Generator[Made]:
        """What comes of each task; RunFailed if the scheduler goes.

        The scheduler blames every task that a lost worker held. Those it gives up are made again,
        each alone, so that only the one that ends its worker fails.
        """
        blamed: list[Task] = []
        try:
            yield from self._made(tasks, self._capacity, blamed.append)
            yield from self._made(blamed, lambda: 1, None)
        finally:
            with suppress(Exception):  # the scheduler may have gone
                self._client.cancel(list(self._futures.values()), force=True)

    def _made(
        self,
        tasks: Iterable[Task],
        room: Callable[[], int],
        give_up: Callable[[Task], None] | None,
    ) -> Generator[Made]:
        todo, more = iter(tasks), True
        running: dict[str, Task] = {}
        while more or running:
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
                if give_up and type(done.exception()).__name__ == "KilledWorker":
                    give_up(task)
                else:
                    yield _result(name, done)

    def _capacity(self) -> int:
        if time.monotonic() - self._counted > COUNT_EVERY:
            threads = sum(self._client.nthreads().values())
            self._room, self._counted = AHEAD * max(threads, 1), time.monotonic()
        return self._room

    def _start(self, task: Task, how: str) -> None:
        key = f"{task.name}-{self._recipe.run}-{how}"
        future = self._client.submit(make, task, self._recipe, self._run, key=key)
        self._futures[task.name] = future
        future.add_done_callback(lambda done: self._ended.put((task.name, done)))

    def close(self) -> None:
        """Leave the cluster, and end it if it was started here."""
        self._stack.close()


def _result(name: str, done: Any) -> Made:  # noqa: ANN401 - distributed has no types
    """What a task came to."""
    error = done.exception()
    if error is None:
        result: Made = done.result()
        return result
    if done.cancelled():
        mend = "start it, and run the same command again"
        raise RunFailed(f"the scheduler has gone\n    → {mend}")
    return Made(name, reason=reason_of(error))


def cluster_runner(
    address: str, jobs: int, run: Execute | None = None
) -> Callable[[Recipe], ClusterRunner]:
    """What makes a runner for a scheduler's address; “local” starts one with `jobs` workers.

    BadInput if Dask is not installed or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        what, mend = "Dask is not installed", "install ownership-workbook[cluster]"
        raise BadInput(Problem(what, mend, "command line", path="--scheduler")) from None

    def begin(recipe: Recipe) -> ClusterRunner:
        with ExitStack() as opened:
            where: Any = address
            if address == HERE:
                where = opened.enter_context(workers_here(jobs))
            client = _client(Client, where, address)
            opened.callback(client.close)
            return ClusterRunner(recipe, client, opened.pop_all(), run)

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
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster


def _client(connect: Any, where: object, address: str) -> Any:  # noqa: ANN401 - as above
    try:
        return connect(where, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        what, mend = f"no scheduler answers at “{address}”: {error}", "check address and network"
        raise BadInput(Problem(what, mend, "command line", path="--scheduler")) from None
