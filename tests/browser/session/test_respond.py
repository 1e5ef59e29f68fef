"""The notebook of somebody who answers, in JupyterLab: two answers are two events in the store."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.browser.session.conftest import Server
from tests.workshop.conftest import silent
from workbook.workshop import open_round
from workbook.workspace import Workspace

PAGE = "/doc/tree/notebooks/respond.ipynb"
WHO = "paul-ney"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A Lab of Paul Ney's own, with a round that is open."""
    home = tmp_path_factory.mktemp("respond")
    workspace = Workspace.at(home)
    session = workspace.new(silent(workspace))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_RESPONDENT", WHO)
        server = Server("lab", home, "lorient")
    server.session = session
    yield server
    server.stop()


def answered(session):
    """Who said what, as the store has it."""
    session.refresh()
    said = [e for e in session.history() if e.subject[:2] == ("nomination", WHO)]
    return [(event.actor, event.value[0].get("party")) for event in said]


def test_two_answers_in_lab_are_events_of_who_answers(lab, visit):
    page = visit(lab.url(PAGE), live=False)
    page.locator("button[data-commandlinker-command]").click(timeout=60000)
    page.locator(".owb-respond:not(.static)").wait_for(timeout=60000)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Nobody").click()
    expect(page.locator("progress")).to_have_attribute("value", "1")
    page.locator(".respond-nav .primary").click()
    box = page.locator(".owb-respond").get_by_role("combobox").first
    box.press_sequentially("Claire Aub")
    box.press("Enter")
    expect(page.locator("progress")).to_have_attribute("value", "2")
    cells = page.locator(".jp-Cell").count()
    page.locator(".respond-card h1").click()
    for letter in "dd":
        page.keyboard.press(letter)
    expect(page.locator(".jp-Cell"), "letters are no shortcuts of Lab").to_have_count(cells)
    deadline = time.monotonic() + 10
    while len(answered(lab.session)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answered(lab.session) == [(WHO, "nobody"), (WHO, "claire-aubry")]
