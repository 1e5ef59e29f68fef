"""Every call of every command, and disks that a crash may leave, for `make harden`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count, zip_longest
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults.calls import COMMANDS, Point, Scene, survive
from tests.faults.recorded import powerless
from tests.faults.test_power import check, recorded_in
from tests.harden import WORKERS, Outcome

AT_CALLS = 0.8
"""The part of the time that goes to calls of commands: of disks, thousands take a minute."""


def attempt(worker: int, seconds: float) -> Outcome:
    """Calls first, then disks, until the time is over."""
    outcome, begun = Outcome(), time.monotonic()
    with TemporaryDirectory() as place:
        for name, scene, point in calls(Path(place), worker):
            if time.monotonic() > begun + seconds * AT_CALLS:
                break
            outcome.tried["tried"] += 1
            outcome.tried[f"calls of {name}"] += 1
            try:
                survive(scene, point)
            except Exception as error:  # noqa: BLE001 - it is told
                outcome.failures.append(f"{name}: {type(error).__name__}: {error}"[:600])
        _disks(Path(place), worker, begun + seconds, outcome)
    return outcome


def calls(place: Path, worker: int) -> Iterator[tuple[str, Scene, Point]]:
    """A worker's part of all points: of each command one, then of each another one."""
    rounds = zip_longest(*(_points(place, worker, name) for name in COMMANDS))
    return (each for one_round in rounds for each in one_round if each)


def _points(place: Path, worker: int, name: str) -> Iterator[tuple[str, Scene, Point]]:
    scene = Scene(place / name, name)
    points = scene.points()
    Random(name).shuffle(points)  # noqa: S311 - to be repeated
    yield from ((name, scene, point) for point in points[worker::WORKERS])


def _disks(place: Path, worker: int, until: float, outcome: Outcome) -> None:
    base, steps = recorded_in(place / "victim")
    folder = place / "disk"
    folder.mkdir()
    for seed in count(worker, WORKERS):
        if time.monotonic() > until:
            return
        outcome.tried["tried"] += 1
        outcome.tried["disks"] += 1
        after = seed % (len(steps) + 1)
        powerless(base, steps, after, Random(seed)).put(folder)  # noqa: S311 - to be repeated
        try:
            check(folder, steps, after)
        except Exception as error:  # noqa: BLE001 - it is told
            outcome.failures.append(f"disk {seed}: {type(error).__name__}: {error}"[:300])
