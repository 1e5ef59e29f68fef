"""summary.json: the batch for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import workbook

if TYPE_CHECKING:
    from workbook.batch.batch import Batch
    from workbook.batch.inputs import RefusedInput
    from workbook.batch.planning import PlannedReport

FILE = "summary.json"
SCHEMA_VERSION = 1


def write_summary(batch: Batch) -> None:
    """Write `summary.json` into the batch's outlet: a line for each key and for each report."""
    parts = []
    for key, value in as_data(batch).items():
        rows = ",\n".join(f"  {_text(row)}" for row in value) if isinstance(value, list) else ""
        parts.append(f" {_text(key)}: " + (f"[\n{rows}\n ]" if rows else _text(value)))
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    batch.order.outlet.write(FILE, text.encode(errors="backslashreplace"), batch.run)


def as_data(batch: Batch) -> dict[str, object]:
    """The batch as plain values."""
    order = batch.order
    return {
        "schema_version": SCHEMA_VERSION,
        "ok": batch.ok,
        "version": workbook.__version__,
        "run": batch.run,
        "seconds": round(batch.seconds, 2),
        "sources": list(order.sources),
        "out": order.outlet.address("").rstrip("/"),
        "as_of": order.as_of.isoformat(),
        "formats": list(order.formats),
        "counts": batch.counts(),
        "reports": list(_reports(batch)),
        "refused": [_refused(source) for source in batch.plan.refused],
    }


def _reports(batch: Batch) -> Iterator[dict[str, object]]:
    for item in batch.plan.items:
        status = batch.status(item)
        summary: dict[str, object] = {
            "name": item.name,
            "place": item.place,
            "title": item.title,
            "lang": item.lang or None,
            "status": status,
            "cause": item.cause or None,
        }
        yield summary | (_known(batch, item) if status != "dropped" else {})


def _known(batch: Batch, item: PlannedReport) -> dict[str, object]:
    entry = batch.ledger.entry(item.name)
    if entry is None:
        return {}
    if entry.reason:
        return {"reason": entry.reason, "partial_notebook": entry.partial or None}
    forms = {form: entry.outputs[form] for form in batch.order.formats if form in entry.outputs}
    files = {form: {"file": output.file, "sha256": output.digest} for form, output in forms.items()}
    return {"outputs": files, "seconds": entry.seconds}


def _refused(source: RefusedInput) -> dict[str, object]:
    return {
        "place": source.place,
        "problems": [
            {"place": each.place, "what": each.message, "fix": each.fix} for each in source.problems
        ],
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
