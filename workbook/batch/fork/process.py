"""A running child as its server sees it."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import suppress
from typing import Any

from workbook.batch.fork import linux, wire
from workbook.batch.fork.job import JobStatus
from workbook.batch.fork.progress import CellStart
from workbook.batch.fork.tail import Tail

PIECE = 1 << 18
LAST_CALL = signal.SIGRTMIN
"""Tells a child that its time is up; it may still say how far it came."""
GRACE = 1.0
"""Seconds that it has for that, before it is killed."""
MOST = 200
"""Works that one process does."""
GROWTH = 128 << 20
"""Bytes that it may grow by until it does no other work, or half of what one may take."""
ALIKE = ("work", "notebook", "folder", "environment", "umask", "imports_from_folder", "shared")
"""What works have in common that one process does."""


class Running:
    """One child: its pipe, what it said, and when it has to be done."""

    def __init__(
        self,
        job: dict[str, Any],
        pid: int,
        pipe: int,
        slot: int,
        temporary: str,
        tail: Tail,
        feed: socket.socket | None = None,
    ) -> None:
        self.pid, self.pipe, self.slot, self.temporary = pid, pipe, slot, temporary
        self.handle = os.pidfd_open(pid)
        self.tail = tail
        self.feed = feed
        self._inbox = wire.Inbox()
        self._base = linux.private_memory(pid)
        self._works = 0
        self._take(job)

    def _take(self, job: dict[str, Any]) -> None:
        self.job, self.id = job, job["id"]
        self.ended = False
        self.can_be_rehearsed = False
        self._limits = job["limits"]
        self.since = time.monotonic()
        self._verdict: tuple[JobStatus, str] | None = None
        self._called: float | None = None
        self._works += 1

    @property
    def idle(self) -> bool:
        """Whether it waits for other work."""
        return self.feed is not None and self.ended

    @property
    def worn(self) -> bool:
        """Whether it does no other work: it has done enough, has grown, or something went wrong."""
        memory = self._limits["memory"]
        growth = GROWTH if memory is None else min(GROWTH, memory // 2)
        grown = linux.private_memory(self.pid) > self._base + growth
        return grown or self._works >= MOST or not self.can_be_rehearsed or self._called is not None

    def fits(self, job: dict[str, Any]) -> bool:
        """Whether it may do this as well."""
        same = self._limits["memory"] == job["limits"]["memory"]
        return self.idle and same and all(self.job[name] == job[name] for name in ALIKE)

    def go_on(self, job: dict[str, Any]) -> None:
        """Have it do other work."""
        self._take(job)
        self._send(wire.packed(wire.ASK, {"id": job["id"], "payload": job["payload"]}))

    def dismiss(self) -> None:
        """Have it end."""
        self._send(wire.packed(wire.STOP, {}))
        self.close_feed()

    def close_feed(self) -> None:
        """Send it nothing any more."""
        if self.feed:
            self.feed.close()
        self.feed = None

    def _send(self, message: bytes) -> None:
        """One that has died meanwhile is seen to when it is reaped."""
        if self.feed:
            with suppress(OSError):
                self.feed.sendall(message)

    def read(self) -> tuple[bytes, bool]:
        """The whole messages that have come, to be passed on, and whether no more will come."""
        whole = bytearray()
        while True:
            try:
                piece = os.read(self.pipe, PIECE)
            except BlockingIOError:
                return bytes(whole), False
            for kind, body in self._inbox.take(piece):
                whole += wire.framed(kind, self._last_word(body) if kind == wire.END else body)
            if not piece:
                return bytes(whole), True

    def _last_word(self, body: bytes) -> bytes:
        """How the child says that it ended; if time ran out, with the reason that only we know."""
        answer = wire.unpacked(body)
        if answer["status"] == JobStatus.DONE and (late := self._late()):
            # It was done before it could be stopped, and too late all the same.
            answer |= {"status": JobStatus.LATE, "reason": late, "parts": []}
            body = wire.body(answer)
        self.ended = True
        self.can_be_rehearsed = answer["status"] == JobStatus.DONE and answer["threads"] == 1
        if answer["status"] == JobStatus.LATE and self._verdict:
            return wire.body(answer | {"reason": self._verdict[1]})
        return body

    def _late(self) -> str:
        """Why it is too late by now, if it is; a last cell that ended in time is not asked for."""
        if self._verdict:
            return self._verdict[1] if self._called is not None else ""
        passed = (why for deadline, why in self._deadlines(None) if time.monotonic() >= deadline)
        return next(passed, "")

    def left(self, start: CellStart | None) -> float | None:
        """Seconds until the nearest limit of time; None without one."""
        deadlines = [deadline for deadline, _ in self._deadlines(start)]
        return min(deadlines) - time.monotonic() if deadlines else None

    def end_if_late(self, start: CellStart | None) -> None:
        """If a limit of time has passed, have it say how far it came; kill it if it does not."""
        now = time.monotonic()
        for deadline, reason in self._deadlines(start):
            if now < deadline:
                continue
            if self._called is None:
                self._verdict, self._called = (JobStatus.LATE, reason), now
                os.kill(self.pid, LAST_CALL)
            else:
                linux.kill_group(self.pid)
            return

    def kill(self, status: JobStatus, reason: str) -> None:
        """Kill it with all that it started, and remember why."""
        self._verdict = self._verdict or (status, reason)
        linux.kill_group(self.pid)

    def death_message(self, status: int, start: CellStart | None) -> bytes:
        """How it ended, for one that could not say so itself. `status` is what waiting for it gave.

        A child that told how it ended has said the last word already.
        """
        cause = _cause(os.waitstatus_to_exitcode(status))
        verdict, reason = self._verdict or (JobStatus.DIED, cause)
        end = {"id": self.id, "status": verdict, "reason": reason, "tail": self.tail.outputs()}
        return wire.packed(wire.END, end | {"cell": start.cell if start else None})

    def _deadlines(self, start: CellStart | None) -> list[tuple[float, str]]:
        if self.ended:
            return []
        if self._verdict:
            return [] if self._called is None else [(self._called + GRACE, self._verdict[1])]
        whole, each = self._limits["seconds"], self._limits["cell_seconds"]
        deadlines = []
        if whole is not None:
            deadlines.append((self.since + whole, f"took longer than {whole:g} s"))
        if each is not None and start:
            deadlines.append((start.since + each, f"a cell took longer than {each:g} s"))
        return deadlines


def _cause(code: int) -> str:
    if code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return f"its process ended itself with exit code {code}"
