"""The pages that the host serves, and the lines over which they speak."""

from __future__ import annotations

import asyncio
import base64
import json
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from tornado.log import app_log
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from workbook.serve.host.guard import COOKIE, Guarded
from workbook.serve.host.pages import board_html, respondent_html
from workbook.widgets.channel import Channel, failure
from workbook.widgets.conversation import Conversation
from workbook.widgets.door import room_address
from workbook.widgets.incoming import MOST_BYTES
from workbook.widgets.registry import BadMessage
from workbook.widgets.respondent import RespondentConversation, UnknownRespondent
from workbook.widgets.views.frame import REVIEW

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.widgets.registry import Message
    from workbook.workshop import Pass

T = TypeVar("T")
GONE = 4403
"""The code with which a line closes that may not be opened again."""
FULL = 4429
"""The code with which a line closes that has to wait until others have closed."""


class LineHandler(Guarded, WebSocketHandler, ABC):
    """A WebSocket whose every message gets one answer, in order.

    Tornado reads the next message when this one is answered: whoever floods waits for themselves.
    """

    def get_compression_options(self) -> dict[str, Any]:
        """Views are words: they shrink to a fifth."""
        return {"compression_level": 1}

    def prepare(self) -> None:
        """Only our own pages may open a line. A program that names no origin may not either."""
        super().prepare()
        own = f"{self.request.protocol}://{self.request.host}"
        if self.request.headers.get("Origin", "").lower() != own.lower():
            raise HTTPError(403)

    def check_origin(self, _: str) -> bool:
        """Checked already."""
        return True

    def open(self, tag: str = "") -> None:
        """Let the page in, or close the line: for good, or until there is room."""
        self.set_nodelay(True)
        who = self.whose(tag)
        if who is None:
            self.close(GONE, "gone")
        elif not self.room.is_free(who):
            self.close(FULL, "full")
        else:
            self.room.lines[self] = who
            self._pace = self.room.paces[who]
            self.begin(tag)

    def on_close(self) -> None:
        """Leave the line to others."""
        self.room.lines.pop(self, None)

    @abstractmethod
    def whose(self, tag: str) -> str | None:
        """Whose line it is: a respondent's, or "" for the facilitator's; None for a stranger's."""

    @abstractmethod
    def begin(self, tag: str) -> None:
        """Begin the conversation with whoever was let in."""

    @abstractmethod
    async def reply(self, message: Message) -> dict[str, Any]:
        """The answer to a message."""

    async def on_message(self, text: str | bytes) -> None:
        """Answer one message."""
        await self._pace.keep()
        try:
            answer = await self.reply(_message(text))
        except UnknownRespondent:
            self.close(GONE, "gone")
            return
        except BadMessage as error:
            answer = failure(error)
        except Exception:  # noqa: BLE001 - the page must hear of it, and the line goes on
            app_log.exception("a message could not be answered")
            answer = failure(BadMessage("this could not be answered"))
        try:
            await self.write_message(json.dumps(answer, ensure_ascii=False))
        except WebSocketClosedError:
            return

    async def show_whole(self, channel: Channel) -> None:
        """Send the whole view, which a page that comes back needs."""
        await self.write_message(json.dumps({"kind": "whole", "view": channel.view}))


def _message(text: str | bytes) -> Message:
    """The message in a text; BadMessage if it is none."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage("a message is JSON") from error
    if not isinstance(message, dict):
        raise BadMessage("a message is an object")
    return message


def _unpacked(message: Message) -> Message:
    """The message with the bytes of a file, which travel as text; BadMessage if they are none."""
    if not isinstance(message.get("data"), str):
        return message
    try:
        return {**message, "data": base64.b64decode(message["data"])}
    except ValueError as error:
        raise BadMessage("the bytes of a file are base64") from error


class AnswersHandler(Guarded):
    """A respondent's page, `/answer/TAG/`."""

    async def get(self, tag: str) -> None:
        """The page with its questions, for the browser that has this person's pass."""
        held = pass_of(self, tag)
        if held is None:
            raise HTTPError(403)
        await self.room.paces[held.respondent].keep()
        page = RespondentConversation(self.room.desk, held.respondent, self.room.today)
        html, policy = respondent_html(page.view())
        self.set_header("Content-Security-Policy", policy)
        self.write(html)


