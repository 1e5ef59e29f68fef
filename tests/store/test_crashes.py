"""What goes wrong in a real room: the power, the disk, the network. No answer is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.small import engagement
from tests.store import typist
from workbook.errors import WorkbookError
from workbook.store import Change, Store, StoreAway, database, fold
from workbook.workspace import Session, Workspace

OWNER = ("decision", "f2")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)


def notes(session: Session) -> list[str]:
    return [event.value["note"] for event in session.history() if "note" in (event.value or {})]


def killed_after(seconds: float, *who: str, folder: Path, project: Path) -> list[str]:
    """Let people type, kill them all without warning, and return what was acknowledged."""
    command = [sys.executable, typist.__file__, str(folder), "worked"]
    env = {**os.environ, "PYTHONPATH": str(project)}
    typists = [
        subprocess.Popen([*command, one], stdout=subprocess.PIPE, text=True, env=env) for one in who
    ]
    acknowledged = [one.stdout.readline() for one in typists]  # all are at work by now
    time.sleep(seconds)
    for one in typists:
        one.send_signal(signal.SIGKILL)
    said = [line for one in typists for line in one.communicate()[0].splitlines(keepends=True)]
    # A line without its end was being written when the process died.
    return [line.strip() for line in (*acknowledged, *said) if line.endswith("\n")]


@pytest.mark.slow
def test_a_process_killed_at_any_moment_loses_nothing_that_was_acknowledged(
    workspace: Workspace, marie: Session, tmp_path: Path, project: Path
):
    acknowledged: list[str] = []
    for n, seconds in enumerate((0.013, 0.071, 0.149, 0.233)):
        people = (f"a{n}", f"b{n}")
        acknowledged += killed_after(seconds, *people, folder=tmp_path, project=project)
    marie.refresh()
    written = notes(marie)
    assert set(acknowledged) <= set(written)
    assert len(written) == len(set(written)), "and nothing was written twice"
    assert marie.engagement == fold(workspace.store.events("worked"))
    assert workspace.store.verify("worked").damages == (), "the chain is whole"
    marie.record(Change(OWNER, {"owner": "bo"}))
    assert marie.pending == ()


@pytest.mark.slow
def test_a_typists_answers_come_in_order_even_when_killed(
    marie: Session, tmp_path: Path, project: Path
):
    acknowledged = killed_after(0.2, "a", folder=tmp_path, project=project)
    marie.refresh()
    written = notes(marie)
    assert acknowledged == [f"a {n}" for n in range(len(acknowledged))]
    # One more may have been written whose acknowledgement nobody heard.
    assert written in (
        [f"a {n}" for n in range(m)] for m in (len(acknowledged), len(acknowledged) + 1)
    )


class Trouble:
    """Takes the store away and gives it back."""

    def __init__(self, file: Path, store: Store) -> None:
        self.file, self.store = file, store

    def vanish(self) -> None:
        self.file.rename(self.file.with_suffix(".away"))

    def come_back(self) -> None:
        self.file.with_suffix(".away").rename(self.file)

    def fill_the_disk(self) -> None:
        """No further page may be had: SQLite's own "database or disk is full"."""
        self.listener = lambda connection, _: connection.execute("PRAGMA max_page_count = 1")
        sa.event.listen(self.store._database._engine, "connect", self.listener)

    def free_the_disk(self) -> None:
        sa.event.remove(self.store._database._engine, "connect", self.listener)

    def hold(self) -> None:
        self.other = sqlite3.connect(self.file, isolation_level=None)
        self.other.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        self.other.close()

    def protect(self) -> None:
        self.listener = lambda connection, _: connection.execute("PRAGMA query_only = ON")
        sa.event.listen(self.store._database._engine, "connect", self.listener)


TROUBLES = [
    ("gone", Trouble.vanish, Trouble.come_back),
    ("full", Trouble.fill_the_disk, Trouble.free_the_disk),
    ("busy", Trouble.hold, Trouble.let_go),
    ("read_only", Trouble.protect, Trouble.free_the_disk),
]
LONG = "x" * 20_000  # does not fit into what is free of the pages that the file has


