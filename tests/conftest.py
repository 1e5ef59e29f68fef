"""What every room's tests share: the project's place, the browser, how properties are drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# jsonschema would build a grammar of addresses, a second and a half of each process, for a check
# that no schema of a notebook asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# Examples may take long on a busy machine; the pipeline draws the same ones on every run.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("quick", settings.get_profile("project"), max_examples=20)
settings.load_profile("project")


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium to drive."""
    return _browser("chromium")


@pytest.fixture(scope="session")
def firefox_path() -> str:
    """The Firefox to drive."""
    return _browser("firefox")


def _browser(name: str) -> str:
    """The path of a browser; a machine without it fails here and says how to get it."""
    find = [ROOT / ".ci" / "browser", "find", name]
    found = subprocess.run(find, check=False, capture_output=True, text=True)
    assert found.returncode == 0, f"no {name}: run `make browser`. {found.stderr}"
    return found.stdout.strip()


NEEDS = {"browser": "browser", "notebooks": "notebooks", "packaging": "packaging", "faults": "slow"}
"""The rooms of tests that need more than Python, or time, and the mark that says so."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a room by what they need, and run the files that take longest first.

    Two workers share the files in this order: the short ones at the end leave neither idle.
    """
    for item in items:
        mark = NEEDS.get(item.path.relative_to(ROOT / "tests").parts[0])
        if mark:
            item.add_marker(mark)
    marks = set(NEEDS.values())
    long = {item.path for item in items if marks & {mark.name for mark in item.iter_markers()}}
    items.sort(key=lambda item: item.path not in long)