def pass_of(handler: Guarded, tag: str) -> Pass | None:
    """The pass that the browser has, if this folder is its holder's."""
    held = handler.room.admitted(handler.get_cookie(COOKIE))
    if held is None or held.respondent == "":
        return None
    return held if tag == handler.room.passes.tag("answer", held.respondent) else None


class AnswersLineHandler(LineHandler):
    """The line of a respondent's page. It knows no command but those of a respondent."""

    def whose(self, tag: str) -> str | None:
        """The holder of the pass that belongs to this folder."""
        self._held = pass_of(self, tag)
        return self._held.respondent if self._held else None

    def begin(self, _: str) -> None:
        """Show them their page."""
        who = self.room.lines[self]
        self._page = RespondentConversation(self.room.desk, who, self.room.today)
        self._channel = Channel(self._page.view())
        asyncio.ensure_future(self.show_whole(self._channel))  # noqa: RUF006 - the line holds it

    async def reply(self, message: Message) -> dict[str, Any]:
        """Answer once what was said is in the store, or is known not to be."""
        if not (self._held and self.room.stands(self._held)):
            raise UnknownRespondent("the pass is not valid any more")
        if message.get("do") == "resend":
            await self.show_whole(self._channel)
            return {"kind": "still"}
        if self._page.hear(message):
            await self.room.saved()
        return self._channel.show(self._page.view())


class BoardHandler(Guarded):
    """The facilitator's board, `/board/`: the guided session, opened at its review."""

    def get(self) -> None:
        """The page, for the browser that has the facilitator's pass."""
        if not is_facilitator(self):
            raise HTTPError(403)
        html, policy = board_html(_conversation(self).view())
        self.set_header("Content-Security-Policy", policy)
        self.write(html)


def is_facilitator(handler: Guarded) -> bool:
    """Whether the browser has the facilitator's pass."""
    held = handler.room.admitted(handler.get_cookie(COOKIE))
    return held is not None and held.respondent == ""


def _conversation(handler: Guarded) -> Conversation:
    room = handler.room
    talk = Conversation(
        room.workspace,
        room.workspace.open(room.session.key),
        as_of=room.today(),
        step=REVIEW,
        tab="workshop",
        door=room_address(room.address),
    )
    if handler.get_query_argument("names", "") == "off":
        talk.hear({"do": "show_names", "shown": False})
    return talk


class BoardLineHandler(LineHandler):
    """The line of a board. Its thinking is done in a thread of its own, beside the answers."""

    def whose(self, _: str) -> str | None:
        """The facilitator, if the browser has the pass."""
        return "" if is_facilitator(self) else None

    def begin(self, _: str) -> None:
        """Make the board."""
        self._thread = ThreadPoolExecutor(1, "board")
        self._ready = asyncio.ensure_future(self._begin())

    async def _begin(self) -> None:
        self._talk = await self._aside(lambda: _conversation(self))
        self._channel = await self._aside(lambda: Channel(self._talk.view()))
        await self.show_whole(self._channel)

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def reply(self, message: Message) -> dict[str, Any]:
        """Answer as the kernel of a notebook would."""
        await self._ready
        if not is_facilitator(self):
            raise UnknownRespondent("the pass is not valid any more")
        if message.get("do") == "resend":
            await self.show_whole(self._channel)
            return {"kind": "still"}
        return await self._aside(lambda: self._answer(message))

    @property
    def max_message_size(self) -> int:
        """A board takes files in, which travel as text, a third larger."""
        return MOST_BYTES * 3 // 2

    def _answer(self, message: Message) -> dict[str, Any]:
        answer = self._channel.show(self._talk.reply(_unpacked(message), self._channel.view))
        if parcel := self._talk.hand_over():
            answer["file"] = asdict(parcel)
        return answer

    def on_close(self) -> None:
        """Let the thread end."""
        super().on_close()
        if hasattr(self, "_thread"):
            self._thread.shutdown(wait=False)
