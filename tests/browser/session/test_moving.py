"""Moving about: Back and Forward, titles, the address, one announcement, a stopped session."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.session.conftest import Server


def step(page, place):
    return page.locator(".steps button").nth(place)


@pytest.fixture
def page(voila, visit):
    return visit(voila.url(engagement="maison-lorient", step="start", lang="en", actor="Marie"))


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


def test_an_old_tab_of_a_session_that_has_ended_says_what_to_do(tmp_path, visit):
    server = Server("voila", tmp_path)
    try:
        page = visit(server.url(engagement="maison-lorient", step="start", lang="en"))
    finally:
        server.stop()
    page.get_by_role("button", name="Carry on").click(timeout=20000)
    expect(page.get_by_text("Start it again with “workbook session”")).to_be_visible()
