"""What is written in the background is written, whatever happens meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from workbook.store import Change, Store
from workbook.workspace import Workspace, journal

pytestmark = pytest.mark.slow

NOTE = ("decision", "promotions")
LEAVES = """
from workbook.store import Change
from workbook.workspace import Workspace
session = Workspace.at({folder!r}).open("tidewater-outdoor")
session.record(Change(("decision", "promotions"), {{"note": "last words"}}), later=True)
"""


def note(session):
    return (session.value(NOTE) or {}).get("note")


def written(folder):
    session = Workspace.at(folder).open("tidewater-outdoor", "reader")
    return note(session)


def until(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.mark.slow
def test_a_process_that_ends_writes_what_is_pending(tmp_path):
    subprocess.run([sys.executable, "-c", LEAVES.format(folder=str(tmp_path))], check=True)
    assert written(tmp_path) == "last words"


def test_what_is_said_while_something_is_written_is_written_too(tmp_path, monkeypatch):
    """The background must not believe that it is still to begin while it is about to end."""
    session = Workspace.at(tmp_path).open("tidewater-outdoor")
    append, writing, go_on = Store.append, threading.Event(), threading.Event()

    def slow(store, *events, **facts):
        done = append(store, *events, **facts)
        writing.set()
        assert go_on.wait(10)
        return done

    monkeypatch.setattr(Store, "append", slow)
    session.record(Change(NOTE, {"note": "first"}), later=True)
    assert writing.wait(10)
    monkeypatch.setattr(Store, "append", append)
    session.record(Change(NOTE, {"note": "second"}), later=True)
    go_on.set()
    assert until(lambda: not session.pending)
    assert written(tmp_path) == "second"


def test_many_changes_in_a_moment_are_one_write(tmp_path, monkeypatch):
    session = Workspace.at(tmp_path).open("tidewater-outdoor")
    append, calls = Store.append, []

    def counted(store, events, **facts):
        calls.append(len(events))
        return append(store, events, **facts)

    monkeypatch.setattr(Store, "append", counted)
    monkeypatch.setattr(journal, "PAUSE", 1.0)  # a busy machine says twenty things in less
    for number in range(20):
        session.record(Change(NOTE, {"note": str(number)}), later=True)
    assert until(lambda: not session.pending)
    assert len(calls) == 1
    assert note(session) == "19"
