"""The report page in a real browser: no request with the network cut, accessible, sane on paper."""

from __future__ import annotations

import io
from itertools import cycle

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.window import eventually
from tests.report.examples import DENSEST, EXAMPLES, VARIED, report_of
from workbook import report
from workbook.i18n import languages

SMALL = "borealis-parts"
WRAPPED = "groupe-kervadec"
"""Its headline and a heading take several lines."""
A4 = (595, 842)


@pytest.fixture
def opened(browser, tmp_path):
    """Open a report's page from disk with the network cut; the page remembers what it asked for."""
    contexts = []

    def show(name, lang, theme="light", width=1280):
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, color_scheme=theme, offline=True)
        contexts.append(context)
        file = tmp_path / f"{name}.{lang}.html"
        file.write_text(report.page(report_of(name, lang)), encoding="utf-8")
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def prints():
    """Pages as they were printed: printing one again takes a second and gives the same."""
    return {}


@pytest.fixture
def paper(opened, prints):
    """A report as a person prints it: a browser tags by default, 100 to 300 bytes an element."""

    def paper(name, lang):
        if (name, lang) not in prints:
            prints[name, lang] = pdf(opened(name, lang))
        return prints[name, lang]

    return paper


@pytest.mark.parametrize("lang", languages())
def test_the_page_asks_for_nothing_but_itself(opened, lang):
    page = opened(DENSEST, lang)
    outside = [url for url in page.asked if not url.startswith("data:")]
    assert outside == [page.url]
    assert page.said == []
    eventually(lambda: page.evaluate("document.fonts.check('16px \"Source Serif 4\"')"))


@pytest.mark.parametrize(
    ("name", "lang", "theme"),
    [(*each, theme) for each, theme in zip(VARIED, cycle(["light", "dark"]), strict=False)],
)
def test_axe_finds_nothing(opened, name, lang, theme):
    results = Axe().run(opened(name, lang, theme))
    assert results.violations_count == 0, results.generate_report()


def test_the_page_follows_the_readers_system(opened):
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (opened(SMALL, "en", theme).evaluate(ground) for theme in ("light", "dark"))
    assert light != dark


@pytest.mark.parametrize("lang", ["de", "fr"])
@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_sticks_out_sideways(opened, width, lang):
    page = opened(DENSEST, lang, width=width)
    eventually(lambda: page.evaluate("document.documentElement.scrollWidth"), width)


def test_contents_stand_beside_the_page_only_where_there_is_room(opened):
    expect(opened(SMALL, "en", width=1600).locator("nav.contents")).to_be_visible()
    expect(opened(SMALL, "en", width=1280).locator("nav.contents")).to_be_hidden()


def test_the_keyboard_reaches_the_report_past_the_contents(opened):
    page = opened(SMALL, "en", width=1600)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#report")).to_be_focused()


def pdf(page):
    return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)


def read(paper):
    return PdfReader(io.BytesIO(paper))


def sheets(paper):
    """The text of each printed page, with one space wherever it leaves one or breaks a line."""
    texts = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper))
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", [DENSEST, SMALL])
def test_paper_is_a4_and_its_first_page_tells_the_whole_story(paper, name, lang):
    pages = read(paper(name, lang)).pages
    assert {tuple(round(float(x)) for x in page.mediabox[2:]) for page in pages} == {A4}
    shown, (first, second, *_) = report_of(name, lang), sheets(paper(name, lang))
    gates, actions, ownership = shown.sections[:3]
    steps, outlook, _, decisions = actions.blocks
    story = [
        shown.headline,
        f"{shown.verdict.score.point:.0f}",
        *(gate.title for gate in gates.blocks[0].gates),
        *(step.title for step in steps.lines),
        outlook.text,
        *(row[0] for row in decisions.rows),
    ]
    assert [text for text in story if " ".join(text.split()) not in first] == []
    assert ownership.title in second
    assert ownership.title not in first
    assert decisions.columns[0] not in second
    assert not {"Contents", "Inhalt", "Sommaire"} & set(first.split())


@pytest.mark.parametrize(("name", "lang"), [*((name, "fr") for name in EXAMPLES), (DENSEST, "en")])
def test_the_first_page_has_room_for_a_tenth_more_text(opened, name, lang):
    """French is longer than English; German is already that much longer, and finds room."""
    page = opened(name, lang)
    page.evaluate(
        """() => {
          const story = [...document.querySelectorAll(".verdict, .areas, #gates, #actions")];
          for (const part of story) {
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const text = walker.currentNode.data;
              walker.currentNode.data += text.slice(0, Math.round(text.length / 10));
            }
          }
        }"""
    )
    first, *_ = sheets(pdf(page))
    last = report_of(name, lang).section("actions").blocks[-1]
    end = last.rows[-1][0] if hasattr(last, "rows") else last.text
    assert " ".join(end.split()) in first


def test_no_page_is_almost_empty_but_the_last_of_a_part(paper):
    texts = sheets(paper(DENSEST, "en"))
    assert 10 < len(texts) < 40
    assert sum(len(text) < 200 for text in texts) <= 2
    assert all(f"{place} / {len(texts)}" in text for place, text in enumerate(texts, 1))


def test_a_printed_report_has_an_outline_of_its_sections(paper):
    """With the spaces at which its headings are broken into lines."""
    shown = report_of(WRAPPED, "fr")
    headline, sections = read(paper(WRAPPED, "fr")).outline
    assert headline["/Title"] == shown.headline
    titles = [entry["/Title"] for entry in sections if isinstance(entry, dict)]
    assert titles == [section.title for section in shown.sections]


def test_letters_of_a_printed_report_can_be_selected(paper):
    pages = read(paper(DENSEST, "fr")).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    assert {font["/Subtype"] for font in fonts} == {"/Type0"}  # not drawn letter by letter


@pytest.mark.parametrize(("name", "lang"), VARIED)
def test_a_printed_report_is_small_with_all_its_tags_and_no_page_almost_empty(paper, name, lang):
    assert len(paper(name, lang)) < 500_000
    *full, last = map(len, sheets(paper(name, lang)))
    assert min(full) > 400
    assert last > 200
    assert len(report.page(report_of(name, lang)).encode()) < 300_000
