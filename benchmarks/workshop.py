"""What a host of a workshop bears: people who answer, one who floods, two hundred open pages.

    python -m benchmarks.workshop [SHARE] [sqlite | postgresql]

Respondents are programs of their own that speak as pages do. SHARE shortens every run (0.1: a
tenth). Both stores are measured, one after the other; the PostgreSQL server is started for it, on a
folder and a port of its own. After each run the store is read: whatever was acknowledged has to be
in it, and once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.store.postgresql import PostgreSQL
from tests.workshop.running import Hosting, heard, lost_and_twice, prepared

PROCESSES = 4
STORES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Run:
    """A number of people who answer every so many seconds, for so long."""

    name: str
    people: int
    every: float
    seconds: float
    bars: str
    flood: bool = False


RUNS = (
    Run("30 × 1/s", 30, 1, 60, "p99 ≤ 50 ms, most ≤ 500 ms"),
    Run("30 × 1/s beside one who floods", 30, 1, 30, "p99 ≤ 100 ms", flood=True),
    Run("100 flat out", 100, 0, 15, "nothing lost"),
    Run("200 × 0.2/s", 200, 5, 30, "p95 ≤ 100 ms, host ≤ 400 MB"),
)


def measured(run: Run, share: float) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        key = f"load-{time.time_ns()}"
        hosting = Hosting(Path(folder), prepared(Path(folder), run.people + 1, key))
        hosting.start()
        try:
            return _row(run, hosting, run.seconds * share)
        finally:
            hosting.kill()


def _row(run: Run, hosting: Hosting, seconds: float) -> str:
    people = [f"asked-{n}" for n in range(run.people)]
    plan: dict[str, Any] = {"seconds": seconds, "every": run.every}
    flooding: list[subprocess.Popen[str]] = []
    if run.flood:
        flooding = [hosting.answering([f"asked-{run.people}"], seconds=seconds, flood=1000)]
    programs = [
        hosting.answering(people[n::PROCESSES], label=f"{n}", **plan) for n in range(PROCESSES)
    ]
    host = psutil.Process(hosting.process.pid if hosting.process else None)
    before = host.cpu_times()
    reports = [heard(program) for program in programs]
    after, memory = host.cpu_times(), host.memory_info().rss
    for program in flooding:
        heard(program)
    acknowledged = [note for report in reports for note in report["acknowledged"]]
    lost, twice = lost_and_twice(hosting.session, acknowledged)
    took = sorted(1e3 * one for report in reports for one in report["took"])
    spent = 1e3 * (after.user + after.system - before.user - before.system)
    cells = (
        run.name,
        f"{len(acknowledged):,}",
        f"{len(lost)} / {len(twice)}",
        *(f"{took[int(share * (len(took) - 1))]:.1f}" for share in (0.5, 0.95, 0.99, 1)),
        f"{spent / max(1, len(acknowledged)):.2f}",
        f"{memory / 2**20:.0f}",
        run.bars,
    )
    return "| " + " | ".join(cells) + " |"


@contextmanager
def storing(store: str) -> Iterator[None]:
    """Let hosts write to this store; a PostgreSQL server is there for as long as it is measured."""
    if store == "sqlite":
        yield
        return
    server = PostgreSQL()
    os.environ["WORKBOOK_STORE"] = server.database("load")
    try:
        yield
    finally:
        del os.environ["WORKBOOK_STORE"]
        server.remove()


def main(*arguments: str) -> None:
    """Print a table for each store, one row per run."""
    share = next((float(word) for word in arguments if word not in STORES), 1.0)
    for store in [word for word in arguments if word in STORES] or STORES:
        print(f"{STORES[store]}; times of an answer in ms, CPU ms of the host.\n")
        print("| run | answers | lost / twice | median | p95 | p99 | most | CPU | MB | bars |")
        print("|---|" + "---:|" * 8 + "---|", flush=True)
        with storing(store):
            for run in RUNS:
                print(measured(run, share), flush=True)
        print()


if __name__ == "__main__":
    main(*sys.argv[1:])
