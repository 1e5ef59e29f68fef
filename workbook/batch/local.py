"""Makes reports on this machine, several at the same time."""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from workbook.batch.making import Execute, Made, Recipe, Task, make, reason_of


class LocalRunner:
    """Hands tasks to `execute` from `jobs` threads; each run has a process of its own."""

    def __init__(self, recipe: Recipe, execute: Execute, jobs: int) -> None:
        # One more than run, so that the next is ready when one ends.
        self.capacity = jobs + 1
        self._recipe, self._execute = recipe, execute
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="report")
        self._ended: queue.SimpleQueue[tuple[str, Future[Made]]] = queue.SimpleQueue()

    def start(self, task: Task) -> None:
        """Begin a task."""
        future = self._threads.submit(make, task, self._recipe, self._execute)
        future.add_done_callback(lambda done: self._ended.put((task.name, done)))

    def finished(self, wait: float) -> list[Made]:
        """What has ended since the last call; waits at most `wait` seconds for the first."""
        made = []
        try:
            made.append(_result(*self._ended.get(timeout=wait)))
            while True:
                made.append(_result(*self._ended.get_nowait()))
        except queue.Empty:
            return made

    def close(self, *, drop: bool) -> None:
        """End the threads; with `drop` what waits is not begun."""
        self._threads.shutdown(wait=not drop, cancel_futures=True)


def _result(name: str, done: Future[Made]) -> Made:
    error = done.exception()
    return done.result() if error is None else Made(name, reason=reason_of(error))


def local_runner(jobs: int) -> Callable[[Recipe], LocalRunner]:
    """What makes a runner of this machine."""
    from workbook.batch.plain import execute

    return lambda recipe: LocalRunner(recipe, execute, jobs)
