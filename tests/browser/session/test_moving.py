"""Moving about: Back and Forward, titles, the address, one announcement, a stopped session."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.session.conftest import Server

WARM_BYTES = 100_000_000


def step(page, place):
    return page.locator(".steps button").nth(place)


@pytest.fixture(scope="module")
def page(voila, visits):
    """A page with which most tests go on."""
    return visits(voila.url(engagement="maison-lorient", step="start", lang="en", actor="Marie"))


def test_the_address_bar_shows_no_token_and_a_new_name_survives_a_reload(page):
    expect(page).to_have_url(re.compile("step=start"))
    assert "token" not in page.url
    assert "actor" not in page.url
    name = page.get_by_label("Your name")
    expect(name).to_have_value("Marie")
    name.fill("Paul")
    name.press("Tab")
    page.reload()
    page.wait_for_selector("[data-saved]")
    expect(page.get_by_label("Your name")).to_have_value("Paul")


def test_back_and_forward_move_between_steps_and_the_title_tells_the_step(page):
    expect(page).to_have_title(re.compile("^Start · "))
    step(page, 1).click()
    expect(page).to_have_title(re.compile("^Experience · "))
    step(page, 2).click()
    expect(page).to_have_title(re.compile("^Technology · "))
    page.go_back()
    expect(page).to_have_title(re.compile("^Experience · "))
    expect(step(page, 1)).to_have_attribute("aria-current", "step")
    page.go_back()
    expect(page).to_have_title(re.compile("^Start · "))
    page.go_forward()
    expect(page).to_have_title(re.compile("^Experience · "))
    page.evaluate("history.back(); history.forward(); history.forward()")
    expect(page).to_have_title(re.compile("^Technology · "))


def test_an_answer_is_announced_once(page):
    step(page, 1).click()
    page.locator("[data-key=promotions]").wait_for()
    page.evaluate(
        """() => {
          window.spoken = [];
          const speaks = (node) => (node.nodeType === 1 ? node : node.parentElement)
            ?.closest("[role=status], [role=alert], [aria-live=polite]");
          new MutationObserver((changes) => changes.forEach((change) => {
            const region = speaks(change.target);
            if (region && region.textContent.trim()) window.spoken.push(region.textContent);
          })).observe(document.body, { childList: true, characterData: true, subtree: true });
        }"""
    )
    card = page.locator("[data-key=promotions]")
    if "now" not in card.get_attribute("class"):
        card.locator(".card-toggle").click()
    owner = card.get_by_role("combobox", name="Accountable")
    owner.fill("vacant")
    page.keyboard.press("Enter")
    expect(page.locator("[data-announced]")).not_to_have_text("")
    page.wait_for_timeout(3000)
    spoken = [text for text in page.evaluate("window.spoken") if "point" in text or "aved" in text]
    assert len(spoken) == 1, spoken


@pytest.fixture
def server(tmp_path):
    server = Server("voila", tmp_path)
    yield server
    server.stop()


def test_the_choice_of_engagements_shows_no_token_and_survives_a_reload(voila, visit):
    page = visit(voila.url(lang="en"))
    expect(page.get_by_role("heading", name="Who owns what?")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))
    page.reload()
    expect(page.get_by_role("heading", name="Who owns what?")).to_be_visible()
    page.get_by_role("button", name="Atelier Belval").click()
    expect(page.get_by_label("Your name")).to_have_value("")


def test_a_session_that_is_stopped_and_started_again_goes_on_in_the_old_tab(server, visit):
    page = visit(server.url(engagement="maison-lorient", step="experience", lang="en"))
    page.get_by_label("Your name").fill("Marie")
    page.get_by_role("button", name="Dark theme").click()
    card = page.locator("[data-key=promotions]")
    card.locator(".card-toggle").click()
    card.get_by_role("combobox", name="Accountable").fill("vacant")
    page.keyboard.press("Enter")
    expect(card.locator("header")).to_contain_text("Vacant post")
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved", timeout=10000)
    server.stop()
    page.get_by_role("button", name="Carry on").click(timeout=20000)
    expect(page.get_by_text("Start it again with “workbook session”")).to_be_visible()
    server.start()
    with page.expect_navigation(timeout=60000):
        page.get_by_role("button", name="Carry on").click()
    page.locator(".owb-session[data-theme=dark]").wait_for(timeout=30000)
    expect(page.get_by_label("Your name")).to_have_value("Marie")
    expect(card.locator("header")).to_contain_text("Vacant post")
    page.get_by_role("button", name="Undo").click()
    expect(card.locator("header")).not_to_contain_text("Vacant post")


def test_a_warm_kernel_that_died_is_not_handed_to_the_next_page(server, visit):
    visit(server.url(engagement="maison-lorient", step="experience", lang="en")).close()
    deadline = time.monotonic() + 30
    while not server.kernels() or not warm(server):
        assert time.monotonic() < deadline, "no kernel is warm"
        time.sleep(0.5)
    server.kill_kernel()
    page = visit(server.url(engagement="maison-lorient", step="experience", lang="en"))
    page.locator("[data-key=promotions] .card-toggle").click()
    expect(page.locator("[data-key=promotions].now")).to_be_visible()
    expect(page.locator("[data-saved]")).not_to_have_attribute("data-saved", "lost")
    page.get_by_role("radio", name="FR").check(force=True)
    expect(page.get_by_role("heading", name="Qui porte l’expérience ?")).to_be_visible()


def test_a_page_whose_kernel_was_warmed_while_the_store_was_away_opens_by_itself(tmp_path, visit):
    database = tmp_path / "workbook.db"
    database.mkdir()
    server = Server("voila", tmp_path)
    try:
        page = visit(server.url(engagement="maison-lorient", step="experience", lang="en"))
        expect(page.locator(".banner")).to_contain_text("cannot be reached now")
        database.rmdir()
        expect(page.locator("[data-key=promotions]")).to_be_visible()
        expect(page.locator(".banner")).to_have_count(0)
    finally:
        server.stop()


def warm(server):
    """Whether a kernel has loaded what a screen needs, and so waits for its page."""
    import psutil

    return any(psutil.Process(pid).memory_info().rss > WARM_BYTES for pid, _ in server.kernels())
