"""Killed or without power at any call: what was acknowledged is there, once, and can be read."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from random import Random

import pytest

from tests.faults.recorded import Step, killed, powerless, recorded, said_before
from workbook.errors import WorkbookError
from workbook.store import Store, fold
from workbook.workspace import Workspace

KEY = "maison-lorient"
ANSWERS = 5
STATES = 1_000
FOLDED = 20
"""Of so many disks, one is read by the store itself: that takes ten times as long."""
VICTIM = """
import sys
from pathlib import Path
from workbook.store import Change
from workbook.workspace import Workspace
session = Workspace.at(Path(sys.argv[1])).open(sys.argv[2], "anna")
for n in range(int(sys.argv[3])):
    session.record(Change(("decision", "promotions"), {"owner": "nobody", "note": f"answer {n}"}))
    if not session.pending:
        sys.stdout.write(f"answer {n}\\n")
        sys.stdout.flush()
"""


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    return recorded_in(tmp_path_factory.mktemp("power") / "victim")


def recorded_in(folder):
    """The disk before, and every call of a process that saves a few answers."""
    folder.mkdir()
    session = Workspace.at(folder).open(KEY)
    Workspace.at(folder).new(session.engagement.model_copy(update={"key": "own"}))
    base = {"workbook.db": (folder / "workbook.db").read_bytes()}
    steps = recorded(folder, VICTIM, str(folder), "own", str(ANSWERS))
    assert len(said_before(steps, len(steps))) == ANSWERS
    return base, steps


def check(folder, steps, after):
    """What must hold of a disk: nothing acknowledged is lost, and everything is read."""
    with closing(sqlite3.connect(folder / "workbook.db")) as raw:
        (sound,) = raw.execute("PRAGMA quick_check").fetchone()
        found = raw.execute("SELECT text FROM details WHERE text LIKE 'answer %'").fetchall()
    notes = Counter(text for (text,) in found)
    acknowledged = said_before(steps, after)
    assert sound == "ok", after
    assert set(acknowledged) <= notes.keys(), (after, "lost", set(acknowledged) - notes.keys())
    assert max(notes.values(), default=1) == 1, after
    assert len(notes) <= len(acknowledged) + 1, after
    if after % FOLDED == 0:
        events = Store(folder / "workbook.db").events("own")
        assert fold(events).key == "own"
        assert sum(event.actor == "anna" for event in events) == len(notes)


def test_killed_after_any_call_nothing_acknowledged_is_lost(history, tmp_path):
    base, steps = history
    assert len(steps) > 10 * ANSWERS
    for after in range(len(steps) + 1):
        killed(base, steps, after).put(tmp_path)
        check(tmp_path, steps, after)


def test_without_power_after_any_call_nothing_acknowledged_is_lost(history, tmp_path):
    base, steps = history
    random = Random(5)  # noqa: S311 - chance is to be repeated
    for state in range(STATES):
        after = state % (len(steps) + 1)
        powerless(base, steps, after, random).put(tmp_path)
        check(tmp_path, steps, after)


def test_killed_again_while_it_recovers_nothing_is_lost(history, tmp_path):
    """Half a recovery is begun anew by whoever opens the store next."""
    base, steps = history
    random = Random(6)  # noqa: S311 - chance is to be repeated
    writes = [n for n, s in enumerate(steps, 1) if s.what == "write" and s.file == "workbook.db"]
    for after in writes:
        disk = killed(base, steps, after)
        restored = powerless(base, steps, after, random).files["workbook.db"]
        # Some pages are as they were, others not yet: the journal still has them all.
        for page in range(0, min(len(restored), len(disk.files["workbook.db"])), 4096):
            if random.random() < 0.5:
                before = base["workbook.db"][page : page + 4096]
                if journalled(steps, after, page):
                    disk.files["workbook.db"][page : page + len(before)] = before
        disk.put(tmp_path)
        check(tmp_path, steps, after)


def journalled(steps, after, page):
    """Whether the transaction that is under way has changed a page."""
    begun = max(n for n, s in enumerate(steps[:after]) if s.what == "create")
    pages = {s.offset for s in steps[begun:after] if s.what == "write" and s.file == "workbook.db"}
    earlier = {s.offset for s in steps[:begun] if s.what == "write" and s.file == "workbook.db"}
    return page in pages - earlier


@pytest.mark.parametrize("file", ["workbook.db", "workbook.db-journal", ""])
def test_a_sync_that_is_left_out_is_noticed(history, tmp_path, file):
    base, steps = history
    careless = [step for step in steps if step != Step("sync", file)]
    random = Random(7)  # noqa: S311 - chance is to be repeated
    noticed = False
    for state in range(STATES):
        after = state % (len(careless) + 1)
        powerless(base, careless, after, random).put(tmp_path)
        try:
            check(tmp_path, careless, after)
        except (AssertionError, WorkbookError, sqlite3.DatabaseError):
            noticed = True
            break
    assert noticed
