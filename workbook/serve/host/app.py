"""The host as an application: addresses, start and end."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tornado.httpserver import HTTPServer
from tornado.web import Application

from workbook.errors import RunFailed
from workbook.fragments.styles import font_files
from workbook.serve.host.doors import LinkHandler, RoomHandler
from workbook.serve.host.guard import Guarded
from workbook.serve.host.lines import (
    AnswersHandler,
    AnswersLineHandler,
    BoardHandler,
    BoardLineHandler,
)
from workbook.serve.host.pages import FONTS
from workbook.serve.host.room import Room
from workbook.serve.place import HOST, free_port
from workbook.widgets.door import withdraw
from workbook.workshop import Pass, Passes, board_serial
from workbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_BODY = 64 * 1024
"""Bytes of a message or of a form."""
GRACE = 2.0
"""Seconds for what is being written when the host is asked to stop."""
PATIENCE = 20.0
"""Seconds that a connection may take to say what it wants."""
GOING_AWAY = 1001
"""The code with which lines close when the host ends: their pages come back by themselves."""
BOARD_DAYS = 1


@dataclass(frozen=True, slots=True)
class WorkshopHost:
    """A workshop to serve: the engagement of a workspace, on loopback and where it is told besides.

    `address` is one in the room's network, encrypted with `tls`; `name` is what browsers call it
    where a certificate bears a name instead. The facilitator's own board stays on loopback, so that
    it outlives a network that fails.
    """

    workspace: Path
    engagement: str
    port: int = field(default_factory=free_port)
    address: str = HOST
    name: str = ""
    tls: ssl.SSLContext | None = None
    today: Callable[[], dt.date] = dt.date.today

    @property
    def origin(self) -> str:
        """Where the people in the room reach the host."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{self.name or self.address}:{self.port}"

    @property
    def shared(self) -> bool:
        """Whether others in the network reach it."""
        return self.address != HOST

    def board_link(self, origin: str = "") -> str:
        """The facilitator's link; it opens the board today and tomorrow. Loopback by default."""
        workspace = Workspace.at(self.workspace)
        serial = board_serial(workspace.open(self.engagement).part("invitations"))
        until = self.today() + dt.timedelta(days=BOARD_DAYS)
        held = Pass(self.engagement, "", until, serial)
        own = f"http://{HOST}:{self.port}"
        return f"{origin or own}/in/{Passes.of(workspace.store).write(held)}"

    @property
    def url(self) -> str:
        """What the command line opens."""
        return self.board_link()

    def serve(self) -> None:
        """Serve until interrupted; what was said is written before the host ends.

        RunFailed if it could not be: the pages still hold it, and say it again to the next host.
        """
        room = self.room()
        asyncio.run(self._serve(room))
        if room.session.pending:
            cause = room.session.trouble.cause if room.session.trouble else "busy"
            fix = "leave the pages open and run the same command later: they say it again"
            raise RunFailed(f"what was said last is not saved ({cause})\n    → {fix}")

    async def _serve(self, room: Room) -> None:
        servers = self.servers(room)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        following = asyncio.create_task(room.follow())
        await stop.wait()
        following.cancel()
        withdraw(room.workspace.path, room.session.key)
        await end(servers, room)

    def servers(self, room: Room) -> list[HTTPServer]:
        """The servers of a room, listening: on loopback, and in the network if it is shared."""
        own = frozenset(f"{name}:{self.port}" for name in (HOST, "localhost"))
        doors = [(HOST, server_of(room, own))]
        if self.shared:
            name = f"{self.name.lower() or self.address}:{self.port}"
            doors.append((self.address, server_of(room, frozenset({name}), self.tls)))
        for address, server in doors:
            server.listen(self.port, address)
        return [server for _, server in doors]

    def room(self) -> Room:
        """The room of the engagement."""
        workspace = Workspace.at(self.workspace)
        session = workspace.open(self.engagement, "host")
        return Room(workspace, session, Passes.of(workspace.store), self.today, self.origin)


class Fonts(Guarded):
    """The fonts, the only files that the host hands out."""

    def get(self, name: str) -> None:
        """One of them; it never changes under its name."""
        self.set_header("Content-Type", "font/woff2")
        self.set_header("Cache-Control", "public, max-age=86400")
        self.write(font_files()[name].read_bytes())


class Nowhere(Guarded):
    """Every other address."""

    def prepare(self) -> None:
        """There is nothing here."""
        super().prepare()
        self.send_error(404)


def server_of(room: Room, names: frozenset[str], tls: ssl.SSLContext | None = None) -> HTTPServer:
    """The server of a room. A connection that says nothing, or slowly, is closed."""
    return HTTPServer(
        application(room, names, tls=tls is not None),
        ssl_options=tls,
        max_body_size=MOST_BODY,
        idle_connection_timeout=PATIENCE,
        body_timeout=PATIENCE,
    )


async def end(servers: Sequence[HTTPServer], room: Room) -> None:
    """Take nothing new, write what was said, and close every line."""
    for server in servers:
        server.stop()
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(room.saved(), GRACE)
    for line in tuple(room.lines):
        line.close(GOING_AWAY, "going away")
    for server in servers:
        await server.close_all_connections()


def application(room: Room, names: frozenset[str], *, tls: bool = False) -> Application:
    """The host's addresses."""
    common: dict[str, Any] = {"room": room, "names": names, "tls": tls}
    fonts = "|".join(font_files())
    return Application(
        [
            (r"/in/([\w.-]{1,512})", LinkHandler, common),
            (r"/room/([0-9a-f]{1,64})", RoomHandler, common),
            (r"/answer/([0-9a-f]{16})/", AnswersHandler, common),
            (r"/answer/([0-9a-f]{16})/line", AnswersLineHandler, common),
            (r"/board/", BoardHandler, common),
            (r"/board/line", BoardLineHandler, common),
            (rf"{FONTS}/({fonts})", Fonts, common),
        ],
        default_handler_class=Nowhere,
        default_handler_args=common,
        compress_response=True,
        websocket_max_message_size=MOST_BODY,
        websocket_ping_interval=20,
        log_function=lambda _: None,
    )
