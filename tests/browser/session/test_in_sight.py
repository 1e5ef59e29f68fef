"""Nothing that matters is out of sight or of reach: focus, notices, narrow pages, full cells."""

from __future__ import annotations

import re
from functools import cache

import pytest
from playwright.sync_api import expect

from tests.browser.window import eventually, go_to, resize
from workbook.i18n import languages

ENGAGEMENT = "maison-lorient"
STEPS = ["start", "experience", "technology", "executive_sponsor", "review"]
TABS = ["map", "findings", "actions", "agenda", "leaving", "signoff"]
STICKS_OUT = """() => [...document.querySelectorAll(".owb-session *")]
  .filter((one) => !one.closest(".scroll, .map-frame, [hidden]"))
  .filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.height && box.right > document.documentElement.clientWidth + 1;
  }).map((one) => `${one.tagName}.${one.className}`)"""


def assert_nothing_sticks_out(page):
    eventually(lambda: page.evaluate(STICKS_OUT), [])


@pytest.fixture
def at(voila, visit):
    def open_step(step, language="en", *, engagement=ENGAGEMENT, **options):
        query = {"engagement": engagement, "step": step, "lang": language}
        return visit(voila.url(actor="Marie", **query), **options)

    return open_step


@pytest.fixture(scope="module")
def same(voila, visits):
    """A page for each language, with which tests go on: at a step, in a window of this width."""

    @cache
    def opened(language):
        return visits(voila.url(engagement=ENGAGEMENT, step="start", lang=language, actor="Marie"))

    def go(step, language="en", width=1440):
        page = opened(language)
        resize(page, width)
        go_to(page, STEPS.index(step))
        return page

    return go


def promotions(page):
    card = page.locator("[data-key=promotions]")
    if "now" not in card.get_attribute("class"):
        card.locator(".card-toggle").click()
    return card


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_screen_fits_a_page_that_is_zoomed_in(same, language):
    page = same("start", language)
    for width in (640, 320):  # a window of 1280 at 200 % and 400 %
        resize(page, width)
        assert_every_screen_fits(page)


def assert_every_screen_fits(page):
    for place in range(5):
        go_to(page, place)
        expect(page.locator("h1")).to_be_in_viewport()
        assert_nothing_sticks_out(page)
    for tab in TABS:
        page.locator(f"[data-tab={tab}]").click()
        page.locator(f".panel-{tab}").wait_for()
        assert_nothing_sticks_out(page)
    page.locator(".big-score").first.click()
    page.get_by_role("dialog").wait_for()
    assert_nothing_sticks_out(page)
    page.keyboard.press("Escape")


def test_the_choice_of_engagements_fits_a_tablet_and_a_phone(at):
    page = at("start", "fr", engagement="", width=820)
    for width in (820, 390):
        resize(page, width)
        assert_nothing_sticks_out(page)
        expect(page.locator(".main")).to_have_js_property("clientWidth", width)


def test_the_focus_returns_to_the_field_that_somebody_new_was_made_for(same):
    card = promotions(same("experience"))
    deputy = card.get_by_role("combobox", name="Deputy")
    deputy.fill("Zoé Petit, DSI")
    for key in ("ArrowUp", "Enter", "Enter"):
        card.page.keyboard.press(key)
    expect(deputy).to_have_value("Zoé Petit")
    expect(deputy).to_be_focused()


def test_the_focus_stays_near_a_button_that_goes_away(same):
    page = same("experience")
    card = promotions(page)
    card.get_by_role("button", name="Decide for").first.focus()
    page.keyboard.press("Enter")
    expect(card.locator("header")).to_contain_text("decided")
    expect(card.get_by_role("combobox", name="Accountable")).to_be_focused()
    page.get_by_role("button", name="What if?").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Discard").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".trial")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_focus_does_not_fall_off_a_button_that_is_switched_off(at):
    page = at("experience", engagement="northgate-home")
    card = promotions(page)
    card.get_by_role("button", name="Discuss later").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_enabled()
    undo.focus()
    page.keyboard.press("Enter")
    expect(undo).to_be_disabled()
    expect(page.get_by_role("button", name="Redo")).to_be_focused()


def test_what_cannot_be_done_is_said_where_one_looks(same):
    page = same("start")
    row = page.get_by_role("row", name=re.compile("Ana Ruiz")).first
    row.get_by_role("button", name="Remove Ana Ruiz").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Ana Ruiz is named in")
    expect(notice).to_be_in_viewport(ratio=1)


def test_a_fault_of_the_program_is_said_and_goes_with_the_next_thing_done(same):
    page = same("experience")
    # No press sends this: a command that lacks what it is about.
    page.evaluate("document.querySelector('.owb-host').__k.__k[0].props.model.send({do: 'decide'})")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Something went wrong")
    page.wait_for_timeout(1500)
    expect(alert).to_contain_text("What was saved is safe")
    page.locator(".steps button").nth(2).click()
    expect(alert).to_have_count(0)


def test_while_something_is_tried_the_sign_says_that_nothing_is_recorded(same):
    page = same("technology")
    page.get_by_role("button", name="What if?").click()
    sign = page.locator("[data-saved]")
    expect(sign).to_have_attribute("data-saved", "trying")
    page.locator(".main").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    expect(page.locator(".trial")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Discard").click()
    expect(sign).not_to_have_attribute("data-saved", "trying")


def test_the_lead_of_a_team_is_named_where_it_is_missed(same):
    page = same("experience")
    card = promotions(page)
    card.get_by_role("combobox", name="Accountable").fill("Équipe Prix")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    card.get_by_role("radio", name="Team").check(force=True)
    card.get_by_role("button", name="Add", exact=True).click()
    expect(card.locator("header")).to_contain_text("no lead")
    card.get_by_role("combobox", name="Lead").fill("Ana Ruiz")
    page.keyboard.press("Enter")
    expect(card.locator("header")).to_contain_text("lead Ana Ruiz")


@pytest.mark.parametrize("language", languages())
def test_tabs_stand_on_one_line(same, language):
    page = same("review", language, width=1280)
    tops = "tabs => tabs.map((tab) => tab.offsetTop)"
    eventually(lambda: len(set(page.get_by_role("tab").evaluate_all(tops))), 1)


def test_no_letter_of_a_full_cell_hides_another(same):
    page = same("review", width=1280)
    cell = page.locator("tr[data-row=order_updates] td.cell").first
    cell.focus()
    for key in ("Delete", *"arci"):
        page.keyboard.press(key)
    expect(cell).to_have_text("ARCI")
    inside, *boxes = cell.evaluate(
        """(cell) => {
          const box = ({ left, top, right, bottom }) => [left, top, right, bottom];
          const all = [...cell.querySelectorAll(".role")];
          return [cell, ...all].map((one) => box(one.getBoundingClientRect()));
        }"""
    )
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert inside[0] <= left < right <= inside[2]
        assert inside[1] <= top < bottom <= inside[3]
        for other in boxes[place + 1 :]:
            apart = other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top
            assert apart


def test_a_map_without_anybody_says_what_to_do(voila, visit):
    page = visit(voila.url(lang="en", actor="Marie"))
    page.get_by_role("textbox", name="Organisation").fill("Brand new")
    page.locator("input[type=date]").fill("2027-09-30")
    page.locator(".options-large input").first.check()
    page.get_by_role("checkbox", name="B2C (consumers)").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("30 September 2027")).to_be_visible()
    page.locator(".steps button").nth(4).click()
    page.get_by_role("button", name="Add people").click()
    expect(page.get_by_role("heading", name="What is it about?")).to_be_focused()
