"""The network between phones and host: it delays, cuts, and brings messages twice or too late.

A page does what `static/socket.js` and `static/outbox.js` do: what was not answered when a line
broke is said again with the same token, and what was answered is let go once the sign says saved.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tornado.websocket import WebSocketClosedError

from tests.simulation.machine import Killed, Machine, Process
from workbook.serve.host.lines import GONE, AnswersLineHandler

if TYPE_CHECKING:
    from workbook.serve.host.room import Room
    from workbook.workshop import Pass

FIRST_WAIT, LAST_WAIT = 0.3, 5.0
POLL = 1.0


class Line(AnswersLineHandler):
    """The host's end of a line: the real handler, on a simulated socket."""

    def __init__(self, room: Room, held: Pass, wire: Wire, process: Process) -> None:
        self.room = room
        self._cookie = room.passes.write(held)
        self._wire, self._process = wire, process
        self._inbox: asyncio.Queue[str] = asyncio.Queue()
        self.is_open = True
        self.open(room.passes.tag("answer", held.respondent))
        self.task = wire.machine.loop.create_task(self._listen())

    def get_cookie(self, *_: Any) -> str:  # type: ignore[override]
        return self._cookie

    def set_nodelay(self, _: bool) -> None:  # noqa: FBT001 - Tornado's own
        """There are no packets."""

    def write_message(self, message: Any, binary: bool = False) -> Any:  # noqa: FBT001, FBT002, ARG002
        """Put a message on the wire, with the sign that the page shows when it has it."""
        if not self.is_open:
            raise WebSocketClosedError
        view = self._channel.view
        self._wire.to_page(message, view["saved"]["state"], refused=bool(view["notice"]))
        return _done()

    def close(self, code: int | None = None, reason: str | None = None) -> None:  # noqa: ARG002
        """The host ends the line."""
        self._wire.cut(code or 1001)

    def receive(self, text: str) -> None:
        """A message has come; the next one is read when this one is answered."""
        if self.is_open and not self._process.dead:
            self._inbox.put_nowait(text)

    def broken(self) -> None:
        """The host notices that the line is no more."""
        if self.is_open:
            self.is_open = False
            self.on_close()
            self.task.cancel()

    async def _listen(self) -> None:
        with contextlib.suppress(Killed, asyncio.CancelledError):
            while True:
                await self.on_message(await self._inbox.get())


async def _done() -> None:
    return


@dataclass
class Wire:
    """One connection: in order in both directions, until it is cut."""

    machine: Machine
    page: Page
    line: Line | None = None
    up: bool = True
    _page_hears: float = 0.0
    _host_hears: float = 0.0

    def _delay(self) -> float:
        random = self.machine.random
        return random.uniform(0.3, 4) if random.random() < 0.05 else random.uniform(0.005, 0.1)

    def to_host(self, text: str) -> None:
        """What the page says is on its way."""
        at = self._host_hears = max(
            self._host_hears + 1e-4, self.machine.loop.time() + self._delay()
        )
        if self.line:
            self.machine.loop.call_at(at, self.line.receive, text)

    def to_page(self, text: str, sign: str, *, refused: bool) -> None:
        """What the host answers is on its way; a wire that was cut brings nothing back."""
        at = self._page_hears = max(
            self._page_hears + 1e-4, self.machine.loop.time() + self._delay()
        )
        self.machine.loop.call_at(at, self._arrived, text, sign, refused)

    def _arrived(self, text: str, sign: str, refused: bool) -> None:  # noqa: FBT001 - a call at
        if self.up:
            self.page.hear(json.loads(text), sign, refused=refused)

    def cut(self, code: int = 1006) -> None:
        """The page knows at once; what is under way to the host may still come, and late."""
        if not self.up:
            return
        self.up = False
        if self.line:
            at = max(self._host_hears + 1e-4, self.machine.loop.time()) + self._delay()
            self.machine.loop.call_at(at, self.line.broken)
        self.page.closed(code)


@dataclass
class Entry:
    """A command in the page's outbox."""

    command: dict[str, Any]
    answered: bool = False


def to_say_again(outbox: list[Entry]) -> list[Entry]:
    """What a host answered that could not save it, and that may be no more."""
    return [entry for entry in outbox if entry.answered]


@dataclass
class Page:
    """A respondent's page in a browser."""

    machine: Machine
    respondent: str
    connect: Callable[[Wire], Line | None]
    let_go: Callable[[dict[str, Any]], None]
    read: Callable[[dict[str, Any]], None] = lambda _: None
    outbox: list[Entry] = field(default_factory=list)
    unanswered: list[dict[str, Any]] = field(default_factory=list)
    wire: Wire | None = None
    is_gone: bool = False
    sign: str = "nothing"
    wait: float = FIRST_WAIT
    polling: bool = False

    def open(self) -> None:
        """Open a line, and say again what nobody answered."""
        wire = Wire(self.machine, self)
        wire.line = self.connect(wire)
        if wire.line is None or not wire.up:
            if wire.up:
                self.closed(1006)
            return
        self.wire = wire
        unsaved = to_say_again(self.outbox)
        for entry in unsaved:
            entry.answered = False
        self.unanswered[:0] = [entry.command for entry in unsaved]
        for command in self.unanswered:
            wire.to_host(json.dumps(command))

    def say(self, **command: Any) -> None:
        """Say something; what changes the engagement waits in the outbox."""
        if command["do"] != "poll":
            self.outbox.append(Entry(command))
        self.unanswered.append(command)
        if self.wire and self.wire.up:
            self.wire.to_host(json.dumps(command))
        self._poll_soon()

    def hear(self, message: dict[str, Any], sign: str, *, refused: bool) -> None:
        """The host answers, and the page's reader reads it."""
        self.read(message)
        self.wait = FIRST_WAIT
        self.sign = sign
        if message["kind"] == "whole":
            return
        command = self.unanswered.pop(0)
        for entry in [e for e in self.outbox if e.command is command]:
            if message["kind"] == "failed" or refused:
                self.outbox.remove(entry)
            entry.answered = True
        if sign in {"saved", "nothing"}:
            for entry in [e for e in self.outbox if e.answered]:
                self.outbox.remove(entry)
                self.let_go(entry.command)

    def closed(self, code: int) -> None:
        """The line is no more."""
        self.wire = None
        if code == GONE:
            self.is_gone = True
            return
        self.machine.loop.call_later(self.wait * self.machine.random.uniform(0.5, 1), self.open)
        self.wait = min(self.wait * 2, LAST_WAIT)

    def _poll_soon(self) -> None:
        if not self.polling:
            self.polling = True
            self.machine.loop.call_later(POLL, self._poll)

    def _poll(self) -> None:
        self.polling = False
        if self.outbox and not self.is_gone:
            if not any(command["do"] == "poll" for command in self.unanswered):
                self.say(do="poll")
            self._poll_soon()
