"""Respondents without a browser, as a program of its own: they answer, and note what they heard.

Reads one JSON object from its input: where the host is, who answers by which link, how often, and
for how long. Prints what was acknowledged, and how long each answer took. A line that breaks is
opened again, and what was not answered is said again, as a page does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from itertools import count

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    websocket_connect,
)

AGAIN = 0.1
"""Seconds until a line is opened again."""


@dataclass
class Plan:
    """What the respondents of this program do."""

    origin: str
    links: dict[str, str]
    subjects: list[str]
    seconds: float
    label: str = ""
    every: float = 0.0
    flood: int = 0


@dataclass
class Answering:
    """One respondent."""

    name: str
    link: str
    plan: Plan
    acknowledged: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    after: float = 0.0
    heard: int = 0
    broken: int = 0
    line: WebSocketClientConnection | None = None

    async def enter(self) -> None:
        """Press the button behind the link."""
        request = HTTPRequest(
            f"{self.plan.origin}{self.link}", method="POST", body="", follow_redirects=False
        )
        answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        if answer.code != 303:
            raise HTTPClientError(answer.code)
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self.page = answer.headers["Location"]

    async def connect(self) -> WebSocketClientConnection:
        """A line, as soon as the host has one."""
        while True:
            try:
                return await self._connect()
            except (OSError, HTTPClientError, EOFError):
                await asyncio.sleep(AGAIN)

    async def _connect(self) -> WebSocketClientConnection:
        address = f"{self.plan.origin.replace('http', 'ws', 1)}{self.page}line"
        headers = {"Cookie": self.cookie, "Origin": self.plan.origin}
        line = await websocket_connect(
            HTTPRequest(address, headers=headers), compression_options={}
        )
        if await line.read_message() is None:  # the whole view
            raise EOFError
        return line

    async def ask(self, message: dict[str, object]) -> dict[str, object]:
        """Say something until it is answered."""
        while True:
            self.line = self.line or await self.connect()
            try:
                await self.line.write_message(json.dumps(message))
                while (text := await self.line.read_message()) is not None:
                    self.heard += len(text)
                    answer = json.loads(text)
                    if answer["kind"] != "whole":
                        return answer
            except (OSError, WebSocketClosedError):
                pass
            self.broken += 1
            self.line = None

    async def answer(self, until: float) -> None:
        """Answer, subject after subject, until the time is over."""
        begun = time.monotonic() + self.after
        for n in count():
            wait = begun + n * self.plan.every - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            if time.monotonic() > until:
                return
            note = f"{self.plan.label} {self.name} {n}"
            subject = self.plan.subjects[n % len(self.plan.subjects)]
            asked = time.perf_counter()
            answer = await self.ask(
                {"do": "nominate", "focal_point": subject, "set": {"note": note}, "once": note}
            )
            self.took.append(time.perf_counter() - asked)
            if answer["kind"] == "patch":
                self.acknowledged.append(note)

    async def flood(self, until: float) -> None:
        """Send as many messages a second as the plan says, without a look at the answers."""
        assert self.line
        while time.monotonic() < until:
            sending = [self.line.write_message('{"do":"poll"}') for _ in range(10)]
            await asyncio.wait({asyncio.ensure_future(sending[-1])}, timeout=1)
            await asyncio.sleep(10 / self.plan.flood)


async def answered(plan: Plan) -> list[Answering]:
    """Let everybody in, then let all of them answer."""
    everybody = [
        Answering(name, link, plan, after=plan.every * n / len(plan.links))
        for n, (name, link) in enumerate(plan.links.items())
    ]
    for respondent in everybody:
        await respondent.enter()
        respondent.line = await respondent.connect()
    tell("ready")
    until = time.monotonic() + plan.seconds
    act = Answering.flood if plan.flood else Answering.answer
    await asyncio.gather(*(act(respondent, until) for respondent in everybody))
    return everybody


def tell(report: object) -> None:
    """One line of JSON to whoever started this program."""
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Answer, and tell what was heard."""
    everybody = asyncio.run(answered(Plan(**json.loads(sys.stdin.readline()))))
    tell(
        {
            "acknowledged": [note for one in everybody for note in one.acknowledged],
            "took": [round(took, 5) for one in everybody for took in one.took],
            "heard": sum(one.heard for one in everybody),
            "broken": sum(one.broken for one in everybody),
        }
    )


if __name__ == "__main__":
    main()
