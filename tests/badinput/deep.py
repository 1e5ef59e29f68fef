"""Bad input by the hundred thousand, for `make harden`."""

from __future__ import annotations

import time
from collections import Counter
from itertools import count, islice

from tests.badinput.command_lines import try_lines
from tests.badinput.readers import readers
from tests.badinput.trying import cases, tried
from tests.harden import WORKERS, Outcome

AT_ONCE = 200
LINES_AT_ONCE = 4
FIRST = 1_000_000
MOST = 1_000_000


def attempt(worker: int, seconds: float) -> Outcome:
    """Case after case, until the time is over."""
    outcome, until = Outcome(), time.monotonic() + seconds
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
