"""Every attempt to get into a workshop that is not one's own, for `make harden`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.harden import Outcome
from tests.workshop.attempts import ATTEMPTS
from tests.workshop.test_access import besieged, send


def attempt(worker: int, _seconds: float) -> Outcome:
    """All of them, in one worker: they take seconds."""
    outcome = Outcome()
    if worker:
        return outcome
    with tempfile.TemporaryDirectory() as folder, besieged(Path(folder)) as host:
        for tried in ATTEMPTS:
            outcome.tried["tried"] += 1
            if send(host, tried.request(host)).lets_in:
                outcome.failures.append(f"let in by {tried.name!a}")
    return outcome
