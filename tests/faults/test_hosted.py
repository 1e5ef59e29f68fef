"""A workshop’s host that is killed, or whose disk fails: no answer that was saved is lost."""

from __future__ import annotations

import pytest

from tests.faults.calls import Point
from tests.faults.hosted import ANSWERS, Workshop, survive

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "point",
    [Point("pwrite64", 50, "signal=KILL", ""), Point("pwrite64", 60, "error=ENOSPC", "+")],
    ids=str,
)
def test_a_host_that_fails_at_a_call_loses_no_answer_that_a_page_saw_saved(tmp_path, point):
    workshop = Workshop(tmp_path / "workshop")
    assert 0 < survive(workshop, point) < ANSWERS
