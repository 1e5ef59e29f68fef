"""The notebook of somebody who answers: a page to print, or live in a kernel of their own."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from tests.workshop.conftest import TODAY, nominate
from workbook.errors import BadInput
from workbook.store import Change
from workbook.widgets import respond
from workbook.workspace import Session, Workspace


@pytest.fixture(autouse=True)
def _at_home(workspace: Workspace, session: Session, monkeypatch):  # noqa: ARG001 - the round
    monkeypatch.setenv("WORKBOOK_HOME", str(workspace.path))
    monkeypatch.setenv("WORKBOOK_AS_OF", TODAY.isoformat())
    monkeypatch.setenv("WORKBOOK_STATIC", "1")


def shown(screen) -> str:
    bundle = screen._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"] == repr(screen)
    return data["text/html"]


def subject(page: str, title: str) -> str:
    """What stands below a subject, without marks."""
    below = page.partition(f"<h3>{title}</h3>")[2].partition("<h3>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", below).split())


def test_it_asks_every_subject_with_lines_and_boxes_for_a_pen():
    page = shown(respond("paul-ney", engagement="lorient"))
    assert page.count("<h3>") == 27
    assert "Hello Paul Ney" in page
    asked = subject(page, "Promotions")
    for words in (
        "Who owns this today?",
        "☐ I do",
        "☐ Nobody",
        "☐ I don’t know",
        "☐ Guess",
        "Deputy",
    ):
        assert words in asked
    assert "☒" not in page


def test_what_was_answered_stands_in_it(session: Session):
    nominate(session, "paul-ney", "promotions", "claire-aubry")
    nominate(session, "paul-ney", "product_assortment", "nobody")
    nominate(session, "claire-aubry", "customer_complaints", "nobody")
    screen = respond("Paul Ney", engagement="lorient")
    page = shown(screen)
    assert "Claire Aubry" in subject(page, "Promotions")
    assert "☒ Nobody" in subject(page, "Product assortment")
    assert page.count("☒") == 1, "nobody sees what others said"
    assert repr(screen).endswith("2 of 27")


def test_it_speaks_the_language_of_who_answers(session: Session):
    value = {"person": "paul-ney", "language": "fr"}
    session.record(Change(("respondent", "paul-ney"), value))
    assert "Bonjour Paul Ney" in shown(respond("paul-ney", engagement="lorient"))
    assert "Hello Paul Ney" in shown(respond("paul-ney", engagement="lorient", lang="en"))


def test_of_nobody_it_is_a_blank_questionnaire_with_a_line_for_the_name():
    page = shown(respond(engagement="lorient"))
    assert "Hello ……" in page
    assert (page.count("<h3>"), "☒" in page, "☐ I do " in page) == (27, False, False)


def test_whoever_is_not_asked_is_refused_with_the_nearest_name():
    with pytest.raises(BadInput, match="did you mean “Paul Ney”"):
        respond("Paul Nay", engagement="lorient")


def test_live_an_answer_is_written_in_the_name_of_who_gives_it(session: Session, monkeypatch):
    monkeypatch.setenv("WORKBOOK_STATIC", "0")
    screen = respond("paul-ney", engagement="lorient")
    answers: list[dict[str, object]] = []
    monkeypatch.setattr(screen, "send", answers.append)
    message = {"do": "nominate", "focal_point": "promotions", "set": {"party": "claire-aubry"}}
    screen._on_message(None, message, [])
    screen._conversation.session.flush()
    session.refresh()
    assert session.history()[-1].actor == "paul-ney"
    assert session.value(("nomination", "paul-ney", "promotions"))[0]["party"] == "claire-aubry"
    assert (answers[0]["kind"], screen.view["page"]["done"]) == ("patch", 1)


def test_live_it_follows_the_round_that_is_closed_elsewhere(session, workspace, monkeypatch):
    from workbook.workshop import close_round

    monkeypatch.setenv("WORKBOOK_STATIC", "0")
    screen = respond("paul-ney", engagement="lorient")
    monkeypatch.setattr(screen, "send", lambda _: None)
    session.record(close_round(session.engagement, workspace.now()))
    screen._on_message(None, {"do": "poll"}, [])
    assert not screen.view["page"]["open"]


@pytest.mark.browser
def test_on_paper_it_has_at_most_five_pages_each_with_its_number(browser):
    page = browser.new_page()
    page.set_content(f"<!doctype html><body>{shown(respond(engagement='lorient', lang='fr'))}")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    pages = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) <= 5
    assert [f"{n} / {len(pages)}" in text for n, text in enumerate(pages, 1)] == [True] * len(pages)
