"""The questionnaire that is one file: answered without a server, sent back by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from tests.workshop.conftest import TODAY
from tests.workshop.visiting import PHONE
from workbook.cli.main import app
from workbook.store import Change
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace

pytestmark = pytest.mark.browser
MOST_BYTES = 250_000


@pytest.fixture
def file(workspace: Workspace, session: Session, monkeypatch) -> Path:
    """Paul Ney's questionnaire."""
    monkeypatch.setenv("WORKBOOK_AS_OF", TODAY.isoformat())
    words = ["--format", "html", "--workspace", str(workspace.path)]
    assert CliRunner().invoke(app, ["questionnaire", session.key, *words]).exit_code == 0
    return workspace.path / "questionnaires" / session.key / "paul-ney.html"


@pytest.fixture
def page(browser):
    """A phone without a network; what it asks for, and what went wrong, stands in its lists."""
    context = browser.new_context(viewport=PHONE, offline=True, accept_downloads=True)
    page = context.new_page()
    page.asked, page.wrong = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda m: m.type == "error" and page.wrong.append(m.text))
    yield page
    context.close()


def answer_three(page: Page, file: Path) -> list[str]:
    """A name from the list, nobody, and “don't know”; the subjects."""
    page.goto(file.as_uri())
    page.get_by_role("button", name="Begin").click()
    card, subjects = page.locator(".respond-card[data-key]"), []
    for press in (
        lambda: page.get_by_role("combobox").first.press_sequentially("Claire Aub"),
        lambda: page.get_by_role("button", name="Nobody").click(),
        lambda: page.get_by_role("button", name="Don’t know").click(),
    ):
        subjects.append(str(card.get_attribute("data-key")))
        press()
        if len(subjects) == 1:
            page.get_by_role("combobox").first.press("Enter")
            expect(page.locator("progress")).to_have_attribute("value", "1")
        page.locator(".respond-nav .primary").click()
        expect(card).not_to_have_attribute("data-key", subjects[-1])
    return subjects


def to_the_end(page: Page) -> None:
    while page.locator(".respond-nav .primary").count():
        page.locator(".respond-nav .primary").click()


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers").click()
    kept = folder / download.value.suggested_filename
    download.value.save_as(kept)
    return kept


def take(workspace: Workspace, session: Session, file: Path):
    words = ["import", str(file), "--engagement", "lorient", "--workspace", str(workspace.path)]
    result = CliRunner().invoke(app, words)
    session.refresh()
    return result


def test_three_answers_come_back_as_the_host_would_have_written_them(
    page, file, workspace, session, tmp_path
):
    subjects = answer_three(page, file)
    to_the_end(page)
    saved = save(page, tmp_path)
    assert take(workspace, session, saved).exit_code == 0
    on = {"on": TODAY.isoformat()}
    values = [session.value(("nomination", "paul-ney", subject)) for subject in subjects]
    assert values == [
        [{"party": "claire-aubry", **on}],
        [{"party": "nobody", **on}],
        [{"state": "unknown", **on}],
    ]
    assert "Nothing changes" in take(workspace, session, saved).stdout
    assert page.wrong == []


def test_what_somebody_still_says_counts_in_the_round(page, workspace, session, file, tmp_path):
    session.record(Change(("nomination", "paul-ney", "product_assortment"), [{"party": "nobody"}]))
    session.record(close_round(session.engagement, workspace.now()))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    words = ["--format", "html", "--workspace", str(workspace.path)]
    assert CliRunner().invoke(app, ["questionnaire", session.key, *words]).exit_code == 0
    page.goto(file.as_uri())
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("progress")).to_have_attribute("value", "0")
    while page.locator("[data-key]").get_attribute("data-key") != "product_assortment":
        page.locator(".respond-nav .primary").click()
    still = page.get_by_role("button", name="I still say so")
    still.click()
    expect(still).to_have_count(0)
    expect(page.locator("progress")).to_have_attribute("value", "1")
    to_the_end(page)
    saved = save(page, tmp_path)
    assert take(workspace, session, saved).exit_code == 0
    assert session.round_log("2").answered("paul-ney") == 1
    events = len(session.history())
    assert "Nothing changes" in take(workspace, session, saved).stdout
    assert len(session.history()) == events


def test_somebody_new_comes_with_what_was_said_of_them(page, file, workspace, session, tmp_path):
    page.goto(file.as_uri())
    page.get_by_role("button", name="Begin").click()
    box = page.get_by_role("combobox").first
    box.press_sequentially("Brand & Content")
    box.press("Enter")
    page.get_by_role("radio", name="Team").check(force=True)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("progress")).to_have_attribute("value", "1")
    card = page.locator(".respond-card[data-key]")
    answered = str(card.get_attribute("data-key"))
    page.locator(".respond-nav .primary").click()
    expect(card).not_to_have_attribute("data-key", answered)
    box = page.get_by_role("combobox").first
    box.press_sequentially("Zoé Marchand")
    box.press("Enter")
    page.get_by_label("Job title").fill("Head of Promotions")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    to_the_end(page)
    assert take(workspace, session, save(page, tmp_path)).exit_code == 0
    parties = {p.name: p for p in session.engagement.parties().values()}
    assert parties["Zoé Marchand"].title == "Head of Promotions"
    assert parties["Brand & Content"] in session.engagement.teams
    assert page.wrong == []


def test_no_request_leaves_the_file_and_it_is_light(page, file):
    answer_three(page, file)
    assert {url.partition(":")[0] for url in page.asked} <= {"file", "data"}
    assert file.stat().st_size <= MOST_BYTES
    blocked = page.evaluate("fetch('https://example.org').then(() => 'sent', () => 'refused')")
    assert blocked == "refused"


def test_what_was_said_is_there_when_the_file_is_opened_again(page, file):
    answer_three(page, file)
    page.reload()
    expect(page.locator("progress")).to_have_attribute("value", "3")


def test_the_text_survives_a_mail_that_breaks_and_quotes_its_lines(
    page, file, workspace, session, tmp_path
):
    subjects = answer_three(page, file)
    to_the_end(page)
    page.get_by_role("button", name="Copy as text").click()
    text = page.locator("textarea").input_value()
    mail = tmp_path / "mail.txt"
    mail.write_text("> " + text.replace("\n", "\r\n> "), encoding="utf-8")
    assert take(workspace, session, mail).exit_code == 0
    assert session.value(("nomination", "paul-ney", subjects[1]))[0]["party"] == "nobody"
    mail.write_text(text[: text.index("[workbook") + 120], encoding="utf-8")
    assert "damaged" in take(workspace, session, mail).stderr


def test_an_altered_pass_is_refused(page, file, workspace, session, tmp_path):
    answer_three(page, file)
    to_the_end(page)
    saved = save(page, tmp_path)
    data = json.loads(saved.read_text("utf-8"))
    saved.write_text(json.dumps({**data, "pass": data["pass"][:-2] + "AA"}), encoding="utf-8")
    assert (take(workspace, session, saved).exit_code, session.engagement.nominations) == (2, ())


def test_the_language_changes_and_the_answers_stay(page, file):
    answer_three(page, file)
    page.get_by_role("radio", name="FR").first.check(force=True)
    expect(page.locator("progress")).to_have_attribute("value", "3")
    to_the_end(page)
    expect(page.get_by_role("button", name="Enregistrer mes réponses")).to_be_visible()
