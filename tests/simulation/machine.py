"""The machine that a workshop is simulated on: its clock, its chance, its disk, its processes.

Everything happens in one process and one thread, and everything by chance comes from one seed.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import selectors
import sqlite3
import uuid
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from workbook.serve.host import pace, room
from workbook.store import Store, database, log, sealing
from workbook.workspace import Session, Workspace, journal

if TYPE_CHECKING:
    from sqlalchemy import Engine

START = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
FILE = "workbook.db"
KEY = "worked"
LOOK = 5.0
"""Seconds between two looks of the host at the store: each costs as much as an answer."""


class Killed(BaseException):
    """The process ends here: not even a `finally` of it may do anything that counts."""


class _Jump(selectors.SelectSelector):
    """Waiting takes no time: the clock jumps to when something happens."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        assert timeout is not None, "everybody waits, and nothing will happen"
        self.now += max(timeout, 0)
        return []


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose time is the simulation's."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        return self._jump.now


@dataclass
class Process:
    """A host or a facilitator's session: whoever is killed reaches the disk no more."""

    name: str
    dead: bool = False


@dataclass
class Disk:
    """Where faults of the disk are made: what fails next, and who dies at it.

    `moment` counts down the statements and commits; at 0 the `fault` happens, once.
    """

    random: Random
    fault: str = ""
    moment: int = 0
    failing: float = 0.0
    tried: int = 0
    died: Callable[[Process], None] = lambda _: None

    def touch(self, process: Process | None, statement: str) -> None:
        """A statement is about to reach the disk."""
        self._alive(process)
        if self._due(process, "before"):
            self._die(process)
        if self.failing and process and self.random.random() < self.failing:
            self.tried += 1
            raise sqlite3.OperationalError(self._words(statement))

    def done(self, process: Process | None) -> None:
        """A commit is on the disk, and nobody has heard of it yet."""
        if self._due(process, "after"):
            self._die(process)
        if self.failing and process and self.random.random() < self.failing / 2:
            self.tried += 1
            raise sqlite3.OperationalError("disk I/O error")

    def _words(self, statement: str) -> str:
        if statement.startswith("BEGIN"):
            return "database is locked"
        if statement == "open":
            return "unable to open database file"
        return "database or disk is full"

    def _due(self, process: Process | None, fault: str) -> bool:
        if process is None or self.fault != f"{process.name} {fault}":
            return False
        self.moment -= 1
        return self.moment < 0

    def _die(self, process: Process | None) -> None:
        assert process
        self.fault = ""
        self.tried += 1
        self.died(process)
        raise Killed

    @staticmethod
    def _alive(process: Process | None) -> None:
        if process and process.dead:
            raise Killed


class _Cursor(sqlite3.Cursor):
    def execute(self, statement: str, *rest: Any) -> sqlite3.Cursor:
        self.connection.disk.touch(self.connection.process, statement)
        return super().execute(statement, *rest)

    def executemany(self, statement: str, *rest: Any) -> sqlite3.Cursor:
        self.connection.disk.touch(self.connection.process, statement)
        return super().executemany(statement, *rest)


class _Connection(sqlite3.Connection):
    disk: Disk
    process: Process | None

    def cursor(self, _: Any = None) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(_Cursor)

    def commit(self) -> None:
        if not self.in_transaction:
            return
        self.disk.touch(self.process, "COMMIT")
        changed = self.total_changes
        super().commit()
        if changed:
            self.disk.done(self.process)


class Writer:
    """The thread that saves in the background: here it is the loop, some time later."""

    def __init__(self, loop: asyncio.AbstractEventLoop, random: Random, process: Process) -> None:
        self._loop, self._random, self._process = loop, random, process

    def submit(self, work: Callable[[], None]) -> Writer:
        """Do it a moment later, unless the process is dead by then."""
        self._loop.call_later(self._random.uniform(0.01, 0.3), self._do, work)
        return self

    def _do(self, work: Callable[[], None]) -> None:
        with contextlib.suppress(Killed):
            if not self._process.dead:
                work()

    def add_done_callback(self, _: object) -> None:
        """Nobody waits for it."""


