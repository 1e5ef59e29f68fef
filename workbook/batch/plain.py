"""A job through Papermill's default engine, in a kernel process of its own."""

from __future__ import annotations

import time
from importlib import import_module

from workbook.batch.job import Job, Outcome, Status


def execute(job: Job) -> Outcome:
    """Run one job to its end."""
    import papermill

    begun = time.monotonic()
    output = job.output or job.notebook.with_suffix(".out.ipynb")
    try:
        node = papermill.execute_notebook(
            str(job.notebook),
            str(output),
            parameters=dict(job.parameters),
            progress_bar=False,
            execution_timeout=job.limits.seconds,
        )
        for export in job.exports:
            module, _, name = export.make.partition(":")
            made = getattr(import_module(module), name)(node)
            export.path.write_bytes(made.encode() if isinstance(made, str) else made)
    except Exception as error:
        said = f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', error)}"
        if job.partial and output.is_file():
            output.rename(job.partial)
        return Outcome(job.name, Status.FAILED, said.splitlines()[0])
    return Outcome(job.name, Status.DONE, seconds=time.monotonic() - begun)
