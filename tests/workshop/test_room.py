"""The room: it goes on after an error, remembers who joined, and takes the board's links back."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time

import pytest
import websocket
from typer.testing import CliRunner

from tests.workshop.conftest import TODAY
from tests.workshop.hosting import Browser, Host, whole
from tests.workshop.test_board import board
from workbook.cli.main import app
from workbook.serve.host import room as rooms
from workbook.serve.host.room import Room
from workbook.widgets.door import announce, announced, withdraw
from workbook.workshop import Passes, invitation_change, invite
from workbook.workspace import Session, Workspace


def room_of(workspace: Workspace) -> Room:
    session = workspace.open("lorient", "host")
    return Room(workspace, session, Passes.of(workspace.store), lambda: TODAY)


@pytest.mark.usefixtures("session")
def test_the_room_follows_on_after_an_error_and_says_it_once(workspace, monkeypatch, caplog):
    room = room_of(workspace)
    looks: list[int] = []

    def refresh() -> bool:
        looks.append(len(looks))
        if len(looks) < 4:
            raise ValueError("a row that nobody can read")
        return False

    async def followed() -> None:
        following = asyncio.create_task(room.follow())
        while len(looks) < 6:
            assert not following.done()
            await asyncio.sleep(0.01)
        following.cancel()

    monkeypatch.setattr(rooms, "LOOK", 0.01)
    monkeypatch.setattr(room.session, "refresh", refresh)
    with caplog.at_level(logging.ERROR):
        asyncio.run(asyncio.wait_for(followed(), 10))
    assert len([r for r in caplog.records if "taken in" in r.message]) == 1


@pytest.fixture
def hosts(workspace: Workspace, session: Session):  # noqa: ARG001 - the engagement they serve
    """Hosts of the same workspace, one after the other."""
    running: list[Host] = []

    def start() -> Host:
        if running:
            running[-1].stop()
        running.append(Host(workspace))
        return running[-1]

    yield start
    running[-1].stop()


def test_a_name_that_was_taken_in_the_room_stays_taken_when_the_host_is_started_anew(hosts):
    host = hosts()
    paul = Browser(host)
    paul.enter(f"/room/{host.room.code}", respondent="paul-ney")
    host = hosts()
    _, answer = Browser(host).ask("GET", f"/room/{host.room.code}")
    assert "Claire Aubry" in answer["body"]
    assert "Paul Ney" not in answer["body"]
    again = Browser(host, paul.cookie, paul.page)
    assert whole(again.line())["page"]["hello"] == "Hello Paul Ney"


def test_whoever_joined_keeps_the_name_when_letters_are_written_later(hosts, session: Session):
    host = hosts()
    paul = Browser(host)
    paul.enter(f"/room/{host.room.code}", respondent="paul-ney")
    session.refresh()
    session.record(invitation_change(invite(session.engagement, "paul-ney", TODAY)))
    assert hosts().room.is_taken("paul-ney")


def test_links_to_the_board_are_taken_back_while_the_host_runs(hosts, workspace, monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", TODAY.isoformat())
    host = hosts()
    board = host.enter("")
    line = board.line()
    whole(line)
    words = ["workshop", "lorient", "--revoke-board", "--workspace", str(workspace.path)]
    assert CliRunner().invoke(app, words).exit_code == 0
    host.room.session.refresh()
    line.send(json.dumps({"do": "poll"}))
    assert line.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE
    assert board.ask("GET", "/board/")[0] == 403
    assert Browser(host).ask("GET", host.link(""))[0] == 403
    assert Browser(host).ask("GET", host.link("", serial=2))[0] == 200


# The door on boards of other programs


@pytest.mark.usefixtures("session")
def test_a_board_in_a_notebook_shows_where_the_room_joins_while_a_host_runs(workspace):
    shown = lambda: board(workspace).view()["page"]["content"]["door"]  # noqa: E731 - looked at thrice
    assert shown() is None
    announce(workspace.path, "lorient", "http://127.0.0.1:8877/room/0123abcd")
    assert shown()["address"] == "http://127.0.0.1:8877/room/0123abcd"
    withdraw(workspace.path, "lorient")
    assert shown() is None


@pytest.mark.usefixtures("session")
def test_what_a_killed_host_announced_is_over_soon(workspace):
    announce(workspace.path, "lorient", "http://127.0.0.1:8877/room/0123abcd")
    os.utime(workspace.path / ".room-lorient.txt", (0, 0))
    assert announced(workspace.path, "lorient") is None


def test_a_host_announces_its_door_at_once(hosts, workspace):
    host = hosts()
    deadline = time.monotonic() + 20
    while (door := announced(workspace.path, "lorient")) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert door.address == f"http://{host.name}/room/{host.room.code}"
