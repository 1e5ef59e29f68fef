"""Reports and a batch that are killed, or whose disk fails, at any call."""

from __future__ import annotations

import pytest

from tests.faults.calls import Scene, sampled, survive

KINDS = {"report": 2, "batch": 2}
"""Of so many kinds of calls one is tried here, and all in `make harden`."""


@pytest.mark.slow
@pytest.mark.parametrize("command", KINDS)
def test_reports_that_fail_at_a_call_are_whole_and_are_made_by_the_next_run(command, tmp_path):
    scene = Scene(tmp_path / "scene", command)
    for point in sampled(scene, KINDS[command], command):
        survive(scene, point)
