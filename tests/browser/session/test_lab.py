"""JupyterLab: one press starts the screen, letters stay letters, a dead kernel costs one press."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.session.conftest import LIVE
from tests.browser.window import go_to

NOTEBOOK = "/doc/tree/notebooks/{name}.ipynb"
START = "button[data-commandlinker-command]"


def start(page):
    page.locator(START).click(timeout=60000)
    page.wait_for_selector(LIVE, timeout=60000)
    return page


@pytest.fixture(scope="module")
def page(lab, visits):
    """One page of Lab for most tests: it costs five seconds of a processor."""
    return start(visits(lab.url(NOTEBOOK.format(name="01_experience")), live=False))


@pytest.fixture
def card(page):
    """A subject of that page, unfolded."""
    card = page.locator("[data-key=promotions]")
    if "now" not in card.get_attribute("class"):
        card.locator(".card-toggle").click()
    expect(card).to_have_class(re.compile(r"\bnow\b"))
    return card


def test_a_notebook_opens_as_a_page_with_a_start_button_and_no_code(lab, visit):
    page = visit(lab.url(NOTEBOOK.format(name="00_start")), live=False)
    expect(page.locator(START)).to_be_visible(timeout=60000)
    expect(page.locator(".owb:visible")).to_have_count(0)
    expect(page.locator("[data-jp-item-name=deployNB], [data-jp-item-name=voila]")).to_have_count(0)
    expect(page.locator(".jp-InputArea-editor:visible")).to_have_count(0)
    expect(page.locator(".jp-SideBar .lm-mod-current")).to_have_count(0)


def test_keys_pressed_on_the_screen_are_not_shortcuts_of_lab(lab, visit):
    page = start(visit(lab.url(NOTEBOOK.format(name="04_review")), live=False))
    cells = page.locator(".jp-Cell").count()
    # A click puts the notebook into command mode, in which letters and arrows change it.
    cell = page.locator("td.cell").first
    cell.click()
    page.keyboard.press("Delete")
    for letter in "abdd":
        page.keyboard.press(letter)
    expect(cell).to_have_text("A")
    page.keyboard.press("ArrowRight")
    expect(page.locator("td.cell").nth(1)).to_be_focused()
    assert page.locator(".jp-Cell").count() == cells


def test_a_click_on_plain_text_arms_no_shortcut_of_lab(page):
    cells = page.locator(".jp-Cell").count()
    for text in (page.locator(".lead").first, page.locator("aside").first, page.locator(".who")):
        text.click(position={"x": 5, "y": 5})
        for key in ("d", "d", "x", "b", "Enter"):
            page.keyboard.press(key)
        assert page.locator(".jp-Cell").count() == cells
        expect(page.locator(LIVE)).to_be_visible()
    expect(page.locator(".jp-OutputCollapser:visible")).to_have_count(0)


def test_the_screen_follows_the_theme_of_lab_at_once(page):
    for theme, light in (("dark", "false"), ("light", "true")):
        page.emulate_media(color_scheme=theme)
        body = page.locator(f"body[data-jp-theme-light={light}]")
        body.wait_for(state="attached", timeout=20000)
        expect(page.locator(LIVE)).to_have_attribute("data-theme", theme)


def test_arrows_choose_among_radio_buttons(page, card):
    card.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    expect(card.get_by_role("radio", name="Fairly")).to_be_checked()


def test_a_page_whose_changes_are_not_in_the_store_is_not_closed_unasked(lab, page, card):
    card.get_by_role("radio", name="Guess").check(force=True)
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    database, away = lab.home / "workbook.db", lab.home / "away.db"
    database.rename(away)
    database.mkdir()
    card.get_by_role("radio", name="Certain").check(force=True)
    expect(page.locator("[data-saved]")).to_contain_text("One change is kept")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.dismiss()
    database.rmdir()
    away.rename(database)
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")


def test_a_dead_kernel_costs_one_press(lab, page, card):
    card.get_by_role("combobox", name="Accountable").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    lab.kill_kernel()
    # The one press closes Lab's own message; the screen comes back by itself.
    page.locator(".jp-Dialog .jp-mod-accept").click(timeout=30000)
    page.wait_for_selector(f"{LIVE} [data-saved=saved]", timeout=60000)
    expect(card.locator("header")).to_contain_text("Nobody")


def test_axe_finds_nothing_on_any_screen(page):
    """Steps in Lab's light, where its own rules reach ours, and the review's parts in the dark."""
    for place in range(5):
        go_to(page, place)
        assert_accessible(page)
    page.get_by_role("button", name="Dark theme").click()
    page.locator(f"{LIVE}[data-theme=dark]").wait_for()
    for tab in page.locator("[data-tab]").all():
        tab.click()
        page.locator(f".panel-{tab.get_attribute('data-tab')}").wait_for()
        assert_accessible(page)


def assert_accessible(page):
    results = Axe().run(page, context=LIVE)
    assert results.violations_count == 0, results.generate_report()
