"""The report's tables as data: a CSV file each, and what their columns mean (Data Package)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from workbook.exchange.tables.writing import csv_bytes
from workbook.office.archive import EPOCH

if TYPE_CHECKING:
    from workbook.report import Report
    from workbook.report.value import DataTable

TYPES = {
    "key": "string",
    "text": "string",
    "score": "number",
    "share": "number",
    "number": "number",
    "count": "integer",
    "date": "date",
}
"""The types of the Table Schema, by the kind of a column."""


def csv(report: Report) -> bytes:
    """A ZIP archive of CSV files in UTF-8 with their description, the same for the same report."""
    tables = report.tables()
    files = {f"{table.key}.csv": _csv(table) for table in tables}
    package = {
        "profile": "tabular-data-package",
        "name": report.key,
        "title": report.title,
        "created": f"{report.as_of}T00:00:00Z",
        "version": report.versions,
        "keywords": [report.provenance],
        "resources": [_resource(table) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**files, "datapackage.json": text.encode()}.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _csv(table: DataTable) -> bytes:
    heads = [column.key for column in table.columns]
    return csv_bytes([heads, *table.rows])


def _resource(table: DataTable) -> dict[str, object]:
    fields = [
        {"name": column.key, "type": TYPES[column.kind], "title": column.head}
        for column in table.columns
    ]
    return {
        "name": table.key,
        "path": f"{table.key}.csv",
        "title": table.title,
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
