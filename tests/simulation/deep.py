"""Simulated workshops by the ten thousand, for `make harden`."""

from __future__ import annotations

import time
from itertools import count

from tests.harden import WORKERS, Outcome
from tests.simulation.workshop import Broken, Size, a_disk, counts, simulate, small_framework

MOST = 100_000
BUSY = 10
"""One workshop in so many is a small one in which much happens."""


def attempt(worker: int, seconds: float) -> Outcome:
    """Workshops one after the other, until the time is over or all are done."""
    outcome, until = Outcome(), time.monotonic() + seconds
    with small_framework(), a_disk() as folder:
        for seed in count(10_000 + worker, WORKERS):
            if time.monotonic() > until or seed >= 10_000 + MOST:
                return outcome
            size = Size(6, 60) if seed % BUSY == 0 else Size.of(seed)
            try:
                outcome.tried += counts([simulate(seed, folder, size)])
            except Broken as broken:
                outcome.tried["tried"] += 1
                outcome.failures.append(f"{size} {broken}"[:2000])
    return outcome
