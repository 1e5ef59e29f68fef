"""A workshop over an example company in which nobody has said anything yet."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from workbook.content import load_engagement
from workbook.model.engagement import Engagement
from workbook.store import Change, Store
from workbook.workshop import open_round
from workbook.workspace import Session, Workspace

TODAY = dt.date(2026, 11, 27)
START = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
ASKED = ("paul-ney", "claire-aubry", "helene-dastier")


@cache
def _spoken(example: Path) -> Engagement:
    return load_engagement(example).engagement


def silent(workspace: Workspace, **changes: object) -> Engagement:
    """Maison Lorient before anybody spoke."""
    engagement = _spoken(workspace.examples()["maison-lorient"])
    blank = {"nominations": (), "decisions": (), "answers": (), "key": "lorient", "language": "en"}
    return engagement.model_copy(update={**blank, **changes})


@pytest.fixture(scope="module")
def browser(browser_path: str):
    """One Chromium for the pages of a file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    minutes = count()
    clock = lambda: START + dt.timedelta(minutes=next(minutes))  # noqa: E731 - one line of a clock
    return Workspace(tmp_path, Store(tmp_path / "workbook.db"), clock)


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """The session of a workshop whose first round is open about every subject."""
    return _opened(workspace, silent(workspace))


@pytest.fixture
def of_three(workspace: Workspace) -> Session:
    """The same with three people: letters and files for twenty more would take a second."""
    whole = silent(workspace)
    asked = tuple(each for each in whole.respondents if each.id in ASKED or each.withdrawn)
    return _opened(workspace, silent(workspace, respondents=asked))


def _opened(workspace: Workspace, engagement: Engagement) -> Session:
    session = workspace.new(engagement)
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    return session


def nominate(session: Session, respondent: str, focal_point: str, party: str) -> None:
    """Somebody says alone who owns a subject."""
    subject = ("nomination", respondent, focal_point)
    session.record(Change(subject, [{"party": party}]), actor=respondent)
