"""One workshop, simulated from a seed: respondents, two facilitators, a host, and their trouble.

After every step the log is read from the disk, and what must hold is looked at.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest

from tests.simulation.adversary import Adversary
from tests.simulation.machine import FILE, KEY, START, Killed, Machine, Process
from tests.simulation.network import Line, Page, Wire
from tests.simulation.oracle import Oracle, opened, rows
from tests.small import engagement, framework
from workbook import content
from workbook.content import frameworks
from workbook.errors import BadInput
from workbook.model.engagement import Engagement
from workbook.serve.host.room import Room
from workbook.store import Change, Event, Fold, Store, fold
from workbook.widgets.gathering import closing
from workbook.workshop import Pass, Passes, close_round, open_round
from workbook.workspace import Session, Workspace

SUBJECTS = ("f1", "f2", "f3")
PARTIES = ("ana", "eve", "cy", "bo", "nobody")
TODAY = dt.date(2026, 11, 27)
SECRET = bytes(32)
ROOM = 30
WITHOUT_ROUNDS = 5
"""Of so many workshops one that is anonymous has no rounds: answers come as files."""


@contextmanager
def small_framework() -> Iterator[None]:
    """The framework "small" is found although nobody ships it."""
    keys, others = content.known_keys, frameworks.named
    small = framework()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            frameworks,
            "named",
            lambda key, near=None: small if key == "small" else others(key, near),
        )
        patch.setattr(content, "known_keys", lambda near=None: ("small", *keys(near)))
        yield


@contextmanager
def a_disk() -> Iterator[Path]:
    """A folder in memory, where the system has such a disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a disk, not a name
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


class Broken(AssertionError):
    """Something that must hold does not."""


@dataclass(frozen=True)
class Size:
    """How much happens in a workshop."""

    people: int
    steps: int

    @classmethod
    def of(cls, seed: int) -> Size:
        """Most are small, one in two hundred is a full room; without rounds many must speak."""
        if seed % 200 == 7:
            return cls(ROOM, 120)
        if seed % WITHOUT_ROUNDS == 0:
            return cls(8 + seed % 7, 20)
        return cls(2 + seed % 6, 3 + seed % 8)


@cache
def begun(people: int, *, anonymous: bool) -> bytes:
    """The store of an engagement in which nobody has said anything yet."""
    folder = Path(mkdtemp())
    blank: dict[str, Any] = {"nominations": [], "answers": [], "decisions": []}
    respondents = [{"id": f"r{number}"} for number in range(people)]
    whole = engagement(key=KEY, anonymous=anonymous, respondents=respondents, **blank)
    Workspace(folder, Store(folder / FILE), lambda: START).new(whole, "anna")
    content = (folder / FILE).read_bytes()
    shutil.rmtree(folder)
    return content


@dataclass
class Facilitator:
    """A facilitator's board: a session in a process of its own."""

    name: str
    process: Process
    session: Session
    unsaved: list[Event] = field(default_factory=list)


