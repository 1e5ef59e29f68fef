"""What the host gives away, and how much of it somebody may ask for."""

from __future__ import annotations

import json
import logging
import re
import socket
import time

import pytest
import websocket

from tests.workshop.hosting import Browser, Host, say, whole
from workbook.serve.host import app, lines, room
from workbook.serve.host.pace import Pace
from workbook.store import Change
from workbook.workspace import Session, Workspace

pytestmark = pytest.mark.slow


@pytest.fixture
def host(workspace: Workspace, session: Session):  # noqa: ARG001 - the engagement that it serves
    host = Host(workspace)
    yield host
    host.stop()


def test_no_pass_stands_in_a_log(host: Host, caplog: pytest.LogCaptureFixture, monkeypatch):
    caplog.set_level(logging.DEBUG)
    paul = host.enter("paul-ney")
    paul.line().close()
    link = host.link("paul-ney")
    wrong = link[:-1]
    Browser(host).ask("POST", wrong)
    paul.ask("GET", link, Host="evil.example")
    with socket.create_connection(("127.0.0.1", host.port)) as line:
        line.sendall(f"GET {link} HTTP/9\r\n\r\n".encode())
        line.recv(100)
    monkeypatch.setattr(host.room, "admitted", lambda _: 1 / 0)
    assert Browser(host).ask("POST", link)[0] == 500
    secret = link.removeprefix("/in/").partition(".")[2][:-1]
    assert "ZeroDivisionError" in caplog.text, "the log is heard"
    assert secret not in caplog.text


def test_the_page_does_not_know_its_pass_and_tells_no_address(host: Host):
    paul = host.enter("paul-ney")
    status, answer = paul.ask("GET", paul.page)
    secret = paul.cookie.partition("=")[2]
    assert status == 200
    assert secret not in answer["body"]
    assert secret not in paul.page
    assert answer["Referrer-Policy"] == "no-referrer"


PAGES = ("the link", "the answers", "the board", "the room", "nothing")


@pytest.mark.parametrize("name", PAGES)
def test_every_answer_guards_itself(host: Host, name: str):
    paul, facilitator = host.enter("paul-ney"), host.enter("")
    asked = {
        "the link": (paul, host.link("paul-ney")),
        "the answers": (paul, paul.page),
        "the board": (facilitator, "/board/"),
        "the room": (paul, f"/room/{host.room.code}"),
        "nothing": (paul, "/nothing"),
    }
    browser, path = asked[name]
    _, answer = browser.ask("GET", path)
    parts = answer["Content-Security-Policy"].split("; ")
    policy = dict(part.split(" ", 1) for part in parts)
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert policy["connect-src"] == policy["form-action"] == "'self'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert "Tornado" not in answer["Server"]


def test_a_cookie_is_for_one_folder_and_no_script(host: Host):
    _, answer = Browser(host).ask("POST", host.link("paul-ney"))
    value, *flags = answer["Set-Cookie"].split("; ")
    assert value.startswith("workbook-pass=")
    assert set(flags) == {"HttpOnly", "SameSite=Strict", f"Path={answer['Location']}"}
    assert re.fullmatch(r"/answer/[0-9a-f]{16}/", answer["Location"])


def test_whoever_guesses_links_or_codes_has_to_wait(host: Host):
    guesser = Browser(host)
    tries = [guesser.ask("GET", f"/room/{n:064x}")[0] for n in range(int(room.GUESSES) + 5)]
    assert tries[0] == 403
    assert tries[-1] == 429
    assert guesser.ask("POST", host.link("paul-ney"))[0] == 429, "not even a right one is looked at"


def test_who_is_in_goes_on_while_somebody_guesses(host: Host):
    line = host.enter("paul-ney").line()
    whole(line)
    for n in range(40):
        Browser(host).ask("GET", f"/room/{n:064x}")
    said = say(line, do="nominate", focal_point="promotions", set={"party": "nobody"})
    assert said["kind"] == "patch"


def code_of_farewell(line: websocket.WebSocket) -> int:
    """The code with which the host closes a line at once."""
    while True:
        frame = line.recv_frame()
        if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
            return int.from_bytes(frame.data[:2], "big")


