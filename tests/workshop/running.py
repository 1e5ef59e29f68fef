"""The host as the command line starts it, and programs that answer, each a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.workshop.conftest import silent
from workbook.scoring.scope import in_scope
from workbook.serve.place import free_port
from workbook.store import Change
from workbook.workshop import Pass, Passes, open_round
from workbook.workspace import Session, Workspace

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def prepared(folder: Path, respondents: int, key: str = "lorient") -> Session:
    """A workspace with a workshop whose first round is open, and so many respondents."""
    workspace = Workspace.at(folder)
    session = workspace.new(silent(workspace, key=key))
    for n in range(respondents):
        key = f"asked-{n}"
        session.record(
            Change(("person", key), {"name": f"Asked {n}"}),
            Change(("respondent", key), {"person": key}),
            later=True,
        )
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    return session


@dataclass
class Hosting:
    """`workbook workshop` on one port, which can be killed and started again."""

    folder: Path
    session: Session
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = Path(sys.executable).with_name("workbook")
        command = [program, "workshop", self.session.key, "--no-browser"]
        options = ["--port", f"{self.port}", "--workspace", f"{self.folder}"]
        runtime = {"JUPYTER_RUNTIME_DIR": f"{self.folder / 'runtime'}"}
        self.process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, **runtime},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        self.kill()
        raise TimeoutError(self.origin)

    def kill(self) -> None:
        """End it as a cut of the power would."""
        assert self.process
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def stop(self) -> tuple[int, str]:
        """Ask it to end; its exit code and what it complained of."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors

    def links(self, names: Iterable[str]) -> dict[str, str]:
        passes = Passes.of(Workspace.at(self.folder).store)
        until = (dt.datetime.now().astimezone() + dt.timedelta(days=2)).date()
        return {name: f"/in/{passes.write(Pass(self.session.key, name, until))}" for name in names}

    def answering(self, names: Iterable[str], **plan: Any) -> subprocess.Popen[str]:
        """A program that answers for some respondents; it has let them in when this returns."""
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.workshop.answering"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        session = self.session
        asked = [
            focal_point.key
            for area in session.rules.areas
            for focal_point in area.focal_points
            if in_scope(focal_point, session.engagement)
        ]
        facts = {"origin": self.origin, "links": self.links(names), "subjects": asked}
        assert program.stdin
        assert program.stdout
        program.stdin.write(json.dumps({**facts, **plan}) + "\n")
        program.stdin.flush()
        assert program.stdout.readline() == '"ready"\n'
        return program


def heard(program: subprocess.Popen[str]) -> dict[str, Any]:
    """What a program tells at its end."""
    out, _ = program.communicate(timeout=600)
    report: dict[str, Any] = json.loads(out)
    return report


def lost_and_twice(session: Session, acknowledged: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of what was acknowledged, what is not in the store; and what stands in it more than once."""
    session.refresh()
    written = Counter(
        event.value[0]["note"]
        for event in session.history()
        if event.subject[0] == "nomination" and event.value
    )
    lost = sorted(note for note in acknowledged if note not in written)
    return lost, sorted(note for note, times in written.items() if times > 1)
