"""A workshop's host in a process of its own, and phones before it."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from tests.workshop.conftest import silent
from workbook.serve import free_port
from workbook.workshop import Pass, Passes
from workbook.workspace import Workspace

expect.set_options(timeout=15_000)
READY = 60
DAY = dt.date(2026, 11, 27)
PROGRAM = (
    "import datetime as dt; from pathlib import Path; from workbook.serve.host import WorkshopHost;"
    " WorkshopHost(Path({home!r}), 'lorient', port={port},"
    " today=lambda: dt.date({day})).serve()"
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PROJECTOR = {"viewport": {"width": 1440, "height": 900}}


class Host:
    """A running host and the links that it lets in."""

    def __init__(self, home):
        self.home, self.port = home, free_port()
        self.workspace = Workspace.at(home)
        self.workspace.new(silent(self.workspace))
        self._passes = Passes.of(self.workspace.store)
        self.start()

    def start(self):
        """Start it, for the first time or again at the same address."""
        day = f"{DAY.year}, {DAY.month}, {DAY.day}"
        program = PROGRAM.format(home=str(self.home), port=self.port, day=day)
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=os.environ,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + READY
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the host stopped"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail("the host does not answer")

    def link(self, respondent=""):
        """A respondent's link; the facilitator's without one."""
        held = Pass("lorient", respondent, DAY)
        return f"http://127.0.0.1:{self.port}/in/{self._passes.write(held)}"

    def stop(self):
        self.process.terminate()
        assert self.process.wait(20) == 0


@pytest.fixture
def host(tmp_path):
    host = Host(tmp_path)
    yield host
    host.stop()


@pytest.fixture
def enter(browser, host):
    """Enter with a link, in a browser of one's own; errors of the page fail the test."""
    contexts, errors = [], []

    def entered(respondent="", **screen):
        context = browser.new_context(**screen)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(host.link(respondent))
        page.get_by_role("button").click()
        return page

    yield entered
    for context in contexts:
        context.close()
    assert errors == []
