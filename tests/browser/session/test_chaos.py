"""Kills, cuts and freezes at random moments: what was said is stored, or the screen says it is not.

A robot writes a note, and while it types or right after, something breaks: the kernel is killed or
frozen, the server is frozen, the network is cut, the page is loaded again or closed. It then does
what the screen offers (carry on, recover) and nothing else. `WORKBOOK_CHAOS=100` breaks things a
hundred times, a run without it six times, each way equally often; one `WORKBOOK_SEED` breaks the
same things at the same moments again.
"""

from __future__ import annotations

import json
import logging
import os
import random
import signal
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.session.conftest import LIVE
from workbook.workspace import Workspace

LOG = logging.getLogger(__name__)
ROUNDS = int(os.environ.get("WORKBOOK_CHAOS", "6"))
SEED = int(os.environ.get("WORKBOOK_SEED", "12"))
ENGAGEMENT = "fernhill-supply"
CARDS = ("promotions", "order_updates", "shipment_tracking")
HARMS = ("kill", "freeze", "freeze the server", "cut", "reload", "close")
LONGEST_FREEZE = 9.0
PATIENCE = 90_000


class Room:
    """A person before a screen that things happen to."""

    def __init__(self, voila, visit, chance):
        self.voila, self.visit, self.chance = voila, visit, chance
        self.words = Counter()
        self.page = self.open()

    def open(self):
        query = {"engagement": ENGAGEMENT, "step": "experience", "lang": "en", "actor": "Marie"}
        return self.visit(self.voila.url(**query))

    def kernel(self):
        """The process behind the page; None if it has died, and the page is about to say so."""
        config = json.loads(self.page.locator("#jupyter-config-data").text_content())
        kernels = self.voila.kernels()
        return next(
            (process for process, command in kernels if config["kernelId"] in command), None
        )

    def note(self, key):
        card = self.page.locator(f"[data-key={key}]")
        if "now" not in card.get_attribute("class"):
            card.locator(".card-toggle").click()
        card.locator("details.more").evaluate("details => { details.open = true; }")
        return card.get_by_label("Note", exact=True)

    def write(self, key, text, harm):
        """Type a text into a note; the harm comes at a random letter, or just after the last."""
        field = self.note(key)
        field.click()
        field.press("Control+a")
        moment = self.chance.randint(1, len(text) + 3)
        for place, letter in enumerate(text, 1):
            self.page.keyboard.type(letter)
            self.page.wait_for_timeout(self.chance.uniform(20, 120))
            if place == moment and harm not in ("reload", "close"):
                self.do(harm)
        # Whoever loads a page again or closes it has stopped typing.
        if moment > len(text) or harm in ("reload", "close"):
            if self.chance.random() < 0.5:
                field.press("Tab")
            self.page.wait_for_timeout(self.chance.uniform(0, 900))
            self.do(harm)
        elif self.chance.random() < 0.7:
            field.press("Tab")

    def do(self, harm):
        match harm:
            case "kill":
                self.signal(self.kernel(), signal.SIGKILL)
            case "freeze":
                self.freeze(self.kernel())
            case "freeze the server":
                self.freeze(self.voila.process.pid)
            case "cut":
                self.page.context.set_offline(True)
                self.page.wait_for_timeout(1000 * self.chance.uniform(0.5, LONGEST_FREEZE))
                self.page.context.set_offline(False)
            case "reload":
                self.page.reload()
                self.page.wait_for_selector(LIVE, timeout=PATIENCE)
            case "close":
                context = self.page.context
                with self.page.expect_event("close"):
                    self.page.on("dialog", lambda dialog: dialog.accept())
                    self.page.close(run_before_unload=True)
                self.page = context.new_page()
                self.page.goto(self.voila.url(engagement=ENGAGEMENT, step="experience", lang="en"))
                self.page.wait_for_selector(LIVE, timeout=PATIENCE)

    def freeze(self, process):
        self.signal(process, signal.SIGSTOP)
        try:
            self.page.wait_for_timeout(1000 * self.chance.uniform(0.5, LONGEST_FREEZE))
        finally:
            self.signal(process, signal.SIGCONT)

    def signal(self, process, number):
        if process:
            os.kill(process, number)

    def settle(self):
        """Do what the screen offers, until it says that everything is saved."""
        state = self.page.locator("[data-saved]")
        for _ in range(60):
            for word in ("Carry on", "Recover"):
                button = self.page.get_by_role("button", name=word, exact=True)
                if button.count() and button.first.is_visible():
                    self.words[word] += 1
                    button.first.click()
                    self.page.wait_for_timeout(1500)
                    self.page.wait_for_selector(LIVE, timeout=PATIENCE)
            self.page.wait_for_timeout(700)
            offered = self.page.get_by_role("button", name="Carry on", exact=True).count()
            if state.get_attribute("data-saved") in ("saved", "nothing") and not offered:
                # What an earlier window left is offered a moment after the page is there.
                self.page.wait_for_timeout(600)
                if not self.page.locator(".recovery").count():
                    return
        expect(state).to_have_attribute("data-saved", "saved")

    def stored(self, key):
        decisions = Workspace.at(self.voila.home).open(ENGAGEMENT).engagement.standing_decisions()
        return getattr(decisions.get(key), "note", None)


@pytest.mark.timeout(180 + 90 * ROUNDS)
def test_nothing_said_is_lost_whatever_breaks(voila, visit):
    chance = random.Random(SEED)  # noqa: S311 - a robot, not a secret
    room = Room(voila, visit, chance)
    lost = []
    harms = [HARMS[turn % len(HARMS)] for turn in range(ROUNDS)]
    chance.shuffle(harms)
    for turn, harm in enumerate(harms):
        key, text = chance.choice(CARDS), f"turn {turn}: agreed by all"
        room.write(key, text, harm)
        room.settle()
        if room.stored(key) != text:
            lost.append((turn, harm, text, room.stored(key)))
    LOG.info("%d turns, %s, %s: lost %s", ROUNDS, dict(Counter(harms)), dict(room.words), lost)
    assert not lost
