"""The room: one engagement that is open for everybody, and its one writer."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

from tornado.log import app_log

from workbook.scoring.identity_cache import IdentityCache
from workbook.serve.host.pace import Paces
from workbook.store import StoreAway
from workbook.widgets.door import announce
from workbook.widgets.respondent import Desk
from workbook.workshop import Pass, Passes, UnreadablePass, board_serial

if TYPE_CHECKING:
    from collections.abc import Callable

    from tornado.websocket import WebSocketHandler

    from workbook.model.workshop import Invitation
    from workbook.workspace import Session, Workspace

LOOK = 1.0
"""Seconds between two looks at what others have written to the store."""
MOST_LINES = 400
"""Pages that may be open in all."""
LINES_EACH = 8
"""Pages that one person may have open: a phone, a laptop, and what a lost network left behind."""
RATE, BURST = 20.0, 60.0
"""Messages a second that one person may send for long, and at once."""
GUESS_RATE, GUESSES = 0.5, 30.0
"""Wrong links or codes a second that may come from one address for long, and at once."""


class Room:
    """What all handlers of the host share."""

    def __init__(
        self,
        workspace: Workspace,
        session: Session,
        passes: Passes,
        today: Callable[[], dt.date],
        origin: str = "",
    ) -> None:
        self._origin = origin
        self.workspace = workspace
        self.session = session
        self.desk = Desk(session)
        self.passes = passes
        self.today = today
        self.lines: dict[WebSocketHandler, str] = {}
        self.paces = Paces(RATE, BURST)
        self.guesses = Paces(GUESS_RATE, GUESSES)
        self._writing = asyncio.Lock()
        self._invitations: IdentityCache[dict[str, Invitation]] = IdentityCache()
        self._next: asyncio.Task[None] | None = None

    def is_free(self, who: str) -> bool:
        """Whether one more page of somebody may be open."""
        own = sum(holder == who for holder in self.lines.values())
        return len(self.lines) < MOST_LINES and own < LINES_EACH

    async def saved(self) -> None:
        """Wait until all that was said so far is in the store, or the store is away.

        While one commit is under way, others gather for the next: one commit serves them all.
        """
        if self._next is None:
            self._next = asyncio.create_task(self._commit())
        await asyncio.shield(self._next)

    async def _commit(self) -> None:
        async with self._writing:
            self._next = None
            with suppress(StoreAway):
                await asyncio.to_thread(self.session.flush)

    async def follow(self) -> None:
        """Take in, every second, what boards and other processes have written.

        What goes wrong is logged once, and the next look tries again.
        """
        trouble = ""
        while True:
            try:
                async with self._writing:
                    await asyncio.to_thread(self.session.refresh)
                announce(self.workspace.path, self.session.key, self.address)
                trouble = ""
            except Exception as error:  # noqa: BLE001 - the next look may do, and pages go on
                if trouble != (trouble := repr(error)):
                    app_log.exception("what others have written could not be taken in")
            await asyncio.sleep(LOOK)

    @property
    def code(self) -> str:
        """What the room's own address carries: another one for each engagement and day.

        Eight letters: whoever has no camera types them, and thirty wrong ones make a guesser wait.
        """
        return self.passes.tag("room", self.session.key, self.today().isoformat())[:8]

    @property
    def address(self) -> str:
        """Where the people in the room join."""
        return f"{self._origin}/room/{self.code}"

    def admitted(self, text: str | None) -> Pass | None:
        """The pass in a link or a cookie, if it opens this engagement today."""
        try:
            held = self.passes.read(text or "")
        except UnreadablePass:
            return None
        return held if self.stands(held) else None

    def stands(self, held: Pass) -> bool:
        """Whether a pass still opens this engagement."""
        if held.engagement != self.session.key or held.until < self.today():
            return False
        if held.respondent == "":
            return held.serial == board_serial(self.session.part("invitations"))
        if held.respondent not in self.desk.facts.respondents:
            return False
        latest = self.invitation(held.respondent)
        return latest is None or (held.serial == latest.serial and not latest.revoked)

    def invitation(self, respondent: str) -> Invitation | None:
        """The latest invitation of a respondent."""
        invitations = self.session.part("invitations")
        latest = self._invitations.get(
            (invitations,), lambda: {i.respondent: i for i in reversed(invitations)}
        )
        return latest.get(respondent)

    def is_taken(self, respondent: str) -> bool:
        """Whether somebody has answered, or joined, under this name already."""
        latest = self.invitation(respondent)
        return (latest is not None and latest.joined) or any(
            respondent in self.session.round_log(asked.id).last
            for asked in self.session.part("rounds")
        )
