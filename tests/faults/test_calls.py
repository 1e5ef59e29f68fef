"""A command that is killed, or whose disk fails, at any call: files are whole, and it goes on."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from workbook.workspace import Workspace

KEY = "maison-lorient"
OUT = "out.yaml"
COMMANDS = {
    "export": ("export", KEY, "-o", OUT),
    "import": ("import", "list.csv", "--engagement", KEY, "--as", "people"),
}
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "unlink")
CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)")
FAULTS = ("signal=KILL", *(f"error={name}" for name in ("ENOSPC", "EIO", "EDQUOT", "EROFS")))
OLD = b"what was there before"


class Point(NamedTuple):
    """The n-th call of a kind, and what happens there: once, or for ever after."""

    call: str
    number: int
    fault: str
    ever: str

    def __str__(self) -> str:
        return f"inject={self.call}:{self.fault}:when={self.number}{self.ever}"


class Scene:
    """A folder with an engagement in its store, in which one command is run again and again."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder, self.command = folder, COMMANDS[command]
        self._kept = folder.with_name(f"{folder.name}-kept")
        self._kept.mkdir()
        session = Workspace.at(self._kept).open(KEY)
        Workspace.at(self._kept).new(session.engagement)
        (self._kept / "list.csv").write_text("name,title\nZoé Marchand,CTO\n", "utf-8")
        (self._kept / OUT).write_bytes(OLD)

    def reset(self) -> None:
        """Everything as it was at first."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._kept, self.folder)

    def run(self, *below: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command, if need be below a program."""
        words = [*below, str(Path(sys.executable).with_name("workbook")), *self.command]
        return subprocess.run(words, cwd=self.folder, capture_output=True, timeout=300, check=False)

    def points(self) -> list[Point]:
        """Every call of the command that touches the folder, with each fault."""
        self.reset()
        log = self.folder.with_suffix(".strace")
        ran = self.run(_strace(), "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
        assert ran.returncode == 0, ran.stderr
        numbers: dict[tuple[str, str], int] = {}
        touched = []
        for line in log.read_text("utf-8", "replace").splitlines():
            if (call := CALL.match(line)) and call[2] in CALLS:
                key = call[1], call[2]
                numbers[key] = numbers.get(key, 0) + 1
                writes = call[2] != "openat" or re.search("O_WRONLY|O_RDWR|O_CREAT", call[3])
                if writes and str(self.folder) in call[3]:
                    touched.append((call[2], numbers[key]))
        return [
            Point(*call, fault, ever)
            for call in dict.fromkeys(touched)
            for fault in FAULTS
            for ever in ("", "+")
            if fault != "signal=KILL" or not ever
        ]

    def state(self) -> tuple[bytes, int]:
        """What the file holds that the command writes, and how many events the store has."""
        with closing(sqlite3.connect(self.folder / "workbook.db")) as raw:
            assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
            (events,) = raw.execute("SELECT count(*) FROM events").fetchone()
        return (self.folder / OUT).read_bytes(), events


def _strace() -> str:
    strace = shutil.which("strace")
    assert strace, "strace is not here: install it (.ci/strace install)"
    return strace


def survive(scene: Scene, point: Point, before: object, after: object) -> None:
    """What must hold at one point."""
    scene.reset()
    watch = ("-f", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", str(point))
    ran = scene.run(_strace(), *watch)
    said = ran.stderr.decode()
    assert "Traceback" not in said, (point, said[-600:])
    state = scene.state()
    assert state in (before, after), (point, "neither the old nor the new", ran.returncode, said)
    if ran.returncode == 0:
        assert state == after, (point, "said to be done", said)
    elif point.fault != "signal=KILL":
        assert ran.returncode in {1, 2}, (point, ran.returncode, said)
        assert said.strip() or point.call == "write", (point, "no reason is said")
    again = scene.run()
    assert again.returncode == 0, (point, again.stderr.decode()[-600:])
    assert scene.state() == after, point


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_fails_at_a_call_leaves_whole_files_and_goes_on(command, tmp_path):
    scene = Scene(tmp_path / "scene", command)
    scene.reset()
    before = scene.state()
    points = scene.points()
    after = scene.state()
    random = Random(command)  # noqa: S311 - to be repeated
    assert points
    for call in sorted({point.call for point in points}):
        survive(scene, random.choice([p for p in points if p.call == call]), before, after)
