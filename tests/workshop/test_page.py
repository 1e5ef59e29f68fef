"""The page of somebody who answers, in a browser: light, accessible, and it outlives its host."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.workshop.running import Hosting, prepared
from tests.workshop.visiting import PHONE, enter, slow_visit

pytestmark = pytest.mark.browser

WHO = "asked-0"
MOST_BYTES = 150_000
PATIENCE = 20


@pytest.fixture(scope="module")
def hosting(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("page")
    hosting = Hosting(folder, prepared(folder, 3))
    hosting.start()
    yield hosting
    hosting.kill()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def link(hosting: Hosting, respondent: str = WHO) -> str:
    return hosting.origin + hosting.links([respondent])[respondent]


def answer(hosting: Hosting, respondent: str, **expected: str) -> dict[str, str]:
    """What the store has of a respondent, once it is what was said, or still is something else."""
    until = time.monotonic() + PATIENCE
    while True:
        hosting.session.refresh()
        history = hosting.session.history()
        events = [e for e in history if e.subject[:2] == ("nomination", respondent)]
        values = [event.value for event in events]
        assert all(a != b for a, b in pairwise(values)), f"something is written twice: {values}"
        value = events[-1].value[0] if events else {}
        if expected.items() <= value.items() or time.monotonic() > until:
            return {key: value.get(key) for key in expected}
        time.sleep(0.1)


def test_a_page_is_light(browser, hosting: Hosting):
    size, _ = slow_visit(browser, link(hosting))
    assert size <= MOST_BYTES


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_a_respondent(browser, hosting: Hosting, theme: str):
    context = browser.new_context(viewport=PHONE, color_scheme=theme)
    page = context.new_page()
    page.goto(link(hosting))
    assert_accessible(page)
    page.locator("form .btn").click()
    page.locator(".respond-card .btn.primary").wait_for()
    assert_accessible(page)
    page.locator(".respond-card .btn.primary").click()
    page.locator(".respond-card .quick").wait_for()
    page.locator("details.more summary").click()
    assert_accessible(page)
    while page.locator(".respond-nav .btn.primary").count():
        page.locator(".respond-nav .btn.primary").click()
    page.locator(".respond-list").wait_for()
    assert_accessible(page)
    context.close()


def assert_accessible(page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_nothing_is_asked_of_anybody_else(page, hosting: Hosting):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda line: asked.append(line.url))
    enter(page, link(hosting))
    page.locator(".respond-card .btn.primary").click()
    page.wait_for_timeout(500)
    own = (f"{hosting.origin}/", f"ws://127.0.0.1:{hosting.port}/", "data:", "blob:")
    assert any(url.startswith("ws:") for url in asked)
    assert [url for url in asked if not url.startswith(own)] == []


def test_what_is_typed_and_said_outlives_a_host_that_is_killed(page, hosting: Hosting):
    enter(page, link(hosting, "asked-1"))
    page.locator(".respond-card .btn.primary").click()
    page.locator("details.more summary").click()
    note = page.locator("details.more textarea")
    note.press_sequentially("half a")
    hosting.kill()
    offline = page.get_by_role("alert").filter(has_text="No connection")
    expect(offline).to_be_visible(timeout=10_000)
    note.press_sequentially(" sentence")
    page.locator(".quick .btn").nth(1).click()  # nobody owns it
    hosting.start()
    expect(offline).to_be_hidden(timeout=20_000)
    expect(note).to_have_value("half a sentence")
    page.locator(".respond-nav .btn.primary").click()
    expect(page.locator(".respond-head")).to_contain_text("1", timeout=10_000)
    said = {"party": "nobody", "note": "half a sentence"}
    assert answer(hosting, "asked-1", **said) == said


def test_a_page_without_a_network_goes_on_by_itself(page, hosting: Hosting):
    enter(page, link(hosting, "asked-2"))
    page.locator(".respond-card .btn.primary").click()
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.locator(".quick .btn").nth(2).click()  # don't know
    page.wait_for_timeout(2000)
    page.context.set_offline(False)
    expect(page.locator(".respond-head [role=status]").first).to_contain_text(
        "aved", timeout=40_000
    )
    assert answer(hosting, "asked-2", state="unknown") == {"state": "unknown"}
