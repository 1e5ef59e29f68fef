"""Nothing of another language is left in what a language shows: reports, slides, sheets, screens.

A left-over is a stretch of three words or more that a message or a text of the framework has in
another language and not in this one. What people wrote themselves is theirs, whatever its language.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from functools import cache
from zipfile import ZipFile

import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from tests.portfolio.clients import AS_OF
from tests.report.examples import EXAMPLES, report_of
from tests.texts import catalogues, forms, framework_texts
from tests.workshop.conftest import silent
from workbook import portfolio, report
from workbook.i18n import ENGLISH, languages
from workbook.office import RENDERERS
from workbook.widgets.conversation import Conversation
from workbook.widgets.respondent import Desk, RespondentConversation
from workbook.widgets.views.frame import steps
from workbook.widgets.views.review import TABS
from workbook.workshop import open_round
from workbook.workspace import Workspace

TRANSLATIONS = [language for language in languages() if language != ENGLISH]
EXAMPLE = "maison-lorient"
TERMINAL = ("cli.po", "errors.po", "help.po")
WORDS = 3
PLACEHOLDER = re.compile(r"\{\w+\}|\n")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def one_line(text):
    return re.sub(r"\s+", " ", text)


@cache
def said():
    """Every text by language: of messages off the terminal, and of the frameworks."""
    texts = {language: set() for language in languages()}
    for language in TRANSLATIONS:
        for file, message in catalogues(language):
            if file not in TERMINAL:
                texts[ENGLISH] |= {*forms(message.id)}
                texts[language] |= {*forms(message.string)}
    for _, text in framework_texts():
        for language, words in text.root.items():
            texts[language].add(words)
    return texts


@cache
def foreign(language):
    """Stretches of texts in other languages that this one never says, nor the example itself."""
    others = set().union(*(said()[other] for other in languages() if other != language))
    translated = one_line("\n".join(said()[language] - others))
    own = translated + one_line(EXAMPLES[EXAMPLE].read_text("utf-8"))
    stretches = {
        one_line(stretch).strip(" .:,;?!…·→()“”«»„‘’")
        for other in languages()
        if other != language
        for text in said()[other]
        for stretch in PLACEHOLDER.split(text)
    }
    return [s for s in stretches if len(re.findall(r"[^\W\d_]+", s)) >= WORDS and s not in own]


def left_over(text, language):
    shown = one_line(text)
    return sorted(stretch for stretch in foreign(language) if stretch in shown)


# What is shown


def in_word(content):
    return " ".join(Document(io.BytesIO(content)).element.body.itertext())


def on_slides(content):
    parts = [
        part
        for slide in Presentation(io.BytesIO(content)).slides
        for part in (slide, slide.notes_slide if slide.has_notes_slide else None)
        if part is not None
    ]
    return " ".join(text for part in parts for text in part.element.itertext())


def in_pdf(content):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def in_sheets(content):
    with ZipFile(io.BytesIO(content)) as parts:
        return re.sub("<[^>]*>", " ", parts.read("xl/sharedStrings.xml").decode())


READING = {
    "docx": in_word,
    "pptx": on_slides,
    "pdf": in_pdf,
    "xlsx": in_sheets,
    "ics": bytes.decode,
}


@pytest.mark.slow  # a document of each kind in each language
@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("form", READING)
def test_a_document_holds_no_other_language(form, language):
    shown = READING[form](RENDERERS[form](report_of(EXAMPLE, language)))
    assert len(shown) > 1000
    assert not left_over(shown, language)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_page_of_a_report_holds_no_other_language(language):
    shown = report.page(report_of(EXAMPLE, language))
    assert not left_over(re.sub(r"<style.*?</style>", "", shown, flags=re.DOTALL), language)


@pytest.mark.slow  # trials of weightings
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_page_of_a_portfolio_holds_no_other_language(language):
    # One framework only: another may lack the language, and says so.
    sources = [str(path) for path in EXAMPLES.values() if "data-platform" not in path.read_text()]
    assessed = portfolio.assess(portfolio.gather(sources), AS_OF)
    shown = portfolio.page(portfolio.build(assessed, language))
    assert not left_over(re.sub(r"<style.*?</style>", "", shown, flags=re.DOTALL), language)


@pytest.fixture
def workspace(tmp_path):
    return Workspace.at(tmp_path, clock=lambda: NOW)


def texts_of(view):
    return json.dumps(view, ensure_ascii=False, default=str)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_screen_holds_another_language(language, workspace):
    screen = Conversation(workspace, workspace.open(EXAMPLE), as_of=AS_OF, language=language)
    for step in steps(screen.session.rules):
        screen.hear({"do": "go", "step": step})
        assert not left_over(texts_of(screen.view()), language), step
    for tab in TABS:
        screen.hear({"do": "tab", "tab": tab})
        assert not left_over(texts_of(screen.view()), language), tab


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_page_of_a_respondent_holds_another_language(language, workspace):
    session = workspace.new(silent(workspace))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    page = RespondentConversation(Desk(session), "paul-ney", NOW.date, language)
    assert not left_over(texts_of(page.view()), language)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_is_left_in_english_is_found(language):
    """The check itself: a heading, a finding and a question that nobody translated."""
    shown = "… The road to go-live · Nobody owns the ERP, a system in scope? Not at all …"
    assert left_over(shown, language) == ["Not at all", "The road to go-live", "a system in scope"]
