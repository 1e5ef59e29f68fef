"""Whether a portfolio is scored in a time that grows as it does, and in memory that does not.

    python -m benchmarks.growth [ENGAGEMENTS …]

Engagements come in parts, as from a database, each drawn anew: no more than one part is in memory.
For the record, with the hundred thousand reports of `batch_growth`: 10000 100000 1000000.
"""

from __future__ import annotations

import resource
import sys
import time

from benchmarks.batch_growth import exponent
from benchmarks.scoring import PER_ENGAGEMENT, made
from workbook.content import load_framework
from workbook.model.rules import in_force
from workbook.scoring.tables import score_frames

SIZES = (10_000, 100_000)
PART = 10_000
MEGABYTE = 1024
STEEPEST, MOST_GROWTH = 1.03, 150
"""What is held goes up and down by a hundred megabytes, as memory is taken and given back."""


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a row per size, and how time and memory grow."""
    framework = in_force(load_framework("commerce-stakeholders"))
    print("| engagements | nominations | s | µs each | peak, MB |\n|---:|---:|---:|---:|---:|")
    points, peaks = [], []
    score_frames(framework, made(framework, PART))  # Warm, and as large as any part.
    for size in sizes:
        seconds, scored = 0.0, 0
        for first in range(0, size, PART):
            frames = made(framework, min(PART, size - first), seed=first)
            begun = time.perf_counter()
            scored += int(score_frames(framework, frames)["low"].notna().sum())
            seconds += time.perf_counter() - begun
        if scored != size:
            raise SystemExit(f"{size - scored} engagements have no score")
        points.append((size, seconds))
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE)
        print(
            f"| {size:,} | {size * PER_ENGAGEMENT:,} | {seconds:,.2f} | {1e6 * seconds / size:.0f} "
            f"| {peaks[-1]:,.0f} |",
            flush=True,
        )
    print(f"\n- time grows to the power **{exponent(points):.3f}**; at most {STEEPEST}")
    print(f"- the peak grows by **{peaks[-1] - peaks[0]:.0f} MB**; at most {MOST_GROWTH} MB")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
