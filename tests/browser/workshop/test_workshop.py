"""A whole workshop: two facilitators, twelve phones, two rounds, and one agreed map."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.workshop.conftest import PHONE, PROJECTOR

PEOPLE = 12
FIRST = {
    # Subject ↦ whom the first six, and whom the other six name: two camps, agreed, nobody.
    "product_assortment": ("Claire Aubry", "Paul Ney"),
    "inventory_visibility": ("Claire Aubry", "Claire Aubry"),
    "customer_complaints": ("Nobody", "Nobody"),
}


def named(page, name):
    """Say who owns the subject that is open, and go on."""
    if name == "Nobody":
        page.get_by_role("button", name="Nobody").click()
    else:
        box = page.get_by_role("combobox").first
        box.fill(name)
        box.press("Enter")
    page.get_by_role("button", name="Next").click()


def answers(page, place):
    """One person answers the first round from beginning to end of what they know."""
    page.get_by_role("button", name="Begin").click()
    for key, (early, late) in FIRST.items():
        while page.locator(f"[data-key={key}]").count() == 0:
            page.get_by_role("button", name="Next").click()
        named(page, early if place < PEOPLE // 2 else late)
    expect(page.locator(".respond-head")).to_contain_text("3 of ")
    expect(page.locator(".respond-head")).to_contain_text("Saved")


def tab(board, name):
    board.get_by_role("tab", name=name).click()


def test_a_whole_workshop(host, enter):
    respondents = host.workspace.open("lorient").engagement.respondents
    asked = [r.id for r in respondents if not r.areas or "experience" in r.areas][:PEOPLE]
    board, other = enter(**PROJECTOR), enter(**PROJECTOR)
    board.get_by_role("button", name="Ask about every subject").click()
    expect(other.get_by_text("Round 1 has been open")).to_be_visible()

    phones = [enter(respondent, **PHONE) for respondent in asked]
    for place, phone in enumerate(phones):
        answers(phone, place)
    expect(board.get_by_text("12 of 25 have answered")).to_be_visible()

    other.get_by_role("button", name="Close the round").click()
    other.get_by_role("button", name="Close the round").last.click()
    expect(board.get_by_text("Round 1 was closed")).to_be_visible()
    expect(phones[0].get_by_text("This round is closed")).to_be_visible()

    # The room talks about what differs: two camps first.
    board.get_by_role("button", name="Talk about it").click()
    stage = board.locator("dialog.stage")
    expect(stage.get_by_role("heading", level=2)).to_have_text("Product assortment")
    expect(stage).to_contain_text("Two camps")
    stage.get_by_role("button", name="Decide for Claire Aubry").click()
    stage.get_by_role("combobox", name="Deputy").fill("Paul Ney")
    stage.get_by_role("combobox", name="Deputy").press("Enter")
    stage.locator(".dissent").get_by_role("checkbox").first.check()
    expect(stage.locator(".dissent").get_by_role("textbox").first).to_be_visible()
    stage.get_by_role("button", name="Close").click()
    expect(board.locator("[data-key=product_assortment] .chip").first).to_contain_text(
        "Claire Aubry"
    )

    board.get_by_role("textbox", name="Put something off").fill("Who owns the marketplace?")
    board.get_by_role("textbox", name="Put something off").press("Enter")
    expect(other.get_by_text("Who owns the marketplace?")).to_be_visible()

    # A second round asks only what is still open.
    board.get_by_role("button", name="Ask again about what is open").click()
    phones[0].get_by_role("button", name="Begin").click()
    expect(phones[0].locator("[data-key=product_assortment]")).to_have_count(0)
    board.get_by_role("button", name="Close the round").click()
    board.get_by_role("button", name="Close the round").last.click()
    expect(board.get_by_text("Round 2 was closed")).to_be_visible()

    # Claire takes it on with her own page; the sign-off and what everybody takes along.
    claire = enter("claire-aubry", **PHONE)
    claire.get_by_role("radio", name="I take it on").check()
    tab(board, "Sign-off")
    expect(board.locator("[data-owner=claire-aubry]")).to_contain_text("one subject")
    board.get_by_role("button", name="Sign off").click()
    with board.expect_download() as minutes:
        board.locator("[data-parcel*=minutes]").first.click()
    text = minutes.value.path().read_text("utf-8")
    for part in ("Product assortment", "Claire Aubry", "Who owns the marketplace?", "Round 1"):
        assert part in text
    with board.expect_download() as report:
        board.locator("[data-parcel*=report]").first.click()
    assert "Claire Aubry" in report.value.path().read_text("utf-8")
    acceptance = host.workspace.open("lorient").engagement.standing_decisions()[
        "product_assortment"
    ]
    assert (acceptance.acceptance.state, acceptance.deputy) == ("accepted", "paul-ney")
