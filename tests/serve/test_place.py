"""A session that is stopped and started again keeps its address."""

from __future__ import annotations

import socket
import stat

import pytest

from workbook.serve import free_port, place_of
from workbook.serve.place import HOST, cookie_secret


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
