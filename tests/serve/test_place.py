"""A session that is stopped and started again keeps its address."""

from __future__ import annotations

import socket
import stat
import time
import webbrowser
from types import SimpleNamespace

import pytest

from workbook.cli import serving
from workbook.serve import free_port, place, place_of
from workbook.serve.place import HOST, address, cookie_secret, open_when_ready


def listener(port=0):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((HOST, port))
    server.listen()
    return server, server.getsockname()[1]


def test_a_port_that_was_left_a_moment_ago_is_free():
    server, port = listener()
    browser = socket.create_connection((HOST, port))
    accepted, _ = server.accept()
    accepted.close()  # the server ends first: its side of the connection waits for a minute
    browser.close()
    server.close()
    assert free_port(port) == port


def test_a_port_that_somebody_listens_on_is_not_free():
    server, port = listener()
    try:
        assert free_port(port) != port
    finally:
        server.close()


@pytest.fixture(autouse=True)
def runtime(tmp_path, monkeypatch):
    folder = tmp_path / "runtime"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    return folder


def test_a_workspace_keeps_its_port_and_its_token(runtime, tmp_path):
    first = place_of(tmp_path / "a", "session", free_port())
    assert place_of(tmp_path / "a", "session", 1) == first
    assert cookie_secret(first.token) == cookie_secret(place_of(tmp_path / "a", "session", 1).token)
    assert place_of(tmp_path / "b", "session", free_port()).token != first.token
    assert place_of(tmp_path / "a", "lab", free_port()).token != first.token
    modes = [stat.S_IMODE(path.stat().st_mode) for path in runtime.iterdir()]
    assert modes == [0o600] * 3


def test_a_port_that_stands_in_is_used_once_and_a_wanted_one_from_now_on(tmp_path):
    server, taken = listener()
    try:
        usual = free_port()
        assert place_of(tmp_path, "session", usual).port == usual
        wanted = place_of(tmp_path, "session", usual, taken)
        assert wanted.port not in (usual, taken)
        assert place_of(tmp_path, "session", 1).port == usual
    finally:
        server.close()
    other = free_port()
    assert place_of(tmp_path, "session", usual, other).port == other
    assert place_of(tmp_path, "session", usual).port == other


@pytest.mark.parametrize("text", ["", "[]", '{"port": "x", "token": 1}', '{"port": 99999999}'])
def test_a_damaged_memory_is_made_anew(runtime, tmp_path, text):
    first = place_of(tmp_path, "session", free_port())
    next(runtime.iterdir()).write_text(text)
    again = place_of(tmp_path, "session", free_port())
    assert again.token != first.token
    assert place_of(tmp_path, "session", 1) == again


def test_the_browser_is_opened_once_the_server_answers_and_never_before(monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    port = free_port()
    waiting = open_when_ready(address(port, "/board/"), port)
    time.sleep(0.3)
    assert opened == []
    with socket.create_server(("127.0.0.1", port)):
        waiting.join(20)
    assert opened == [f"http://127.0.0.1:{port}/board/"]


def test_no_browser_is_opened_on_a_server_that_never_comes(monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(place, "PATIENCE", 0.2)
    port = free_port()
    open_when_ready(address(port), port).join(20)
    assert opened == []


@pytest.mark.parametrize("browser", [True, False])
def test_whoever_serves_says_the_address_and_opens_it_if_that_is_wanted(
    browser, monkeypatch, capsys
):
    opened, served = [], []
    monkeypatch.setattr(serving, "open_when_ready", lambda *where: opened.append(where))
    server = SimpleNamespace(url="http://127.0.0.1:1/", port=1, serve=lambda: served.append(1))
    serving.run(server, browser=browser)
    assert server.url in capsys.readouterr().out
    assert (opened, served) == ([(server.url, 1)] if browser else [], [1])
