"""A real Voila and a real JupyterLab on a workspace of their own, and a browser before them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

import tests.browser.window  # noqa: F401 - what is expected is waited for longer
from workbook.content import load_framework
from workbook.model.engagement import Engagement
from workbook.serve import free_port
from workbook.workspace import Workspace

READY = 60
TOKEN = "browser-tests"  # noqa: S105 - of servers that live as long as a test
LIVE = ".owb-session:not(.static)"
PROGRAM = {
    "voila": "from workbook.serve import VoilaSession;"
    " VoilaSession(Path({home!r}), port={port}, token={token!r}, warm={warm}).serve()",
    "lab": "from workbook.serve import Lab;"
    " Lab(Path({home!r}), {engagement!r}, port={port}, token={token!r}).serve()",
}


class Server:
    """A running server: its process, its workspace, its addresses."""

    def __init__(self, kind, home, engagement="", warm=1):
        self.home, self.port = home, free_port()
        self._program = PROGRAM[kind].format(
            home=str(home), port=self.port, token=TOKEN, engagement=engagement, warm=warm
        )
        self.start()

    def start(self):
        """Start it, for the first time or again at the same address."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"from pathlib import Path; {self._program}"],
            env={**os.environ, "WORKBOOK_AS_OF": "2026-11-23"},
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + READY
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server stopped"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail("the server does not answer")

    def url(self, path="/", **query):
        from workbook.serve import address

        return address(self.port, path, token=TOKEN, **query)

    def kernels(self):
        """Process ids and command lines of the kernels of this server."""
        import psutil

        running = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it has ended since
                running.append((child.pid, " ".join(child.cmdline())))
        return [(pid, command) for pid, command in running if "ipykernel_launcher" in command]

    def kill_kernel(self, name=""):
        """Kill the kernel with this id, or all."""
        for pid, command in self.kernels():
            if name in command:
                os.kill(pid, signal.SIGKILL)

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    server = Server("voila", tmp_path_factory.mktemp("voila"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    server = Server("lab", tmp_path_factory.mktemp("lab"), "tidewater-outdoor")
    yield server
    server.stop()


def sixty():
    """An engagement of sixty subjects and sixty people; nothing is decided."""
    people = [
        {"id": f"p{n:02}", "name": f"Person {n:02}", "title": "CTO", "unit": f"Team {n % 6}"}
        for n in range(60)
    ]
    return _engagement("sixty", 60, people)


def twelve():
    """Twenty-five subjects and twelve people: one subject has nobody, all others an owner."""
    people = [{"id": f"p{n:02}", "name": f"Marie-Hélène Person {n}"} for n in range(12)]
    return _engagement("twelve", 25, people, lambda n: "nobody" if n == 24 else f"p{n % 12:02}")


def _engagement(key, size, people, owner_of=None):
    shipped = load_framework("commerce-stakeholders")
    usual = [f.key for area in shipped.areas for f in area.focal_points if not f.scope]
    extra = [
        {
            "key": f"extra-{n}",
            "area": "technology",
            "title": {"en": f"Extra system number {n}", "fr": f"Système supplémentaire {n}"},
            "source": "engagement",
        }
        for n in range(size - len(usual))
    ]
    subjects = [*usual, *(subject["key"] for subject in extra)]
    return Engagement.model_validate(
        {
            "key": key,
            "framework": {"key": shipped.key, "version": shipped.version},
            "overlay": {"focal_points": extra},
            "organisation": {"name": key.title(), "profile": "large", "business_models": ["b2c"]},
            "programme": {"go_live": "2027-06-01"},
            "people": people,
            "decisions": [
                {"focal_point": subject, "owner": owner_of(n)}
                for n, subject in enumerate(subjects)
                if owner_of
            ],
        }
    )


@pytest.fixture(scope="module")
def large(voila):
    """An engagement of sixty by sixty in the server's workspace."""
    return Workspace.at(voila.home).new(sixty()).key


@pytest.fixture(scope="module")
def workshop(voila):
    """An engagement of twenty-five subjects by twelve people in the server's workspace."""
    return Workspace.at(voila.home).new(twelve()).key


@pytest.fixture
def visit(browser):
    """Open an address as somebody new; every request must stay on this machine."""
    yield from visiting(browser)


@pytest.fixture(scope="module")
def visits(browser):
    """As `visit`, for pages that all tests of a file go on with."""
    yield from visiting(browser)


def visiting(browser):
    contexts, outside, errors = [], [], []

    def go(url, *, live=True, width=1440, **options):
        context = browser.new_context(viewport={"width": width, "height": 980}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request", lambda request: outside.append(request.url) if leaves(request.url) else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        if live:
            page.wait_for_selector(LIVE, timeout=READY * 1000)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not outside, outside
    assert not [error for error in errors if "owb" in error or "preact" in error], errors


def leaves(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in (
        "127.0.0.1",
        "localhost",
    )