@pytest.mark.parametrize(("cause", "take_away", "give_back"), TROUBLES)
def test_what_is_typed_while_the_store_is_away_is_kept_and_written_once_it_is_back(
    marie: Session, paul: Session, store: Store, file: Path, cause: str, take_away, give_back
):
    trouble, saved_at = Trouble(file, store), marie.saved_at
    take_away(trouble)
    for n in range(3):
        marie.record(Change(OWNER, {"owner": "ana", "note": f"{n} {LONG}"}))
    assert [event.value["note"][0] for event in marie.pending] == ["0", "1", "2"]
    assert marie.trouble.cause == cause
    assert marie.saved_at == saved_at, "the sign does not claim what is not so"
    assert marie.engagement.standing_decisions()["f2"].owner == "ana", "and work goes on"
    with pytest.raises(StoreAway, match=str(file)):
        marie.flush()

    give_back(trouble)
    assert not marie.refresh(), "nobody else wrote"
    assert (marie.pending, marie.trouble) == ((), None)
    assert marie.saved_at > saved_at
    paul.refresh()
    assert [event.value["note"][0] for event in paul.history(OWNER)] == ["0", "1", "2"]
    assert paul.conflicts == ()


def test_a_write_whose_acknowledgement_was_lost_is_not_made_twice(
    marie: Session, paul: Session, store: Store, monkeypatch: pytest.MonkeyPatch
):
    honest = store.append

    def deaf(*args, **options):
        honest(*args, **options)
        raise StoreAway("the store", "gone", "wait")

    monkeypatch.setattr(store, "append", deaf)
    marie.record(Change(OWNER, {"owner": "ana"}))
    assert len(marie.pending) == 1
    monkeypatch.setattr(store, "append", honest)
    marie.record(Change(OWNER, {"owner": "bo"}))
    paul.refresh()
    assert [event.value["owner"] for event in paul.history(OWNER)] == ["ana", "bo"]
    assert marie.conflicts == paul.conflicts == ()
    assert marie.history() == paul.history()


def test_what_others_wrote_while_the_store_was_away_for_me_is_a_conflict_not_a_loss(
    marie: Session, paul: Session, store: Store, monkeypatch: pytest.MonkeyPatch
):
    def away(*_: object, **__: object) -> None:
        raise StoreAway("the store", "gone", "wait")

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", away)
        marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "bo"}))
    marie.refresh()
    (conflict,) = marie.conflicts
    assert conflict.values == (("Paul", {"owner": "bo"}), ("Marie", {"owner": "ana"}))
    assert marie.history() == (*paul.history(), marie.history()[-1])


def test_an_older_copy_put_in_the_stores_place_is_noticed(marie: Session, store: Store, file: Path):
    old = file.read_bytes()
    marie.record(Change(OWNER, {"owner": "ana"}))
    new = file.read_bytes()
    file.write_bytes(old)
    marie.record(Change(OWNER, {"owner": "bo"}))
    assert marie.trouble.cause == "changed"
    assert not marie.refresh()
    assert marie.trouble.cause == "changed"
    file.write_bytes(new)
    marie.flush()
    assert [event.value["owner"] for event in store.events("worked")[-2:]] == ["ana", "bo"]


def test_a_store_that_was_deleted_is_not_quietly_begun_anew(marie: Session, file: Path):
    file.unlink()
    marie.record(Change(OWNER, {"owner": "ana"}))
    assert not file.exists()
    assert marie.trouble.cause == "gone"
    with pytest.raises(StoreAway):
        marie.baseline("Kick-off")


def test_a_new_engagement_is_either_there_or_refused(
    store: Store, workspace: Workspace, file: Path
):
    workspace.new(engagement(key="first"))
    Trouble(file, store).protect()
    with pytest.raises(WorkbookError, match="read_only"):
        workspace.new(engagement(key="second"))
    assert store.engagements() == ("first",)


def test_a_half_written_transaction_is_rolled_back(marie: Session, store: Store, file: Path):
    """A journal left behind by a crash is played back by whoever opens the file next."""
    marie.record(Change(OWNER, {"owner": "ana"}))
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA cache_size = 1")
        raw.execute("BEGIN IMMEDIATE")
        for n in range(200):
            raw.execute("INSERT INTO settings VALUES (?, ?)", (f"junk {n}", LONG[:2000]))
        journal = file.with_name(file.name + "-journal")
        half, undo = file.read_bytes(), journal.read_bytes()
        raw.execute("ROLLBACK")
    file.write_bytes(half)
    journal.write_bytes(undo)
    assert store.setting("junk 0") is None
    assert store.events("worked")[-1].value == {"owner": "ana"}
