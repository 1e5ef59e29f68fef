"""Every call of every command, too little room, and disks after a crash, for `make harden`."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults import hosted
from tests.faults.calls import COMMANDS, Scene, survive
from tests.faults.recorded import powerless
from tests.faults.room import PAGE, full_disk, short_files, small_disks
from tests.faults.test_power import check, recorded_in
from tests.harden import WORKERS, Outcome

AT_CALLS = 0.8
"""The part of the time that goes to calls of commands: of disks, thousands take a minute."""
PAGES = (0, 1, 2, 4, 8, 16, 32, 64)
"""So much room a full disk or a quota leaves."""


def attempt(worker: int, seconds: float) -> Outcome:
    """Calls first, then disks, until the time is over."""
    outcome, begun = Outcome(), time.monotonic()
    with TemporaryDirectory() as place:
        for name, fault in faults(Path(place), worker):
            if time.monotonic() > begun + seconds * AT_CALLS:
                break
            outcome.tried["tried"] += 1
            outcome.tried[name] += 1
            try:
                fault()
            except Exception as error:  # noqa: BLE001 - it is told
                outcome.failures.append(f"{name}: {type(error).__name__}: {error}"[:600])
        _disks(Path(place), worker, time.monotonic() + seconds * (1 - AT_CALLS), outcome)
    return outcome


Fault = tuple[str, Callable[[], object]]
"""A command's name, and what may happen to it once."""


def faults(place: Path, worker: int) -> Iterator[Fault]:
    """A worker's part of all: of each command one, then of each another one."""
    parts = deque([*(_of(place, worker, name) for name in COMMANDS), _hosted(place, worker)])
    while parts:
        part = parts.popleft()
        if fault := next(part, None):
            yield fault
            parts.append(part)


def _of(place: Path, worker: int, name: str) -> Iterator[Fault]:
    scene = Scene(place / name, name)
    tried = [partial(survive, scene, point) for point in scene.points()]
    room = () if scene.once else PAGES  # what is done is refused the second time
    tried += [partial(short_files, scene, pages * PAGE) for pages in room]
    if small_disks():
        tried += [partial(full_disk, scene, pages) for pages in room]
    Random(name).shuffle(tried)  # noqa: S311 - to be repeated
    yield from ((name, fault) for fault in tried[worker::WORKERS])


def _hosted(place: Path, worker: int) -> Iterator[Fault]:
    workshop = hosted.Workshop(place / "workshop")
    tried = [partial(hosted.survive, workshop, point) for point in hosted.points()]
    Random("workshop").shuffle(tried)  # noqa: S311 - to be repeated
    yield from (("workshop", fault) for fault in tried[worker::WORKERS])


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
