"""A store in a file, a clock that ticks, and people at work on the small engagement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.small import engagement, framework
from workbook import content
from workbook.content import frameworks
from workbook.model.framework import Framework
from workbook.store import Store
from workbook.workspace import Session, Workspace

START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    """One minute passes each time that somebody looks at it."""
    minutes = count()
    return lambda: START + dt.timedelta(minutes=next(minutes))


@pytest.fixture(autouse=True)
def small_framework(monkeypatch: pytest.MonkeyPatch) -> None:
    """The framework "small" is found although nobody ships it."""
    keys, others = content.known_keys, frameworks.named

    def found(key: str, near: Path | None = None) -> Framework | None:
        return framework() if key == "small" else others(key, near)

    monkeypatch.setattr(frameworks, "named", found)
    monkeypatch.setattr(content, "known_keys", lambda near=None: ("small", *keys(near)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "workbook.db"


@pytest.fixture
def store(file: Path) -> Store:
    return Store(file)


@pytest.fixture
def workspace(tmp_path: Path, store: Store, clock: Callable[[], dt.datetime]) -> Workspace:
    return Workspace(tmp_path, store, clock)


@pytest.fixture
def marie(workspace: Workspace, file: Path) -> Session:
    """Marie began the engagement "worked" and is at work on it."""
    content, looks = _begun()
    file.write_bytes(content)
    for _ in range(looks):
        workspace.now()
    return workspace.open("worked", "Marie")


@cache
def _begun() -> tuple[bytes, int]:
    """The store with Marie's engagement, and how often its clock was looked at."""
    minutes = count()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "workbook.db"
        clock = lambda: START + dt.timedelta(minutes=next(minutes))  # noqa: E731 - as above
        Workspace(file.parent, Store(file), clock).new(engagement(), "Marie")
        return file.read_bytes(), next(minutes)


@pytest.fixture
def paul(workspace: Workspace, marie: Session) -> Session:
    """Paul has opened Marie's engagement."""
    return workspace.open(marie.key, "Paul")
