"""Six hundred payloads in every field and output, for `make harden`."""

from __future__ import annotations

import os
import time

from tests.harden import WORKERS, Outcome
from tests.injection.hostile import hostile, outputs
from tests.injection.payloads import WANTED, payloads

AT_ONCE = 10


def attempt(worker: int, seconds: float) -> Outcome:
    """Ten payloads after the other, until the time is over or all are done."""
    os.environ["WORKBOOK_AS_OF"] = "2026-11-23"
    outcome, until, every = Outcome(), time.monotonic() + seconds, payloads()
    for part in range(worker, WANTED // AT_ONCE, WORKERS):
        if time.monotonic() > until:
            break
        chosen = every[part :: WANTED // AT_ONCE]
        found = [
            f"{name}: {what}"
            for name, make, look in outputs(hostile(chosen))
            for what in looked_at(make, look, outcome)
        ]
        outcome.failures += [f"payloads {part}: {what}"[:300] for what in found]
        outcome.tried["tried"] += len(chosen)
    return outcome


def looked_at(make, look, outcome: Outcome) -> list[str]:
    """What is found in one output; a payload that stops it is found, too."""
    outcome.tried["outputs"] += 1
    try:
        return look(make())
    except Exception as error:  # noqa: BLE001 - it is told
        return [f"{type(error).__name__}: {error}"]
