"""A host on loopback in a thread, and the browsers of the people in the room."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import websocket
from tornado.testing import bind_unused_port

from tests.workshop.conftest import TODAY
from workbook.serve.host.app import end, server_of
from workbook.serve.host.room import Room
from workbook.workshop import Pass, Passes
from workbook.workspace import Workspace


class Host:
    """The application as `workbook workshop` serves it."""

    def __init__(
        self,
        workspace: Workspace,
        engagement: str = "lorient",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._tls = tls
        self.passes = Passes.of(workspace.store)
        self.engagement = engagement
        self.sockets: list[socket.socket] = []
        self._workspace = workspace
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        own, self.port = bind_unused_port()
        session = self._workspace.open(self.engagement, "host")
        origin = f"{'https' if self._tls else 'http'}://{self.name}"
        self.room = Room(self._workspace, session, self.passes, lambda: TODAY, origin)
        server = server_of(self.room, frozenset({self.name}), self._tls)
        server.add_socket(own)
        following = asyncio.create_task(self.room.follow())
        self._ready.set()
        await self._stop.wait()
        following.cancel()
        await end([server], self.room)

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the host and wait for it."""
        for own in self.sockets:
            own.close()
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def link(self, respondent: str, **changes: Any) -> str:
        """A respondent's link, or the facilitator's where there is none."""
        facts = {"engagement": self.engagement, "respondent": respondent, "until": TODAY}
        return f"/in/{self.passes.write(Pass(**{**facts, **changes}))}"

    def enter(self, respondent: str) -> Browser:
        """A browser that has opened its link."""
        browser = Browser(self)
        browser.enter(self.link(respondent))
        return browser


@dataclass
class Browser:
    """What a browser keeps: its cookie and the page that it was sent to."""

    host: Host
    cookie: str = ""
    page: str = ""

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        """The status, and the headers with the text under "body"."""
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=20)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        connection.request(method, path, body, {**form, **cookie, **headers})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {**answer.headers, "body": text}

    def enter(self, link: str, **form: str) -> None:
        """Press the button behind a link."""
        status, answer = self.ask("POST", link, urlencode(form) or None)
        assert status == 303, answer["body"]
        self.cookie = answer["Set-Cookie"].partition(";")[0]
        self.page = answer["Location"]

    def line(self, page: str = "", *, query: str = "", **options: Any) -> websocket.WebSocket:
        """A line as the page opens it; it begins with the whole view."""
        url = f"ws://{self.host.name}{page or self.page}line{query}"
        usual = {"origin": f"http://{self.host.name}", "cookie": self.cookie, "timeout": 20}
        # The library leaves a socket open that a host refuses or closes first.
        own = socket.create_connection(("127.0.0.1", self.host.port), timeout=20)
        self.host.sockets.append(own)
        return websocket.create_connection(url, socket=own, **{**usual, **options})


def say(line: websocket.WebSocket, **message: Any) -> dict[str, Any]:
    """Send a command and wait for its answer."""
    line.send(json.dumps(message))
    while True:
        answer: dict[str, Any] = json.loads(line.recv())
        if answer["kind"] != "whole":
            return answer


def whole(line: websocket.WebSocket) -> dict[str, Any]:
    """The view with which a line begins."""
    answer: dict[str, Any] = json.loads(line.recv())
    assert answer["kind"] == "whole"
    return answer["view"]
