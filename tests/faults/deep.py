"""Disks that a crash may leave, by the ten thousand, for `make harden`."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults.recorded import powerless
from tests.faults.test_power import check, recorded_in
from tests.harden import WORKERS, Outcome


def attempt(worker: int, seconds: float) -> Outcome:
    """One disk after the other, until the time is over."""
    outcome, until = Outcome(), time.monotonic() + seconds
    with TemporaryDirectory() as place:
        base, steps = recorded_in(Path(place) / "victim")
        folder = Path(place) / "disk"
        folder.mkdir()
        for seed in count(worker, WORKERS):
            if time.monotonic() > until:
                return outcome
            outcome.tried["tried"] += 1
            after = seed % (len(steps) + 1)
            powerless(base, steps, after, Random(seed)).put(folder)  # noqa: S311 - to be repeated
            try:
                check(folder, steps, after)
            except Exception as error:  # noqa: BLE001 - it is told
                outcome.failures.append(f"disk {seed}: {type(error).__name__}: {error}"[:300])
    return outcome
