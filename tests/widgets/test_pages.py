"""Headless, a guided step is a complete page: every answer, no script, every text escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.widgets.conftest import AS_OF
from workbook.widgets.conversation import Conversation
from workbook.widgets.pages import static_page, summary
from workbook.widgets.views.frame import steps

HOSTILE = "<img src=x onerror=alert(1)>"


def page_of(screen):
    return str(static_page(screen.view(), screen.tabs()))


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.open, self.names = [], set()
        self.feed(html)

    def handle_starttag(self, tag, _attrs):
        self.names.add(tag)
        if tag not in ("img", "br", "rect", "line", "circle", "path", "col", "hr", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag, _attrs):
        self.names.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("example", ["maison-lorient", "atelier-belval", "groupe-kervadec"])
def test_every_step_is_a_whole_page(talk, example, language):
    screen = talk(example, language=language)
    for step in steps(screen.session.rules):
        screen.hear({"do": "go", "step": step})
        html = page_of(screen)
        tags = Tags(html)
        assert not tags.open
        assert not {"script", "iframe", "input", "button"} & tags.names
        assert screen.view()["page"]["heading"] in html
        assert not re.findall(r"https?://(?!www\.w3\.org)", html)


def test_a_page_is_the_same_every_time(talk):
    assert page_of(talk("maison-lorient", "review")) == page_of(talk("maison-lorient", "review"))


def test_texts_of_people_are_escaped(fresh):
    fresh.hear({"do": "facts", "about": "organisation", "set": {"name": HOSTILE}})
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": HOSTILE, "title": HOSTILE}})
    owner = fresh.session.engagement.people[0].id
    fields = {"owner": owner, "note": HOSTILE, "evidence": HOSTILE}
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": fields})
    for step in steps(fresh.session.rules):
        fresh.hear({"do": "go", "step": step})
        assert HOSTILE not in page_of(fresh)


def test_before_any_engagement_the_page_offers_the_examples(workspace):
    screen = Conversation(workspace, None, as_of=AS_OF)
    for key in workspace.examples():
        assert workspace.open(key).engagement.organisation.name in page_of(screen)
    assert summary(screen.view()) == "Ownership workbook · Who owns what?"


def test_the_summary_is_one_stable_line(talk):
    assert re.fullmatch(
        r"Maison Lorient · Experience: \S+ \(.+\)", summary(talk("maison-lorient").view())
    )


def test_where_nothing_applies_each_part_of_the_review_says_that_it_is_empty(fresh):
    rules = fresh.session.rules
    ruling = {"state": "not_applicable", "reason": "another programme does it"}
    for focal_point in rules.places():
        fresh.hear({"do": "decide", "focal_point": focal_point, "set": ruling})
    for question in rules.questions():
        fresh.hear({"do": "answer", "question": question, "set": ruling})
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "tab", "tab": "actions"})
    fresh.hear({"do": "plan", "target": 90})
    assert fresh.view()["page"]["content"]["plan"]["lead"] == "No step would help."
    page = page_of(fresh)
    for sentence in (
        "Nothing was found",
        "Nothing is left to do.",
        "Nothing is left to talk about",
        "No owner is decided yet",
    ):
        assert page.count(sentence) == 1
