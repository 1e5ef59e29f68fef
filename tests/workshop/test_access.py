"""Nobody gets in who should not: every attempt is made against the running host, byte by byte."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workshop.attempts import (
    ATTEMPTS,
    FACILITATOR,
    LEFT,
    MINE,
    REVOKED,
    Request,
    cookie,
    form,
    line_of,
    page,
    pass_of,
    right,
)
from tests.workshop.conftest import TODAY, silent
from tests.workshop.hosting import Host
from workbook.serve.host.pace import Paces
from workbook.store import Change, Store
from workbook.workshop import open_round
from workbook.workspace import Workspace


class Answer(NamedTuple):
    status: int
    head: str
    body: str

    @property
    def lets_in(self) -> bool:
        """Whether there was a page, a cookie, a way on, or a line on which somebody speaks."""
        if self.status == 101:
            return self.body[:1] == "\x81" or self.body[:1] == "\xc1"  # a text, not a farewell
        return 0 < self.status < 400 or "set-cookie" in self.head.lower()


def send(host: Host, request: Request) -> Answer:
    """What the host answers; status 0 where it hangs up without a word."""
    usual = {"Host": host.name, "Connection": "close", "Content-Length": f"{len(request.body)}"}
    if not request.body:
        del usual["Content-Length"]
    fields = {**usual, **request.headers}
    lines = [f"{request.method} {request.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in fields.items() if value is not None]
    text = "\r\n".join(lines) + "\r\n\r\n" + request.body
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as line:
        line.sendall(text.encode("latin-1"))
        return answer_on(line, line_stays_open="Upgrade" in request.headers)


def answer_on(line: socket.socket, *, line_stays_open: bool) -> Answer:
    data = b""
    try:
        while piece := line.recv(65536):
            data += piece
            head, end, body = data.partition(b"\r\n\r\n")
            if end and line_stays_open and (body or b" 101 " not in head[:16]):
                break
    except ConnectionError:
        pass
    head, _, body = data.decode("latin-1").partition("\r\n\r\n")
    return Answer(int(head[9:12] or 0), head, body)


@contextmanager
def besieged(folder: Path) -> Iterator[Host]:
    """A workshop with two engagements, where one respondent's link is revoked and one left."""
    workspace = Workspace(folder, Store(folder / "workbook.db"), lambda: dt.datetime.now(dt.UTC))
    workspace.new(silent(workspace, key="other"))
    session = workspace.new(silent(workspace))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    until = {"until": TODAY.isoformat()}
    session.record(Change(("invitation", MINE), {**until, "serial": 3}))
    session.record(Change(("invitation", REVOKED), {**until, "revoked": True}))
    session.record(Change(("respondent", LEFT), {"person": LEFT, "withdrawn": True}))
    host = Host(workspace)
    host.room.guesses = Paces(1e6, 1e6)  # here every attempt is to be looked at
    try:
        yield host
    finally:
        host.stop()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A host that everybody tries to get into."""
    with besieged(tmp_path_factory.mktemp("access")) as host:
        yield host


def test_the_attempts_are_many():
    assert len(ATTEMPTS) >= 200


def test_nobody_gets_in_by_any_attempt(host: Host):
    answers = {ascii(attempt.name): send(host, attempt.request(host)) for attempt in ATTEMPTS}
    assert len(answers) == len(ATTEMPTS), "each attempt has a name of its own"
    assert {name: answer.head for name, answer in answers.items() if answer.lets_in} == {}
    assert [name for name, answer in answers.items() if "Traceback" in answer.body] == []


RIGHT: dict[str, Callable[[Host], Request]] = {
    "the link": lambda h: Request(f"/in/{right(h)}", "POST"),
    "a look at the link": lambda h: Request(f"/in/{right(h)}"),
    "the page": lambda h: Request(page(h), headers=cookie(right(h))),
    "the line": lambda h: line_of(h, page(h), right(h)),
    "the board": lambda h: Request("/board/", headers=cookie(pass_of(h, FACILITATOR))),
    "the board's line": lambda h: line_of(h, "/board/", pass_of(h, FACILITATOR)),
    "the room": lambda h: Request(f"/room/{h.room.code}"),
    "a name": lambda h: form(h, "name=Zo%C3%A9"),
    "a font": lambda _: Request("/fonts/inter-latin-400.woff2"),
    "the same site's form": lambda h: Request(
        f"/in/{right(h)}", "POST", {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    ),
    "the host in capitals": lambda h: Request(
        page(h), headers={"Host": h.name.upper(), **cookie(right(h))}
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_whoever_should_get_in_does_by(host: Host, name: str):
    assert send(host, RIGHT[name](host)).lets_in


def test_a_link_that_was_revoked_stays_revoked_however_often_it_is_used(host: Host):
    text = right(host, respondent="theo-blanc", serial=1)
    assert send(host, Request(f"/in/{text}", "POST")).lets_in
    change = Change(("invitation", "theo-blanc"), {"until": TODAY.isoformat(), "revoked": True})
    host.room.session.record(change)
    for _ in range(5):
        assert not send(host, Request(f"/in/{text}", "POST")).lets_in
        assert not send(host, Request(page(host, "theo-blanc"), headers=cookie(text))).lets_in
