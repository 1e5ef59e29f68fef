"""Any language is data: its plurals, dates, numbers and what a framework lacks of it."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from typer.testing import CliRunner

from tests.content.documents import GOOD
from tests.content.frameworks import copied
from tests.report.examples import report_of
from tests.wording.catalogues import add_language, forget, speak_from
from workbook import i18n, resources
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.errors import BadInput
from workbook.i18n import chosen, voice
from workbook.model.base import Text
from workbook.report import build, html, plain
from workbook.scoring import evaluate
from workbook.widgets.conversation import Conversation
from workbook.widgets.pages import static_page
from workbook.workspace import Workspace

AS_OF = dt.date(2026, 11, 23)
NO_FRENCH = "Ce référentiel n’a pas de textes en français"
NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.fixture
def locale(monkeypatch, tmp_path):
    """The folder of languages, a copy to which a test may add."""
    yield speak_from(monkeypatch, tmp_path / "locale")
    monkeypatch.undo()
    forget()


# Plurals


@pytest.mark.parametrize(
    ("language", "count_of_forms", "by_form"),
    [
        ("pl", 3, {0: [1], 1: [2, 3, 4, 22, 104], 2: [0, 5, 11, 12, 14, 21, 112]}),
        ("cs", 3, {0: [1], 1: [2, 3, 4], 2: [0, 5, 11, 22]}),
        ("ru", 3, {0: [1, 21, 101], 1: [2, 4, 22, 34], 2: [0, 5, 11, 14, 111]}),
        ("ar", 6, {0: [0], 1: [1], 2: [2], 3: [3, 10, 103], 4: [100, 102], 5: [11, 99, 111]}),
        ("ja", 1, {0: [0, 1, 2, 5, 100]}),
    ],
)
def test_every_count_takes_the_form_of_its_language(locale, language, count_of_forms, by_form):
    forms = tuple(f"form {n}" for n in range(count_of_forms))
    add_language(locale, language, {("{count} topic", "{count} topics"): forms})
    forget()
    spoken = {
        count: voice(language).n("{count} topic", "{count} topics", count)
        for counts in by_form.values()
        for count in counts
    }
    assert spoken == {count: f"form {n}" for n, counts in by_form.items() for count in counts}


def test_a_message_that_is_not_translated_is_said_in_english(locale):
    add_language(locale, "pl", {("{count} topic", "{count} topics"): ("", "", "")})
    forget()
    assert voice("pl").n("{count} topic", "{count} topics", 1) == "1 topic"
    assert voice("pl").n("{count} topic", "{count} topics", 5) == "5 topics"
    assert voice("pl").t("Saved") == "Saved"


# Numbers, dates, countries


def test_the_first_of_a_french_month_is_an_ordinal():
    french = voice("fr")
    assert french.date(dt.date(2027, 2, 1)) == "1er février 2027"
    assert french.date(dt.date(2027, 2, 1), "medium") == "1er févr. 2027"
    assert french.date(dt.date(2026, 12, 1), "day") == "1er déc."
    assert french.date(dt.date(2027, 2, 11)) == "11 février 2027"
    assert french.date(dt.date(2027, 2, 1), "short") == "01/02/2027"
    assert voice("en").date(dt.date(2027, 2, 1)) == "1 February 2027"


def test_a_region_has_its_own_order_of_days_and_the_words_of_its_language():
    assert voice("en-US").date(dt.date(2027, 2, 1)) == "February 1, 2027"
    assert voice("fr-CA").t("Actions") == voice("fr").t("Actions")
    assert voice("fr-CA").language == "fr-CA"


@pytest.mark.parametrize("language", ["fr-XX", "xx", "", "fr-", "../fr"])
def test_a_language_that_nobody_speaks_is_refused_with_those_that_there_are(language):
    with pytest.raises(BadInput) as refused:
        voice(language)
    assert "en, fr" in str(refused.value) or "“fr”" in str(refused.value)


def test_shares_and_countries_are_written_as_the_language_does():
    assert voice("en").percent(0.125, 1) == "12.5%"
    assert voice("fr").percent(0.125, 1) == f"12,5{NARROW}%"
    assert voice("fr").country("de") == "Allemagne"
    assert voice("en").country("Wales") == "Wales"


# What a framework lacks


def test_a_text_falls_back_to_its_language_without_the_region_then_to_english():
    text = Text({"fr": "Oui", "en": "Yes", "de": "Ja"})
    assert [text[language] for language in ("fr", "fr-CA", "it")] == ["Oui", "Oui", "Yes"]
    assert Text({"fr-CA": "Ouais", "de": "Ja"})["fr"] == "Ouais"
    assert chosen("it", ["fr", "de"]) == chosen("it", ["de", "fr"]) == "de"


@pytest.fixture
def english_only(tmp_path):
    """An engagement on a framework whose texts are in English alone."""
    folder = tmp_path / "frameworks" / "ours"
    folder.parent.mkdir()
    copied(tmp_path).rename(folder)
    for path in folder.glob("*.yaml"):
        # An included file stays a mention of it.
        text = path.read_text("utf-8").replace("!include ", "INCLUDE-")
        document = without_french(yaml.safe_load(text))
        written = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
        path.write_text(written.replace("INCLUDE-", "!include "), "utf-8")
    root = folder / "framework.yaml"
    text = root.read_text("utf-8").replace("key: commerce-stakeholders", "key: ours", 1)
    root.write_text(text.replace("- en\n- fr\n", "- en\n", 1), "utf-8")
    file = tmp_path / "acme.yaml"
    file.write_text(GOOD.replace("key: commerce-stakeholders", "key: ours"), "utf-8")
    return file


def without_french(value):
    """A document without its French texts."""
    if isinstance(value, dict):
        return {key: without_french(part) for key, part in value.items() if key != "fr"}
    return [without_french(part) for part in value] if isinstance(value, list) else value


def test_the_command_line_says_so_and_shows_what_there_is(english_only):
    ran = CliRunner().invoke(
        app, ["evaluate", str(english_only), "--lang", "fr", "--as-of", str(AS_OF)]
    )
    assert ran.exit_code == 0, ran.output
    assert NO_FRENCH in ran.stdout
    assert "Experience" in ran.stdout
    assert "23 novembre 2026" in ran.stdout


def test_an_engagement_in_a_language_of_the_screens_needs_no_framework_in_it(english_only):
    english_only.write_text(english_only.read_text("utf-8") + "\nlanguage: fr-CA\n", "utf-8")
    assert load_engagement(english_only).engagement.language == "fr-CA"
    ran = CliRunner().invoke(app, ["evaluate", str(english_only), "--as-of", str(AS_OF)])
    assert NO_FRENCH in ran.stdout


def test_the_outline_of_a_framework_says_so_too(english_only):
    folder = english_only.parent / "frameworks" / "ours"
    ran = CliRunner().invoke(app, ["framework", "show", str(folder), "--lang", "fr"])
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.startswith(NO_FRENCH)


def test_every_screen_says_so_and_every_command_works(english_only, monkeypatch):
    monkeypatch.setenv("WORKBOOK_HOME", str(english_only.parent))
    workspace = Workspace.at(english_only.parent)
    screen = Conversation(workspace, workspace.open(str(english_only)), as_of=AS_OF)
    screen.hear({"do": "speak", "language": "fr"})
    for step in ("start", "experience", "technology", "executive_sponsor", "review"):
        screen.hear({"do": "go", "step": step})
        view = screen.view()
        assert view["notice"]["text"].startswith(NO_FRENCH)
        assert NO_FRENCH in static_page(view, screen.tabs())


def test_a_shipped_framework_needs_no_such_sentence():
    loaded = load_engagement(resources.templates() / "engagements" / "tidewater-outdoor.yaml")
    evaluation = evaluate(loaded.rules, loaded.engagement, AS_OF)
    assert build(loaded.rules, loaded.engagement, evaluation, "fr").language_note == ""


# Another language


DUTCH = {
    "Do this first": "Eerst doen",
    "Score": "Puntental",
    "{count} gate holds it.": "{count} sluis houdt hem.",
    ("{count} decision", "{count} decisions"): ("{count} besluit", "{count} besluiten"),
    "This framework has no texts in {language}; those in {shown} are shown.": (
        "Dit kader heeft geen teksten in het {language}; getoond wordt {shown}."
    ),
}


def test_another_language_is_a_folder_and_nothing_else(locale):
    add_language(locale, "nl", DUTCH)
    forget()
    assert i18n.languages() == ("en", "de", "fr", "nl")
    file = resources.templates() / "engagements" / "fernhill-supply.yaml"
    loaded = load_engagement(file)
    evaluation = evaluate(loaded.rules, loaded.engagement, AS_OF)
    report = build(loaded.rules, loaded.engagement, evaluation, "nl")
    note = "Dit kader heeft geen teksten in het Nederlands; getoond wordt Engels."
    for shown in (html(report), plain(report)):
        assert note in shown
        assert "23 november 2026" in shown
        assert "Eerst doen" in shown
        assert "Experience" in shown
    ran = CliRunner().invoke(app, ["evaluate", str(file), "--lang", "nl", "--as-of", str(AS_OF)])
    assert ran.exit_code == 0, ran.output
    assert note in ran.stdout


def test_a_count_is_spelled_in_the_language_of_the_text_that_it_stands_in():
    said = report_of("mutuelle-ponant", "de").headline
    assert said.startswith("Two subjects have no owner")
    assert said.endswith("answers differ on who owns nine subjects")
