"""Ten thousand reports in shared processes, each with a word of its own, for `make harden`."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.batch.canaries import strangers, write_clients
from tests.batch.trial import Heard, order, visible
from tests.harden import WORKERS, Outcome
from workbook.batch.local import local_runner
from workbook.batch.running import run

MOST = 10_000
AT_ONCE = 500


def attempt(worker: int, seconds: float) -> Outcome:
    """Batch after batch, until the time is over."""
    outcome, until = Outcome(), time.monotonic() + seconds
    for first in range(worker * AT_ONCE, MOST, WORKERS * AT_ONCE):
        if time.monotonic() > until:
            break
        with TemporaryDirectory() as folder:
            clients, out = Path(folder, "clients"), Path(folder, "out")
            write_clients(clients, range(first, first + AT_ONCE))
            run(order(clients, out=out), local_runner(1), Heard())
            pages = visible(out)
        outcome.tried["tried"] += AT_ONCE
        outcome.failures += [
            f"{name}: {', '.join(words)}" for name, words in strangers(pages).items()
        ]
        outcome.failures += [f"from {first}: {AT_ONCE - len(pages)} not made"] * (
            len(pages) != AT_ONCE
        )
    return outcome
