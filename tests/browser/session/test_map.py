"""The ownership map with sixty focal points and sixty people: click, keys, drag, undo, filters."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.session.conftest import LIVE
from tests.browser.window import eventually, resize

SIZE = 60


@pytest.fixture(scope="module")
def page(voila, visits, large):
    """One page for all tests: each is about subjects of its own, and leaves the view as it was."""
    page = visits(voila.url(engagement=large, step="review", lang="en"), width=1920)
    page.locator(f"{LIVE} table.grid").wait_for()
    return page


@pytest.fixture(autouse=True)
def _clicks_put_an_owner(page):
    put(page, "Accountable")


def cell(page, row, party):
    return page.locator(f"tr[data-row={row}] td[data-party={party}]")


def test_the_whole_map_is_there(page):
    expect(page.locator("table.grid tbody tr")).to_have_count(SIZE)
    expect(page.locator("table.grid thead th.party")).to_have_count(SIZE)


def put(page, letter):
    """Choose what a click puts."""
    page.locator(".map-letters label", has_text=letter).click()


def test_a_click_puts_the_letter_that_was_chosen_and_never_takes_one_away(page):
    target = cell(page, "extra-5", "p03")
    target.click()
    target.click()
    expect(target).to_have_text("A")
    put(page, "Responsible")
    for _ in range(4):
        target.click()
    expect(target).to_have_text("AR")
    cell(page, "extra-5", "p06").click()
    expect(cell(page, "extra-5", "p06")).to_have_text("R")
    expect(target).to_have_text("AR")
    expect(page.locator(".map-lost")).to_be_empty()


def test_removing_a_letter_is_chosen_said_and_undone_in_one_step(page):
    target = cell(page, "customer_complaints", "p02")
    target.click()
    put(page, "Responsible")
    target.click()
    put(page, "Remove")
    target.locator(".role-A").click()
    expect(target).to_have_text("R")
    notice = page.locator(".map-lost")
    expect(notice).to_contain_text("Person 02 is no longer accountable")
    notice.get_by_role("button", name="Undo").click()
    expect(target).to_have_text("AR")
    expect(notice).to_be_empty()


def test_an_owner_who_is_replaced_is_said_and_comes_back_in_one_step(page):
    first, second = (cell(page, "future_needs", party) for party in ("p07", "p08"))
    first.click()
    second.click()
    expect(first).to_have_text("")
    notice = page.locator(".map-lost")
    expect(notice).to_contain_text("Person 07 is no longer accountable")
    notice.get_by_role("button", name="Undo").click()
    expect(first).to_have_text("A")
    expect(second).to_have_text("")


def test_gaps_and_owners_are_counted_at_once(page):
    row = page.locator("tr[data-row=promotions]")
    expect(row).to_have_class("state-open")
    cell(page, "promotions", "p04").click()
    expect(row).to_have_class("state-owned")
    cell(page, "promotions", "p05").focus()
    page.keyboard.press("a")
    expect(cell(page, "promotions", "p04")).to_have_text("")
    expect(cell(page, "promotions", "p05")).to_have_text("A")
    page.keyboard.press("Delete")
    expect(row).to_have_class("state-open")


def test_letters_add_up_and_undo_takes_them_back_one_by_one(page):
    target = cell(page, "shipment_tracking", "p10")
    target.focus()
    page.keyboard.press("a")
    page.keyboard.press("r")
    expect(target).to_have_text("AR")
    page.keyboard.press("Control+z")
    expect(target).to_have_text("A")
    page.keyboard.press("Control+z")
    expect(target).to_have_text("")
    page.keyboard.press("Control+Shift+z")
    expect(target).to_have_text("A")


def test_a_letter_is_dragged_to_another_person(page):
    source, target = cell(page, "order_updates", "p20"), cell(page, "order_updates", "p26")
    source.click()
    expect(source).to_have_text("A")
    expect(page.locator("tr[data-row=order_updates]")).to_have_class("state-owned")
    source.locator(".role").drag_to(target)
    expect(target).to_have_text("A")
    expect(source).to_have_text("")


def test_on_paper_every_column_is_there_whatever_is_scrolled(page):
    resize(page, 1047, 720)
    page.emulate_media(media="print")
    columns = page.locator("table.grid thead th.party")
    expect(columns).to_have_count(SIZE)
    ends = "cells => Math.max(...cells.map((cell) => cell.getBoundingClientRect().right))"
    eventually(lambda: columns.evaluate_all(ends) <= 1048)
    whole = "frame => frame.scrollHeight <= frame.clientHeight + 1"
    eventually(lambda: page.locator(".map-frame").evaluate(whole))
    expect(page.locator(".map-tools")).to_be_hidden()
    page.emulate_media(media="screen")
    resize(page, 1920)


def test_rows_and_columns_are_filtered_sorted_and_summed_per_team(page):
    cell(page, "promotions", "p30").click()
    page.get_by_label("Only those with a role").check()
    expect(cell(page, "promotions", "p30")).to_be_visible()
    eventually(lambda: page.locator("table.grid thead th.party").count() < SIZE)
    page.get_by_label("Only those with a role").uncheck()
    page.get_by_label("Subject", exact=True).fill("promo")
    expect(page.locator("table.grid tbody tr")).to_have_count(1)
    page.get_by_label("Subject", exact=True).fill("")
    page.get_by_label("Columns").select_option("team")
    expect(page.locator("table.grid thead th.party")).to_have_count(6)
    page.get_by_label("Order").select_option("state")
    first = page.locator("table.grid tbody tr").first
    expect(first).to_have_class("state-open")
    page.get_by_label("Order").select_option(index=0)
    page.get_by_label("Columns").select_option(index=0)
    expect(page.locator("table.grid thead th.party")).to_have_count(SIZE)


def test_arrows_move_the_one_cell_that_tab_reaches(page):
    first = cell(page, "promotions", "p00")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(first).not_to_be_focused()
    expect(page.locator("td.cell[tabindex='0']")).to_have_count(1)
    expect(page.locator("td.cell[tabindex='0']")).to_be_focused()


def test_letters_typed_faster_than_the_kernel_answers_are_all_kept(page):
    target = cell(page, "product_assortment", "p12")
    for _ in range(5):
        target.focus()
        for key in ("Delete", "a", "r", "c", "Delete", "a", "i"):
            page.keyboard.press(key)
        expect(target).to_have_text("AI")
        expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
        expect(target).to_have_text("AI")
