"""Where a server listens and how a browser gets there."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
import webbrowser
from urllib.parse import urlencode

HOST = "127.0.0.1"
CONNECTION = "workbook.serve.connections.PromptConnection"
"""How servers speak to kernels; named, because a configuration is written before it is loaded."""
SAFE_PATH = {"PYTHONSAFEPATH": "1"}
"""Kernels import nothing from the folder they work in: a workspace holds data, not code."""
WAIT = 0.1
PATIENCE = 60.0


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
    """What an address must carry to be let in; new for every start."""
    return secrets.token_urlsafe(24)


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
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                webbrowser.open(url)
                return
        time.sleep(WAIT)
