"""What is typed is what is stored: at any speed, with others at work, through reloads and cuts."""

from __future__ import annotations

import json
import random
import re
from functools import cache

import pytest
from playwright.sync_api import expect

from tests.browser.session.conftest import LIVE
from tests.browser.window import eventually
from workbook.workspace import Workspace

ENGAGEMENT = "northgate-home"
SPEEDS = {"en": (30, 90, 150, 250), "fr": (60, 150)}
DATES = {"en": "{d:02}/{m:02}/{y}", "fr": "{d}.{m}.{y}"}


@pytest.fixture
def at(voila, visit):
    def open_step(step, *, engagement=ENGAGEMENT, language="en", actor="Marie", **options):
        query = {"engagement": engagement, "step": step, "lang": language, "actor": actor}
        return visit(voila.url(**query), **options)

    return open_step


@pytest.fixture(scope="module")
def same(voila, visits):
    """A page of each kind, with which tests go on that leave it fit for the next."""

    def open_step(step, engagement=ENGAGEMENT, actor="Marie"):
        query = {"engagement": engagement, "step": step, "lang": "en", "actor": actor}
        return visits(voila.url(**query))

    return cache(open_step)


@pytest.fixture
def stored(voila):
    """What the store holds now, read by another program."""

    def read(engagement=ENGAGEMENT):
        return Workspace.at(voila.home).open(engagement).engagement

    return read


def saved(page):
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")


def card(page, key):
    found = page.locator(f"[data-key={key}]")
    if "now" not in found.get_attribute("class"):
        found.locator(".card-toggle").click()
    expect(found).to_have_class(re.compile(r"\bnow\b"))
    return found


def replace(field, text, delay):
    field.click()
    field.press("Control+a")
    field.press_sequentially(text, delay=delay)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_date_is_stored_as_typed_at_any_speed_while_another_person_works(
    at, same, stored, language
):
    page, other = at("start", language=language), same("start", actor="Paul")
    field = page.get_by_label("Go-live" if language == "en" else "Mise en service", exact=True)
    sector = other.get_by_label("Sector")
    chance = random.Random(7)  # noqa: S311 - a robot, not a secret
    for pause in SPEEDS[language]:
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2027, 2031)
        replace(field, "", 0)
        for letter in DATES[language].format(d=day, m=month, y=year):
            field.press_sequentially(letter)
            page.wait_for_timeout(pause)
            sector.fill(f"Retail {chance.random()}")
        field.press("Enter")
        saved(page)
        assert stored().programme.go_live.isoformat() == f"{year}-{month:02}-{day:02}"


def test_texts_are_stored_as_typed_while_another_person_writes_elsewhere(at, stored):
    engagement = "atelier-belval"
    page, other = (at("start", engagement=engagement, actor=who) for who in ("Marie", "Paul"))
    title = other.locator("table.people input").first
    for turn, speed in enumerate(SPEEDS["fr"]):
        name = f"Nº {turn}, phase two"
        replace(page.get_by_label("Name of the programme"), name, speed)
        title.fill(f"CTO {turn}")
        replace(page.get_by_label("Employees"), str(1200 + turn), speed)
        page.get_by_label("Sector").click()
        saved(page)
        assert stored(engagement).programme.name == name
        assert stored(engagement).organisation.employees == 1200 + turn


def test_nothing_is_written_into_the_field_that_has_the_focus(same):
    page, other = same("start"), same("start", actor="Paul")
    name = page.get_by_label("Name of the programme")
    name.click()
    other.get_by_label("Name of the programme").fill("Written by Paul")
    other.get_by_label("Sector").click()
    expect(page.get_by_text("Somebody else wrote meanwhile: Written by Paul")).to_be_visible()
    expect(name).not_to_have_value("Written by Paul")
    page.get_by_label("Sector").click()
    expect(name).to_have_value("Written by Paul")


def test_half_a_date_is_not_recorded_and_says_how_to_write_it(same, stored):
    page = same("start")
    before = stored().programme.go_live
    field = page.get_by_label("Go-live", exact=True)
    for half in ("30/0", "31/02/2028", "12/2028", "01/01/1020"):
        replace(field, half, 30)
        expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "typing")
        field.press("Enter")
        expect(page.locator(".date [role=alert]")).to_contain_text("Write it as 30/09/2027")
    assert stored().programme.go_live == before
    field.press("Escape")
    expect(field).to_have_value(before.strftime("%d/%m/%Y"))
    replace(field, "", 0)
    field.press("Backspace")
    field.press("Enter")
    expect(page.locator(".date [role=alert]")).to_contain_text("This is needed")
    expect(field).to_have_value(before.strftime("%d/%m/%Y"))


def test_a_date_is_read_in_the_forms_that_people_write(same, stored):
    page = same("start")
    field = page.get_by_label("Go-live", exact=True)
    forms = ("{d} sep {y}", "{d}.9.28", "{y}-09-{d:02}", "{d:02}09{y}", "{d} September {y}")
    for day, form in enumerate(forms, 5):  # each another day: what stands there is read just now
        replace(field, form.format(d=day, y=2028), 30)
        field.press("Tab")
        expect(field).to_have_value(f"{day:02}/09/2028")
        saved(page)
        assert stored().programme.go_live.isoformat() == f"2028-09-{day:02}"


