"""Attempts to get into the session and into Lab, made against the running servers."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import websocket

from workbook.serve import Lab, VoilaSession
from workbook.store import Store

pytestmark = pytest.mark.slow
SERVED = (
    "import sys; from pathlib import Path; from workbook.serve import {0};"
    "{0}(Path(sys.argv[1]), port=int(sys.argv[2]), token=sys.argv[3]).serve()"
)
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
PATIENCE = 90.0
KERNEL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str

    @property
    def refused(self) -> bool:
        """Whether nothing was given but the way to the door."""
        asked_for_token = self.status == 302 and "/login" in self.headers.get("location", "")
        return asked_for_token or self.status in {400, 403, 404, 405, 421}


class Server:
    """A running server of a workspace, with what it has written to the terminal."""

    def __init__(self, kind: type, folder: Path) -> None:
        self.kind, self.folder, self.log = kind, folder, folder / "log.txt"
        served = kind(folder)
        self.port, self.token, self.url = served.port, served.token, served.url
        command = [sys.executable, "-c", SERVED.format(kind.__name__), str(folder)]
        with self.log.open("w") as out:
            self._process = subprocess.Popen(
                [*command, str(self.port), self.token], stdout=out, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.ask("/nothing")
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise TimeoutError(self.log.read_text())

    @property
    def start(self) -> str:
        """Its page, as the command line opens it, without the token."""
        return self.url.partition(str(self.port))[2].partition("?")[0]

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=fields, body=body or None)
            answer = connection.getresponse()
            read = "" if answer.status == 101 else answer.read().decode(errors="replace")
            named = {name.lower(): value for name, value in answer.getheaders()}
            cookies = answer.headers.get_all("Set-Cookie") or []
            return Answer(answer.status, named, cookies, read)
        finally:
            connection.close()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


@pytest.fixture(scope="module", params=[VoilaSession, Lab], ids=["session", "lab"])
def server(request, tmp_path_factory) -> Iterator[Server]:
    server = Server(request.param, tmp_path_factory.mktemp(request.param.__name__))
    yield server
    server.stop()


ANY = str(uuid.uuid4())
STRANGERS: dict[str, tuple[str, str, dict[str, str]]] = {
    "its page": ("GET", "{start}", {}),
    "a wrong token": ("GET", "{start}?token=0123456789abcdef", {}),
    "half the token": ("GET", "{start}?token={half}", {}),
    "a forged cookie": ("GET", "{start}", {"Cookie": "username-127-0-0-1-{port}=2|1:0|forged"}),
    "a wrong bearer": ("GET", "{start}", {"Authorization": "token 0123456789abcdef"}),
    "kernels": ("GET", "/api/kernels", {}),
    "a new kernel": ("POST", "/api/kernels", {}),
    "a form for a new kernel": ("POST", "/api/kernels", {"Content-Type": "text/plain"}),
    "a terminal": ("POST", "/api/terminals", {}),
    "a kernel's socket": ("GET", f"/api/kernels/{ANY}/channels", UPGRADE),
    "Voila's own socket": ("GET", f"/voila/query/{ANY}", UPGRADE),
    "a terminal's socket": ("GET", "/terminals/websocket/1", UPGRADE),
    "contents": ("GET", "/api/contents", {}),
    "the store": ("GET", "/files/workbook.db", {}),
    "the store, beside Voila": ("GET", "/voila/files/workbook.db", {}),
    "a file elsewhere": ("GET", "/static/../../../../../../etc/passwd", {}),
    "a file elsewhere, escaped": ("GET", "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd", {}),
    "the end of the server": ("POST", "/api/shutdown", {}),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_without_the_token_gets_nothing(server: Server, name: str):
    method, path, headers = STRANGERS[name]
    words = {
        "start": server.start,
        "port": server.port,
        "half": server.token[: len(server.token) // 2],
    }
    fields = {key.replace("-", "_"): value.format(**words) for key, value in headers.items()}
    answer = server.ask(path.format(**words), method, "{}" if method == "POST" else "", **fields)
    assert answer.refused, answer
    assert "root:" not in answer.body


NAMES = ("evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "rebound.example")


@pytest.mark.parametrize("name", NAMES)
def test_no_page_that_points_its_own_name_here_is_answered(server: Server, name: str):
    """DNS rebinding: even with the token."""
    host = name.format(port=server.port)
    answer = server.ask(f"{server.start}?token={server.token}", Host=host)
    assert answer.status in {403, 421}


def test_whoever_has_the_token_gets_the_page_with_guarding_headers(server: Server):
    """The control of all above."""
    answer = server.ask(f"{server.start}?token={server.token}")
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.cookies
    assert all("SameSite=Strict" in cookie for cookie in answer.cookies)
    signed = [cookie for cookie in answer.cookies if cookie.startswith("username-")]
    assert all("HttpOnly" in cookie for cookie in signed)
    assert server.token not in "".join(answer.cookies)


def test_a_socket_of_a_page_elsewhere_is_refused_even_with_the_token(server: Server):
    path = f"/api/kernels/{ANY}/channels?token={server.token}"
    fields = {name.replace("-", "_"): value for name, value in UPGRADE.items()}
    assert server.ask(path, Origin="http://evil.example", **fields).refused


def test_the_token_stands_in_no_log_and_no_file_of_the_workspace(server: Server):
    server.ask(f"/nowhere?token={server.token}")
    server.ask(f"/api/kernels/{ANY}/channels?token={server.token}")
    holding = [
        path.name
        for path in server.folder.rglob("*")
        if path.is_file() and server.token.encode() in path.read_bytes()
    ]
    assert holding == []


def test_the_file_that_remembers_the_place_is_for_this_person_alone(tmp_path, monkeypatch):
    from workbook.serve.place import place_of

    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    place_of(tmp_path, "session", 0)
    (file,) = (tmp_path / "runtime").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_new_store_is_for_this_person_alone(tmp_path):
    before = os.umask(0)
    try:
        Store(tmp_path / "workbook.db").set("language", "fr")
    finally:
        os.umask(before)
    assert (tmp_path / "workbook.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("server", [VoilaSession], indirect=True, ids=["session"])
def test_a_page_of_the_session_cannot_have_its_kernel_run_code(server: Server, tmp_path):
    """Voila hands on what widgets say, and no request to execute; the control is answered."""
    page = server.ask(f"/?token={server.token}")
    kernel = KERNEL.search(page.body[page.body.index("kernelId") :])
    assert kernel, page.body[:2000]
    line = websocket.create_connection(
        f"ws://127.0.0.1:{server.port}/api/kernels/{kernel[0]}/channels?token={server.token}",
        origin=f"http://127.0.0.1:{server.port}",
        timeout=PATIENCE,
    )
    ran = tmp_path / "ran"
    line.send(json.dumps(message("execute_request", code=f"open({str(ran)!r}, 'w')")))
    asked = message("kernel_info_request")
    line.send(json.dumps(asked))
    while True:
        said = json.loads(line.recv())
        if said["parent_header"].get("msg_id") == asked["header"]["msg_id"]:
            break
    line.close()
    assert not ran.exists()


def message(kind: str, **content: object) -> dict[str, object]:
    if kind == "execute_request":
        content |= {"silent": False, "store_history": False, "user_expressions": {}}
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": uuid.uuid4().hex,
        "version": "5.3",
        "date": "2026-11-23T09:00:00Z",
    }
    return {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
        "buffers": [],
    }
