"""Runs a batch: hands tasks to a runner, publishes what comes back, keeps the ledger.

One process publishes and writes the ledger. Killed at any moment, it leaves whole outputs, a ledger
that says no more than is true, and temporary files that the next run sweeps.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from typing import Protocol

from workbook.batch.batch import Batch
from workbook.batch.formats import IPYNB
from workbook.batch.inputs import FileDocument
from workbook.batch.ledger import Ledger, LedgerEntry, Output
from workbook.batch.listening import Listener, Stop
from workbook.batch.making import Part, Recipe, Task, TaskResult
from workbook.batch.order import ENGAGEMENT, NOTEBOOKS, Order
from workbook.batch.outlet import Outlet, OutputLock, digest_of
from workbook.batch.planning import BatchPlan, PlannedReport, plan
from workbook.batch.shaping import package
from workbook.batch.shipped import is_report
from workbook.errors import BadInput, Problem, RunFailed, WorkbookError

FAILED_FOLDER = "failed"
COMMIT_AFTER = 0.25
"""Seconds of finished work that a power cut may take away (it is made again)."""


class Runner(Protocol):
    """Makes reports, several at the same time."""

    def run(self, tasks: Iterable[Task]) -> Generator[TaskResult]:
        """What comes of each task, in the order of their ends.

        Tasks are read as they are started. What runs when the iteration is given up is dropped.
        """

    def close(self) -> None:
        """End the processes."""


def dry(order: Order) -> Batch:
    """What a run would do. Nothing is written."""
    ledger = Ledger(order.outlet, "")
    return Batch(run="", order=order, plan=plan(order, ledger), ledger=ledger, ended={})


def run(order: Order, begin: Callable[[Recipe], Runner], hear: Listener) -> Batch:
    """Make every report that is not there yet, and the batch's summary and index.

    Raises BadInput if not one input is valid, OutputLocked while another batch works in the folder,
    RunFailed if the outlet cannot be written any more.
    """
    from workbook.batch.index import write_index
    from workbook.batch.summary import write_summary

    begun, name = time.monotonic(), uuid.uuid4().hex[:12]
    order.outlet.check()
    with OutputLock(order.outlet):
        try:
            order.outlet.sweep()
            ledger = Ledger(order.outlet, name)
            planned = plan(order, ledger)
            _check_any(order, planned)
            hear.planned(planned)
            ended = Work(order, ledger, name, hear).do(planned, begin)
            batch = Batch(
                run=name,
                order=order,
                plan=planned,
                ledger=ledger,
                ended=ended,
                seconds=time.monotonic() - begun,
            )
            write_summary(batch)
            write_index(batch)
            ledger.compact()
            order.outlet.sweep()
        except OSError as error:
            reason = error.strerror or str(error)
            fix = "make room or repair the folder, and run the same command again"
            raise RunFailed(f"{order.outlet.address('')}: {reason}\n    → {fix}") from error
    return batch


def _check_any(order: Order, planned: BatchPlan) -> None:
    if not planned.any:
        problems = [problem for source in planned.refused for problem in source.problems]
        raise BadInput(problems or [Problem("holds no input", file=", ".join(order.sources))])


class Work:
    """The reports under way, and what is kept of them."""

    def __init__(self, order: Order, ledger: Ledger, run: str, hear: Listener) -> None:
        self._order, self._ledger, self._hear = order, ledger, hear
        self._outlet: Outlet = order.outlet
        self._recipe = Recipe(
            run=run,
            outlet=order.outlet,
            notebook=order.notebook,
            formats=order.formats,
            limits=order.limits,
            package="" if order.afresh else package(),
            ours=order.ours,
            save_cells=order.afresh and not order.ours,
            evaluates=is_report(json.loads(order.notebook)),
            isolated=order.isolated,
        )
        self._under_way: dict[str, PlannedReport] = {}
        self._ended: dict[str, bool] = {}
        self._committed = time.monotonic()

    def do(self, planned: BatchPlan, begin: Callable[[Recipe], Runner]) -> Mapping[str, bool]:
        """Make what is to be made; says of each report that ended whether it was made."""
        count = sum(1 for _ in planned.todo)
        if not count:
            self._ledger.commit()
            return {}
        runner = begin(replace(self._recipe, count=count))
        try:
            self._go_on(runner, planned.todo)
        finally:
            runner.close()
            self._commit()
        return self._ended

    def _go_on(self, runner: Runner, todo: Iterator[PlannedReport]) -> None:
        with closing(runner.run(self._tasks(todo))) as finished, suppress(KeyboardInterrupt):
            for result in finished:
                self._take(result)
                if self._hear.stop is Stop.DROP:
                    break
                if time.monotonic() - self._committed > COMMIT_AFTER:
                    self._commit()

    def _tasks(self, todo: Iterator[PlannedReport]) -> Iterator[Task]:
        for item in todo:
            if self._hear.stop is not Stop.NOT:
                return
            self._under_way[item.name] = item
            try:
                task = self._task(item)
            except WorkbookError as error:
                self._take(TaskResult(item.name, reason=str(error).splitlines()[0]))
            else:
                yield task

    def _task(self, item: PlannedReport) -> Task:
        if self._order.afresh and isinstance(item.document, FileDocument):
            path = str(item.document.path.absolute())
            return Task(item.name, {ENGAGEMENT: path, **item.parameters})
        return task_of(item)

    def _take(self, result: TaskResult) -> None:
        """Publish what a task made. A task that was already taken is one that ran twice."""
        item = self._under_way.pop(result.name, None)
        if item is None:
            return
        before = self._ledger.entry(item.name)
        try:
            entry = self._entry(item, result)
        except FileNotFoundError:
            reason = "what a worker made is not here: name an --out that all machines reach"
            entry = LedgerEntry(item.name, item.key, reason=reason)
        except IsADirectoryError as error:
            reason = f"“{error.filename2 or error.filename}” is a folder"
            entry = LedgerEntry(item.name, item.key, reason=reason)
        stale = before.partial if before else _partial(item.name) if self._order.afresh else ""
        if stale and stale != entry.partial:
            self._outlet.remove(stale)
        self._ledger.note(entry)
        self._ended[item.name] = not entry.reason
        self._hear.ended(entry)

    def _entry(self, item: PlannedReport, result: TaskResult) -> LedgerEntry:
        outputs = {
            form: self._publish(part, self._order.file_of(item.name, form))
            for form, part in result.parts.items()
        }
        partial = _partial(item.name) if result.partial else ""
        if result.partial:
            self._publish(result.partial, partial)
        return LedgerEntry(
            name=item.name,
            key=item.key,
            outputs=outputs,
            reason=result.reason,
            partial=partial,
            seconds=round(result.seconds, 3),
        )

    def _publish(self, part: Part, name: str) -> Output:
        self._outlet.publish(part.file, name)
        return Output(name, part.digest, self._outlet.stamp(name))

    def _commit(self) -> None:
        self._outlet.settle("", FAILED_FOLDER, NOTEBOOKS)
        self._ledger.commit()
        self._committed = time.monotonic()


def _partial(name: str) -> str:
    """Where the notebook of a report that failed is kept."""
    return f"{FAILED_FOLDER}/{name}.{IPYNB}"


def task_of(item: PlannedReport) -> Task:
    """The task of a report; BadInput if its document has changed since it was planned."""
    if item.document is None:
        return Task(item.name, item.parameters)
    content = item.document.read()
    if digest_of(content) != item.digest:
        fix = "run the same command again"
        raise BadInput(Problem("has changed while the batch was running", fix, item.place))
    return Task(
        name=item.name,
        parameters=item.parameters,
        document=content,
        suffix=item.document.suffix,
        changed=item.document.changed(),
        framework=item.framework,
    )
