"""A file is seen whole or not at all, and belongs to whoever it belonged to."""

from __future__ import annotations

import errno
import os

import pytest

from workbook.whole import whole


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_a_file_takes_its_place_when_it_is_filled(tmp_path):
    target = tmp_path / "a" / "page.html"
    with whole(target) as part:
        part.write_text("half")
        assert not target.exists()
    assert target.read_text() == "half"
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_a_filling_that_fails_leaves_what_was_there(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("before")

    def fill():
        with whole(target) as part:
            part.write_text("half")
            (tmp_path / "nowhere").read_text()

    with pytest.raises(FileNotFoundError):
        fill()
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("durable", [True, False])
def test_what_is_to_outlast_a_power_cut_is_on_the_disk_before_and_after_it_takes_its_place(
    tmp_path, monkeypatch, durable
):
    steps, replace = [], os.replace
    monkeypatch.setattr(os, "fsync", lambda _: steps.append("sync"))
    monkeypatch.setattr(os, "replace", lambda *paths: (steps.append("replace"), replace(*paths)))
    with whole(tmp_path / "page.html", durable=durable):
        pass
    assert steps == (["sync", "replace", "sync"] if durable else ["replace"])


@pytest.mark.usefixtures("umask")
def test_a_new_file_has_the_mode_that_the_caller_s_umask_leaves(tmp_path):
    with whole(tmp_path / "new"):
        pass
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("umask")
def test_a_file_that_was_there_keeps_its_mode(tmp_path):
    target = tmp_path / "old"
    target.touch()
    target.chmod(0o604)
    with whole(target):
        pass
    assert target.stat().st_mode & 0o777 == 0o604


def test_a_disk_without_room_is_told_of_the_file_that_was_meant(tmp_path):
    target, other = tmp_path / "page.html", tmp_path / "list.csv"

    def fill(*named):
        with whole(target):
            raise OSError(errno.ENOSPC, "No space left on device", *named)

    with pytest.raises(OSError, match=r"No space.*page\.html"):
        fill()
    with pytest.raises(OSError, match=r"No space.*list\.csv"):
        fill(str(other))


def test_a_part_that_cannot_be_made_is_told_of_the_file_that_was_meant(tmp_path, monkeypatch):
    def full(path, *_):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(os, "open", full)
    with (
        pytest.raises(OSError, match=r"No space.*'[^']*/page\.html'"),
        whole(tmp_path / "page.html"),
    ):
        pass
