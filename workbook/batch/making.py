"""How one report is made, wherever that is: here, in a process beside, on another machine.

The notebook and the engagement's document travel with the task and are written into a folder of its
own. What comes out goes into the outlet under temporary names, which the batch publishes.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook.batch.formats import FORMATS, IPYNB, placeless
from workbook.batch.job import Export, Job, Limits, Outcome
from workbook.batch.order import ENGAGEMENT
from workbook.batch.outlet import PARTS, Outlet

NOTEBOOK = "report.ipynb"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every report of a batch has in common. `package` is the digest of our own files."""

    run: str
    outlet: Outlet
    notebook: bytes
    formats: tuple[str, ...]
    limits: Limits
    package: str


@dataclass(frozen=True, slots=True)
class Task:
    """One report to make: a name, parameters, and an engagement's document with its file name."""

    name: str
    parameters: Mapping[str, object]
    document: bytes = b""
    document_name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A finished file under its temporary name, and the SHA-256 of its content."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a task: parts by format, or why not, with the partial notebook (`kept`)."""

    name: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    reason: str = ""
    kept: Part | None = None
    seconds: float = 0.0


Execute = Callable[[Job], Outcome]
"""Runs one job to its end; an outcome says how it ended, whatever that was."""


def make(task: Task, recipe: Recipe, execute: Execute) -> Made:
    """Make one report. Whatever goes wrong with it is its reason; nothing is raised."""
    begun = time.monotonic()
    try:
        with _folder(recipe, task.name) as folder:
            made = _made(task, recipe, execute, folder)
    except Exception as error:  # noqa: BLE001 - whatever it was, the other reports go on
        made = Made(task.name, reason=reason_of(error))
    return replace(made, seconds=time.monotonic() - begun)


def _made(task: Task, recipe: Recipe, execute: Execute, folder: Path) -> Made:
    job = _job(task, recipe, folder)
    outcome = execute(job)
    if outcome.ok:
        files = {export.path.suffix[1:]: export.path for export in job.exports}
        parts = {form: _adopted(recipe, task, path) for form, path in files.items()}
        return Made(task.name, parts)
    kept = None
    if job.partial and job.partial.is_file():
        text = placeless(job.partial.read_text(encoding="utf-8"), folder)
        job.partial.write_text(text, encoding="utf-8")
        kept = _adopted(recipe, task, job.partial)
    return Made(task.name, reason=outcome.reason.replace(f"{folder}/", ""), kept=kept)


def _job(task: Task, recipe: Recipe, folder: Path) -> Job:
    notebook, parameters = folder / NOTEBOOK, dict(task.parameters)
    notebook.write_bytes(recipe.notebook)
    if task.document_name:
        document = folder / task.document_name
        document.write_bytes(task.document)
        parameters[ENGAGEMENT] = str(document)
    out = folder / "out"
    out.mkdir()
    return Job(
        name=task.name,
        notebook=notebook,
        output=folder / f"{task.name}.{IPYNB}",
        parameters=parameters,
        exports=tuple(Export(FORMATS[form], out / f"made.{form}") for form in recipe.formats),
        partial=folder / f"partial.{IPYNB}",
        limits=recipe.limits,
    )


@contextmanager
def _folder(recipe: Recipe, name: str) -> Iterator[Path]:
    """A folder for one task, below the run's own where that is on this machine."""
    above = Path(recipe.outlet.root) / PARTS / recipe.run if recipe.outlet.local else None
    if above:
        above.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=above))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _adopted(recipe: Recipe, task: Task, path: Path) -> Part:
    """A finished file of this machine, taken into the outlet under a temporary name."""
    file = f"{PARTS}/{recipe.run}/{task.name}.{uuid.uuid4().hex[:8]}{path.suffix}"
    return Part(file, recipe.outlet.adopt(path, file))


def reason_of(error: BaseException) -> str:
    """An error in one line: of the notebook where it has one, else of what is around it."""
    name = getattr(error, "ename", type(error).__name__)
    said = str(getattr(error, "evalue", error)).strip()
    first = said.splitlines()[0] if said else ""
    return f"{name}: {first}" if first else str(name)
