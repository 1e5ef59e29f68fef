"""Simulated workshops: whatever befalls host, disk and network, no promise is broken.

A failure says `SEED=n`; `simulate(n, folder)` does the very same again.
"""

from __future__ import annotations

import pytest

from tests.simulation.workshop import ROOM, Size, counts, simulate

WORKSHOPS = 1000
PORTIONS = 4
FEW = 20


@pytest.mark.slow
@pytest.mark.parametrize("portion", range(PORTIONS))
def test_a_thousand_workshops_keep_every_promise(disk, portion):
    each = WORKSHOPS // PORTIONS
    seeds = range(portion * each, (portion + 1) * each)
    told = counts(simulate(seed, disk) for seed in seeds)
    assert told["tried"] == each
    # A simulation in which nothing happens would find nothing.
    assert told["acknowledged"] > each
    assert told["kills"] > each // 10
    assert told["faults"] > each // 10


def test_a_few_workshops_keep_every_promise(disk):
    assert counts(simulate(seed, disk) for seed in range(FEW))["tried"] == FEW


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "anonymous"), [(607, False), (807, True), (2007, True)])
def test_a_full_room_keeps_every_promise(disk, seed, anonymous):
    """Rooms whose round stays open for long: in others it is closed after a few answers."""
    workshop = simulate(seed, disk)
    assert workshop.anonymous == anonymous
    assert len(workshop.pages) == ROOM
    assert len(workshop.promised) > ROOM


@pytest.mark.parametrize("seed", [10110, 10740, 10940])
def test_a_busy_workshop_keeps_every_promise(disk, seed):
    """Files that come and are taken back, so that people say again what was told of them."""
    assert simulate(seed, disk, Size(6, 60)).anonymous


def test_a_workshop_is_replayed_from_its_seed(disk):
    size = Size(5, 40)
    assert simulate(3, disk, size).trace == simulate(3, disk, size).trace
    assert simulate(3, disk, size).trace != simulate(4, disk, size).trace
