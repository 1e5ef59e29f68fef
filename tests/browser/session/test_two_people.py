"""Two facilitators, a kernel that dies, a store that goes away: nothing said is lost."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from workbook.workspace import Workspace

ENGAGEMENT = "atelier-belval"


@pytest.fixture(scope="module")
def room(voila, visits):
    def enter(actor):
        return visits(voila.url(engagement=ENGAGEMENT, step="experience", lang="en", actor=actor))

    return enter


@pytest.fixture(scope="module")
def marie(room):
    """Her page, with which all tests go on."""
    return room("Marie")


@pytest.fixture(scope="module")
def paul(room):
    return room("Paul")


def decide(page, key, name):
    card = page.locator(f"[data-key={key}]")
    if "now" not in card.get_attribute("class"):
        card.locator(".card-toggle").click()
    card.get_by_role("combobox", name="Accountable").fill(name)
    page.keyboard.press("Enter")


def hide(page, hidden):
    given = f"{{ get: () => {hidden}, configurable: true }}"
    page.evaluate(f"Object.defineProperty(document, 'hidden', {given})")


# The milliseconds from a time that the page asks what others did to the third after it.
THREE_TIMES = """() => new Promise((done) => {
  const { model } = document.querySelector(".owb-host").__k.__k[0].props;
  const send = model.send;
  const asked = [];
  model.send = (command, ...rest) => {
    if (command.do === "poll") asked.push(performance.now());
    if (asked.length === 4) { model.send = send; done(asked[3] - asked[0]); }
    return send.call(model, command, ...rest);
  };
})"""


def test_each_sees_the_other_and_asks_for_it_every_second(marie, paul):
    decide(marie, "promotions", "Nobody")
    expect(paul.locator("[data-key=promotions] header")).to_contain_text("Nobody")
    assert 2000 < paul.evaluate(THREE_TIMES) < 12_000  # a busy machine is late, never early


def test_nothing_is_overwritten_unseen_and_one_press_settles_it_for_both(marie, paul):
    # A window in the background does not look at the store.
    paul.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })"
    )
    paul.wait_for_timeout(1500)
    decide(marie, "customer_complaints", "Vacant")
    expect(marie.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    decide(paul, "customer_complaints", "Nobody")
    paul.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => false, configurable: true })"
    )
    for page, other in ((marie, "Paul"), (paul, "Marie")):
        expect(page.get_by_role("alert")).to_contain_text(f"You and {other}")
    marie.get_by_role("button", name="Take theirs: Nobody").click()
    for page in (marie, paul):
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator("[data-key=customer_complaints] header")).to_contain_text("Nobody")


def test_undo_takes_back_only_ones_own(marie, paul):
    decide(marie, "shipment_tracking", "Vacant")
    decide(paul, "order_updates", "Vacant")
    expect(marie.locator("[data-key=order_updates] header")).to_contain_text("Vacant post")
    marie.get_by_role("button", name="Undo").click()
    expect(marie.locator("[data-key=shipment_tracking] header")).not_to_contain_text("Vacant post")
    expect(marie.locator("[data-key=order_updates] header")).to_contain_text("Vacant post")


def test_a_kernel_that_dies_costs_one_press(voila, marie):
    decide(marie, "future_needs", "Vacant")
    expect(marie.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    config = marie.locator("#jupyter-config-data").text_content()
    voila.kill_kernel(json.loads(config)["kernelId"])
    button = marie.get_by_role("button", name="Carry on")
    expect(button).to_be_visible(timeout=15000)
    expect(marie.locator("[data-saved]")).to_have_attribute("data-saved", "lost")
    button.click()
    expect(marie.locator("[data-key=future_needs] header")).to_contain_text(
        "Vacant post", timeout=30000
    )
    expect(marie.get_by_role("button", name="Carry on")).to_have_count(0)


def test_a_store_that_goes_away_is_said_and_what_was_typed_is_written_later(voila, room, marie):
    decide(marie, "promotions", "Vacant")
    expect(marie.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    database, away = voila.home / "workbook.db", voila.home / "away.db"
    database.rename(away)
    database.mkdir()
    decide(marie, "promotions", "Nobody")
    expect(marie.locator("[data-saved]")).to_have_attribute("data-saved", "away")
    expect(marie.locator("[data-saved]")).to_contain_text("One change is kept here")
    with marie.expect_event("dialog") as asked:
        marie.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    database.rmdir()
    away.rename(database)
    expect(marie.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    stored = Workspace.at(voila.home).open(ENGAGEMENT).engagement
    assert stored.standing_decisions()["promotions"].owner == "nobody"
    with marie.expect_event("close"):
        marie.close(run_before_unload=True)
    # Its kernel was made warm while the store was away, or before.
    expect(room("Marie").locator("[data-key=promotions] header")).to_contain_text("Nobody")
