"""A command that is run again and again, and what may happen to it at each system call."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import NamedTuple

import psutil

from workbook.workspace import Workspace

KEY = "maison-lorient"
OUT = "out.yaml"
DAY = ("--as-of", "2026-11-23", "--lang", "en")
COMMANDS = {
    "export": ("export", KEY, "-o", OUT),
    "import": ("import", "list.csv", "--engagement", KEY, "--as", "people"),
    "backup": ("backup", "new.zip"),
    "restore": ("restore", "old.zip", "--force"),
    "report": ("report", "document.yaml", "--out", "made", *DAY),
    "batch": ("batch", "document.yaml", "--out", "made", "--jobs", "1", *DAY),
}
ONCE = {"backup"}
"""Commands that refuse to do again what is done."""
MADE = (OUT, "new.zip", "frameworks/own.yaml", "made/maison-lorient.en.html")
"""What the commands write for people. Only of the first and the last something is there before."""
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "unlink")
CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)")
FAULTS = ("signal=KILL", *(f"error={name}" for name in ("ENOSPC", "EIO", "EDQUOT", "EROFS")))
PATIENCE = 180.0
"""Seconds after which a command hangs, on a busy machine too."""
OLD = b"what was there before"


class Point(NamedTuple):
    """The n-th call of a kind, and what happens there: once, or for ever after."""

    call: str
    number: int
    fault: str
    ever: str

    def __str__(self) -> str:
        return f"inject={self.call}:{self.fault}:when={self.number}{self.ever}"


class State(NamedTuple):
    """What a reader sees: the files that commands write for people, and the store's events."""

    files: dict[str, bytes]
    events: int

    def between(self, before: State, after: State) -> bool:
        """Whether each part is wholly as it was, or wholly as it shall be."""
        return self.events in {before.events, after.events} and all(
            self.files.get(name) in (before.files.get(name), after.files.get(name)) for name in MADE
        )


class Scene:
    """A folder with an engagement in its store, in which one command is run again and again."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder, self.command = folder, COMMANDS[command]
        self.once = command in ONCE
        self.kept = folder.with_name(f"{folder.name}-kept")
        self.kept.mkdir()
        home = Workspace.at(self.kept)
        session = home.open(KEY)
        home.new(session.engagement)
        shutil.copy(home.examples()[KEY], self.kept / "document.yaml")
        (self.kept / "list.csv").write_text("name,title\nZoé Marchand,CTO\n", "utf-8")
        if command == "restore":
            self._backed_up()
        for name in (MADE[0], MADE[-1]):
            (self.kept / name).parent.mkdir(exist_ok=True)
            (self.kept / name).write_bytes(OLD)
        self.before = self.reset()
        assert self.run().returncode == 0
        self.after = self.state()

    def _backed_up(self) -> None:
        """An archive with a framework of the client's, and one event less than the store."""
        own = self.kept / "frameworks" / "own.yaml"
        own.parent.mkdir()
        own.write_bytes(b"key: own\n")
        run(self.kept, "backup", "old.zip")
        own.write_bytes(OLD)
        run(self.kept, *COMMANDS["import"])

    def reset(self) -> State:
        """Everything as it was at first."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.kept, self.folder)
        return self.state()

    def run(self, *below: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command, if need be below a program."""
        return run(self.folder, *self.command, below=below)

    def points(self) -> list[Point]:
        """Every call of the command that touches the folder, with each fault."""
        self.reset()
        log = self.folder.with_suffix(".strace")
        ran = self.run(strace(), "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
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

    def state(self, folder: Path | None = None) -> State:
        """What a reader sees now, here or in a copy of the folder."""
        folder = folder or self.folder
        with closing(sqlite3.connect(folder / "workbook.db")) as raw:
            assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
            (events,) = raw.execute("SELECT count(*) FROM events").fetchone()
        files = {name: folder / name for name in MADE}
        return State({name: _content(f) for name, f in files.items() if f.exists()}, events)


def run(
    folder: Path,
    *command: str,
    below: Iterable[str] = (),
    before: Callable[[], None] | None = None,
    env: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder, if need be below a program; `before` it in its process."""
    words = [*below, str(Path(sys.executable).with_name("workbook")), *command]
    with subprocess.Popen(
        words,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=before,  # noqa: PLW1509 - one thread
        env={**os.environ, **env},
    ) as process:
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # what runs below strace, too
            raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def _content(file: Path) -> bytes:
    """A file's content; of an archive, which says when it was taken, what it holds."""
    if file.suffix != ".zip":
        return file.read_bytes()
    from workbook.workspace.backup import read_backup

    return repr((read_backup(file).chains, read_backup(file).files)).encode()


def strace() -> str:
    """The program that lets calls fail."""
    found = shutil.which("strace")
    assert found, "strace is not here: install it (.ci/strace install)"
    return found


def survive(scene: Scene, point: Point) -> None:
    """What must hold at one point."""
    scene.reset()
    watch = ("-f", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", str(point))
    ran = scene.run(strace(), *watch)
    unsaid = point.call == "write"  # to standard error, too
    state = scene.state()
    holds(scene, str(point), ran, state, killed="KILL" in point.fault, unsaid=unsaid)
    left = at_work_in(scene.folder)
    assert not left, (point, "left behind", left)
    if not scene.once or state != scene.after:
        again = scene.run()
        assert again.returncode == 0, (point, again.stderr.decode()[-600:])
    assert scene.state() == scene.after, (point, "the next run does not get there")


def holds(
    scene: Scene,
    what: str,
    ran: subprocess.CompletedProcess[bytes],
    state: State,
    *,
    killed: bool = False,
    unsaid: bool = False,
) -> None:
    """What must hold once a command has ended that something happened to."""
    said = ran.stderr.decode()
    assert "Traceback" not in said, (what, said[-600:])
    assert state.between(scene.before, scene.after), (what, "half", ran.returncode, said)
    if ran.returncode == 0:
        assert state == scene.after, (what, "said to be done", said)
    elif not killed:
        assert ran.returncode in {1, 2}, (what, ran.returncode, said)
        assert said.strip() or unsaid, (what, "no reason is said")


def at_work_in(folder: Path) -> list[str]:
    """Processes that are still at work in a folder, after a moment in which they may end."""
    there = [one for one in psutil.process_iter(["cwd"]) if one.info["cwd"] == str(folder)]
    _, left = psutil.wait_procs(there, 5)
    return [str(one) for one in left]


def sampled(scene: Scene, count: int, seed: str) -> list[Point]:
    """Points of as many kinds of calls, always the same."""
    random = Random(seed)  # noqa: S311 - to be repeated
    points = scene.points()
    calls = sorted({point.call for point in points})
    return [
        random.choice([point for point in points if point.call == call])
        for call in random.sample(calls, min(count, len(calls)))
    ]
