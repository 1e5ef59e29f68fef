"""Whatever happens to a batch, a reader sees whole reports; the next run completes it exactly."""

from __future__ import annotations

import random
import signal

import pytest

from tests.batch.trial import jsonl, tiny, visible
from tests.faults.victim import suffer

MOMENTS = 8


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A batch that nothing happened to: its folder, its outputs, and the steps it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    rows = ({"x": x, "name": f"run-{x}", "nap": 0.002 * x, "fail": x == 4} for x in range(7))
    jsonl(folder / "t.jsonl", *rows)
    tiny(folder / "n.ipynb")
    ran = suffer(folder, folder / "out")
    assert ran.code == 1
    return folder, visible(folder / "out"), ran.steps


def test_a_batch_killed_at_any_moment_is_completed_exactly_by_the_next(undisturbed, tmp_path):
    folder, expected, steps = undisturbed
    moments = random.Random(4).sample(range(2, steps), MOMENTS)  # noqa: S311 - no secret
    for moment in moments:
        out = tmp_path / f"out-{moment}"
        assert suffer(folder, out, "kill", moment).code == -signal.SIGKILL, moment
        assert visible(out).items() <= expected.items(), moment
        assert suffer(folder, out).code == 1, moment
        assert visible(out) == expected, moment
        assert not any((out / ".batch/parts").iterdir()), moment


def test_a_batch_killed_again_and_again_gets_there(undisturbed, tmp_path):
    folder, expected, steps = undisturbed
    out = tmp_path / "out"
    for moment in (steps // 5, steps // 4, steps // 3):
        suffer(folder, out, "kill", moment)
    assert suffer(folder, out).code == 1
    assert visible(out) == expected


def test_a_full_disk_stops_the_batch_with_a_reason_and_no_torn_report(undisturbed, tmp_path):
    folder, expected, steps = undisturbed
    for moment in (steps // 4, steps // 2, steps - 4):
        out = tmp_path / f"out-{moment}"
        stopped = suffer(folder, out, "full", moment)
        assert stopped.code == 1
        assert "No space left on device" in stopped.said
        assert visible(out).items() <= expected.items()
        assert suffer(folder, out).code == 1
        assert visible(out) == expected
