"""Every screen in both themes and languages: axe finds nothing, nothing sticks out, no cut text."""

from __future__ import annotations

from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.window import eventually, go_to, resize

STEPS = ["start", "experience", "technology", "executive_sponsor"]
TABS = ["map", "findings", "actions", "agenda", "leaving", "workshop", "signoff"]


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
        go_to(page, place)
        page.locator(f".leaf-{'start' if step == 'start' else 'area'}").wait_for()
        assert_accessible(page)
    page.locator(".big-score").first.click()
    page.get_by_role("dialog").wait_for()
    assert_accessible(page)
    page.keyboard.press("Escape")
    go_to(page, 4)
    for tab in TABS:
        page.locator(f"[data-tab={tab}]").click()
        page.locator(f".panel-{tab}").wait_for()
        assert_accessible(page)


FITS = "part => part.scrollWidth <= part.clientWidth"
CUT = """() => [...document.querySelectorAll(".seg, .btn, .chip, .tabs *")]
  .filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)"""


# What a page shows until its own font has come, or where fonts are blocked: a wider one.
WIDE_FONT = ".owb.owb-session, .owb.owb-session * { font-family: 'DejaVu Sans' !important; }"


def test_no_button_or_choice_is_cut_in_french(voila, visit):
    query = {"engagement": "fernhill-supply", "lang": "fr", "step": "start"}
    page = visit(voila.url(**query), width=1920)
    size = page.get_by_role("button", name="Taille vidéoprojecteur")
    size.click()
    for width in (1920, 1280):
        assert_nothing_is_cut(page, width)
    page.add_style_tag(content=WIDE_FONT)
    assert_nothing_is_cut(page, 1024)
    size.click()
    assert_nothing_is_cut(page, 1280)


def assert_nothing_is_cut(page, width):
    resize(page, width)
    page.evaluate("document.fonts.ready")
    for place in range(5):
        go_to(page, place)
        eventually(lambda: page.evaluate(CUT), [])
    for tab in TABS:
        page.locator(f"[data-tab={tab}]").click()
        page.locator(f".panel-{tab}").wait_for()
        eventually(lambda: page.evaluate(CUT), [])
        eventually(lambda: page.locator(".main").evaluate(FITS))


def test_nothing_sticks_out_sideways(voila, visit):
    page = visit(voila.url(engagement="maison-lorient", step="technology", lang="fr"), width=768)
    for width in (768, 1280, 1920):
        resize(page, width)
        for part in (page.locator("html"), page.locator(".main")):
            eventually(partial(part.evaluate, FITS))


def test_projector_size_is_larger_and_remembered(voila, visit):
    page = visit(voila.url(engagement="maison-lorient", step="review", lang="fr"))
    size = "parseFloat(getComputedStyle(document.querySelector('.map-title')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Taille vidéoprojecteur").click()
    page.locator(".owb-session[data-size=projector]").wait_for()
    eventually(lambda: page.evaluate(size) > 1.15 * before)
    assert_accessible(page)
    page.reload()
    page.locator(".owb-session[data-size=projector]").wait_for()