@dataclass
class Machine:
    """One seed's machine, with a folder that stands for its disk."""

    seed: int
    folder: Path
    random: Random = field(init=False)
    loop: Loop = field(default_factory=Loop)
    disk: Disk = field(init=False)
    acting: Process | None = None

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - chance is to be repeated
        self.disk = Disk(self.random)

    def now(self) -> dt.datetime:
        """The moment, by the simulation's clock."""
        return START + dt.timedelta(seconds=self.loop.time())

    def workspace(self, process: Process) -> Workspace:
        """The workspace as a process of its own opens it."""
        return Workspace(self.folder, self.store(process), self.now)

    def store(self, process: Process | None = None) -> Store:
        """The store as a process sees it. All have one engine, which knows its statements."""
        store = Store(self.folder / FILE)
        store._database.process = process  # type: ignore[attr-defined]
        return store

    def session(self, process: Process, actor: str) -> Session:
        """Somebody at work on the engagement, in a process of their own."""
        session = self.workspace(process)._session(KEY, actor)
        session._journal._writer.shutdown()
        session._journal._writer = Writer(self.loop, self.random, process)  # type: ignore[assignment]
        return session

    async def aside(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What a thread does for the host: it takes as long as the disk takes."""
        slow = self.random.random() < 0.1
        await asyncio.sleep(self.random.uniform(0.5, 3) if slow else self.random.uniform(0, 0.05))
        return work(*arguments)

    @contextlib.contextmanager
    def running(self) -> Generator[None]:
        """Let the code under test take clock, chance and disk from here."""

        def connect() -> sqlite3.Connection:
            process = self.acting
            self.disk.touch(process, "open")
            made: _Connection = sqlite3.connect(
                f"file:{quote(str(self.folder / FILE))}?mode=rw",
                uri=True,
                timeout=0,
                isolation_level=None,
                check_same_thread=False,
                factory=_Connection,
            )
            made.disk, made.process = self.disk, process
            return made

        reach = database.Database._reaching

        def reaching(own: database.Database, *, write: bool) -> AbstractContextManager[Any]:
            self.acting = getattr(own, "process", None)
            return reach(own, write=write)

        def token(length: int = 8) -> str:
            return f"{self.random.getrandbits(8 * length):0{2 * length}x}"

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_Door, "connect", staticmethod(connect), raising=False)
            patch.setattr(database, "_sqlite_engine", lambda _: _engine())
            patch.setattr(database.Database, "_reaching", reaching)
            patch.setattr(database, "SYNCHRONOUS", "OFF")
            patch.setattr(sealing.secrets, "token_hex", token)
            patch.setattr(log, "new_key", lambda: f"x{token()}")
            patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=self.random.getrandbits(128)))
            patch.setattr(pace, "time", SimpleNamespace(monotonic=self.loop.time))
            patch.setattr(journal, "time", SimpleNamespace(sleep=lambda _: None))
            patch.setattr(asyncio, "to_thread", self.aside)
            patch.setattr(room, "announce", lambda *_: None)
            patch.setattr(room, "LOOK", LOOK)
            asyncio.set_event_loop(self.loop)
            try:
                yield
            finally:
                self._end_tasks()
                self.loop.close()
                asyncio.set_event_loop(None)

    def _end_tasks(self) -> None:
        """End what is still under way: a task without its loop fails whichever test comes next."""
        pending = asyncio.all_tasks(self.loop)
        for task in pending:
            task.cancel()
        if pending:
            self.loop.run_until_complete(asyncio.wait(pending, timeout=60))


class _Door:
    """Where the engine gets its connections: the machine that runs puts itself here."""

    connect: Callable[[], sqlite3.Connection]

    @classmethod
    def connect_sqlite(cls) -> sqlite3.Connection:
        """A connection for whoever acts now."""
        return cls.connect()


_MADE_BY = database._sqlite_engine


@cache
def _engine() -> Engine:
    return _MADE_BY(_Door)  # type: ignore[arg-type]
