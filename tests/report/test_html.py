"""The page: one document, outlined and labelled, self-contained, escaped; kept as snapshots."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.report.examples import EXAMPLES, evaluated, example, report_of
from workbook import report
from workbook.fragments.shell import without_sheet
from workbook.fragments.styles import stylesheet
from workbook.i18n import voice
from workbook.report.html import draw
from workbook.report.view import ReportView

KEPT = ("actions", "findings", "gates", "agreement", "method")


def body(page):
    return page.partition("<body")[2]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_first_page_is_as_it_was_approved(lang, snapshot):
    whole = report.html(report_of("tidewater-outdoor", lang))
    snapshot(f"first-page.{lang}.html", whole.partition('<section id="actions"')[0])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("key", KEPT)
def test_a_section_is_as_it_was_approved(key, lang, snapshot):
    section = report_of("tidewater-outdoor", lang).section(key)
    drawn = "\n".join(str(draw(block, voice(lang))) for block in section.blocks)
    snapshot(f"{key}.{lang}.html", drawn)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_plain_text_is_as_it_was_approved(lang, snapshot):
    snapshot(f"plain.{lang}.txt", report.plain(report_of("tidewater-outdoor", lang)))


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_go_down_one_step_at_a_time_from_a_single_h1(name):
    levels = [
        int(level) for level in re.findall(r"<h([1-6])[ >]", report.html(report_of(name, "en")))
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", EXAMPLES)
def test_ids_are_unique_and_every_address_leads_somewhere(name):
    page = report.page(report_of(name, "fr"))
    ids = Counter(re.findall(r' id="([^"]+)"', page))
    assert [key for key, count in ids.items() if count > 1] == []
    for address in re.findall(r'href="#([^"]+)"', page):
        assert address in ids
    for named in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(named.split()) <= set(ids)


def test_a_page_has_language_title_landmarks_and_a_way_past_the_contents():
    page = report.page(report_of("maison-lorient", "fr"))
    assert page.startswith('<!doctype html>\n<html lang="fr">')
    assert "<title>Maison Lorient · Qui porte la transformation e-commerce</title>" in page
    assert [body(page).count(f"<{mark}") for mark in ("main", "nav", 'article class="page"')] == [
        1,
        1,
        1,
    ]
    assert body(page).index('class="skip"') < body(page).index("<nav")


def test_a_page_asks_for_nothing():
    page = report.page(report_of("maison-lorient", "en"))
    addresses = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""", page)
    assert addresses
    assert {a.split(":")[0] for a in addresses if not a.startswith("#")} == {"data"}
    assert "@import" not in page
    assert "<script" not in page


def test_a_theme_can_be_asked_for():
    made = report_of("atelier-belval", "en")
    assert 'data-theme="auto"' in report.page(made)
    assert 'data-theme="dark"' in report.page(made, "dark")


def test_what_a_notebook_shows_is_the_pages_body():
    made = report_of("atelier-belval", "en")
    shown = ReportView(made)._repr_mimebundle_()[0]["text/html"]
    assert stylesheet() in shown
    assert without_sheet(shown) == report.html(made)
    assert without_sheet("<p>other</p>") == "<p>other</p>"


def test_what_people_type_is_text_and_never_markup():
    engagement, framework = example("maison-lorient")
    payload = "<img src=x onerror=alert(1)>\"'{0}{focal_point}"
    people = tuple(p.model_copy(update={"name": payload}) for p in engagement.people)
    nominations = tuple(n.model_copy(update={"note": payload}) for n in engagement.nominations)
    organisation = engagement.organisation.model_copy(update={"name": payload})
    changed = {"people": people, "nominations": nominations, "organisation": organisation}
    nasty = engagement.model_copy(update=changed)
    page = report.page(report.build(framework, nasty, evaluated("maison-lorient"), "en"))
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "{focal_point}" in page
