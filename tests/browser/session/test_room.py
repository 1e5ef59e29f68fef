"""For the whole room: one thing at a time, the map on the whole screen, the reveal, reasons."""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.session.test_accessible import assert_accessible
from tests.browser.window import eventually, go_to, resize

ENGAGEMENT = "maison-lorient"
STEPS = ["start", "experience", "technology", "executive_sponsor", "review"]
ONE_AT_A_TIME = re.compile("One thing at a time|Une chose à la fois")
BELOW_THE_FOLD = """() => [".app > nav", ".main", ".app > aside", ".focused-body"]
  .map((name) => document.querySelector(name))
  .filter((part) => part.scrollHeight > part.clientHeight + 1
    || part.getBoundingClientRect().bottom > window.innerHeight + 1)
  .map((part) => part.className || part.tagName)"""
SCROLLS = "f => f.scrollHeight > f.clientHeight || f.scrollWidth > f.clientWidth"
WHOLE = """all => all.every((n) => n.scrollHeight <= n.clientHeight + 1
  && n.scrollWidth <= n.clientWidth + 1)"""
IN_ONE_ROW = """all => {
  const ends = all.map((one) => one.getBoundingClientRect().bottom);
  return Math.max(...ends) - Math.min(...ends) < 4;
}"""
ROWS, PEOPLE = 25, 12


@pytest.fixture
def at(voila, visit):
    def open_step(step, language="en", *, engagement=ENGAGEMENT, **options):
        query = {"engagement": engagement, "step": step, "lang": language}
        return visit(voila.url(actor="Marie", **query), **options)

    return open_step


@pytest.fixture(scope="module")
def same(voila, visits, workshop):  # noqa: ARG001 - some are about its engagement
    """A page for each engagement and language, with which tests go on; it shows everything."""

    @cache
    def opened(language, engagement):
        query = {"engagement": engagement, "step": "start", "lang": language}
        return visits(voila.url(actor="Marie", **query))

    def go(step, language="en", *, engagement=ENGAGEMENT, width=1440, height=980):
        page = opened(language, engagement)
        resize(page, width, height)
        if page.get_by_role("button", name=ONE_AT_A_TIME, pressed=True).count():
            page.keyboard.press("Alt+Shift+F")
        go_to(page, STEPS.index(step))
        return page

    return go


def project(page, language="en"):
    names = {"en": "Projector size", "fr": "Taille vidéoprojecteur"}
    page.get_by_role("button", name=names[language]).click()
    page.locator(".focused").wait_for()


def test_nothing_of_a_subject_on_a_projector_is_below_the_fold(at):
    page = at("experience", "fr", width=1280)
    project(page, "fr")
    for _ in range(9):
        for width, height in ((1280, 720), (1440, 900)):
            resize(page, width, height)
            eventually(lambda: page.evaluate(BELOW_THE_FOLD), [])
            expect(page.locator(".focused > .row .primary")).to_be_in_viewport(ratio=1)
        before = page.locator(".focused > header").inner_text()
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator(".focused > header")).not_to_have_text(before, use_inner_text=True)


def test_a_name_and_two_keys_decide_a_subject_and_bring_the_next(at):
    page = at("experience")
    project(page)
    title = page.locator(".focused h2")
    before = title.inner_text()
    expect(page.get_by_role("combobox", name="Accountable")).to_be_focused()
    page.keyboard.type("Inès Carrel")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(title).not_to_have_text(before)
    expect(page.locator("aside h2", has_text="What changed")).to_be_visible()
    page.keyboard.press("Alt+ArrowUp")
    expect(title).to_have_text(before)
    expect(page.get_by_role("combobox", name="Accountable")).to_have_value("Inès Carrel")


def test_a_key_shows_one_thing_or_everything_and_the_choice_is_remembered(same):
    page = same("experience")
    expect(page.locator(".focused")).to_have_count(0)
    page.keyboard.press("Alt+Shift+F")
    page.locator(".focused").wait_for()
    page.reload()
    page.locator(".focused").wait_for()
    page.keyboard.press("Alt+Shift+F")
    expect(page.locator(".card").first).to_be_visible()


def test_the_way_through_an_area_passes_its_questions_and_goes_on(same):
    page = same("experience")
    page.keyboard.press("Alt+Shift+F")
    count = page.locator(".focused > header .num")
    first, total = map(int, re.findall(r"\d+", count.inner_text()))
    for number in range(first + 1, total + 1):
        page.keyboard.press("Alt+ArrowDown")
        expect(count).to_contain_text(f"{number} of")
    expect(page.locator(".focused .question")).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[aria-current=step]")).to_contain_text("Technology")