@dataclass
class Workshop:
    """What goes on, and what was promised to whom."""

    machine: Machine
    size: Size
    anonymous: bool
    oracle: Oracle = field(default_factory=Oracle)
    promised: dict[str, str] = field(default_factory=dict)
    """Token of an answer that somebody was told is saved ↦ who said it."""
    promised_events: set[str] = field(default_factory=set)
    trace: list[str] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    kills: int = 0
    said: int = 0
    without_rounds: bool = False

    def __post_init__(self) -> None:
        file = self.machine.folder / FILE
        self.looking = opened(file)
        self.machine.disk.died = self._died
        self.room: Room | None = None
        self.lines: list[Line] = []
        self.host = Process("host")
        self.facilitators = [self._facilitator(name) for name in ("anna", "ben")]
        rules = self.facilitators[0].session.rules
        self.public = Fold()
        self.adversary = Adversary(rules, TODAY, self.machine.seed)
        self.pages = [
            Page(
                self.machine,
                f"r{number}",
                self._connect,
                self._let_go(f"r{number}"),
                self._read_by(f"r{number}"),
            )
            for number in range(self.size.people)
        ]

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What is found while the loop runs ends it: the loop itself would only write it down."""
        if isinstance(found := context.get("exception"), Broken):
            self.broken.append(found)
            loop.stop()

    def run(self) -> None:
        """Let the workshop happen, then let everybody come to an end, and look at it all."""
        self.machine.loop.set_exception_handler(self._failed)
        try:
            at = 0.0
            if not self.without_rounds:
                self._step(self._open)
            self.start_host()
            for page in self.pages:
                page.open()
            for act in self._acts():
                at += self.machine.random.expovariate(4)
                self.machine.loop.call_at(at, self._step, act)
            self._settle(at)
        finally:
            self._end()

    def _settle(self, after: float) -> None:
        """Faults end; whatever anybody still waits for comes to an end."""
        loop = self.machine.loop
        loop.call_at(after + 1, self._calm)
        loop.call_at(after + 2, self._ask_whether_all_is_done, after + 90)
        loop.run_forever()
        if self.broken:
            raise self.broken[0]
        for who in self.facilitators:
            self._refresh(who)
        self._look("at the end")
        for page in self.pages:
            if page.outbox and not page.is_gone:
                raise Broken(f"{page.respondent} still waits for {page.outbox}")
        self._compare("at the end")

    def _ask_whether_all_is_done(self, latest: float) -> None:
        loop = self.machine.loop
        waits = any(page.outbox for page in self.pages) or self.room is None
        if waits and loop.time() < latest:
            loop.call_later(1, self._ask_whether_all_is_done, latest)
        else:
            loop.stop()

    def _calm(self) -> None:
        self.machine.disk.failing, self.machine.disk.fault = 0, ""
        if self.room is None:
            self.start_host()

    def _end(self) -> None:
        for line in self.lines:
            line.task.cancel()
        if self.room is not None:
            self.following.cancel()
        loop = self.machine.loop
        loop.call_soon(loop.stop)
        loop.run_forever()
        self.looking.close()

    # What happens

    def _acts(self) -> Iterator[Callable[[], None]]:
        kinds = {
            self._answer: 50,
            self._everybody: 3,
            self._decide: 8,
            self._undo: 7,
            self._redo: 3,
            self._import: 60 if self.without_rounds else 5,
            self._close: 5,
            self._open: 0 if self.without_rounds else 4,
            self._withdraw: 1,
            self._cut: 8,
            self._repeat: 4,
            self._kill: 2,
            self._kill_at_a_write: 2,
            self._kill_facilitator: 1,
            self._bad_disk: 3,
            self._good_disk: 4,
            self._resolve: 2,
            self._baseline: 1,
        }
        yield from self.machine.random.choices(
            list(kinds), weights=list(kinds.values()), k=self.size.steps
        )

    def _step(self, act: Callable[[], None]) -> None:
        self.trace.append(f"{self.machine.loop.time():.3f} {act.__name__}")
        with suppress(Killed):
            act()
        self._look(act.__name__)

    def _answer(self) -> None:
        random = self.machine.random
        self._says(random.choice(self.pages), random.choice(SUBJECTS))

    def _everybody(self) -> None:
        """The facilitator asks one question aloud, and all answer at once."""
        subject = self.machine.random.choice(SUBJECTS)
        for page in self.pages:
            self._says(page, subject)

    def _says(self, page: Page, subject: str) -> None:
        random = self.machine.random
        token = f"{page.respondent}-{self._number()}"
        unknown = random.random() < 0.1
        said = {"state": "unknown"} if unknown else {"party": random.choice(PARTIES)}
        page.say(do="nominate", focal_point=subject, set={**said, "note": token}, once=token)

    def _repeat(self) -> None:
        """A copy of a message comes a second time, over another line of the same person, late."""
        page = self.machine.random.choice(self.pages)
        if page.outbox and page.wire and page.wire.line:
            said = page.outbox[-1].command
            other = Page(self.machine, page.respondent, self._connect, lambda _: None)
            other.open()
            if other.wire:
                other.say(**said)
            self.machine.loop.call_later(3, self._leave, other)

    @staticmethod
    def _leave(page: Page) -> None:
        page.is_gone = True
        page.closed = lambda _: None  # type: ignore[method-assign]
        if page.wire:
            page.wire.cut()

    def _cut(self) -> None:
        page = self.machine.random.choice(self.pages)
        if page.wire:
            page.wire.cut()

    def _kill(self) -> None:
        if self.room is not None:
            self._died(self.host)

    def _kill_at_a_write(self) -> None:
        """The process ends at a statement of the disk, before it or, of a commit, after it."""
        disk, random = self.machine.disk, self.machine.random
        disk.fault = (
            f"{random.choice(['host', 'anna', 'ben'])} {random.choice(['before', 'after'])}"
        )
        disk.moment = random.randrange(12) if disk.fault.endswith("before") else 0

    def _kill_facilitator(self) -> None:
        self._died(self.machine.random.choice(self.facilitators).process)

    def _bad_disk(self) -> None:
        self.machine.disk.failing = self.machine.random.choice([0.05, 0.3, 0.9])

    def _good_disk(self) -> None:
        self.machine.disk.failing = 0.0

    # The facilitators

    def _facilitator(self, name: str) -> Facilitator:
        process = Process(name)
        return Facilitator(name, process, self.machine.session(process, name))

    def _someone(self) -> Facilitator:
        who = self.machine.random.choice(self.facilitators)
        self._refresh(who)
        return who

    def _does(self, who: Facilitator, act: Callable[[], tuple[Event, ...]]) -> None:
        with suppress(BadInput):
            who.unsaved += act()
        self._promise(who)

    def _refresh(self, who: Facilitator) -> None:
        who.session.refresh()
        self._promise(who)

    def _promise(self, who: Facilitator) -> None:
        """The sign on the board says saved: what it says must be so."""
        if not who.session.pending:
            self.promised_events.update(event.id for event in who.unsaved)
            who.unsaved.clear()

    def _decide(self) -> None:
        random, who = self.machine.random, self._someone()
        if random.random() < 0.3:
            who = next(other for other in self.facilitators if other is not who)
        subject = ("decision", random.choice(SUBJECTS))
        value = {"owner": random.choice(PARTIES[:4]), "note": f"{who.name}-{self._number()}"}
        change = Change(subject, None if random.random() < 0.1 else value)
        self._does(who, lambda: who.session.record(change))

    def _number(self) -> int:
        self.said += 1
        return self.said

    def _undo(self) -> None:
        who = self._someone()
        self._does(who, who.session.undo)

    def _redo(self) -> None:
        who = self._someone()
        self._does(who, who.session.redo)

    def _import(self) -> None:
        """A file speaks for some of those who answer."""
        random, who = self.machine.random, self._someone()
        rounds = who.session.part("rounds")
        if self.anonymous and rounds and all(asked.closed for asked in rounds):
            return  # refused: no round would ever show it
        people = random.sample(self.pages, min(len(self.pages), random.choice([1, 1, 2, 3, 6])))
        changes = [
            Change(
                ("nomination", page.respondent, random.choice(SUBJECTS)),
                [{"party": random.choice(PARTIES), "note": f"file-{self._number()}"}],
            )
            for page in people
        ]
        self._does(who, lambda: who.session.take_in(changes, "answers"))

    def _withdraw(self) -> None:
        """Somebody is asked no more; what they said stays, said by nobody."""
        who, page = self._someone(), self.machine.random.choice(self.pages)
        gone = Change(("respondent", page.respondent), {"withdrawn": True})
        self._does(who, lambda: who.session.record(gone))

    def _open(self) -> None:
        who = self._someone()
        session = who.session
        self._does(
            who,
            lambda: session.record(
                open_round(session.rules, session.engagement, (), self.machine.now())
            ),
        )

    def _close(self) -> None:
        who = self._someone()
        session = who.session
        self._does(
            who,
            lambda: session.record(
                close_round(session.engagement, self.machine.now(), **closing(session))
            ),
        )

    def _resolve(self) -> None:
        who = self._someone()
        if conflicts := who.session.conflicts:
            chosen = conflicts[0]
            value = self._renoted(chosen.subject[0], chosen.events[0].value)
            if chosen.subject[0] != "round":
                self._does(who, lambda: who.session.resolve(chosen.subject, value))

    def _renoted(self, topic: str, value: Any) -> Any:
        """The same with a note of its own, by which it is found again in the log.

        What is said of a decision is nobody's secret.
        """
        word = "resolved" if topic == "nomination" else "settled"
        note = {"note": f"{word}-{self._number()}"}
        if isinstance(value, list):
            return [{**entry, **note} for entry in value]
        return value and {**value, **note}

    def _baseline(self) -> None:
        who = self._someone()
        with suppress(Exception):
            who.session.baseline(f"b{self._number()}")

    # The host

    def start_host(self) -> None:
        """A new process, which knows nothing but what is on the disk."""
        self.host = Process("host")
        try:
            session = self.machine.session(self.host, "host")
        except Killed:
            return
        except Exception:  # noqa: BLE001 - a disk that fails: tried again in a moment
            self.machine.loop.call_later(0.5, self.start_host)
            return
        workspace = self.machine.workspace(self.host)
        self.room = Room(workspace, session, Passes(SECRET), lambda: TODAY)
        self.following = self.machine.loop.create_task(self._follow(self.room))

    async def _follow(self, room: Room) -> None:
        with suppress(Killed):
            await room.follow()

    def _connect(self, wire: Wire) -> Line | None:
        if self.room is None:
            return None
        line = Line(self.room, Pass(KEY, wire.page.respondent, TODAY), wire, self.host)
        self.lines.append(line)
        return line

    def _died(self, process: Process) -> None:
        """A process is no more; another one takes its place."""
        process.dead = True
        self.kills += 1
        self.trace.append(f"{self.machine.loop.time():.3f} {process.name} is killed")
        if process is self.host:
            self._host_died()
            return
        index = [who.process for who in self.facilitators].index(process)
        self.machine.loop.call_soon(self._come_back, index)

    def _come_back(self, index: int) -> None:
        """A facilitator's board opens again; what was not saved is lost, and was not promised."""
        try:
            self.facilitators[index] = self._facilitator(self.facilitators[index].name)
        except Exception:  # noqa: BLE001 - a disk that fails: tried again in a moment
            self.machine.loop.call_later(0.5, self._come_back, index)
        self._look("a board comes back")

    def _host_died(self) -> None:
        self.room = None
        self.following.cancel()
        lines, self.lines = self.lines, []
        for line in lines:
            line.is_open = False
            line.task.cancel()
            self.machine.loop.call_soon(line._wire.cut)
        self.machine.loop.call_later(self.machine.random.uniform(0.1, 2), self._restart)

    def _restart(self) -> None:
        if self.room is None:
            self.start_host()
        self._look("the host is there again")

    # What must hold

    def _let_go(self, respondent: str) -> Callable[[dict[str, Any]], None]:
        def let_go(command: dict[str, Any]) -> None:
            self.promised[command["once"]] = respondent
            self._look(f"{command['once']} is acknowledged")

        return let_go

    def _read_by(self, respondent: str) -> Callable[[dict[str, Any]], None]:
        def read(message: dict[str, Any]) -> None:
            if found := self.adversary.reads(respondent, message):
                raise Broken("; ".join(found))

        return read

    def _look(self, when: str) -> None:
        for row in rows(self.looking, KEY, self.oracle.seq):
            self.oracle.add(row)
            self.trace.append(f"  {row.seq} {row.actor} {row.kind} {row.subject} {row.value}")
        if self.oracle.complaints:
            raise Broken(f"{when}: {'; '.join(self.oracle.complaints)}")
        lost = [token for token in self.promised if self.oracle.tokens[token] != 1]
        if lost:
            raise Broken(f"{when}: acknowledged and not there: {', '.join(lost)}")
        missing = self.promised_events - self.oracle.events.keys()
        if missing:
            raise Broken(f"{when}: {len(missing)} saved events of a facilitator are not there")
        self._look_at_sessions(when)
        if self.anonymous:
            self._look_as_anybody(when)

    def _look_as_anybody(self, when: str) -> None:
        """Whoever looks after each change, as an export does, sees what may be shown."""
        events = self.machine.store().events(KEY, after=self.public.seq)
        for event in events:
            self.public.add(event)
        if events and (found := self.adversary.compares(self.public.engagement)):
            raise Broken(f"{when}: {'; '.join(found)}")

    def _sessions(self) -> Iterator[tuple[str, Session]]:
        if self.room is not None:
            yield "host", self.room.session
        for who in self.facilitators:
            if not who.process.dead:
                yield who.name, who.session

    def _look_at_sessions(self, when: str) -> None:
        """Whoever knows all events and has nothing that waits shows what they add up to."""
        expected: dict[str, Any] | None = None
        for name, session in self._sessions():
            if session.pending or len(session._journal.written) != self.oracle.seq:
                continue
            if expected is None:
                expected = normal(Engagement.model_validate({"key": KEY, **self.oracle.document()}))
            _same(normal(session.engagement), expected, f"{when}: {name}")

    def _compare(self, when: str) -> None:
        """Whoever reads the store anew sees what the oracle sees."""
        read = fold(self.machine.store().events(KEY))
        _same(
            normal(read),
            normal(Engagement.model_validate({"key": KEY, **self.oracle.document()})),
            f"{when}: the store",
        )


