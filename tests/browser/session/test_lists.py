"""A list is dropped, chosen or pasted: shown first, read in another way, recorded as one step."""

from __future__ import annotations

import base64
import io
import zipfile
from uuid import uuid4

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.window import eventually
from workbook.content import load_framework
from workbook.model.engagement import Engagement
from workbook.workspace import Workspace

PEOPLE = [
    ["Name", "Role here", "Department", "E-mail", "Phone"],
    ["Ana Ruiz", "CTO", "IT", "ana@x.example", "1"],
    ["Bo Li", "CFO", "Finance", "bo@x.example", "2"],
    ["Bo Li", "", "Sales", "bo.li@x.example", "3"],
    ["", "CEO", "", "", ""],
]
MATRIX = (
    "Topic,CIO,Agency,Jo Martin\nERP,A,R,Z\nPromotions,R,C,A\nShipment tracking,A,,I\nLunch,A,,\n"
)
DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  const page = document.querySelector(".owb-session");
  const send = (kind) => page.dispatchEvent(
    new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
  send("dragenter");
  return new Promise((done) => {
    const began = performance.now();
    const look = () => {
      const shown = document.querySelector(".drop-here")?.textContent ?? "";
      if (!shown && performance.now() - began < 10000) return void setTimeout(look, 20);
      send("dragover"); send("drop"); return done(shown);
    };
    look();
  });
}"""


def begin(voila):
    """An engagement with nobody in it."""
    framework = load_framework("commerce-stakeholders")
    facts = {
        "key": f"harrow-{uuid4().hex[:8]}",
        "framework": {"key": framework.key, "version": framework.version},
        "organisation": {"name": "Harrow", "profile": "large", "business_models": ["b2c"]},
        "programme": {"go_live": "2027-09-30"},
        "scope": {"systems": ["erp", "oms"]},
    }
    return Workspace.at(voila.home).new(Engagement.model_validate(facts)).key


@pytest.fixture(scope="module")
def key(voila):
    """An engagement with which most tests go on."""
    return begin(voila)


@pytest.fixture(scope="module")
def page(voila, visits, key):
    return visits(voila.url(engagement=key, step="start", lang="en", actor="Marie"))


@pytest.fixture(scope="module")
def people(voila, key):
    """The names that are recorded, read from the store anew."""
    return lambda: [p.name for p in Workspace.at(voila.home).open(key).engagement.people]


def workbook_of(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def drop(page, name, content):
    return page.evaluate(DROP, [name, base64.b64encode(content).decode("ascii")])


def sheet(page):
    return page.get_by_role("dialog")


def as_file(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_another_kind_is_a_press_away_and_cancel_leaves_no_trace(page, people):
    drop(page, "staff.xlsx", workbook_of(PEOPLE))
    sheet(page).get_by_role("radio", name="A RACI matrix").check()
    expect(sheet(page).get_by_role("alert")).to_contain_text("holds no RACI matrix")
    sheet(page).get_by_role("radio", name="People").check()
    expect(sheet(page).get_by_role("button", name="Take over 3 people")).to_be_visible()
    sheet(page).get_by_role("button", name="Cancel").click()
    expect(sheet(page)).to_have_count(0)
    assert people() == []


def test_a_hostile_file_is_refused_in_the_words_of_the_reader(page, people):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 600_000_000)
    drop(page, "staff.xlsx", bomb.getvalue())
    expect(sheet(page).get_by_role("alert")).to_contain_text("unfold")
    expect(sheet(page).get_by_role("button", name="Take over")).to_have_count(0)
    drop(page, "scan.pdf", b"%PDF-1.7 nothing to read")
    expect(sheet(page).get_by_role("alert")).to_contain_text("a PDF document cannot be read")
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)
    assert people() == []


def test_a_file_that_is_too_large_never_leaves_the_browser(page):
    page.get_by_role("button", name="Import a list").first.click()
    page.set_input_files("input[type=file]", files=[as_file("all.csv", b"x" * 10_000_001)])
    expect(sheet(page).get_by_role("alert")).to_contain_text("workbook import FILE")
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)


def test_a_dropped_workbook_is_shown_changed_taken_over_and_taken_back(page, people):
    assert drop(page, "staff.xlsx", workbook_of(PEOPLE)) == (
        "Drop the file to see what it would change"
    )
    shown = sheet(page)
    expect(shown.get_by_role("heading", name="Import “staff.xlsx”")).to_be_visible()
    expect(shown.get_by_role("radio", name="People")).to_be_checked()
    expect(shown).to_contain_text("headings of a list of people")
    expect(shown.get_by_role("button", name="Take over 3 people")).to_be_visible()
    unused = shown.get_by_role("group", name="things were not used")
    expect(unused).to_contain_text("column Phone")
    expect(unused).to_contain_text("CEO: no person")
    assert people() == []

    shown.get_by_label("Role here").select_option(label="Not used")
    expect(shown.get_by_role("row", name="Ana Ruiz")).not_to_contain_text("CTO")
    shown.get_by_label("Role here").select_option(label="Job title")
    expect(shown.get_by_role("row", name="Ana Ruiz")).to_contain_text("CTO")
    twin = shown.get_by_role("group", name="The same person? Bo Li")
    twin.get_by_role("radio", name="Same person").check()
    shown.get_by_role("button", name="Take over 2 people").click()
    expect(page.get_by_role("rowheader", name="Ana Ruiz")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="The list is taken over")).to_be_visible()
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    assert sorted(people()) == ["Ana Ruiz", "Bo Li"]

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("rowheader", name="Ana Ruiz")).to_have_count(0)
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_role("rowheader", name="Ana Ruiz")).to_be_visible()
    page.get_by_role("button", name="Import a list").last.click()
    page.set_input_files("input[type=file]", files=[as_file("staff.xlsx", workbook_of(PEOPLE[:3]))])
    expect(sheet(page)).to_contain_text("Nothing changes: all of it is here already.")
    expect(sheet(page).get_by_role("button", name="Take over")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)


def test_unknown_letters_and_rows_of_a_matrix_are_listed_and_a_row_can_be_chosen(page, voila, key):
    before = Workspace.at(voila.home).mapping(key)
    drop(page, "raci.csv", MATRIX.encode())
    shown = sheet(page)
    unused = shown.get_by_role("group", name="not used")
    expect(unused).to_contain_text("row 2, Jo Martin: “Z”")
    expect(unused).to_contain_text("Lunch: no focal point bears this name")
    shown.get_by_label("Stands for: Lunch").select_option(label="Product assortment")
    expect(unused).not_to_contain_text("Lunch")
    shown.get_by_role("button", name="Take over 4 subjects").click()
    expect(shown).to_have_count(0)
    expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    named = Workspace.at(voila.home).open(key).engagement.nominations
    assert {nomination.focal_point for nomination in named} >= {"erp", "product_assortment"}
    after = before | {"Lunch": "product_assortment"}
    assert Workspace.at(voila.home).mapping(key) == after != before


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_axe_finds_nothing_in_the_sheet_and_the_focus_comes_back(voila, visit, language, theme):
    page = visit(
        voila.url(engagement=begin(voila), step="start", lang=language),
        color_scheme=theme,
        width=390,
    )
    opener = page.locator(".leaf-start .btn", has_text="mport").last
    opener.focus()
    page.keyboard.press("Enter")
    expect(sheet(page).locator("textarea")).to_be_focused()
    assert not violations(page)
    page.keyboard.insert_text("\n".join("\t".join(row) for row in PEOPLE))
    expect(sheet(page).locator(".import-rows tbody tr")).to_have_count(3)
    assert not violations(page)
    eventually(lambda: page.locator(".sheet").evaluate("s => s.scrollWidth <= innerWidth"))
    eventually(lambda: page.locator(".sheet .scroll").first.evaluate(FITS))
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet(page).locator("textarea")).to_be_focused()
    page.keyboard.insert_text("Ana Ruiz")
    sheet(page).locator(".import-foot .primary").focus()
    page.keyboard.press("Enter")
    expect(sheet(page)).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Ana Ruiz")).to_be_visible()
    expect(opener).to_be_focused()


FITS = "part => part.scrollWidth <= part.clientWidth"


def violations(page):
    results = Axe().run(page)
    return results.generate_report() if results.violations_count else ""


def test_a_file_waits_for_the_engagement_that_it_begins(voila, visit):
    page = visit(voila.url(lang="en", actor="Marie"))
    drop(page, "staff.xlsx", workbook_of(PEOPLE))
    expect(page.locator(".begin-list")).to_contain_text("staff.xlsx")
    page.get_by_role("textbox", name="Organisation").fill("Waiting Harrow")
    page.locator(".options-large label").nth(1).click()
    page.get_by_role("checkbox", name="B2C (consumers)").check()
    page.get_by_label("Go-live", exact=True).fill("30.9.27")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(sheet(page).get_by_role("button", name="Take over 3 people")).to_be_visible()
