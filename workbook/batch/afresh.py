"""The reports of a few documents, always made: what `workbook report` and `workbook demo` ask for.

It is a small batch that stores nothing about itself. One wrong input refuses all of them before
anything is written. Documents are read where they lie, so that a framework beside one is found.

    OUT/NAME.LANG.html             the pages
    OUT/notebooks/NAME.LANG.ipynb  the notebooks that made them
    OUT/failed/NAME.LANG.ipynb     partial notebooks of what failed
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from workbook.batch import sources
from workbook.batch.batch import Batch
from workbook.batch.fork.job import Limits
from workbook.batch.formats import HTML, IPYNB
from workbook.batch.inputs import RefusedInput, refusal
from workbook.batch.ledger import Unkept
from workbook.batch.listening import Listener
from workbook.batch.making import Recipe
from workbook.batch.order import BatchRequest, Order, ordered
from workbook.batch.planning import BatchPlan, plan
from workbook.batch.running import Runner, Work
from workbook.errors import BadInput, Problem, RunFailed, WorkbookError

LIMITS = Limits(cell_seconds=120)
PRIVATE = ".report-"
"""What a run's folder of temporary files begins with."""
STALE = 86_400
"""Seconds after which such a folder was left by a run that was killed."""


def asked(
    files: Iterable[Path], out: Path, formats: Iterable[str] = (HTML,), **details: object
) -> BatchRequest:
    """The wish for reports of these documents; `details` are fields of BatchRequest.

    A page comes with the notebook that made it.
    """
    names, formats = tuple(dict.fromkeys(map(str, files))), tuple(formats)
    notebook = (IPYNB,) if HTML in formats else ()
    wish = {"formats": (*formats, *notebook), "limits": LIMITS, "afresh": True}
    return BatchRequest(names, str(out), **(wish | details))  # type: ignore[arg-type]


def planned(
    wish: BatchRequest, today: str, known: Iterable[Problem] = ()
) -> tuple[Order, BatchPlan]:
    """The order and its plan. Nothing is written.

    Raises BadInput with everything that is wrong, the `known` problems of whoever asks included.
    """
    problems = list(known)
    try:
        order = ordered(wish, today)
    except BadInput as error:
        problems += [*error.problems, *_of_documents(wish.sources)]
        raise BadInput(list(dict.fromkeys(problems))) from None
    reports = plan(order, Unkept(order.outlet, ""))
    problems += [problem for refused in reports.refused for problem in refused.problems]
    if problems:
        raise BadInput(list(dict.fromkeys(problems)))
    return order, reports


def _of_documents(names: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the documents, where the order itself is wrong already."""
    for document in sources.documents(names):
        if isinstance(document, RefusedInput):
            yield from document.problems
            continue
        try:
            document.facts()
        except (WorkbookError, OSError) as error:
            yield from refusal(str(document.path), error).problems


def make(order: Order, plan: BatchPlan, begin: Callable[[Recipe], Runner], hear: Listener) -> Batch:
    """Make every report of a plan. RunFailed if the folder cannot be written any more."""
    begun, name = time.monotonic(), uuid.uuid4().hex[:12]
    with _private(order, name) as own:
        hear.planned(plan)
        ledger = Unkept(own.outlet, name)
        try:
            ended = Work(own, ledger, name, hear).do(plan, begin)
        except OSError as error:
            fix = "make room or repair the folder, and run the same command again"
            text = f"{order.outlet.address('')}: {error.strerror or error}"
            raise RunFailed(f"{text}\n    → {fix}") from error
    return Batch(
        run=name,
        order=order,
        plan=plan,
        ledger=ledger,
        ended=ended,
        seconds=time.monotonic() - begun,
    )


@contextmanager
def _private(order: Order, name: str) -> Iterator[Order]:
    """The order with a folder of its own for temporary files, which goes with the run."""
    root = Path(order.outlet.root)
    outlet = replace(order.outlet, private=f"{PRIVATE}{name}")
    outlet.check()
    for folder in root.glob(f"{PRIVATE}*"):
        if time.time() - folder.stat().st_mtime > STALE:
            shutil.rmtree(folder, ignore_errors=True)
    try:
        yield replace(order, outlet=outlet)
    finally:
        shutil.rmtree(root / outlet.private, ignore_errors=True)