def test_what_helps_leads_to_its_subject_there_too(same):
    page = same("review")
    page.keyboard.press("Alt+Shift+F")
    page.locator("aside .todo button", has_text="ERP").first.click()
    expect(page.locator(".focused h2")).to_contain_text(re.compile("ERP|When will it be ready"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_map_is_on_the_screen_problems_first(same, workshop, language):
    page = same("review", language, engagement=workshop, height=900)
    page.get_by_role("button", name=re.compile("Full screen|Plein écran")).click()
    stage = page.get_by_role("dialog")
    expect(stage.locator("tbody tr")).to_have_count(ROWS)
    expect(stage.locator("thead .party")).to_have_count(PEOPLE)
    eventually(lambda: stage.locator(".map-frame").evaluate(SCROLLS), expected=False)
    expect(stage.locator("tbody tr").first).to_have_class(re.compile("state-orphan"))
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    eventually(lambda: stage.locator(".map-title").first.evaluate(size) >= 15)
    for names in (stage.locator("thead .party span"), stage.locator(".map-title")):
        eventually(partial(names.evaluate_all, WHOLE))
    key = stage.locator("tbody tr").first.get_attribute("data-row")
    cell = f"tr[data-row={key}] td.cell >> nth=3"
    stage.locator(cell).click()
    expect(stage.locator(cell).locator(".role-A")).to_have_count(1)
    expect(stage.locator("tbody tr").first).to_have_class(re.compile("state-owned"))  # it stays
    page.keyboard.press("Escape")
    expect(page.locator(".map-tools")).to_be_visible()
    page.locator(".nav-foot [data-repeats]").first.click()  # the next test finds it as it was
    expect(page.locator(cell).locator(".role-A")).to_have_count(0)
    expect(page.locator("tr.state-orphan")).to_have_count(1)
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")


def test_all_of_a_large_company_fits_into_one_screen_too(same):
    page = same("review", "fr", height=900)
    page.get_by_role("button", name="Plein écran").click()
    frame = page.locator(".stage .map-frame")
    eventually(lambda: frame.locator("tbody tr").count() > ROWS)
    eventually(lambda: frame.evaluate(SCROLLS), expected=False)
    page.keyboard.press("Escape")


def test_the_switches_beside_the_steps_stand_in_one_row(same):
    page = same("experience", "fr")
    for width in (1440, 1024):
        resize(page, width, 900)
        switches = page.locator(".app > nav > .switches > *")
        eventually(partial(switches.evaluate_all, IN_ONE_ROW))


@pytest.mark.parametrize("engagement", ["twelve", ENGAGEMENT])
def test_the_map_prints_on_one_page(same, engagement):
    page = same("review", "fr", engagement=engagement)
    page.locator("table.grid tbody tr").first.wait_for()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_subjects_are_revealed_one_after_the_other(same):
    page = same("review")
    page.emulate_media(reduced_motion="reduce")
    headline = page.locator("h1").inner_text()
    page.get_by_role("button", name="Reveal").click()
    tiles = page.locator(".reveal-tile")
    veiled = page.locator(".reveal-tile.veiled")
    expect(veiled).to_have_count(tiles.count())
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(veiled).to_have_count(tiles.count() - 2)
    expect(page.locator(".stage [role=status]")).to_contain_text(
        tiles.nth(1).locator("strong").inner_text()
    )
    page.keyboard.press("ArrowLeft")
    expect(veiled).to_have_count(tiles.count() - 1)
    expect(page.locator(".stage h2")).not_to_have_text(headline)
    page.keyboard.press("End")
    expect(veiled).to_have_count(0)
    expect(page.locator(".stage h2")).to_have_text(headline)
    tally = page.locator(".tally b")
    eventually(lambda: sum(map(int, tally.all_inner_texts())), tiles.count())
    moves = "t => parseFloat(getComputedStyle(t).transitionDuration)"
    assert tiles.first.evaluate(moves) < 0.01
    page.keyboard.press("Escape")
    expect(page.locator(".stage")).to_have_count(0)


def test_the_reasons_begin_with_a_waterfall_and_scroll_by_keyboard(same):
    page = same("experience")
    page.locator(".big-score").first.click()
    sheet = page.get_by_role("dialog")
    expect(sheet.locator(".waterfall li")).to_have_count(6)
    ends = sheet.locator(".waterfall i:last-child").evaluate_all(
        "all => all.map((i) => i.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    *steps, total = ends
    assert all(abs(a[1] - b[0]) < 1.5 for a, b in pairwise(steps))
    assert abs(total[1] - steps[-1][1]) < 1.5
    page.keyboard.press("PageDown")
    page.wait_for_function("document.querySelector('dialog.sheet').scrollTop > 0")
    page.keyboard.press("Escape")


def test_rows_of_a_question_stand_in_columns_with_one_menu_each(same):
    page = same("technology", "fr")
    rows = page.locator(".instances").first.locator(".instance")
    menus = rows.locator(".state-menu")
    assert menus.count() == rows.count() > 2
    lefts = "all => all.map((m) => Math.round(m.getBoundingClientRect().left))"
    eventually(lambda: len(set(menus.evaluate_all(lefts))), 1)
    menus.first.select_option("unknown")
    expect(rows.first.locator(".chip")).to_contain_text("Personne ne sait")
    menus.first.select_option("")
    expect(rows.first.locator(".chip")).not_to_contain_text("Personne ne sait")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_axe_finds_nothing_where_the_whole_room_looks(at, language, theme):
    page = at("technology", language, color_scheme=theme, reduced_motion="reduce")
    page.keyboard.press("Alt+Shift+F")
    page.locator(".focused").wait_for()
    assert_accessible(page)
    for _ in range(10):
        page.keyboard.press("Alt+ArrowDown")
    page.locator(".focused .question, .focused .instances").first.wait_for()
    assert_accessible(page)
    page.locator(".big-score").first.click()
    page.get_by_role("dialog").locator("summary").click()
    page.get_by_role("dialog").locator("details[open]").wait_for()
    assert_accessible(page)
    page.keyboard.press("Escape")
    go_to(page, 4)
    for button in page.locator(".map-top > .row > .btn").all()[:2]:
        button.click()
        page.locator(".stage").wait_for()
        page.keyboard.press("ArrowRight")
        assert_accessible(page)
        page.emulate_media(forced_colors="active")
        assert_accessible(page)
        page.emulate_media(forced_colors="none")
        page.keyboard.press("Escape")
        expect(page.locator(".stage")).to_have_count(0)
