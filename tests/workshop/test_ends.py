"""A host that is stopped, killed or started again: nothing acknowledged is lost, nothing is twice.

WORKBOOK_KILLS=50 kills it at as many moments.
"""

from __future__ import annotations

import logging
import os
import random
import time
from pathlib import Path

import pytest

from tests.workshop.running import Hosting, heard, lost_and_twice, prepared

KILLS = int(os.environ.get("WORKBOOK_KILLS", "3"))
PEOPLE = [f"asked-{n}" for n in range(8)]

pytestmark = pytest.mark.slow


@pytest.fixture
def hosting(tmp_path: Path):
    hosting = Hosting(tmp_path, prepared(tmp_path, len(PEOPLE)))
    hosting.start()
    yield hosting
    hosting.kill()


def test_a_host_killed_at_any_moment_loses_nothing_and_writes_nothing_twice(hosting: Hosting):
    chance = random.Random(os.environ.get("WORKBOOK_SEED", "7"))  # noqa: S311 - no secret
    acknowledged, broken = [], 0
    for n in range(KILLS):
        program = hosting.answering(PEOPLE, seconds=2.5, label=f"{n}")
        time.sleep(chance.uniform(0, 2))
        hosting.kill()
        hosting.start()
        report = heard(program)
        acknowledged += report["acknowledged"]
        broken += report["broken"]
        hosting.session.refresh()
    assert broken >= KILLS, "lines did break"
    logging.getLogger("ends").warning(
        "%s kills, %s lines broken, %s acknowledged", KILLS, broken, len(acknowledged)
    )
    assert lost_and_twice(hosting.session, acknowledged) == ([], [])


def test_a_host_that_is_asked_to_end_under_load_ends_well(hosting: Hosting):
    program = hosting.answering(PEOPLE, seconds=4)
    time.sleep(1)
    code, errors = hosting.stop()
    assert code == 0
    assert "Error" not in errors
    assert "Traceback" not in errors
    hosting.start()
    report = heard(program)
    assert report["broken"] >= len(PEOPLE)
    assert lost_and_twice(hosting.session, report["acknowledged"]) == ([], [])
