"""Where a server listens and how a browser gets there."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import secrets
import socket
import threading
import time
import webbrowser
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

HOST = "127.0.0.1"
CONNECTION = "workbook.serve.connections.PromptConnection"
"""How servers speak to kernels; named, because a configuration is written before it is loaded."""
SAFE_PATH = {"PYTHONSAFEPATH": "1"}
"""Kernels import nothing from the folder they work in: a workspace holds data, not code."""
SETTINGS = {
    "headers": {"Referrer-Policy": "no-referrer"},
    "xsrf_cookie_kwargs": {"samesite": "Strict"},
}
"""What Jupyter's servers do besides: an address with its token goes to no other site."""
COOKIE_OPTIONS = {"samesite": "Strict"}
_TOKEN = re.compile(r"(token=)[^&\s\"']+")
WAIT = 0.1
PATIENCE = 60.0
MOST_PORTS = 65536


def free_port(wanted: int = 0) -> int:
    """The wanted port if nobody listens on it, else one that is free."""
    with socket.socket() as probe:
        if os.name == "posix":
            # A server that stopped a moment ago leaves connections that wait, not a listener. On
            # Windows the option would take the port from a program that listens on it.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def new_token() -> str:
    """What an address must carry to be let in."""
    return secrets.token_urlsafe(24)


def keep_tokens_out_of_logs() -> None:
    """Whatever this process logs from now on, of any library, has no token in it."""
    usual = logging.getLogRecordFactory()

    def scrubbed(*words: Any, **named: Any) -> logging.LogRecord:  # noqa: ANN401 - of any record
        record = usual(*words, **named)
        message = record.getMessage()
        if "token=" in message:
            record.msg, record.args = _TOKEN.sub(r"\1…", message), None
        return record

    logging.setLogRecordFactory(scrubbed)


def cookie_secret(token: str) -> bytes:
    """What a server signs its cookies with: a browser that was let in once stays in."""
    return hashlib.sha256(b"workbook cookie " + token.encode()).digest()


@dataclass(frozen=True, slots=True)
class Place:
    """The port and the token of a server: its address."""

    port: int
    token: str


def place_of(workspace: Path, server: str, usual: int, wanted: int | None = None) -> Place:
    """Where a server of a workspace listens: where it did the last time, if that port is free.

    A browser keeps a person's name and theme by address, and a tab that is still open finds its
    session there again. The place is remembered beside Jupyter's own secrets, which only this
    person may read. A port that stands in for one that is taken is not remembered.
    """
    from jupyter_core.paths import secure_write

    file, last = _place_file(workspace, server), last_place(workspace, server)
    wanted = wanted or (last.port if last else usual)
    place = Place(free_port(wanted), last.token if last else new_token())
    if place != last and (place.port == wanted or last is None):
        file.parent.mkdir(parents=True, exist_ok=True)
        with secure_write(str(file)) as out:
            json.dump(asdict(place), out)
    return place


def _place_file(workspace: Path, server: str) -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    name = hashlib.sha256(f"{server} {workspace.resolve()}".encode()).hexdigest()[:16]
    return Path(jupyter_runtime_dir()) / f"workbook-{name}.json"


def last_place(workspace: Path, server: str) -> Place | None:
    """Where a server of a workspace listened the last time."""
    try:
        match json.loads(_place_file(workspace, server).read_text("utf-8")):
            case {"port": int(port), "token": str(token)} if 0 < port < MOST_PORTS and token:
                return Place(port, token)
    except (OSError, ValueError):
        pass
    return None


def address(port: int, path: str = "/", **query: str) -> str:
    """The address to open; empty values are left out."""
    text = urlencode({name: value for name, value in query.items() if value})
    return f"http://{HOST}:{port}{path}{'?' + text if text else ''}"


def open_when_ready(url: str, port: int) -> threading.Thread:
    """Open the browser as soon as the server answers."""
    thread = threading.Thread(target=_open, args=(url, port), daemon=True)
    thread.start()
    return thread


def _open(url: str, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    host = urlsplit(url).hostname or HOST
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=PATIENCE).close()
        except OSError:
            time.sleep(WAIT)
        else:
            webbrowser.open(url)
            return
