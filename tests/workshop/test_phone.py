"""On a phone, in every language, light and dark: whom else to ask, what is missing, the receipt."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.window import eventually
from tests.workshop.running import Hosting, prepared
from tests.workshop.visiting import PHONE
from workbook.i18n import languages
from workbook.workshop import close_round

pytestmark = pytest.mark.browser

LOOKS = [(language, theme) for language in languages() for theme in ("light", "dark")]
WORDS = {
    "en": {
        "ask": "Ask somebody else…",
        "whom": "Who would know?",
        "missing": "Something is missing…",
        "send": "Send",
        "noted": "Noted: the room will talk about it.",
        "receipt": "Receipt",
        "nobody": "Nobody",
        "closed": "This round is closed.",
        "change": "change your answers",
    },
    "fr": {
        "ask": "Demander à quelqu’un d’autre…",
        "whom": "Qui saurait le dire",
        "missing": "Il manque quelque chose…",
        "send": "Envoyer",
        "noted": "C’est noté",
        "receipt": "Accusé de réception",
        "nobody": "Personne",
        "closed": "Ce tour est clos",
        "change": "modifier vos réponses",
    },
    "de": {
        "ask": "Jemand anderen fragen …",
        "whom": "Wer könnte es wissen",
        "missing": "Etwas fehlt …",
        "send": "Senden",
        "noted": "Notiert",
        "receipt": "Empfangsbestätigung",
        "nobody": "Niemand",
        "closed": "Diese Runde ist geschlossen.",
        "change": "Antworten ansehen und ändern",
    },
}


@pytest.fixture(scope="module")
def hosting(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("phone")
    hosting = Hosting(folder, prepared(folder, len(LOOKS)))
    hosting.start()
    yield hosting
    hosting.kill()


@pytest.fixture(params=LOOKS, ids="-".join)
def phone(request, browser, hosting: Hosting):
    """A phone on which somebody has opened their questions, its words, and who that is."""
    with opened(request.param, browser, hosting) as phone:
        yield phone


@contextmanager
def opened(look: tuple[str, str], browser, hosting: Hosting):
    language, theme = look
    who = f"asked-{LOOKS.index(look)}"
    context = browser.new_context(viewport=PHONE, color_scheme=theme, has_touch=True)
    page = context.new_page()
    page.goto(hosting.origin + hosting.links([who])[who])
    page.locator("form .btn").click()
    page.get_by_role("radio", name=language.upper()).check(force=True)
    expect(page.locator("html")).to_have_attribute("lang", language)
    yield page, WORDS[language], who
    context.close()


def picture(page: Page, folder: Path, name: str) -> None:
    """Keep what is shown, for people to look at; nothing stands beside the screen."""
    page.screenshot(path=folder / f"{name}.png")
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    eventually(lambda: page.evaluate(fits))


def said(hosting: Hosting, who: str) -> list[tuple[str, object]]:
    hosting.session.refresh()
    return [
        (event.subject[0], event.value) for event in hosting.session.history() if event.actor == who
    ]


def test_what_a_respondent_does_beside_naming_somebody(phone, hosting: Hosting, tmp_path: Path):
    page, words, who = phone
    picture(page, tmp_path, "1-welcome")
    page.locator(".respond-card .btn.primary").click()
    card = page.locator(".respond-card[data-key]")
    first = card.get_attribute("data-key")
    picture(page, tmp_path, "2-subject")

    page.get_by_role("button", name=words["ask"]).click()
    box = page.get_by_role("combobox", name=words["whom"])
    box.press_sequentially("Claire Aub")
    picture(page, tmp_path, "3-asking")
    box.press("Enter")
    expect(page.get_by_role("button", name="Claire Aubry")).to_have_attribute(
        "aria-pressed", "true"
    )
    picture(page, tmp_path, "4-asked")

    page.locator(".respond-nav .primary").click()
    page.get_by_role("button", name=words["nobody"], exact=True).click()
    while page.locator(".respond-nav .primary").count():
        page.locator(".respond-nav .primary").click()
    expect(page.locator(".receipt")).to_contain_text(words["receipt"])
    expect(page.get_by_text(words["change"])).to_be_visible()
    picture(page, tmp_path, "5-overview")
    code = page.locator(".receipt strong").inner_text()

    page.get_by_role("button", name=words["missing"]).click()
    field = page.locator(".respond-card .ask input")
    field.press_sequentially("Marketplace")
    picture(page, tmp_path, "6-missing")
    over = page.locator(".respond-nav").bounding_box()["y"]
    for seen in (field, page.get_by_role("button", name=words["send"])):
        box = seen.bounding_box()
        assert box["y"] + box["height"] <= over, "what is written stands under the buttons"
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_role("status").filter(has_text=words["noted"])).to_be_visible()
    picture(page, tmp_path, "7-noted")

    page.locator(".respond-list button").nth(1).click()
    page.get_by_role("combobox").first.press_sequentially("Claire Aub")
    page.get_by_role("combobox").first.press("Enter")
    while page.locator(".respond-nav .primary").count():
        page.locator(".respond-nav .primary").click()
    expect(page.locator(".respond-list li").nth(1)).to_contain_text("Claire Aubry")
    expect(page.locator(".receipt strong")).not_to_have_text(code)
    picture(page, tmp_path, "8-changed")

    values = said(hosting, who)
    assert ("parked", {"text": "Marketplace", "respondent": who}) in values
    delegated = hosting.session.value(("nomination", who, first))[0]
    assert (delegated["ask"], delegated["state"]) == ("claire-aubry", "unknown")


def test_once_the_round_is_closed_the_answers_are_seen_and_stay(
    browser, hosting: Hosting, tmp_path: Path
):
    """Whoever looks at the page then sees it, in each language."""
    session = hosting.session
    session.refresh()
    with ExitStack() as stack:
        phones = [stack.enter_context(opened(look, browser, hosting)) for look in LOOKS]
        session.record(close_round(session.engagement, session.engagement.rounds[-1].opened))
        for page, words, who in phones:
            expect(page.locator(".banner, .lead").filter(has_text=words["closed"])).to_be_visible()
            expect(page.locator(".respond-list")).to_be_visible()
            expect(page.locator(".respond-list button:enabled")).to_have_count(0)
            expect(page.get_by_text(words["change"])).to_have_count(0)
            picture(page, tmp_path, f"9-closed-{who}")