def test_dates_that_contradict_each_other_are_said_at_once(at):
    page = at("start", engagement="maison-lorient")
    start = page.get_by_label("Start date", exact=True)
    replace(start, "01/01/2090", 30)
    start.press("Enter")
    expect(page.get_by_text("lies after go-live")).to_be_visible()


def test_a_name_that_was_typed_and_highlighted_is_taken_by_tab(same):
    page = same("experience", engagement="maison-lorient")
    owner = card(page, "promotions").get_by_role("combobox", name="Accountable")
    owner.fill("ana")
    page.keyboard.press("Tab")
    expect(owner).to_have_value("Ana Ruiz")
    expect(owner).not_to_be_focused()
    expect(page.locator("[data-key=promotions] header")).to_contain_text("Ana Ruiz")


def test_after_a_wrong_pick_another_name_replaces_it(same):
    page = same("experience", engagement="maison-lorient")
    owner = card(page, "future_needs").get_by_role("combobox", name="Accountable")
    owner.fill("ana")
    page.keyboard.press("Enter")
    expect(owner).to_have_value("Ana Ruiz")
    page.keyboard.type("vac")
    expect(owner).to_have_value("vac")
    page.keyboard.press("Enter")
    expect(owner).to_have_value("Vacant post")


def test_a_name_that_nobody_has_stays_and_says_that_it_is_not_recorded(same):
    page = same("experience", engagement="maison-lorient")
    owner = card(page, "customer_complaints").get_by_role("combobox", name="Accountable")
    owner.fill("Nobody we kn")
    page.get_by_role("heading", level=1).click()
    expect(owner).to_have_value("Nobody we kn")
    expect(page.get_by_role("alert")).to_contain_text("Not recorded")
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "typing")


def test_a_text_that_is_half_typed_when_the_page_is_reloaded_is_there_again(at):
    page = at("experience")
    card(page, "promotions").locator("details").evaluate("details => { details.open = true; }")
    note = page.locator("[data-key=promotions]").get_by_label("Note")
    note.press_sequentially("Agreed by all on Monday", delay=20)
    page.reload()
    page.wait_for_selector(LIVE)
    note = card(page, "promotions").get_by_label("Note")
    expect(note).to_have_value("Agreed by all on Monday")


def test_what_was_said_to_a_dead_kernel_is_offered_again(voila, at, stored):
    page = at("experience")
    config = page.locator("#jupyter-config-data").text_content()
    voila.kill_kernel(json.loads(config)["kernelId"])
    mine = card(page, "promotions")
    owner = mine.get_by_role("combobox", name="Accountable")
    owner.fill("vacant")
    page.keyboard.press("Enter")
    # It is long ago: no mere interruption of a reload.
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 11000; }")
    page.get_by_role("button", name="Carry on").click()
    offer = page.locator(".recovery")
    expect(offer).to_be_visible(timeout=30000)
    expect(offer).to_contain_text("Promotions")
    offer.get_by_role("button", name="Recover").click()
    expect(page.locator("[data-key=promotions] header")).to_contain_text("Vacant post")
    saved(page)
    assert stored().standing_decisions()["promotions"].owner == "vacant"
    expect(offer).to_have_count(0)
    unsaved = "Object.keys(localStorage).filter((key) => /unsaved/.test(key))"
    eventually(lambda: page.evaluate(unsaved), [])


def test_a_double_click_begins_one_engagement_and_signs_off_once(voila, visit):
    page = visit(voila.url(lang="en", actor="Marie"))
    page.get_by_role("textbox", name="Organisation").fill("Dbl Ltd")
    page.get_by_label("Go-live", exact=True).fill("30/09/2027")
    page.locator(".options-large input").first.check()
    page.get_by_label("B2C (consumers)").check()
    page.get_by_role("button", name="Begin", exact=True).dblclick()
    expect(page).to_have_url(re.compile("engagement=dbl-ltd"))
    page.wait_for_timeout(500)
    keys = [one.key for one in Workspace.at(voila.home).engagements()]
    assert [key for key in keys if key.startswith("dbl")] == ["dbl-ltd"]
    page = visit(voila.url(engagement=ENGAGEMENT, step="review", tab="signoff", lang="en"))
    page.get_by_role("button", name="Sign off").dblclick()
    expect(page.locator(".panel-signoff form + .plain li")).to_have_count(1)
    page.wait_for_timeout(500)
    expect(page.get_by_role("alert")).to_have_count(0)
    button = page.get_by_role("button", name="What if?")
    button.dblclick()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_one_undo_takes_back_a_whole_text_that_was_typed_with_pauses(at, stored):
    page = at("start", engagement="atelier-belval", actor="Undo")
    name = page.get_by_label("Name of the programme")
    before = name.input_value()
    name.click()
    name.press("End")
    for part in (", phase", " two", " of three"):
        name.press_sequentially(part)
        page.wait_for_timeout(700)
    page.get_by_label("Sector").click()
    saved(page)
    assert stored("atelier-belval").programme.name == f"{before}, phase two of three"
    page.get_by_role("button", name="Undo", exact=False).click()
    expect(name).to_have_value(before)
    saved(page)
    assert stored("atelier-belval").programme.name == before