def test_one_person_has_a_few_pages_open_and_no_more(host: Host):
    paul = host.enter("paul-ney")
    open_lines = [paul.line() for _ in range(room.LINES_EACH)]
    assert all(map(whole, open_lines))
    assert code_of_farewell(paul.line()) == lines.FULL
    assert whole(host.enter("claire-aubry").line()), "others come in"
    open_lines[0].close()
    wait_until(lambda: len(host.room.lines) == room.LINES_EACH)
    assert whole(paul.line())


def wait_until(holds) -> None:
    deadline = time.monotonic() + 10
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_full_room_lets_a_page_wait(host: Host, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "MOST_LINES", 2)
    first, second = host.enter("paul-ney").line(), host.enter("claire-aubry").line()
    assert whole(first)
    assert whole(second)
    late = host.enter("ines-carrel")
    assert code_of_farewell(late.line()) == lines.FULL
    first.close()
    wait_until(lambda: len(host.room.lines) == 1)
    assert whole(late.line())


def test_a_message_that_is_too_long_ends_its_line_alone(host: Host, workspace: Workspace):
    line, other = host.enter("paul-ney").line(), host.enter("claire-aubry").line()
    whole(other)
    note = "x" * app.MOST_BODY
    line.send(json.dumps({"do": "nominate", "focal_point": "promotions", "set": {"note": note}}))
    assert code_of_farewell(line) == 1009
    assert say(other, do="poll")["kind"] == "still"
    assert workspace.open("lorient").value(("nomination", "paul-ney", "promotions")) is None


@pytest.mark.parametrize(
    "message",
    [
        {"set": {"note": "x" * 501}},
        {"set": {}, "create": {"field": "party", "party": {"name": "x" * 501}}},
        {"set": {"party": ["claire-aubry"]}},
        {"set": {"note": 5}},
        {"set": {"party": "claire-aubry", "on": "2020-01-01"}},
        {"set": {"role": "consulted"}},
        {"set": {"confidence": "very"}},
        {"set": {"state": "maybe"}},
    ],
    ids=str,
)
def test_what_no_answer_may_be_is_not_written(host: Host, workspace: Workspace, message):
    line = host.enter("paul-ney").line()
    whole(line)
    say(line, do="nominate", focal_point="promotions", **message)
    fresh = workspace.open("lorient")
    assert fresh.value(("nomination", "paul-ney", "promotions")) is None
    assert len(fresh.engagement.people) == len(workspace.open("lorient").engagement.people)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "5", "[" * 50_000, '{"do": []}', "\x00"])
def test_a_line_survives_what_is_no_message(host: Host, text: str):
    line = host.enter("paul-ney").line()
    whole(line)
    line.send(text)
    assert json.loads(line.recv())["kind"] == "failed"
    assert say(line, do="poll")["kind"] == "still"


def test_connections_that_say_nothing_hold_nobody_up(host: Host):
    idle = [socket.create_connection(("127.0.0.1", host.port)) for _ in range(200)]
    for n, line in enumerate(idle):
        line.sendall(b"GET /in/x HTTP/1.1\r\nHost: x\r\n" if n % 2 else b"")
    begun = time.monotonic()
    assert host.enter("paul-ney").page
    assert time.monotonic() - begun < 5
    for line in idle:
        line.close()


def test_a_connection_that_dawdles_is_closed(
    workspace: Workspace, session: Session, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(app, "PATIENCE", 0.2)
    host = Host(workspace, session.key)
    body = f"POST / HTTP/1.1\r\nHost: {host.name}\r\nContent-Length: 9\r\n\r\n".encode()
    try:
        for opening in (b"", b"GET / HTTP/1.1\r\n", body):
            with socket.create_connection(("127.0.0.1", host.port), timeout=10) as line:
                line.sendall(opening)
                while line.recv(1000):
                    pass
    finally:
        host.stop()


def test_a_pace_lets_a_burst_through_and_then_slows_down():
    pace = Pace(rate=10, burst=3)
    waits = [pace.take() for _ in range(6)]
    assert waits[:3] == [0, 0, 0]
    assert waits[5] == pytest.approx(0.3, abs=0.02)


def test_a_stranger_is_refused_in_the_language_of_the_engagement(host: Host, session: Session):
    session.record(Change(("language",), "fr"))
    host.room.session.refresh()
    refusal = Browser(host).ask("GET", "/in/nothing.right")[1]["body"]
    assert (
        refusal
        == "Ce lien n’est plus valable. Demandez-en un autre à la personne qui vous l’a envoyé.\n"
    )