def normal(whole: Engagement) -> dict[str, Any]:
    """An engagement to compare; in which order released voices stand tells nothing."""
    said = dict(whole)
    said["nominations"] = sorted(repr(n) for n in whole.nominations)
    return said


def _same(seen: dict[str, Any], expected: dict[str, Any], who: str) -> None:
    for name, value in expected.items():
        if seen[name] != value:
            raise Broken(f"{who} shows {name} = {seen[name]}, not {value}")


def simulate(seed: int, folder: Path, size: Size | None = None) -> Workshop:
    """One workshop; Broken, with the seed to replay it, if something does not hold."""
    machine, size = Machine(seed, folder), size or Size.of(seed)
    anonymous = machine.random.random() < 0.5
    without_rounds = anonymous and seed % WITHOUT_ROUNDS == 0
    (folder / FILE).write_bytes(begun(size.people, anonymous=anonymous))
    with machine.running():
        workshop = Workshop(machine, size, anonymous, without_rounds=without_rounds)
        try:
            workshop.run()
        except Exception as error:
            tail = "\n".join(workshop.trace[-40:])
            raise Broken(f"SEED={seed}: {error}\n{tail}") from error
    return workshop


def counts(workshops: Iterable[Workshop]) -> Counter[str]:
    """What was tried, to be told."""
    told: Counter[str] = Counter()
    for workshop in workshops:
        told["tried"] += 1
        told["releases"] += workshop.adversary.releases
        told["acknowledged"] += len(workshop.promised)
        told["kills"] += workshop.kills
        told["faults"] += workshop.machine.disk.tried
        told["events"] += workshop.oracle.seq
    return told
