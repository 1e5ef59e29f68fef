"""Every message of the code is translated in every language, and no translation is left over.

Messages are found by Babel's extractor: methods `t` (one message) and `n` (singular, plural),
called with the English sentence itself.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from tests.spoken import CODE, code_literals, help_texts, raising_modules, sentences
from tests.texts import catalogues, english_and_french, forms
from workbook.cli.completing import LANGUAGES, OR_ALL
from workbook.i18n import ENGLISH, LOCALE, entries, languages, voice
from workbook.wording.sentences import CATALOGUES, sentence

KEYWORDS = {"t": None, "n": (1, 2)}
TRANSLATIONS = [language for language in languages() if language != ENGLISH]
NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def modules():
    return sorted(path for path in CODE.rglob("*.py") if "_resources" not in path.parts)


def speaking():
    """The modules that call one of the two methods."""
    calls = re.compile(r"\b[tn]\(")
    return [path for path in modules() if calls.search(path.read_text(encoding="utf-8"))]


@cache
def extracted():
    """Every message of the code with the places where it stands."""
    found = defaultdict(list)
    for path in speaking():
        for line, message, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            found[message].append(f"{path.relative_to(CODE)}:{line}")
    return found


def key(message):
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def messages():
    return extracted()


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*/*.po")), ids=lambda path: path.name)
def test_a_catalogue_is_read_as_babel_reads_it(path):
    with path.open("rb") as file:
        theirs = {message.id: message.string for message in read_po(file) if message.id}
    ours = {single: forms for single, *forms in entries(path) if single}
    assert ours == {
        key if isinstance(key, str) else key[0]: [text] if isinstance(text, str) else [*text]
        for key, text in theirs.items()
    }


def test_there_is_a_language_to_translate_into():
    assert "fr" in TRANSLATIONS


def test_messages_are_literals_so_that_they_can_be_found():
    variables = [
        f"{path}:{call.lineno}"
        for path in speaking()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        for argument in call.args[: {"t": 1, "n": 2}.get(call.func.attr, 0)]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert not variables, "say the message itself, not a variable"


def test_no_message_is_both_counted_and_plain(messages):
    """The catalogue is looked up by the singular, so the two would answer for each other."""
    counted = {message[0] for message in messages if isinstance(message, tuple)}
    assert not counted & set(messages)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_message_is_translated(language, messages):
    translated = {key(message) for _, message in catalogues(language) if all(forms(message.string))}
    missing = {m: places[0] for m, places in messages.items() if m not in translated}
    assert not missing


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_translation_is_left_over(language, messages):
    left = [
        (file, key(m))
        for file, m in catalogues(language)
        if key(m) not in messages and file not in CATALOGUES
    ]
    assert not left


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_translation_is_only_a_guess(language):
    assert not [(file, key(message)) for file, message in catalogues(language) if message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_message_of_two_rooms_is_said_alike_in_both(language):
    said = defaultdict(set)
    for file, message in catalogues(language):
        said[key(message)].add((forms(message.string), file))
    differing = {m: found for m, found in said.items() if len({text for text, _ in found}) > 1}
    assert not differing


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_placeholders_are_those_of_the_english(language):
    for file, message in catalogues(language):
        # A language may have more forms than English, or fewer: each says what an English one says.
        english = {frozenset(placeholders(text)) for text in forms(message.id)}
        for text in forms(message.string):
            assert placeholders(text) in english, (file, message.id, text)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_plurals_have_every_form_of_the_language(language):
    counts = {path.name: plural_forms(path, language) for path in (LOCALE / language).glob("*.po")}
    assert len(set(counts.values())) == 1, "the files of a language state one rule of plurals"
    for file, message in catalogues(language):
        if not isinstance(message.id, str):
            assert len(forms(message.string)) == counts[file][0], (file, message.id)


def plural_forms(path, language):
    """How many plural forms a catalogue states, and its rule."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return catalogue.num_plurals, catalogue.plural_expr


NOT_TRANSLATED = {
    *("DATE", "EXPR", "FORMATS", "SOURCE...", "on|off"),
    "team|sponsor|owner|handover|poster",
}
"""Words for values that are the same in French, or that have to be typed so."""


@pytest.mark.parametrize(
    "path", list(raising_modules()), ids=lambda path: str(path.relative_to(CODE))
)
def test_every_sentence_of_an_error_is_known_in_french(path):
    """One that is new goes into `locale/fr/errors.po`, values as `{names}`."""
    french = voice("fr")
    unknown = [(line, text) for line, text in sentences(path) if sentence(text, french) == text]
    assert not unknown


def test_no_template_of_an_error_is_left_over():
    with (LOCALE / "fr" / "errors.po").open("rb") as file:
        templates = [m.id for m in read_po(file, locale="fr") if m.id and not m.auto_comments]
    code = code_literals()
    left = [text for text in templates if re.sub(r"\{\w+\}", "x1", text) not in code]
    assert not left


def test_help_of_the_command_line_is_translated_and_nothing_left_over():
    with (LOCALE / "fr" / "help.po").open("rb") as file:
        known = {message.id for message in read_po(file, locale="fr") if message.id}
    typers_own = {m.id for file, m in catalogues("fr") if file == "errors.po"}
    assert help_texts() - known - typers_own == NOT_TRANSLATED
    assert known - help_texts() == {LANGUAGES, OR_ALL}


def french():
    return [(where, french) for where, _, french in english_and_french()]


def test_french_apostrophes_are_typographic():
    assert not [(file, text) for file, text in french() if "'" in text]


def test_french_double_punctuation_stands_after_a_no_break_space():
    glued = re.compile(rf"[^\s{NO_BREAK}:;?!»…(][;?!»]|[^\s{NO_BREAK}:]:(?=\s|$)")
    # One kind of no-break space before punctuation: the wide one.
    loose = re.compile(r"[ \n\N{NARROW NO-BREAK SPACE}][:;?!»]|« |\d %")
    wrong = [(f, t) for f, t in french() if glued.search(t) or loose.search(t)]
    assert not wrong


def test_french_quotes_are_guillemets():
    inner = "“x”"  # the marks that stand inside guillemets
    assert not [(f, text) for f, text in french() if text != inner and re.search(r'[“”"]', text)]
