"""Bad input by the hundred thousand, for `make harden`."""

from __future__ import annotations

import time
from collections import Counter

from tests.badinput.readers import readers
from tests.badinput.trying import cases, tried
from tests.harden import WORKERS, Outcome

AT_ONCE = 200
FIRST = 1_000_000
MOST = 1_000_000


def attempt(worker: int, seconds: float) -> Outcome:
    """Case after case, until the time is over."""
    outcome, until = Outcome(), time.monotonic() + seconds
    with readers() as every:
        endless = cases(every, FIRST + worker, WORKERS)
        while time.monotonic() < until and outcome.tried["tried"] < MOST // WORKERS:
            tally = tried(every, endless, AT_ONCE)
            outcome.failures += tally.wrong
            outcome.tried += Counter(
                {"tried": tally.tried, "read": tally.read, "refused": tally.refused}
            )
    return outcome
