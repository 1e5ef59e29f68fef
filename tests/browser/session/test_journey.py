"""The whole journey, typed: begin, describe, decide, answer, review, sign off; then reload."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, locator, limit=90):
    """Walk with Tab until the element has the focus; a keyboard user has no other way."""
    for _ in range(limit):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} cannot be reached with Tab")


def step(page, name):
    return page.get_by_role("navigation").get_by_role("button", name=re.compile(name))


def saved(page):
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")


def test_a_facilitator_types_the_whole_session(voila, visit):  # noqa: PLR0915 - one journey
    page = visit(voila.url(lang="en", actor="Marie"))

    # Begin.
    tab_to(page, page.get_by_role("textbox", name="Organisation"))
    page.keyboard.type("Étoile du Nord")
    tab_to(page, page.locator(".options-large input").first)
    press(page, "Space")
    tab_to(page, page.get_by_role("checkbox", name="B2C (consumers)"))
    press(page, "Space")
    tab_to(page, page.get_by_label("Go-live", exact=True))
    page.keyboard.type("31/02/2027")
    page.reload()
    page.wait_for_selector(".owb-session")
    expect(page.get_by_role("textbox", name="Organisation")).to_have_value("Étoile du Nord")
    expect(page.get_by_text("Still needed: Go-live")).to_be_visible()
    tab_to(page, page.get_by_label("Go-live", exact=True))
    page.keyboard.type("30/09/2027")
    tab_to(page, page.get_by_role("checkbox", name="CRM"))
    press(page, "Space")
    tab_to(page, page.get_by_role("button", name="Begin", exact=True))
    press(page, "Enter")
    expect(page.get_by_role("heading", name="What is it about?")).to_be_visible()
    expect(page).to_have_url(re.compile("engagement=etoile-du-nord"))

    # People from a spreadsheet.
    tab_to(page, page.get_by_role("button", name="Import a list").last, 140)
    press(page, "Enter")
    paste = page.get_by_label("Or paste it here")
    expect(paste).to_be_focused()
    paste.fill("Name\tTitle\nAna Ruiz\tCustomer Service Manager\nBo Li\tCTO")
    add = page.get_by_role("button", name="Take over 2 people")
    expect(add).to_be_visible()
    tab_to(page, add)
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Ana Ruiz")).to_be_visible()

    # An owner by title, a deputy made on the spot, how sure, and the next card.
    tab_to(page, step(page, "Experience"), 200)
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Who owns the experience?")).to_be_focused()
    owner = page.locator(".card.now").get_by_role("combobox", name="Accountable")
    tab_to(page, owner)
    page.keyboard.type("customer service")
    press(page, "Enter")
    card = page.locator("[data-key=product_assortment]")
    expect(card.locator("header")).to_contain_text("Ana Ruiz · decided")
    press(page, "Tab")
    page.keyboard.type("Zoé Petit, DSI")
    press(page, "ArrowUp", "Enter")
    expect(page.get_by_label("Job title")).to_have_value("DSI")
    press(page, "Enter")
    expect(card.get_by_role("combobox", name="Deputy")).to_have_value("Zoé Petit")
    tab_to(page, card.get_by_role("radio", name="Guess"))
    press(page, "ArrowRight")
    expect(card.get_by_role("radio", name="Fairly")).to_be_checked()
    press(page, "Alt+ArrowDown")
    expect(page.locator(".card.now")).to_have_attribute("data-key", "inventory_visibility")

    # Not applicable with its reason, and taken back again.
    second = page.locator("[data-key=inventory_visibility]")
    tab_to(page, second.get_by_role("button", name="Not applicable"))
    press(page, "Enter")
    page.keyboard.type("made to order")
    press(page, "Enter")
    expect(second.locator("header")).to_contain_text("Not applicable")
    expect(second).to_contain_text("made to order")
    press(page, "Control+z")
    expect(second.locator("header")).to_contain_text("Not yet owned")
    saved(page)

    # A conditional question.
    tab_to(page, step(page, "Executive sponsor"), 200)
    press(page, "Enter")
    cadence = page.locator("[data-key=checkpoint_cadence]")
    tab_to(page, cadence.get_by_role("radio").first, 200)
    press(page, "ArrowRight", "ArrowRight", "ArrowRight")
    expect(page.locator("[data-key=checkpoint_calendar]")).to_be_visible()

    # The review and the map by its letters.
    tab_to(page, step(page, "Review"), 200)
    press(page, "Enter")
    cell = page.locator("td.cell[tabindex='0']")
    tab_to(page, cell)
    press(page, "ArrowDown", "ArrowDown", "a")
    row = page.locator("tr[data-row=promotions]")
    expect(row.locator(".role-A")).to_be_visible()
    expect(row.locator("th")).to_contain_text("decided")
    saved(page)

    # Reload resumes exactly.
    page.reload()
    page.wait_for_selector(".owb-session")
    expect(step(page, "Review")).to_have_attribute("aria-current", "step")
    expect(page.locator("tr[data-row=promotions] .role-A")).to_be_visible()


def test_the_language_changes_and_nothing_typed_is_lost(voila, visit):
    page = visit(voila.url(engagement="tidewater-outdoor", step="experience", lang="en"))
    page.locator("[data-key=promotions] .card-toggle").click()
    page.locator("[data-key=promotions] summary").click()
    note = page.locator("[data-key=promotions]").get_by_label("Note")
    note.fill("half a sent")
    page.get_by_role("radio", name="FR").check(force=True)
    expect(page.get_by_role("heading", name="Qui porte l’expérience ?")).to_be_visible()
    expect(page.locator("[data-key=promotions]").get_by_label("Note")).to_have_value("half a sent")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("aside")).to_contain_text(re.compile(r"\d,\d"))


# What the group shows, frame by frame, from two quick presses until the last answer is there.
PRESSED_TWICE = """async (group) => {
  const [first, second] = [...group.querySelectorAll("input:not(:checked)")];
  const shown = () => [...group.querySelectorAll("input")].findIndex((input) => input.checked);
  const frame = () => new Promise(requestAnimationFrame);
  const place = (input) => [...group.querySelectorAll("input")].indexOf(input);
  const seen = [];
  first.click();
  await new Promise((later) => setTimeout(later, 5));
  seen.push(shown() - place(first));
  second.click();
  const until = performance.now() + 800;
  while (performance.now() < until) { seen.push(shown() - place(second)); await frame(); }
  return seen;
}"""


def test_a_choice_stands_from_the_moment_it_is_pressed(voila, visit):
    page = visit(voila.url(engagement="tidewater-outdoor", step="experience", lang="en"))
    page.locator("[data-key=promotions] .card-toggle").click()
    group = page.locator("[data-key=promotions]").get_by_role("group", name="How sure")
    for _ in range(5):
        strays = [place for place in group.evaluate(PRESSED_TWICE) if place]
        assert not strays
    saved(page)


def test_why_opens_every_number_and_gives_the_focus_back(voila, visit):
    page = visit(voila.url(engagement="tidewater-outdoor", step="experience", lang="en"))
    number = page.get_by_role("button", name=re.compile("Why. Experience: "))
    number.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("row")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(number).to_be_focused()


def test_what_is_tried_can_be_dropped(voila, visit):
    page = visit(voila.url(engagement="tidewater-outdoor", step="experience", lang="en"))
    before = page.locator(".big").first.inner_text()
    page.get_by_role("button", name="What if?").click()
    card = page.locator("[data-key=promotions]")
    card.locator(".card-toggle").click()
    card.get_by_role("combobox", name="Accountable").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.locator(".trial")).to_contain_text("becomes")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".trial")).to_have_count(0)
    expect(page.locator(".big").first).to_have_text(before)
