"""The front end: one module without a build step, every word of it from the catalogue."""

from __future__ import annotations

import re

import pytest

from workbook.i18n import voice
from workbook.widgets import front
from workbook.widgets.front import STATIC, board, module, respondent_page
from workbook.widgets.respondent.words import words as respondent_words
from workbook.widgets.views.words import words

SOURCES = sorted(STATIC.glob("*.js"))
SAID = re.compile(r"\bwords\.(\w+)")
DYNAMIC = {"responsible", "consulted", "informed"}


def said_in(name):
    return SAID.findall((STATIC / f"{name}.js").read_text("utf-8"))


def test_every_source_is_part_of_a_page():
    ends = {"widget", "board", "socket", "local", "answering", "seat"}
    assert {path.stem for path in SOURCES} == {*front.SCREEN, *front.RESPONDENT} | ends


def test_the_module_has_one_export_and_imports_nothing():
    assert len(re.findall(r"^export\b", module(), re.MULTILINE)) == 1
    assert not re.search(r"^\s*import\b|\bimport\(", module(), re.MULTILINE)


def test_the_pages_of_the_host_export_and_import_nothing():
    for page in (board(), respondent_page()):
        assert not re.search(r"^\s*import\b|\bimport\(|^export\b", page, re.MULTILINE)


def test_the_front_end_names_no_address():
    ours = "".join(path.read_text("utf-8") for path in SOURCES)
    assert not re.findall(r"https?://\S+", ours)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_modules_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_the_front_end_uses_exactly_the_words_that_travel():
    used = {word for name in front.SCREEN for word in said_in(name)} | DYNAMIC
    assert used == set(words(voice("en")))


def test_a_respondents_page_has_every_word_that_it_uses():
    # Pieces that it shares with the screen name words of dates and reasons that it never shows.
    own = {word for name in ("respond", "picker", "outbox") for word in said_in(name)}
    assert own <= set(respondent_words(voice("en")))


@pytest.mark.parametrize("licence", ["LICENSE-htm.txt", "LICENSE-preact.txt"])
def test_the_vendored_library_brings_its_licences(licence):
    assert "Copyright" in (STATIC / "vendor" / licence).read_text("utf-8") or licence.endswith(
        "htm.txt"
    )
