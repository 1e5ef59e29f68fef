"""The portfolio's page in a real browser: accessible in both languages, never too wide."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.window import eventually
from tests.portfolio.clients import AS_OF
from workbook import resources
from workbook.portfolio import assess, build, gather, page


@pytest.fixture(scope="module")
def pages():
    told = assess(gather([str(resources.templates() / "engagements")]), AS_OF)
    return {
        (lang, theme): page(build(told, lang, lambda key: f"{key}.html"), theme)
        for lang in ("en", "fr")
        for theme in ("light", "dark")
    }


@pytest.fixture
def opened(browser, pages):
    contexts = []

    def show(lang, theme, width=1280):
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        shown = context.new_page()
        shown.asked = []
        shown.on("request", lambda request: shown.asked.append(request.url))
        shown.set_content(pages[lang, theme])
        shown.evaluate("document.fonts.ready")
        return shown

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_axe_finds_nothing(opened, lang, theme):
    results = Axe().run(opened(lang, theme))
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_sticks_out_sideways_and_nothing_is_fetched(opened, width):
    shown = opened("fr", "light", width)
    eventually(lambda: shown.evaluate("document.documentElement.scrollWidth"), width)
    assert [url for url in shown.asked if not url.startswith("data:")] == []


def test_contents_lead_to_every_part(opened):
    shown = opened("en", "light", 1600)
    targets = shown.eval_on_selector_all(".contents a", "all => all.map(a => a.hash.slice(1))")
    parts = shown.eval_on_selector_all("section.part", "all => all.map(part => part.id)")
    assert targets == parts
    assert {"c1", "alike1", "method"} <= set(parts)
