"""How long a change takes until it counts and until it is on disk, in a long engagement.

python benchmarks/saving.py [NOMINATIONS] [CHANGES]
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from workbook.content import load_framework
from workbook.model.engagement import (
    Engagement,
    FrameworkRef,
    Nomination,
    Organisation,
    Person,
    Programme,
)
from workbook.store import Fold
from workbook.workspace import Change, Session, Workspace

FRAMEWORK = load_framework("commerce-stakeholders")


def engagement(nominations: int) -> Engagement:
    """Twenty-five respondents who say who owns what; every third adds a note."""
    return Engagement(
        key="acme",
        framework=FrameworkRef(key=FRAMEWORK.key, version=FRAMEWORK.version),
        organisation=Organisation(name="Acme", profile="large", business_models=("b2b",)),
        programme=Programme(go_live=dt.date(2027, 1, 1)),
        people=tuple(Person(id=f"p{n}", name=f"Person {n}", title="CTO") for n in range(30)),
        nominations=tuple(
            Nomination(
                respondent=f"r{n % 25}",
                focal_point=f"f{n // 25}",
                party=f"p{n % 30}",
                note="as agreed" if n % 3 == 0 else None,
            )
            for n in range(nominations)
        ),
    )


def row(deed: str, times: int, act: Callable[[int], object]) -> None:
    """Print how long a deed takes: median, p95 and maximum in milliseconds."""
    took = []
    for n in range(times):
        start = time.perf_counter()
        act(n)
        took.append(1e3 * (time.perf_counter() - start))
    took.sort()
    numbers = (statistics.median(took), took[int(0.95 * times)], took[-1])
    print(f"| {deed} | " + " | ".join(f"{number:.2f} ms" for number in numbers) + " |")


def change(n: int) -> Change:
    """A respondent changes their mind."""
    said = [{"party": f"p{n % 30}", "note": f"typed {n}"}]
    return Change(("nomination", f"r{n % 25}", f"f{n % 80}"), said)


def main(nominations: int = 2000, times: int = 300) -> None:
    """Print one row per deed."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.at(Path(folder))
        session: Session = workspace.new(engagement(nominations))
        other = workspace.open("acme", "somebody else")

        def record(n: int) -> object:
            session.record(change(n))
            return session.engagement

        def record_later(n: int) -> object:
            session.record(change(n), later=True)
            return session.engagement

        print(f"{nominations:,} nominations.\n\n| | median | p95 | most |\n|---|---:|---:|---:|")
        row("open", 10, lambda _: workspace.open("acme"))
        row("record, fold, save", times, record)
        row("record, fold, later", times, record_later)
        session.flush()
        row("refresh, nothing new", times, lambda _: session.refresh())
        row("refresh, 600 events", 1, lambda _: other.refresh())
        row("fold from nothing", 5, lambda _: Fold(session.history()).engagement)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
