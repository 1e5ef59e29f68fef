"""A workspace backed up into one file while it is in use, and put back whole or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from stat import S_IMODE

import pytest
from typer.testing import CliRunner, Result

from tests.small import engagement
from workbook.cli.main import app
from workbook.errors import BadInput
from workbook.store import Change, Damage, DamageKind
from workbook.workspace import Workspace
from workbook.workspace.backup import back_up, read_backup, restore

ZOE = Change(("person", "zoe"), {"name": "Zoé Petit", "email": "zoe@acme.example"})


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    """A workspace with an engagement, a framework of its own and a notebook."""
    home = Workspace.at(tmp_path / "home")
    document = engagement(key="acme")
    framework = document.framework.model_copy(
        update={"key": "commerce-stakeholders", "version": "1.0.0"}
    )
    session = home.new(document.model_copy(update={"framework": framework}), "Marie")
    session.record(ZOE)
    own = home.path / "frameworks" / "ours" / "framework.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("key: ours\n", "utf-8")
    (home.path / "reports").mkdir()
    (home.path / "reports" / "acme.html").write_text("a report", "utf-8")
    return home


@pytest.fixture
def archive(home: Workspace, tmp_path: Path) -> Path:
    back_up(home, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def content(home: Workspace) -> list[object]:
    with home.store.copied() as (rows, _):
        return list(rows)


def test_what_was_backed_up_is_put_back_row_by_row(home, archive, tmp_path):
    other = Workspace.at(tmp_path / "other")
    restore(other, archive)
    assert content(other) == content(home)
    assert other.store.head("acme") == home.store.head("acme")
    assert (other.path / "frameworks/ours/framework.yaml").read_text("utf-8") == "key: ours\n"
    assert not (other.path / "reports").exists(), "reports can be made again"
    other.open("acme", "Paul").record(Change(("person", "zoe"), {"name": "Zoé"}))
    assert other.store.verify("acme").damages == ()
    refused = pytest.raises(sqlite3.DatabaseError, match="only ever appended")
    with closing(sqlite3.connect(other.path / "workbook.db")) as raw, refused:
        raw.execute("DELETE FROM events")


def test_nobody_else_may_read_a_backup(archive):
    assert S_IMODE(archive.stat().st_mode) == 0o600


def test_a_backup_taken_while_people_write_holds_one_moment(home, tmp_path):
    session, stop = home.open("acme", "Paul"), threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            session.record(Change(("person", f"p{n}"), {"name": f"P {n}"}))
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            back_up(home, tmp_path / f"{n}.zip")
    finally:
        stop.set()
        writer.join()
    assert session.pending == ()
    heads = home.store.verify("acme").heads
    for n in range(5):
        other = Workspace.at(tmp_path / f"home-{n}")
        held = restore(other, tmp_path / f"{n}.zip").chains["acme"]
        assert held.damages == ()
        assert heads[: len(held.heads)] == held.heads
        assert other.store.verify("acme") == held


def test_a_workspace_with_engagements_is_left_as_it_is_unless_forced(home, archive):
    session = home.open("acme", "Marie")
    session.record(Change(("person", "bob"), {"name": "Bob"}))
    before = content(home)
    with pytest.raises(BadInput, match="add --force"):
        restore(home, archive)
    assert content(home) == before
    restore(home, archive, force=True)
    assert "bob" not in home.open("acme").engagement.parties()


def test_a_restore_that_cannot_place_its_files_leaves_store_and_files(archive, tmp_path):
    """The same command completes it, without --force, once the folder can be written to."""
    other = Workspace.at(tmp_path / "other")
    other.path.mkdir()
    (other.path / "frameworks").write_text("a file where a folder belongs", "utf-8")
    with pytest.raises(OSError, match="frameworks"):
        restore(other, archive)
    assert other.store.engagements() == ()
    (other.path / "frameworks").unlink()
    restore(other, archive)
    assert other.store.engagements() == ("acme",)


def changed(archive: Path, name: str, change) -> Path:
    """The archive with one of its members changed."""
    target = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    return target


DAMAGES = {
    "rows": lambda a: changed(a, "store.jsonl", lambda d: d.replace(b"Petit", b"Grand")),
    "no manifest": lambda a: changed(a, "manifest.json", lambda _: b"{}"),
    "no archive": lambda a: a.with_name("acme.txt"),
    "cut": lambda a: a.with_name("cut.zip"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_archive_changes_nothing(archive, tmp_path, name):
    (tmp_path / "acme.txt").write_text("no archive", "utf-8")
    (tmp_path / "cut.zip").write_bytes(archive.read_bytes()[:-200])
    other = Workspace.at(tmp_path / "other")
    with pytest.raises(BadInput, match="not a backup, or a damaged one"):
        restore(other, DAMAGES[name](archive))
    assert not other.path.exists()


def test_rows_that_do_not_give_the_chain_are_refused_although_all_digests_fit(archive, tmp_path):
    """Whoever changes a row and its digest does not know the heads that follow from it."""
    forged = changed(archive, "store.jsonl", lambda d: d.replace(b"Petit", b"Grand"))
    with zipfile.ZipFile(forged) as opened:
        digest = hashlib.sha256(opened.read("store.jsonl")).hexdigest()

    def signed(data: bytes) -> bytes:
        manifest = json.loads(data)
        manifest["digests"]["store.jsonl"] = digest
        return json.dumps(manifest).encode()

    (tmp_path / "again").mkdir()
    forged = changed(forged.rename(tmp_path / "again" / "b.zip"), "manifest.json", signed)
    other = Workspace.at(tmp_path / "other")
    with pytest.raises(BadInput, match="chains of events"):
        restore(other, forged)
    assert other.store.engagements() == ()


def test_an_archive_that_unfolds_beyond_measure_is_not_unfolded(tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.workspace.backup.MOST_BYTES", 1_000_000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("manifest.json", b" " * 5_000_000)
    with pytest.raises(BadInput, match="not a backup, or a damaged one"):
        read_backup(bomb)


@pytest.mark.parametrize("version", ["format", "tables"])
def test_a_backup_of_a_newer_release_says_what_to_do(archive, tmp_path, version):
    def newer(data: bytes) -> bytes:
        manifest = json.loads(data)
        return json.dumps({**manifest, version: manifest[version] + 1}).encode()

    other = Workspace.at(tmp_path / "other")
    with pytest.raises(BadInput, match="made by a newer workbook"):
        restore(other, changed(archive, "manifest.json", newer))
    assert not other.path.exists()


@pytest.mark.parametrize("rows", [1, 7])
def test_rows_are_put_back_however_many_go_at_once(archive, tmp_path, monkeypatch, rows):
    monkeypatch.setattr("workbook.store.copying._AT_ONCE", rows)
    other = Workspace.at(tmp_path / "other")
    assert restore(other, archive).chains == read_backup(archive).chains


def test_a_file_of_an_archive_goes_nowhere_else(archive, tmp_path):
    def astray(data: bytes) -> bytes:
        manifest = json.loads(data)
        manifest["digests"]["frameworks/../../stray"] = ""
        return json.dumps(manifest).encode()

    with pytest.raises(BadInput):
        restore(Workspace.at(tmp_path / "other"), changed(archive, "manifest.json", astray))
    assert not (tmp_path / "stray").exists()


def test_a_damaged_store_is_backed_up_and_the_damage_is_said(home, tmp_path):
    with closing(sqlite3.connect(home.path / "workbook.db")) as raw:
        raw.execute("DROP TRIGGER events_refuse_update")
        raw.execute("UPDATE events SET actor = 'x' WHERE seq = 3")
        raw.commit()
    held = back_up(home, tmp_path / "backup.zip")
    assert [*held.damages] == [("acme", Damage(3, DamageKind.CHANGED))]
    restored = restore(Workspace.at(tmp_path / "other"), tmp_path / "backup.zip")
    assert restored.chains == held.chains
    told = run("backup", tmp_path / "again.zip", "--workspace", home.path)
    assert (told.exit_code, "acme: event 3" in told.stderr) == (1, True)


def test_whoever_was_erased_is_not_in_a_later_backup_but_is_in_an_earlier_one(
    home, archive, tmp_path
):
    home.open("acme", "Marie").erase("zoe")
    back_up(home, tmp_path / "later.zip")
    for file, there in ((archive, True), (tmp_path / "later.zip", False)):
        with zipfile.ZipFile(file) as opened:
            assert (b"zoe@acme.example" in opened.read("store.jsonl")) is there


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_commands_say_what_an_archive_holds(home, tmp_path):
    file = tmp_path / "b.zip"
    taken = run("backup", file, "--workspace", home.path)
    assert (taken.exit_code, "acme: 20 events" in taken.output) == (0, True), taken.output
    assert read_backup(file).digest in taken.output
    again = run("backup", file, "--workspace", home.path)
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    assert run("restore", file, "--workspace", home.path).exit_code == 2
    assert run("restore", file, "--workspace", home.path, "--force").exit_code == 0
