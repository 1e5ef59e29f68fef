"""What every room's tests share: the project's place, the browser, how properties are drawn."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Generator
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]

# jsonschema would build a grammar of addresses, a second and a half of each process, for a check
# that no schema of a notebook asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# Examples may take long on a busy machine; the pipeline draws the same ones on every run.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("quick", settings.get_profile("project"), max_examples=10)
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def _no_disk_is_waited_for() -> Generator[None]:
    """Nobody cuts the power of a test: a commit takes 0.1 ms in place of 4, thousands of times.

    The processes that tests start wait as ever, and so do the two tests of the waiting.
    """
    from workbook.store import database

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "SYNCHRONOUS", "OFF")
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _an_example_is_read_once() -> Generator[None]:
    """A screen opened on a shipped example takes its frozen value; tests of reading read anew."""
    from workbook import content, resources

    read, shipped = content.load_engagement, resources.templates() / "engagements"
    known = cache(read)

    @wraps(read)
    def load(path: Path | str, *, complete: bool = False) -> content.Loaded:
        once = Path(path).parent == shipped and not complete
        return known(Path(path)) if once else read(path, complete=complete)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "load_engagement", load)
        yield


@pytest.fixture(scope="session", autouse=True)
def _a_command_is_read_once() -> Generator[None]:
    """Typer evaluates a command's annotations each time that it runs: an eighth of its time."""
    import typer.main
    from typer.utils import get_params_from_function

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_params_from_function", cache(get_params_from_function))
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium to drive."""
    return browser_program("chromium")


@pytest.fixture(scope="session")
def firefox_path() -> str:
    """The Firefox to drive."""
    return browser_program("firefox")


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Generator[Browser]:
    """One Chromium for the pages of a file."""
    from playwright.sync_api import sync_playwright

    from tests.browser.window import chromium

    with sync_playwright() as player:
        browser = chromium(player, browser_path)
        yield browser
        browser.close()


def browser_program(name: str) -> str:
    """The path of a browser; a machine without it fails here and says how to get it."""
    find = [ROOT / ".ci" / "browser", "find", name]
    found = subprocess.run(find, check=False, capture_output=True, text=True)
    assert found.returncode == 0, f"no {name}: run `make browser`. {found.stderr}"
    return found.stdout.strip()


NEEDS = {"browser": "browser", "notebooks": "notebooks", "packaging": "packaging", "faults": "slow"}
"""The rooms of tests that need more than Python, or time, and the mark that says so."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the collector of cycles pass over what is imported and collected: it stays to the end.

    And let it come less often: it took a twentieth of the time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(10_000)


# In seconds of waiting and working, most first. What is not here takes less than nine.
LONGEST = (
    "batch/test_sharing.py",
    "browser/test_report.py",
    "simulation/test_workshops.py",
    "browser/session/test_room.py",
    "browser/session/test_accessible.py",
    "browser/session/test_lab.py",
    "workspace/test_canary.py",
    "batch/test_engine_outputs.py",
    "badinput/test_bad_input.py",
    "faults/test_calls.py",
    "office/test_pdf.py",
    "browser/session/test_in_sight.py",
    "notebooks/test_matrix.py",
    "browser/session/test_lists.py",
    "test_docs.py",
    "faults/test_calls_of_reports.py",
    "faults/test_room.py",
    "workshop/test_page.py",
    "browser/test_payloads.py",
    "browser/workshop/test_workshop.py",
    "batch/test_import_path.py",
    "simulation/test_sabotage.py",
    "office/test_xlsx.py",
    "notebooks/test_nbval.py",
    "browser/session/test_map.py",
    "batch/test_engine_isolation.py",
    "serve/test_import_path.py",
    "office/test_bounds.py",
    "packaging/test_installed_commands.py",
    "workshop/test_offline_page.py",
    "browser/test_fragments.py",
    "browser/session/test_effort.py",
    "browser/session/test_respond.py",
)
"""The files that begin a run, each on a worker of its own: none may be what the others wait for."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a room by what they need, and run the files that take longest first.

    The workers share the files in this order: the short ones at the end leave none idle.
    A browser on a busy machine may draw late: in CI its test has a second attempt, and the summary
    names it (R). A test that needs it twice is a fault of the test or of the page.
    """
    paths = {item.path for item in items}
    files = {path: path.relative_to(ROOT / "tests") for path in paths}
    for item in items:
        mark = NEEDS.get(files[item.path].parts[0])
        if mark:
            item.add_marker(mark)
        if mark == "browser" and "CI" in os.environ:
            item.add_marker(pytest.mark.flaky(reruns=1))
    marks = set(NEEDS.values())
    long = {item.path for item in items if marks & {mark.name for mark in item.iter_markers()}}
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    order = {
        path: ranks.get(name.as_posix(), len(ranks) + (path not in long))
        for path, name in files.items()
    }
    items.sort(key=lambda item: order[item.path])
