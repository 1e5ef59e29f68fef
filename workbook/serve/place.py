"""Where a server listens and how a browser gets there."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
import threading
import time
import webbrowser
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

HOST = "127.0.0.1"
CONNECTION = "workbook.serve.connections.PromptConnection"
"""How servers speak to kernels; named, because a configuration is written before it is loaded."""
SAFE_PATH = {"PYTHONSAFEPATH": "1"}
"""Kernels import nothing from the folder they work in: a workspace holds data, not code."""
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
