"""The clock of the machine is set back in the middle of the work."""

from __future__ import annotations

import datetime as dt

import pytest

from workbook.store import Change, Store
from workbook.workspace import Workspace

KEY = "maison-lorient"
SUBJECT = ("decision", "promotions")
NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)


class Clock:
    """A clock that somebody sets."""

    now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def home(tmp_path, clock):
    workspace = Workspace(tmp_path, Store(tmp_path / "workbook.db"), clock)
    workspace.new(workspace.open(KEY).engagement.model_copy(update={"key": "own"}))
    return workspace


def said(session, note):
    session.record(Change(SUBJECT, {"owner": "nobody", "note": note}))


def stands(session):
    return next(d.note for d in session.engagement.decisions if d.focal_point == SUBJECT[1])


def test_what_was_said_last_stands_although_the_clock_went_back(home, clock):
    session = home.open("own", "Anna")
    said(session, "before")
    clock.now = NOW - dt.timedelta(days=400)
    said(session, "after")
    assert session.pending == ()
    again = home.open("own", "Paul")
    assert stands(again) == "after"
    assert [event.value["note"] for event in again.history(SUBJECT)][-2:] == ["before", "after"]
    assert not home.store.verify("own").damages


def test_a_step_is_undone_and_a_moment_named_although_the_clock_went_back(home, clock):
    session = home.open("own", "Anna")
    said(session, "before")
    first = session.baseline("before")
    clock.now = NOW - dt.timedelta(days=400)
    said(session, "after")
    second = session.baseline("after")
    assert [each.name for each in session.baselines] == ["before", "after"]
    assert first.seq < second.seq
    session.undo()
    assert stands(home.open("own", "Paul")) == "before"
