"""What it costs to read the lists of a large client and to show what they would change.

python -m benchmarks.exchange
"""

from __future__ import annotations

import csv
import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from workbook.content import load_framework
from workbook.exchange.intake import plan_import
from workbook.exchange.request import ImportRequest, Recipient
from workbook.model.rules import in_force
from workbook.workshop import Passes
from workbook.workspace import start

PEOPLE, SYSTEMS, ROWS, PARTIES = 5_000, 1_000, 500, 60
SECONDS, MEGABYTES = 2.0, 300
BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024
Rows = Iterator[list[str]]


def people() -> Rows:
    """A directory as it is downloaded."""
    yield [
        "displayName",
        "surname",
        "mail",
        "givenName",
        "jobTitle",
        "department",
        "accountEnabled",
    ]
    titles = ("Head of E-commerce", "CFO", "Data engineer", "Merchandiser", "Warehouse lead")
    for n in range(PEOPLE):
        name, mail = f"First{n} Last{n}", f"first{n}.last{n}@acme.example"
        title, unit = titles[n % len(titles)], f"Unit {n % 40}"
        yield [name, f"Last{n}", mail, f"First{n}", title, unit, str(n % 50 != 0)]


def systems() -> Rows:
    """An inventory of applications."""
    yield ["number", "name", "business_criticality", "owned_by", "it_application_owner"]
    known = ("SAP ERP", "Akeneo PIM", "CRM", "OMS")
    for n in range(SYSTEMS):
        name = known[n] if n < len(known) else f"Application {n}"
        yield [f"APP{n:05}", name, f"{n % 4}", f"First{n} Last{n}", f"First{n + 1} Last{n + 1}"]


def matrix() -> Rows:
    """A RACI matrix of a large programme."""
    yield ["Activity", *(f"Role {n}" for n in range(PARTIES))]
    topics = ("ERP", "Promotions", "Product assortment", "Shipment tracking")
    for n in range(ROWS):
        letters = [
            "A" if c == n % PARTIES else "RCI"[c % 3] if c % 5 else "" for c in range(PARTIES)
        ]
        yield [topics[n] if n < len(topics) else f"Activity {n}", *letters]


def main() -> None:
    """Print a row per list: seconds from the file to what is shown, and the memory at its peak."""
    rules = in_force(load_framework("commerce-stakeholders"))
    facts = {"name": "Acme", "profile": "large", "business_models": ("b2b",)}
    engagement = start(rules.framework, "acme", facts, dt.date(2027, 9, 30))
    recipient = Recipient(engagement, rules, lambda _subject: None, lambda: Passes(b""))
    print(f"Bar: read and shown in {SECONDS:.0f} s, within {MEGABYTES} MB.\n")
    print(
        "| list | rows | seconds of processor | lines shown | memory at its peak |\n"
        "|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("people", people()), ("systems", systems()), ("matrix", matrix())):
            file = Path(folder) / f"{name}.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(rows)
            begun = time.process_time()
            plan = plan_import(file, recipient, ImportRequest())
            seconds = time.process_time() - begun
            shown = len(plan.preview) + len(plan.unused) + len(plan.questions)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_OF_MAXRSS / 1e6
            lines = sum(1 for _ in file.open(encoding="utf-8")) - 1
            print(f"| {name} | {lines:,} | {seconds:.2f} | {shown:,} | {peak:.0f} MB |")


if __name__ == "__main__":
    main()
