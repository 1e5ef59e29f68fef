"""Every screen in both themes and languages: axe finds nothing, nothing sticks out, no cut text."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

STEPS = ["start", "experience", "technology", "executive_sponsor"]
TABS = ["map", "findings", "actions", "agenda", "leaving", "signoff"]


def assert_accessible(page):
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def chosen(page, theme):
    page.locator(f".owb-session[data-theme={theme}]").wait_for()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_axe_finds_nothing_on_any_screen(voila, visit, language, theme):
    page = visit(voila.url(lang=language), color_scheme=theme)
    chosen(page, theme)
    assert_accessible(page)
    page = visit(
        voila.url(engagement="maison-lorient", step="start", lang=language), color_scheme=theme
    )
    chosen(page, theme)
    for place, step in enumerate(STEPS):
        page.locator(".steps button").nth(place).click()
        page.locator(f".leaf-{'start' if step == 'start' else 'area'}").wait_for()
        expect(page.locator("[aria-current=step]")).to_have_count(1)
        assert_accessible(page)
    page.locator(".big-score").first.click()
    page.get_by_role("dialog").wait_for()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.locator(".steps button").nth(4).click()
    for tab in TABS:
        page.locator(f"[data-tab={tab}]").click()
        page.locator(f".panel-{tab}").wait_for()
        assert_accessible(page)


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_nothing_sticks_out_sideways(voila, visit, width):
    page = visit(voila.url(engagement="maison-lorient", step="technology", lang="fr"), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    main = page.locator(".main")
    assert main.evaluate("m => m.scrollWidth <= m.clientWidth")
