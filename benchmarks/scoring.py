"""Whole portfolios scored from frames, against one pandas groupby over the same nominations.

python -m benchmarks.scoring [ROWS …]
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from workbook.content import load_framework
from workbook.model.framework import Framework
from workbook.scoring.frames import Frames, encode_frames
from workbook.scoring.tables import score_portfolio

PER_ENGAGEMENT = 60
PEOPLE = 12
REPETITIONS = 7
MEGABYTE = 1024


def made(framework: Framework, engagements: int) -> Frames:
    """A portfolio drawn with a fixed seed: 60 nominations and 12 people per engagement."""
    draw = np.random.default_rng(0)
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


def measured(framework: Framework, rows: int) -> str:
    """One line of the table: both measured in turn, medians, spread and ratio."""
    frames = made(framework, max(rows // PER_ENGAGEMENT, 1))
    table = frames.nominations
    ours, theirs = [], []
    for _ in range(REPETITIONS if rows <= 1_000_000 else 1):
        ours.append(seconds(lambda: score_portfolio(encode_frames(framework, frames))))
        grouped = table.groupby(["engagement", "focal_point"])["party"]
        theirs.append(seconds(grouped.nunique))
    best, other = statistics.median(ours), statistics.median(theirs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return (
        f"| {len(table):,} | {best:.3f} ({min(ours):.3f}–{max(ours):.3f}) "
        f"| {other:.3f} ({min(theirs):.3f}–{max(theirs):.3f}) | {best / other:.1f} "
        f"| {len(table) / best:,.0f} | {peak:,.0f} |"
    )


def main() -> None:
    """Print the table; sizes may be given as arguments."""
    sizes = [int(given) for given in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000, 6_000_000]
    framework = load_framework("commerce-stakeholders")
    print("Bars: at most 6 × the groupby at 10⁶ nominations; 6,000,000 (100,000 engagements of 60)")
    print("in at most 30 s and 4 GiB. Seconds: median (minimum–maximum) of", REPETITIONS, "runs.\n")
    print("| nominations | scoring, s | groupby nunique, s | ratio | rows per s | peak, MiB |")
    print("|---|---|---|---|---|---|")
    for rows in sizes:
        print(measured(framework, rows), flush=True)


if __name__ == "__main__":
    main()
