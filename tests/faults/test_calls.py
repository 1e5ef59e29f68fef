"""A command that is killed, or whose disk fails, at any call: files are whole, and it goes on."""

from __future__ import annotations

import pytest

from tests.faults.calls import Scene, sampled, survive

KINDS = {"export": 4, "import": 4, "backup": 3, "restore": 4}
"""Of so many kinds of calls one is tried here, and all in `make harden`."""


@pytest.mark.slow
@pytest.mark.parametrize("command", KINDS)
def test_a_command_that_fails_at_a_call_leaves_whole_files_and_goes_on(command, tmp_path):
    scene = Scene(tmp_path / "scene", command)
    points = sampled(scene, KINDS[command], command)
    assert points
    for point in points:
        survive(scene, point)
