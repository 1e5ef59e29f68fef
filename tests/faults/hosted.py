"""A workshop's host at work, and what may happen to it at each system call of a save."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from websocket import WebSocketException

from tests.faults.calls import FAULTS, Point, strace
from tests.workshop.hosting import Browser, say, whole
from tests.workshop.running import Hosting, lost_and_twice, prepared
from workbook.workspace import Session, Workspace

CALLS = ("pwrite64", "fdatasync", "fsync", "unlink")
ANSWERS = 4
PERSON = "asked-0"
PATIENCE = 90.0


@dataclass
class Room:
    """What a browser knows of a host."""

    port: int
    sockets: list[socket.socket] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.port}"


class Workshop:
    """A workspace with a workshop, which is served again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._kept = folder, folder.with_name("kept")
        session = prepared(self._kept, 1)
        self.reset()
        self.hosting = Hosting(folder, session)

    def reset(self) -> None:
        """Nobody has said anything."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._kept, self.folder)

    def read(self) -> Session:
        """What is recorded."""
        return Workspace.at(self.folder).open(self.hosting.session.key)

    def serve(self, *below: str) -> subprocess.Popen[bytes]:
        """The host, once it can be reached or has ended."""
        program = str(Path(sys.executable).with_name("workbook"))
        words = ["workshop", self.hosting.session.key, "--no-browser"]
        words += ["--port", f"{self.hosting.port}", "--workspace", f"{self.folder}"]
        process = subprocess.Popen(
            [*below, program, *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "JUPYTER_RUNTIME_DIR": f"{self.folder}/runtime"},
        )
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.hosting.port), timeout=5).close()
                break
            time.sleep(0.05)
        return process

    def answers(self, label: str) -> tuple[list[str], list[str]]:
        """Somebody answers: what the host took, and what a page was told is saved."""
        room, said, saved = Room(self.hosting.port), list[str](), list[str]()
        subjects = [f.key for area in self.hosting.session.rules.areas for f in area.focal_points]
        with suppress(OSError, WebSocketException, AssertionError):
            browser = Browser(room)  # type: ignore[arg-type]
            browser.enter(self.hosting.links([PERSON])[PERSON])
            for subject in subjects[:ANSWERS]:
                note = f"{label} {subject}"
                line = browser.line()
                whole(line)
                answer = say(
                    line, do="nominate", focal_point=subject, set={"note": note}, once=note
                )
                line.close()
                if answer["kind"] == "patch":
                    said.append(note)
                if whole(browser.line())["saved"]["state"] == "saved":
                    saved = list(said)
        for own in room.sockets:
            own.close()
        return said, saved


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Ask a host to end; its exit code and what it complained of."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        _, said = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return process.returncode, said.decode()


def survive(workshop: Workshop, point: Point) -> int:
    """What must hold at one point; how many answers were acknowledged before."""
    workshop.reset()
    watch = ("-f", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", str(point))
    host = workshop.serve(strace(), *watch)
    taken, saved = workshop.answers("first")
    code, said = ended(host)
    assert "Traceback" not in said, (point, said[-900:])
    if "KILL" not in point.fault:
        assert code in {0, 1, 2}, (point, code, said)
        found = lost_and_twice(workshop.read(), taken) if taken else ([], [])
        assert found == ([], []) or (code == 1 and "is not saved" in said), (point, "unsaid", said)
    host = workshop.serve()
    _, again = workshop.answers("again")
    code, said = ended(host)
    assert code == 0, (point, said)
    assert len(again) == ANSWERS, (point, "the next host does not save", again)
    found = lost_and_twice(workshop.read(), saved + again)
    assert found == ([], []), (point, found)
    return len(saved)


def points() -> list[Point]:
    """Calls of the host's start, and of its saves after that."""
    return [
        Point(call, number, fault, ever)
        for call in CALLS
        for number in range(1, 150)
        for fault in FAULTS
        for ever in ("", "+")
        if fault != "signal=KILL" or not ever
    ]
