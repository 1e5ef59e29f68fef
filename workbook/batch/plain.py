"""A job through Papermill's default engine, in a kernel process of its own: slower, everywhere."""

from __future__ import annotations

import time
from pathlib import Path

from workbook.batch.fork.job import Job, JobOutcome, JobStatus
from workbook.batch.formats import exported

START_TIMEOUT = 60


def execute(job: Job) -> JobOutcome:
    """Run one job to its end. The limit of time is kept for each cell, that of memory not at all.

    A status is what happened here: on a dead kernel Papermill marks cells as run that never ran.
    """
    begun = time.monotonic()
    working = job.output or job.partial or job.notebook.with_name(f"{job.name}.working.ipynb")
    try:
        _run(job, working)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is how the job ended
        if job.partial and job.partial != working and working.is_file():
            working.replace(job.partial)
        name = getattr(error, "ename", type(error).__name__)
        reason = str(getattr(error, "evalue", error)).strip().partition("\n")[0]
        seconds = time.monotonic() - begun
        return JobOutcome(job.name, JobStatus.FAILED, f"{name}: {reason}", seconds=seconds)
    if not job.output:
        working.unlink(missing_ok=True)
    return JobOutcome(job.name, JobStatus.DONE, seconds=time.monotonic() - begun)


def _run(job: Job, working: Path) -> None:
    import papermill

    from workbook.batch.kernels import ClosedPath

    closed = {} if job.imports_from_folder else {"kernel_manager_class": ClosedPath}
    makers = [export.make for export in job.exports]
    node = papermill.execute_notebook(
        _literal(job.notebook),
        _literal(working),
        parameters=dict(job.parameters),
        cwd=_literal(job.folder) if job.folder else None,
        progress_bar=False,
        start_timeout=START_TIMEOUT,
        execution_timeout=job.limits.cell_seconds or job.limits.seconds,
        **closed,
    )
    for export, result in zip(job.exports, exported(node, makers), strict=True):
        export.path.write_bytes(result.encode() if isinstance(result, str) else result)


def _literal(path: Path) -> str:
    """A path for Papermill, which formats what it is given."""
    return str(path).replace("{", "{{").replace("}", "}}")
