"""A workshop over an example company in which nobody has said anything yet."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from workbook.content import load_engagement
from workbook.model.engagement import Engagement
from workbook.store import Change, Store
from workbook.workshop import open_round
from workbook.workspace import Session, Workspace

TODAY = dt.date(2026, 11, 27)
START = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
FILE = "workbook.db"
ASKED = ("paul-ney", "claire-aubry", "helene-dastier")


@cache
def _spoken(example: Path) -> Engagement:
    return load_engagement(example).engagement


def silent(workspace: Workspace, **changes: object) -> Engagement:
    """Maison Lorient before anybody spoke."""
    engagement = _spoken(workspace.examples()["maison-lorient"])
    blank = {"nominations": (), "decisions": (), "answers": (), "key": "lorient", "language": "en"}
    return engagement.model_copy(update={**blank, **changes})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path)


def workspace_in(folder: Path) -> Workspace:
    """A workspace whose clock goes on by a minute each time that somebody looks at it."""
    minutes = count()
    clock = lambda: START + dt.timedelta(minutes=next(minutes))  # noqa: E731 - one line of a clock
    return Workspace(folder, Store(folder / FILE), clock)


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """The session of a workshop whose first round is open about every subject."""
    return _opened(workspace, of_three=False)


@pytest.fixture
def of_three(workspace: Workspace) -> Session:
    """The same with three people: letters and files for twenty more would take a second."""
    return _opened(workspace, of_three=True)


def _opened(workspace: Workspace, *, of_three: bool) -> Session:
    store, looks = _begun(of_three=of_three)
    (workspace.path / FILE).write_bytes(store)
    for _ in range(looks):
        workspace.now()
    return workspace.open("lorient")


@cache
def _begun(*, of_three: bool) -> tuple[bytes, int]:
    """The store of a workshop that was just opened, and how often its clock was looked at."""
    with TemporaryDirectory() as folder:
        workspace = workspace_in(Path(folder))
        whole = silent(workspace)
        asked = tuple(each for each in whole.respondents if each.id in ASKED or each.withdrawn)
        respondents = asked if of_three else whole.respondents
        session = workspace.new(silent(workspace, respondents=respondents))
        session.record(open_round(session.rules, session.engagement, (), workspace.now()))
        looks = (workspace.now() - START) // dt.timedelta(minutes=1)
        return (workspace.path / FILE).read_bytes(), looks


def nominate(session: Session, respondent: str, focal_point: str, party: str) -> None:
    """Somebody says alone who owns a subject."""
    subject = ("nomination", respondent, focal_point)
    session.record(Change(subject, [{"party": party}]), actor=respondent)
