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


def engagement(nominations: int) -> Engagement:
    """Twenty-five respondents who say who owns what; every third adds a note."""
    return Engagement(
        key="acme",
        framework=FrameworkRef(key="any", version="1"),
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


def timed(times: int, act: Callable[[int], object]) -> str:
    """Median, p95 and maximum in milliseconds."""
    took = []
    for n in range(times):
        start = time.perf_counter()
        act(n)
        took.append(1e3 * (time.perf_counter() - start))
    took.sort()
    return f"{statistics.median(took):7.2f} {took[int(0.95 * times)]:7.2f} {took[-1]:7.2f} ms"


def change(n: int) -> Change:
    """A respondent changes their mind."""
    said = [{"party": f"p{n % 30}", "note": f"typed {n}"}]
    return Change(("nomination", f"r{n % 25}", f"f{n % 80}"), said)


def main(nominations: int = 2000, times: int = 300) -> None:
    """Print one line per deed: median, p95, maximum."""
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

        print(f"{nominations} nominations      median     p95     max")
        print("open                  ", timed(10, lambda _: workspace.open("acme")))
        print("record, fold, save    ", timed(times, record))
        print("record, fold, later   ", timed(times, record_later))
        session.flush()
        print("refresh, nothing new  ", timed(times, lambda _: session.refresh()))
        print("refresh, 600 events   ", timed(1, lambda _: other.refresh()))
        print("fold from nothing     ", timed(5, lambda _: Fold(session.history()).engagement))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
