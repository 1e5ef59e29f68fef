"""A small disk that is full, or a quota: a reason is said, files are whole, and it goes on."""

from __future__ import annotations

import pytest

from tests.faults.calls import Scene
from tests.faults.room import PAGE, full_disk, short_files, small_disks

COMMANDS = ("import", "export", "report", "batch")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=COMMANDS)
def scene(request, tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("room") / "scene", request.param)


@pytest.mark.skipif(not small_disks(), reason="nobody may make a small disk here")
def test_on_a_full_disk_a_command_says_why_and_the_next_one_gets_there(scene):
    said = full_disk(scene, pages=2)
    assert "No space left on device" in said or "the disk is full" in said


def test_over_a_quota_a_command_says_why_and_the_next_one_gets_there(scene):
    said = short_files(scene, most=2 * PAGE)
    assert "File too large" in said or "over its quota" in said


def test_without_any_room_for_temporary_files_a_batch_says_so(tmp_path):
    said = short_files(Scene(tmp_path / "scene", "batch"), most=0)
    assert "No usable temporary directory" in said
    assert "make room" in said
