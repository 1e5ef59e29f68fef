"""Bad input by the million, for `make harden`."""

from __future__ import annotations

import time
from collections import Counter
from itertools import count, islice

from tests.badinput.command_lines import try_lines
from tests.badinput.guided import SHARES, Bounds, guided, is_there
from tests.badinput.readers import readers
from tests.badinput.trying import cases, tried
from tests.harden import WORKERS, Outcome

AT_ONCE = 200
LINES_AT_ONCE = 4
FIRST = 1_000_000
MOST = 1_000_000
GUIDED = 0.6
"""The share of the time in which a fuzzer looks for inputs."""


def attempt(worker: int, seconds: float) -> Outcome:
    """What a fuzzer looks for, then case after case, until the time is over."""
    outcome, until = Outcome(), time.monotonic() + seconds
    if is_there():
        outcome.add(looked_for(worker, seconds * GUIDED))
    outcome.add(damaged(worker, until))
    return outcome


def looked_for(worker: int, seconds: float) -> Outcome:
    """What a fuzzer comes to with this worker's readers."""
    outcome, names = Outcome(), list(SHARES)[worker::WORKERS]
    for found in guided(names, Bounds(inputs=MOST, seconds=seconds, seed=FIRST)):
        outcome.failures += found.failures
        parts = {"tried": found.tried, "read": found.read, "refused": found.refused}
        outcome.tried += Counter(parts | {"guided by coverage": found.tried})
    return outcome


def damaged(worker: int, until: float) -> Outcome:
    """Damaged files and command lines, until the time is over."""
    outcome = Outcome()
    with readers() as every:
        endless = cases(every, FIRST + worker, WORKERS)
        seeds = count(FIRST + worker, WORKERS)
        while time.monotonic() < until and outcome.tried["tried"] < MOST // WORKERS:
            tally = tried(every, endless, AT_ONCE)
            lines = try_lines(islice(seeds, LINES_AT_ONCE))
            tally.read, tally.refused = tally.read + lines.read, tally.refused + lines.refused
            tally.wrong += lines.wrong
            outcome.failures += tally.wrong
            outcome.tried += Counter(
                {"tried": tally.tried, "read": tally.read, "refused": tally.refused}
            )
    return outcome
