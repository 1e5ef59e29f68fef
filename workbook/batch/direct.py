"""Makes what needs no notebook: evaluations and office documents.

An evaluation depends on its document and its day alone, and our code leaves nothing behind in a
process, so that one process makes many. What goes wrong runs again as a notebook in a process of
its own: errors, limits and the ledger are those of any report.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.batch.fork.work import write_part
from workbook.batch.formats import contents

if TYPE_CHECKING:
    from workbook.batch.fork.child import Child


def make(_: Child, payload: dict[str, Any]) -> dict[str, Any]:
    """In a child: write a report in each of its formats as a part."""
    paths = [path for _, path in payload["exports"]]
    files = contents([Path(path).suffix[1:] for path in paths], payload["parameters"])
    return {"parts": [write_part(*part) for part in zip(paths, files, strict=True)]}
