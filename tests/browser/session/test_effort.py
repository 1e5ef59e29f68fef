"""What a whole session costs its facilitator: presses and keys, from the home page to the report.

Every press is made with the keyboard and counts as the one click that a mouse would need; keys that
are typed are counted too, a pasted list as the two of Ctrl+V.
"""

from __future__ import annotations

import logging
import re

import pytest
from playwright.sync_api import expect

from tests.browser.window import eventually
from workbook.workspace import Workspace

LOG = logging.getLogger(__name__)
MOST_PRESSES, MOST_KEYS = 70, 400
REACHED = "e => !e.disabled && (e.tabIndex >= 0 || e.role === 'tab')"
PEOPLE = (
    "Amelia Frost\tVP of Ecommerce",
    "Bruno Keller\tCTO",
    "Chloe Nash\tCustomer Service Manager",
    "Derek Olsen\tCFO",
    "Elena Petrov\tCEO",
    "Farid Quist\tCMO",
    "Greta Rhodes\tHead of Operations",
    "Hugo Stein\tIT Director",
    "Iris Tanner\tChief Digital Officer",
)
LETTERS = ("am", "br", "ch", "de", "el", "fa", "gr", "hu", "ir")
OWNERS = {
    "experience": ("am", "ch", "gr"),
    "technology": ("br", "hu"),
    "executive_sponsor": LETTERS,
}


class Hand:
    """Presses and types as a person without a mouse does, and counts."""

    def __init__(self, page):
        self.page, self.presses, self.keys = page, 0, 0

    def press(self, locator):
        """Press what can be reached with Tab or, among choices or tabs, with arrows."""
        eventually(lambda: locator.evaluate(REACHED))
        locator.focus()
        chooses = locator.get_attribute("type") in ("radio", "checkbox")
        self.page.keyboard.press("Space" if chooses else "Enter")
        self.presses += 1

    def into(self, locator):
        """Go into a field, which a mouse would click."""
        locator.focus()
        self.presses += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)

    def key(self, *names):
        for name in names:
            self.page.keyboard.press(name)
            self.keys += name.count("+") + 1


def saved(page):
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved", timeout=30000)


def begin(page, hand):
    """The five questions, the people, and the seats."""
    hand.into(page.get_by_role("textbox", name="Organisation"))
    hand.type("Harrow")
    hand.press(page.locator(".options-large input").nth(1))
    hand.press(page.get_by_role("checkbox", name="B2C (consumers)"))
    hand.into(page.get_by_label("Go-live", exact=True))
    hand.type("30.9.27")
    for system in ("Product information", "Customer relations", "Content management"):
        hand.press(page.get_by_role("checkbox", name=system))
    hand.press(page.get_by_role("button", name="Begin", exact=True))
    hand.press(page.get_by_role("button", name="Import a list").last)
    expect(page.get_by_label("Or paste it here")).to_be_focused()
    page.keyboard.insert_text("\n".join(PEOPLE))
    hand.keys += 2
    hand.press(page.get_by_role("button", name=f"Take over {len(PEOPLE)} people"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Iris Tanner")).to_be_visible()


def decide_all(page, hand, owners):
    """Owner and deputy of every card, from one to the next, without leaving the keys."""
    cards = page.locator(".cards > .card")
    keys = cards.evaluate_all("cards => cards.map((card) => card.dataset.key)")
    hand.into(page.locator(".card.now [data-marker=owner] input"))
    for place, key in enumerate(keys):
        card = page.locator(f".card.now[data-key={key}]")
        expect(card.locator("[data-marker=owner] input")).to_be_focused()
        owner = owners[place % len(owners)]
        hand.type(owner)
        hand.key("Tab")
        hand.type(LETTERS[(LETTERS.index(owner) + 1) % len(LETTERS)])
        hand.key("Enter")
        expect(card.locator("header")).to_contain_text("decided")
        if key != keys[-1]:
            hand.key("Alt+ArrowDown")
    return len(keys)


def answer_all(page, hand):
    """The first choice of every question; a date where one is asked for."""
    groups = page.locator(".questions :is(.question:not(:has(.instances)), .instance)")
    for number in range(groups.count()):
        group = groups.nth(number)
        if group.locator(".seg input").count():
            hand.press(group.locator(".seg input").first)
        elif group.locator(".dates").count():
            hand.into(group.locator("input[type=number]"))
            hand.type("4")
            hand.key("Enter")
        elif group.locator(".date input:not([type=date])").count():
            hand.into(group.locator(".date input:not([type=date])"))
            hand.type("1.6.27")
            hand.key("Enter")


@pytest.mark.timeout(900)
def test_a_session_of_25_subjects_takes_70_presses_and_400_keys(voila, visit):
    page = visit(voila.url(lang="en", actor="Marie"))
    hand = Hand(page)
    begin(page, hand)
    subjects = 0
    for area, owners in OWNERS.items():
        hand.press(page.locator(".steps button").nth(list(OWNERS).index(area) + 1))
        expect(page).to_have_url(re.compile(f"step={area}"))
        subjects += decide_all(page, hand, owners)
        answer_all(page, hand)
    saved(page)
    hand.press(page.locator(".steps button").nth(4))
    hand.press(page.locator("[data-tab=signoff]"))
    page.locator(".owner").first.wait_for()
    for person in page.locator(".owner").evaluate_all("all => all.map((one) => one.dataset.owner)"):
        hand.press(page.locator(f"[data-owner={person}] .btn.primary"))
        expect(page.locator(f"[data-owner={person}]")).to_contain_text("Accepted")
    hand.press(page.get_by_role("button", name="Sign off", exact=True))
    expect(page.locator(".closing")).to_contain_text("Signed off")
    with page.expect_download() as download:
        hand.press(page.locator("[data-parcel=report-en]"))
    assert download.value.suggested_filename == "harrow-report.en.html"
    LOG.info("%d presses, %d keys, %d subjects", hand.presses, hand.keys, subjects)
    assert subjects >= 25
    assert hand.presses <= MOST_PRESSES
    assert hand.keys <= MOST_KEYS
    decisions = Workspace.at(voila.home).open("harrow").engagement.standing_decisions()
    assert len(decisions) == subjects
    assert all(decision.acceptance.state == "accepted" for decision in decisions.values())
