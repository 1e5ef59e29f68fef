"""How one report is made, wherever that is: on this machine or on another one.

The notebook and the engagement's document travel with the task. `prepare` writes them into a place
of its own and says what is to be run; `collect` takes what came of it into the outlet, under
temporary names that the batch publishes. Nothing of the place is left in what comes out.
"""

from __future__ import annotations

import json
import os
import tempfile
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from workbook.batch.fork.job import Export, Job, JobOutcome, Limits
from workbook.batch.formats import DIRECT, FORMATS, IPYNB, SHAPING
from workbook.batch.frameworks import OwnFramework
from workbook.batch.order import ENGAGEMENT
from workbook.batch.outlet import Outlet, digest_of
from workbook.whole import sync

NOTEBOOK = "report.ipynb"
PARTIAL = f"partial.{IPYNB}"
MAKE = "workbook.batch.direct:make"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every report of a batch has in common.

    `package` is the digest of our own files; `ours` says that the notebook is one that we ship;
    `count` is how many reports are made; `save_cells` as in Job; `evaluates` says that the notebook
    does no more than report an engagement's evaluation. `isolated`: every report runs its notebook
    in a process of its own, ours as well.
    """

    run: str
    outlet: Outlet
    notebook: bytes
    formats: tuple[str, ...]
    limits: Limits
    package: str
    ours: bool = False
    count: int = 1
    save_cells: bool = False
    evaluates: bool = False
    isolated: bool = False

    @property
    def needs_notebook(self) -> bool:
        """Whether the notebook must run: not for what follows from an evaluation alone."""
        return self.isolated or not self.evaluates or not DIRECT.issuperset(self.formats)


@dataclass(frozen=True, slots=True)
class Task:
    """One report to make: a name, parameters, and an engagement's document with its ending.

    `framework` is the document's, unless that is one that we ship; `changed` is when the document
    last changed, in seconds since 1970: a calendar says so.
    """

    name: str
    parameters: Mapping[str, object]
    document: bytes = b""
    suffix: str = ""
    changed: float = 0.0
    framework: OwnFramework | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A finished file under its temporary name, and the SHA-256 of its content."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What came of a task: parts by format, or why not, with the partial notebook."""

    name: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    reason: str = ""
    partial: Part | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A task whose files are in place. They all begin with `stem`."""

    recipe: Recipe
    job: Job
    stem: str


def prepare(task: Task, recipe: Recipe) -> Prepared:
    """Write what a task needs; its outputs have names that no other task has, nor it itself again.

    Raises OSError if there is no room.
    """
    folder, stem = _place(recipe, task.framework), f"{task.name}.{uuid.uuid4().hex[:8]}"
    parameters = dict(task.parameters)
    if task.suffix:
        document = folder / f"{stem}{task.suffix}"
        document.write_bytes(task.document)
        os.utime(document, (task.changed, task.changed))
        parameters[ENGAGEMENT] = str(document)
    job = Job(
        name=task.name,
        notebook=_notebook(recipe, folder),
        parameters=parameters,
        exports=tuple(Export(FORMATS[f], folder / f"{stem}.made.{f}") for f in recipe.formats),
        partial=folder / f"{stem}.{PARTIAL}",
        limits=recipe.limits,
        imports_from_folder=not recipe.ours,
        work="" if recipe.needs_notebook or parameters.keys() - SHAPING - {ENGAGEMENT} else MAKE,
        shared=recipe.ours and not recipe.isolated,
        save_cells=recipe.save_cells,
    )
    return Prepared(recipe, job, stem)


def collect(prepared: Prepared, outcome: JobOutcome) -> TaskResult:
    """Take what came of a task into the outlet."""
    job, parts, partial = prepared.job, dict[str, Part](), None
    try:
        if outcome.ok:
            for export in job.exports:
                parts[export.path.suffix[1:]] = _taken(prepared, export.path)
        elif job.partial and job.partial.is_file():
            partial = _taken(prepared, job.partial)
        reason = _placeless(outcome.reason, prepared)
    except Exception as error:  # noqa: BLE001 - whatever it was, the other reports go on
        parts, partial, reason = {}, None, reason_of(error)
    finally:
        _clear(prepared)
    return TaskResult(
        name=outcome.name, parts=parts, reason=reason, partial=partial, seconds=outcome.seconds
    )


def _place(recipe: Recipe, framework: OwnFramework | None) -> Path:
    """The folder where a report is made; reports with an own framework have it beside them.

    Two clients may give different frameworks the same key: each content has a folder of its own.
    """
    folder = _folder(recipe)
    if framework is None:
        return folder
    place = folder / framework.digest[:16]
    if not place.exists():
        # Several workers may share a folder: it appears whole, whoever is first.
        part = folder / uuid.uuid4().hex
        framework.write(part)
        with suppress(OSError):
            part.rename(place)
    return place


def _folder(recipe: Recipe) -> Path:
    """The folder of a run on this machine: in its outlet, where that is here."""
    if not recipe.outlet.local:
        return Path(_temporary(recipe.run).name)
    folder = Path(recipe.outlet.root) / recipe.outlet.parts / recipe.run
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def _temporary(run: str) -> tempfile.TemporaryDirectory[str]:
    """A folder that goes with this process."""
    return tempfile.TemporaryDirectory(prefix=f"workbook-{run}-")


def _notebook(recipe: Recipe, folder: Path) -> Path:
    notebook = folder / NOTEBOOK
    if not notebook.exists():
        # Several workers may share a folder: it appears whole, whoever is first.
        part = folder / f"{uuid.uuid4().hex}.part"
        part.write_bytes(recipe.notebook)
        part.replace(notebook)
    return notebook


def _taken(prepared: Prepared, path: Path) -> Part:
    recipe, outlet = prepared.recipe, prepared.recipe.outlet
    file = f"{outlet.parts}/{recipe.run}/{path.relative_to(_folder(recipe)).as_posix()}"
    content = path.read_bytes()
    if path.suffix == f".{IPYNB}":
        content = _placeless(content.decode(), prepared).encode()
        path.write_bytes(content)
        sync(path)
    if not outlet.local:
        outlet.put(file, content)
    return Part(file, digest_of(content))


def _placeless(text: str, prepared: Prepared) -> str:
    """A text, or the text of a notebook, that names files without their place on this machine."""
    folder = prepared.job.notebook.parent
    for spelling in (f"{folder}/", json.dumps(f"{folder}/")[1:-1]):
        text = text.replace(spelling, "")
    return text.replace(prepared.stem, prepared.job.name)


def _clear(prepared: Prepared) -> None:
    """Remove what is not needed any more; a run's folder goes with the run."""
    folder, outlet = prepared.job.notebook.parent, prepared.recipe.outlet
    for path in folder.glob(f"{prepared.stem}.*") if not outlet.local else ():
        path.unlink(missing_ok=True)
    for suffix in (".yaml", ".json") if outlet.local else ():
        (folder / f"{prepared.stem}{suffix}").unlink(missing_ok=True)


def reason_of(error: BaseException) -> str:
    """An error in one line."""
    reason = str(error).strip()
    first = reason.splitlines()[0] if reason else ""
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
