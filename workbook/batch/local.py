"""Makes reports on this machine, in processes that are forked from a warm one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from workbook.batch.fork.job import Job, JobOutcome
from workbook.batch.formats import loaded_ahead
from workbook.batch.making import Prepared, Recipe, Task, TaskResult, collect, prepare

if TYPE_CHECKING:
    from workbook.batch.pool import Pool
    from workbook.batch.running import Runner

OURS = (
    "workbook.batch.quick_start:load_nbformat",
    "workbook.report.view",
    "workbook.scoring",
)
"""What our own report needs, in this order."""
EVALUATED = ("workbook.batch.direct", "workbook.content", "workbook.scoring")
"""What is needed without a notebook."""
REHEARSED_FROM = 10
"""Reports that a rehearsal, which takes as long as a few of them, is worth."""


class Jobs(Protocol):
    """What runs notebooks: workbook.batch.pool.Pool, or another in its place."""

    def run(self, jobs: Iterable[Job]) -> Iterator[JobOutcome]:
        """Each outcome, in the order of their ends; what runs is dropped with the iteration."""

    def close(self) -> None:
        """End the processes."""


class LocalRunner:
    """Makes reports through a pool."""

    def __init__(self, recipe: Recipe, pool: Jobs) -> None:
        self._recipe, self._pool = recipe, pool

    def run(self, tasks: Iterable[Task]) -> Generator[TaskResult]:
        """What comes of each task, in the order of their ends."""
        under_way: dict[str, Prepared] = {}

        def jobs() -> Iterator[Job]:
            for task in tasks:
                under_way[task.name] = prepare(task, self._recipe)
                yield under_way[task.name].job

        outcomes = self._pool.run(jobs())
        try:
            for outcome in outcomes:
                yield collect(under_way.pop(outcome.name), outcome)
        finally:
            close = getattr(outcomes, "close", None)
            if close:
                close()

    def close(self) -> None:
        """End the processes."""
        self._pool.close()


def pool_for(
    jobs: int,
    *,
    ours: bool,
    formats: tuple[str, ...],
    count: int = REHEARSED_FROM,
    by_notebook: bool = True,
) -> Pool:
    """A pool that has loaded what reports need. Our own notebook (`ours`) is rehearsed for many."""
    from workbook.batch.pool import PRELOAD, Pool

    libraries = PRELOAD if not ours else OURS if by_notebook else EVALUATED
    preload = (*libraries, *loaded_ahead(formats))
    return Pool(jobs, preload=preload, rehearse=ours and count >= REHEARSED_FROM)


def local_runner(jobs: int) -> Callable[[Recipe], Runner]:
    """What makes a runner of this machine with `jobs` reports at the same time."""

    def begin(recipe: Recipe) -> Runner:
        pool = pool_for(
            min(jobs, recipe.count),
            ours=recipe.ours,
            formats=recipe.formats,
            count=recipe.count,
            by_notebook=recipe.needs_notebook,
        )
        return LocalRunner(recipe, pool)

    return begin
