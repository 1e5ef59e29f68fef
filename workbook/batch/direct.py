"""Makes what needs no notebook: evaluations and office documents, many in each process.

An evaluation depends on its document and its day alone, and our code leaves nothing behind in a
process, so that one process makes many. It has the limits of one report. What a process did not
make, because it failed, was too late or too large, runs again as a notebook in a process of its
own: errors, limits and the ledger are those of any report.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.batch.fork.job import Job, JobOutcome, JobStatus
from workbook.batch.formats import SHAPING, direct, loaded_ahead
from workbook.batch.making import Prepared, Recipe, Task, TaskResult, collect, prepare
from workbook.batch.order import ENGAGEMENT
from workbook.batch.pool import Pool

if TYPE_CHECKING:
    from workbook.batch.fork.child import Child

PRELOAD = ("workbook.batch.direct", "workbook.content", "workbook.scoring")
TOGETHER = 25
"""Reports in one process: a fork costs about one evaluation."""


class DirectRunner:
    """Makes reports without their notebook."""

    def __init__(self, recipe: Recipe, jobs: int, alone: Callable[[], Pool]) -> None:
        # As many groups as there are processes, so that none of them has nothing to do.
        self._together = max(1, min(TOGETHER, recipe.count // jobs))
        self._recipe, self._alone = recipe, alone
        self._pool = Pool(jobs, preload=(*PRELOAD, *loaded_ahead(recipe.formats)))

    def run(self, tasks: Iterable[Task]) -> Generator[TaskResult]:
        """What comes of each task, in the order of their ends."""
        left: list[Prepared] = []
        yield from self._together_made(iter(tasks), left)
        if left:
            with self._alone() as pool:
                waiting = {prepared.job.name: prepared for prepared in left}
                for outcome in pool.run(prepared.job for prepared in left):
                    yield collect(waiting.pop(outcome.name), outcome)

    def _together_made(self, tasks: Iterator[Task], left: list[Prepared]) -> Generator[TaskResult]:
        """What many tasks together in a process come to; what it did not make is `left`."""
        groups: dict[str, list[Prepared]] = {}

        def jobs() -> Iterator[Job]:
            ready = (prepare(task, self._recipe) for task in tasks)
            while group := list(islice(_plain(ready, left), self._together)):
                job = _job_of(group)
                groups[job.name] = group
                yield job

        for outcome in self._pool.run(jobs()):
            group = groups.pop(outcome.name)
            seconds, written = outcome.seconds / len(group), set(outcome.written)
            for prepared in group:
                if written.issuperset(export.path for export in prepared.job.exports):
                    done = JobOutcome(prepared.job.name, JobStatus.DONE, seconds=seconds)
                    yield collect(prepared, done)
                else:
                    left.append(prepared)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()


def _plain(ready: Iterator[Prepared], left: list[Prepared]) -> Iterator[Prepared]:
    """Those that a document and what shapes a report tell all of; the others are `left`."""
    for prepared in ready:
        if prepared.job.parameters.keys() <= {ENGAGEMENT, *SHAPING}:
            yield prepared
        else:
            left.append(prepared)


def _job_of(group: list[Prepared]) -> Job:
    """One job that makes the reports of many."""
    first = group[0].job
    return replace(
        first,
        name=uuid.uuid4().hex,
        parameters={"reports": [dict(prepared.job.parameters) for prepared in group]},
        exports=tuple(export for prepared in group for export in prepared.job.exports),
        partial=None,
        work=f"{__name__}:make_all",
    )


def make_all(child: Child, payload: dict[str, Any]) -> dict[str, Any]:
    """In a child: write each report in each format as a part, but those that go wrong."""
    from workbook.batch.fork.work import part_of

    parts: list[list[str]] = []
    child.so_far = lambda: {"parts": list(parts)}
    reports, paths = payload["parameters"]["reports"], payload["exports"]
    each = len(paths) // len(reports)
    for number, (_, path) in enumerate(paths):
        form = Path(path).suffix[1:]
        try:
            content = direct(form, reports[number // each])
        except Exception:  # noqa: BLE001, S112 - made again alone, where its error is told
            continue
        part = part_of(Path(path))
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        parts.append([str(part), path])
    return {"parts": parts}
