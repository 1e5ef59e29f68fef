from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from workbook.widgets.conversation import Conversation
from workbook.widgets.state import FACILITATOR
from workbook.workspace import Workspace

AS_OF = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 14, 2, 11, tzinfo=dt.UTC)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_ENGAGEMENT", raising=False)
    return Workspace.at(tmp_path, clock=lambda: NOW)


@pytest.fixture
def talk(workspace):
    """Opens a screen on an example."""

    def open_screen(example="tidewater-outdoor", step="experience", language="en"):
        session = workspace.open(example)
        return Conversation(workspace, session, as_of=AS_OF, step=step, language=language)

    return open_screen


@pytest.fixture
def fresh(workspace):
    """A screen on an engagement with nothing but its compulsory facts."""
    (workspace.path / "workbook.db").write_bytes(begun())
    return Conversation(workspace, workspace.open("etoile-cie", FACILITATOR), as_of=AS_OF)


@cache
def begun():
    """The store after somebody has answered the first questions on a screen."""
    with TemporaryDirectory() as folder:
        screen = Conversation(Workspace.at(folder, clock=lambda: NOW), None, as_of=AS_OF)
        screen.hear(
            {
                "do": "new",
                "name": "Étoile & Cie",
                "profile": "large",
                "business_models": ["b2c"],
                "go_live": "2027-09-30",
            }
        )
        screen.session.flush()
        return (Path(folder) / "workbook.db").read_bytes()
