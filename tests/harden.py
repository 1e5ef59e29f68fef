"""The deep forms of the tests against faults, within a time, and what they came to.

    make harden              (40 minutes at most)
    make harden MINUTES=5    (a look)

Each line says how many were tried and how many held. Whatever did not hold is told with what
repeats it, and the command fails.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import multiprocessing
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

WORKERS = 2
SHOWN = 5
"""Failures of a kind that are told; of more, how many."""


@dataclass
class Outcome:
    """What one kind of attempt came to."""

    tried: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take another worker's part in."""
        self.tried += other.tried
        self.failures += other.failures


Share = Callable[[int, float], Outcome]
"""Tries one kind from a seed on, for some seconds: every second seed is another worker's."""


@dataclass(frozen=True)
class Kind:
    """One line of the result: its words, who tries it, and its share of the time."""

    title: str
    module: str
    share: float


KINDS = (
    Kind("workshops simulated / clean", "tests.simulation.deep", 0.2),
    Kind("bad inputs tried / read or refused cleanly", "tests.badinput.deep", 0.2),
    Kind("fault points tried / survived", "tests.faults.deep", 0.2),
    Kind("payloads tried / inert", "tests.injection.deep", 0.2),
    Kind("reports made in shared processes / of their client alone", "tests.batch.deep", 0.08),
    Kind("attempts at access / refused", "tests.workshop.deep", 0.0),
    Kind("sabotages made / noticed", "tests.sabotages", 0.12),
)


def tried(module: str, seconds: float, worker: int) -> Outcome:
    """One worker's part of a kind."""
    logging.disable(logging.CRITICAL)
    attempt: Share = importlib.import_module(module).attempt
    try:
        return attempt(worker, seconds)
    except Exception as error:  # noqa: BLE001 - a fault of the attempt itself; the others go on
        trace = "".join(traceback.format_exception(error)[-4:])
        return Outcome(failures=[f"the attempt itself ended: {trace}"])


def told(kind: Kind, outcome: Outcome, seconds: float) -> None:
    """One line, and what did not hold."""
    total = outcome.tried["tried"]
    held = total - len(outcome.failures)
    counted = [f"{name} {n:,}" for name, n in sorted(outcome.tried.items()) if name != "tried"]
    beside = "; ".join([f"{seconds:.0f} s", *filter(None, [", ".join(counted)])])
    sys.stdout.write(f"{kind.title}: {total:,} / {held:,}  ({beside})\n")
    for failure in outcome.failures[:SHOWN]:
        sys.stdout.write(f"  {failure}\n")
    sys.stdout.flush()


def main(minutes: float, only: str) -> int:
    """Try everything; the exit code says whether it all held."""
    context = multiprocessing.get_context("spawn")
    failed = False
    kinds = [kind for kind in KINDS if only in kind.module]
    whole = sum(kind.share for kind in kinds) or 1.0
    for kind in kinds:
        seconds, begun = minutes * 60 * kind.share / whole, time.monotonic()
        outcome = Outcome()
        with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
            for part in pool.map(partial(tried, kind.module, seconds), range(WORKERS)):
                outcome.add(part)
        told(kind, outcome, time.monotonic() - begun)
        failed |= bool(outcome.failures)
    return int(failed)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=38)
    names = [kind.module.removeprefix("tests.").removesuffix(".deep") for kind in KINDS]
    parser.add_argument("--only", default="", choices=["", *names])
    asked = parser.parse_args()
    sys.exit(main(asked.minutes, asked.only))
