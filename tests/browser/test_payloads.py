"""What people write is text in a browser: under the policy of a page, and without it."""

from __future__ import annotations

import json

import pytest
from markupsafe import Markup

from tests.injection import browsing
from tests.injection.payloads import FORMS, WANTED, payloads
from workbook.serve.host import pages
from workbook.serve.host.guard import policy

EVERY = payloads()
AT_ONCE = 10
PAGES = {"report", "board at start", "board at review", "respondent’s page", "questionnaire"}
RUNS = ("alert('", "<script>zq", "srcdoc=", "<svg onload", "rel=stylesheet", "data=//", "src=zq")
"""Signs of a payload that does something as soon as a page holds it, and that can be told."""


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", "2026-11-23")


def test_nothing_runs_on_a_page_with_its_policy_and_without(browser):
    told, names, marked = [], set(), set()
    for name, text, rules in browsing.served(EVERY[:: WANTED // AT_ONCE]):
        names.add(name)
        marked.update(name for _ in browsing.MARKER.finditer(text))
        _, bare, none = browsing.without_policy((name, text, rules))
        told += [f"{name}: {what}" for what in browsing.found(browser, text, rules)]
        told += [f"{name} without policy: {what}" for what in browsing.found(browser, bare, none)]
    assert told == []
    assert names == marked == PAGES, "each page shows some payload"


@pytest.fixture(scope="module")
def bare():
    """A page that shows a payload as it is, one for each form."""
    forms = EVERY[: sum(map(len, FORMS.values()))]
    chosen = [p for p in forms if any(sign in p.text for sign in RUNS)]
    chosen = [p for p in chosen if "onmouseover" not in p.text]
    assert len(chosen) > len(RUNS)
    return {p.text: f"<title>x</title><p>{p.text}<input value='{p.text}'>" for p in chosen}


def test_a_payload_that_nobody_escapes_works_without_a_policy(browser, bare):
    works = {payload for payload, page in bare.items() if browsing.found(browser, page)}
    assert works == bare.keys()


def test_no_script_runs_under_the_policy_even_if_nobody_escapes(browser, bare):
    found = {what for page in bare.values() for what in browsing.found(browser, page, policy())}
    assert [what for what in found if what.startswith("ran: ")] == []


@pytest.mark.parametrize("place", ["screens", "report"])
def test_the_very_pages_are_noticed_once_they_escape_nothing(browser, monkeypatch, place):
    if place == "screens":
        monkeypatch.setattr(pages, "_json", lambda view: Markup(json.dumps(view)))  # noqa: S704
    else:
        monkeypatch.setattr("workbook.fragments.markup.escape", Markup)
    leaking = {
        name
        for name, text, _ in browsing.served([p for p in EVERY if p.family == "script"][:10])
        if (name == "report") == (place == "report") and browsing.found(browser, text)
    }
    assert leaking == ({"report"} if place == "report" else PAGES - {"report"})
