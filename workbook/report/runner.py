"""Runs report notebooks through Papermill and publishes what comes out, one file at a time.

The only module of the room that imports Papermill. A run's status is what happened here, never
what Papermill writes into the notebook: on a dead kernel it marks cells as completed that never
ran. It also writes its output in place, so it works in a scratch folder of ours, and a finished
file appears under its name at once and whole.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.report.request import Request

if TYPE_CHECKING:
    from nbformat import NotebookNode

FAILED = "failed"
NOTEBOOKS = "notebooks"
CELL_TIMEOUT = 120
START_TIMEOUT = 60
QUIET = "c.IPKernelApp.log_level = 50\nc.InteractiveShell.colors = 'nocolor'\n"
"""The kernel warns on every start about its connection, which is on loopback."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: the page and the notebook, or the partial notebook and the reason."""

    name: str
    engagement: str
    lang: str
    ok: bool
    page: Path | None
    notebook: Path | None
    reason: str
    seconds: float


Made = Callable[[Outcome], object]


def run(
    requests: Sequence[Request], out: Path, *, jobs: int = 1, made: Made = lambda _: None
) -> tuple[Outcome, ...]:
    """Run every request and write its page and notebook under `out`; one that fails stops no other.

    Pages are `NAME.html`, notebooks `notebooks/NAME.ipynb`, partial ones `failed/NAME.ipynb`.
    `made` hears of each outcome as it comes. Outcomes are in the order of the requests.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _scratch() as scratch, ThreadPoolExecutor(max(jobs, 1)) as pool:
        running = {pool.submit(_run, one, scratch, out): one.name for one in requests}
        outcomes: dict[str, Outcome] = {}
        for future in as_completed(running):
            outcome = future.result()
            outcomes[outcome.name] = outcome
            made(outcome)
    return tuple(outcomes[one.name] for one in requests)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder of our own, and kernels that are quiet and bring no one's own start-up files."""
    folder = Path(tempfile.mkdtemp(prefix="workbook-report-"))
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(QUIET, encoding="utf-8")
    # Python's safe path: a document's folder holds data, whatever its files are called.
    ours = {
        "PYTHONSAFEPATH": "1",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield folder
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)


def _run(request: Request, scratch: Path, out: Path) -> Outcome:
    begun = time.monotonic()
    working = scratch / f"{request.name}.ipynb"
    try:
        notebook = _execute(request, working)
        reason = _fault(notebook)
        if not reason:
            return _publish(request, notebook, working, out, begun)
    except Exception as error:  # noqa: BLE001 - whatever it was, the other reports go on
        reason = _reason(error)
    kept = _keep_partial(working, out)
    return _outcome(request, begun, notebook=kept, reason=reason)


def _outcome(
    request: Request,
    begun: float,
    *,
    page: Path | None = None,
    notebook: Path | None = None,
    reason: str = "",
) -> Outcome:
    seconds = time.monotonic() - begun
    whose = str(request.engagement)
    return Outcome(request.name, whose, request.lang, not reason, page, notebook, reason, seconds)


def _execute(request: Request, working: Path) -> NotebookNode:
    """The executed notebook. Braces in paths are doubled, since Papermill formats them."""
    import papermill

    try:
        executed: NotebookNode = papermill.execute_notebook(
            _literal(request.notebook),
            _literal(working),
            parameters=dict(request.parameters),
            progress_bar=False,
            start_timeout=START_TIMEOUT,
            execution_timeout=CELL_TIMEOUT,
        )
    finally:
        with suppress(RuntimeError):  # the client opens a loop per thread, and leaves it
            asyncio.get_event_loop().close()
    return executed


def _literal(path: Path) -> str:
    return str(path).replace("{", "{{").replace("}", "}}")


def _fault(notebook: NotebookNode) -> str:
    """Why a notebook that Papermill calls done is not; empty if every code cell ran."""
    for place, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        if any(output.output_type == "error" for output in cell.outputs):
            return f"code cell {place} failed"
        if cell.source.strip() and cell.execution_count is None:
            return f"code cell {place} never ran"
    return ""


def _publish(
    request: Request, notebook: NotebookNode, working: Path, out: Path, begun: float
) -> Outcome:
    from workbook.report.export import page_of

    page, kept = out / f"{request.name}.html", out / NOTEBOOKS / f"{request.name}.ipynb"
    write_whole(kept, working.read_bytes())
    write_whole(page, page_of(notebook).encode())
    stale = out / FAILED / kept.name
    stale.unlink(missing_ok=True)
    return _outcome(request, begun, page=page, notebook=kept)


def _keep_partial(working: Path, out: Path) -> Path | None:
    if not working.is_file() or not working.stat().st_size:
        return None
    kept = out / FAILED / working.name
    write_whole(kept, working.read_bytes())
    return kept


def _reason(error: Exception) -> str:
    """The error in one line: what went wrong in the notebook, else what went wrong around it."""
    name = getattr(error, "ename", type(error).__name__)
    said = str(getattr(error, "evalue", error)).strip()
    first = said.splitlines()[0] if said else ""
    return f"{name}: {first}" if first else str(name)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is seen whole or not at all, and stays after a crash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
