"""Reports made as `workbook report` makes them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from workbook.batch.afresh import asked, make, planned
from workbook.batch.local import local_runner
from workbook.cli.batch_progress import BatchProgress
from workbook.cli.report import as_data

AS_OF = "2026-11-23"


def reports(files, out, *, day=AS_OF, jobs=1, **details):
    """What the command says of each report, with paths; `details` are fields of BatchRequest."""
    order, found = planned(asked(files, out, **details), day)
    done = make(order, found, local_runner(jobs), BatchProgress(lambda _: None))
    rows = [SimpleNamespace(**row) for row in as_data(done, out)["reports"]]
    for row in rows:
        row.page, row.notebook = (path and Path(path) for path in (row.page, row.notebook))
    return rows
