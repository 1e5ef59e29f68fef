"""A robot types like people, from 30 to 250 ms a key, while somebody else changes the same store.

`WORKBOOK_ROBOT=200` types two hundred fields, a run without it a handful; `--log-cli-level=INFO`
tells the figures. One `WORKBOOK_SEED` gives the same fields, texts and speeds again.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import random
import threading
import time

import pytest
from playwright.sync_api import expect

from workbook.workspace import Change, Workspace

LOG = logging.getLogger(__name__)
FIELDS = int(os.environ.get("WORKBOOK_ROBOT", "6"))
SEED = int(os.environ.get("WORKBOOK_SEED", "11"))
ENGAGEMENT = "maison-lorient"
SLOWEST, QUICKEST = 250, 30
WORDS = ("phase", "two", "Étoile", "org chart", "Nº 7", "ü", "as agreed", "minutes", "a, b; c")
CARDS = ("product_assortment", "inventory_visibility", "promotions", "order_updates")
OWN = frozenset(CARDS)


class Colleague(threading.Thread):
    """Somebody else at work on the same engagement: on everything but what the robot types."""

    def __init__(self, home, chance):
        super().__init__(daemon=True)
        self.session = Workspace.at(home).open(ENGAGEMENT, actor="Paul")
        self.chance, self.ended, self.changes, self.failed = chance, threading.Event(), 0, None
        points = [point.key for area in self.session.rules.areas for point in area.focal_points]
        self.subjects = [key for key in points if key not in OWN]
        self.people = [person.id for person in self.session.engagement.people]

    def run(self):
        try:
            while not self.ended.wait(self.chance.uniform(0.05, 0.4)):
                self.session.refresh()
                self.session.record(self._change())
                self.changes += 1
        except Exception as error:  # noqa: BLE001 - a thread's error is the test's to tell
            self.failed = error

    def _change(self):
        pick = self.chance.choice
        if self.chance.random() < 0.2:
            organisation = self.session.engagement.organisation.model_dump(
                mode="json", exclude_defaults=True
            )
            return Change(("organisation",), {**organisation, "sector": f"Retail {self.changes}"})
        note = {"owner": pick(self.people), "note": f"Paul’s note {self.changes}"}
        return Change(("decision", pick(self.subjects)), note)

    def stop(self):
        self.ended.set()
        self.join(30)
        if self.failed:
            raise self.failed


def text(chance):
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))


def date(chance):
    return dt.date(chance.randint(2027, 2031), chance.randint(1, 12), chance.randint(1, 28))


class Robot:
    """Types into fields of a page and remembers what must be stored."""

    def __init__(self, page, home, chance):
        self.page, self.home, self.chance = page, home, chance
        self.expected = {}
        people = Workspace.at(home).open(ENGAGEMENT).engagement.people
        self.names = {person.name: person.id for person in people}

    def type_a_field(self):
        """Choose a field, type into it, leave it in some way; returns its place."""
        kind = self.chance.choice(["programme", "go_live", "start", "note", "evidence", "owner"])
        if kind in ("note", "evidence", "owner"):
            key = self.chance.choice(CARDS)
            place, field, typed = (key, kind), self._on_card(key, kind), text(self.chance)
            if kind == "owner":
                typed = self.chance.choice(list(self.names))
                self.expected[place] = self.names[typed]
            else:
                self.expected[place] = typed
        else:
            place, field = ("programme", kind), self.fact(kind)
            day = date(self.chance)
            typed = text(self.chance) if kind == "programme" else day.strftime("%d/%m/%Y")
            self.expected[place] = typed if kind == "programme" else day
        self.type(field, typed)
        self._leave(field, typed)
        return place

    def fact(self, kind):
        self._step(0, ".leaf-start")
        labels = {"programme": "Name of the programme", "go_live": "Go-live", "start": "Start date"}
        return self.page.get_by_label(labels[kind], exact=True)

    def _on_card(self, key, kind):
        self._step(1, f"[data-key={key}]")
        card = self.page.locator(f"[data-key={key}]")
        if "now" not in card.get_attribute("class"):
            card.locator(".card-toggle").click()
        if kind == "owner":
            return card.get_by_role("combobox", name="Accountable")
        card.locator("details.more").evaluate("details => { details.open = true; }")
        return card.get_by_label("Note" if kind == "note" else "Evidence", exact=True)

    def _step(self, number, sight):
        self.page.locator(".steps button").nth(number).click()
        self.page.locator(sight).wait_for()

    def type(self, field, typed):
        field.click()
        field.press("Control+a")
        delay = self.chance.uniform(QUICKEST, SLOWEST)
        for letter in typed:
            field.press_sequentially(letter)
            self.page.wait_for_timeout(delay * self.chance.uniform(0.7, 1.3))

    def _leave(self, field, typed):
        """With Tab, by a press elsewhere, or (a text) by just stopping; a name is taken first."""
        if typed in self.names:
            field.press(self.chance.choice(["Enter", "Tab"]))
            return
        way = self.chance.choice(["Tab", "press", "stop"])
        if way == "Tab":
            field.press("Tab")
        elif way == "press" or field.get_attribute("aria-invalid") is not None or "/" in typed:
            self.page.get_by_role("heading", level=1).click()

    def stored(self, place):
        """What another program reads at a place."""
        engagement = Workspace.at(self.home).open(ENGAGEMENT).engagement
        about, field = place
        if about == "programme":
            return getattr(engagement.programme, "name" if field == "programme" else field)
        return getattr(engagement.standing_decisions().get(about), field, None)


def saved(page):
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved", timeout=30000)


@pytest.mark.timeout(120 + 20 * FIELDS)
def test_every_field_is_stored_as_typed_while_a_second_person_works(voila, visit):
    chance = random.Random(SEED)  # noqa: S311 - a robot, not a secret
    query = {"engagement": ENGAGEMENT, "step": "start", "lang": "en", "actor": "Marie"}
    page = visit(voila.url(**query))
    robot = Robot(page, voila.home, chance)
    # Both work on the copy that the first change takes into the store.
    robot.type(robot.fact("programme"), "Robot")
    saved(page)
    colleague = Colleague(voila.home, random.Random(SEED + 1))  # noqa: S311 - as above
    colleague.start()
    wrong = []
    begun = time.monotonic()
    try:
        for number in range(FIELDS):
            place = robot.type_a_field()
            saved(page)
            stored = robot.stored(place)
            if stored != robot.expected[place]:
                wrong.append((number, place, robot.expected[place], stored))
    finally:
        colleague.stop()
    took = time.monotonic() - begun
    LOG.info(
        "%d fields in %d s beside %d changes: %d wrong", FIELDS, took, colleague.changes, len(wrong)
    )
    assert not wrong
    assert {place: robot.stored(place) for place in robot.expected} == robot.expected
    assert colleague.changes >= FIELDS
