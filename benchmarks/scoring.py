"""Whole portfolios scored from frames, against one pandas groupby over the same nominations.

python -m benchmarks.scoring [ROWS …]

Where polars is installed, which it need not be, its groupby over the same rows stands beside them.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec

import numpy as np
import pandas as pd

from workbook.content import load_framework
from workbook.model.rules import Rules, in_force
from workbook.scoring.frames import Frames, encode_frames
from workbook.scoring.tables import score_portfolio

PER_ENGAGEMENT = 60
PEOPLE = 12
REPETITIONS = 7
MANY = 1_000_000
SIZES = [1_000, 10_000, 100_000, MANY, 6_000_000, 10_000_000]
MEGABYTE = 1024


def made(framework: Rules, engagements: int, seed: int = 0) -> Frames:
    """A portfolio drawn with a fixed seed: 60 nominations and 12 people per engagement."""
    draw = np.random.default_rng(seed)
    keys = np.array([f"e{n:06d}" for n in range(engagements)])
    places = [f for area in framework.areas for f in area.focal_points if f.default or not f.scope]
    rows = engagements * PER_ENGAGEMENT
    people = np.array([f"p{n}" for n in range(PEOPLE)])
    nominations = pd.DataFrame(
        {
            "engagement": np.repeat(keys, PER_ENGAGEMENT),
            "focal_point": np.resize([f.key for f in places], PER_ENGAGEMENT * engagements),
            "party": np.append(people, "nobody")[draw.integers(0, PEOPLE + 1, rows)],
            "deputy": np.append(people, ["none", ""])[draw.integers(0, PEOPLE + 2, rows)],
        }
    )
    titles = [*(title.title["en"] for title in framework.titles), "Keeper of the keys", ""]
    count = engagements * PEOPLE
    parties = pd.DataFrame(
        {
            "engagement": np.repeat(keys, PEOPLE),
            "party": np.tile(people, engagements),
            "kind": "person",
            "title": draw.choice(titles, count),
            "inside": draw.random(count) < 0.9,
        }
    )
    facts = pd.DataFrame(
        {
            "engagement": keys,
            "profile": draw.choice(["small", "large"], engagements),
            "business_models": draw.choice(["b2c", "b2b", "b2c b2b"], engagements),
            "scope": " ".join(f.key for f in places if f.scope),
            "go_live": "2027-06-01",
            "respondents": 3,
        }
    )
    nothing = pd.DataFrame({"engagement": [], "focal_point": [], "party": []})
    answers = pd.DataFrame({"engagement": [], "question": [], "subject": [], "value": []})
    return Frames(facts, nominations, parties, nothing, answers)


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def told(taken: list[float]) -> str:
    """Median with minimum and maximum."""
    return f"{statistics.median(taken):.3f} ({min(taken):.3f}–{max(taken):.3f})"


def groupbys(table: pd.DataFrame) -> Iterator[Callable[[], object]]:
    """The same rows counted by engagement and focal point: what scoring is held against."""
    by = ["engagement", "focal_point"]
    yield lambda: table.groupby(by).agg(voices=("party", "size"))
    yield lambda: table.groupby(by).agg(voices=("party", "size"), named=("party", "nunique"))
    if find_spec("polars"):
        import polars as pl

        own = pl.from_pandas(table)
        yield lambda: own.group_by(by).agg(pl.len())


def measured(framework: Rules, rows: int) -> str:
    """One line of the table: scoring and the groupbys in turn."""
    frames = made(framework, max(rows // PER_ENGAGEMENT, 1))
    count = len(frames.nominations)
    works = (
        lambda: score_portfolio(encode_frames(framework, frames)),
        *groupbys(frames.nominations),
    )
    turns = [[seconds(work) for work in works] for _ in range(REPETITIONS if rows <= MANY else 3)]
    ours, *others = (list(column) for column in zip(*turns, strict=True))
    best = statistics.median(ours)
    cells = [f"{told(theirs)} | {best / statistics.median(theirs):.1f}" for theirs in others]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    row = (f"{count:,}", told(ours), *cells, f"{count / best:,.0f}", f"{peak:,.0f}")
    return f"| {' | '.join(row)} |"


def main() -> None:
    """Print the tables; sizes may be given as arguments."""
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    framework = in_force(load_framework("commerce-stakeholders"))
    kinds = ["groupby: size", "groupby: size, nunique"]
    kinds += ["polars: len"] if find_spec("polars") else []
    heads = ["nominations", "scoring", *(f"{kind} | ×" for kind in kinds), "rows/s", "MiB"]
    print(
        "Bars: at most 3 × the groupby (size) at 10⁶ and 10⁷ nominations; 100,000 engagements of\n"
        "60 in at most 30 s and 4 GiB. Seconds: median (minimum–maximum), measured in turn. Peak:\n"
        "of the process up to there, with the data and the groupbys.\n"
    )
    print(f"| {' | '.join(heads)} |")
    print("|---" * (4 + 2 * len(kinds)) + "|")
    for rows in sizes:
        print(measured(framework, rows), flush=True)


if __name__ == "__main__":
    main()
