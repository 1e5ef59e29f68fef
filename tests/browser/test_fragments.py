"""The gallery of all fragments in a real browser: accessible, nothing cut off, nothing fetched."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.window import eventually
from tests.fragments.gallery import page as gallery


@pytest.fixture
def opened(browser):
    """Open a gallery; the page remembers what it asked the network for."""
    contexts = []

    def show(language, theme, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.set_content(gallery(language, theme))
        page.evaluate("document.fonts.ready")
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing(opened, language, theme):
    results = Axe().run(opened(language, theme))
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_sticks_out_sideways(opened, width):
    page = opened("fr", "light", width)
    eventually(lambda: page.evaluate("document.documentElement.scrollWidth"), width)


def test_no_text_of_a_chart_is_cut_off_or_written_over_another(opened):
    page = opened("fr", "light")
    clashes = page.evaluate(
        """() => {
          const found = [];
          for (const svg of document.querySelectorAll("svg.wide")) {
            const box = svg.getBoundingClientRect();
            const texts = [...svg.querySelectorAll("text")].map(
              t => [t.textContent, t.getBoundingClientRect()]);
            texts.forEach(([said, t], i) => {
              if (t.left < box.left - 1 || t.right > box.right + 1) found.push([said, "cut"]);
              for (const [other, o] of texts.slice(i + 1)) {
                const wide = Math.min(t.right, o.right) - Math.max(t.left, o.left);
                const tall = Math.min(t.bottom, o.bottom) - Math.max(t.top, o.top);
                if (wide > 1 && tall > 4) found.push([said, other]);
              }
            });
          }
          return found;
        }"""
    )
    assert clashes == []


# Texts are regular Inter, headings bold Source Serif 4; a browser loads the cuts that are in use.
@pytest.mark.parametrize(("face", "weight"), [("Inter", 400), ("Source Serif 4", 600)])
def test_fonts_come_from_the_page_itself(opened, face, weight):
    page = opened("en", "light")
    eventually(
        lambda: page.evaluate(f"document.fonts.check('{weight} 16px \"{face}\"', 'Œuvre ▲')")
    )
    # The check alone also holds for a family that no face of the page belongs to.
    loaded = "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)"
    eventually(lambda: face in [family.strip('"') for family in page.evaluate(loaded)])
    assert [url for url in page.asked if not url.startswith("data:")] == []


@pytest.mark.parametrize(
    ("theme", "system", "dark"),
    [
        ("light", "dark", False),
        ("dark", "light", True),
        ("auto", "dark", True),
        ("auto", "light", False),
    ],
)
def test_theme_is_the_chosen_one_and_else_the_systems(opened, theme, system, dark):
    page = opened("en", theme, color_scheme=system)
    expected = "dark" if dark else "light"
    expect(page.locator(".owb").first).to_have_css("color-scheme", expected)


def test_paper_is_white_and_shows_all_evidence_whatever_the_screen(opened):
    page = opened("en", "dark")
    page.emulate_media(media="print")
    expect(page.locator(".owb").first).to_have_css("color-scheme", "light")
    expect(page.locator("details li").first).to_be_visible()
    expect(page.locator("details summary").first).to_be_hidden()


def test_a_map_of_sixty_scrolls_with_its_first_column_in_place(opened):
    page = opened("en", "light")
    table = page.locator(".map-table.many").first
    head = table.locator("tbody tr:nth-child(3) th")
    before = head.bounding_box()["x"]
    table.evaluate("t => { t.parentElement.scrollLeft = 400 }")
    assert head.bounding_box()["x"] == pytest.approx(before, abs=1)
