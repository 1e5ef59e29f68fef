"""What assistive technology gets: names for pictures, scopes for heads, ids that are unique."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.fragments.gallery import pieces


class Outline(HTMLParser):
    """The elements with their attributes, and which element stands in which."""

    def __init__(self, markup):
        super().__init__()
        self.found, self.open = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(name for name, _ in self.open)))
        self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(name for name, _ in self.open)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass


PAGES = {language: "".join(pieces(language).values()) for language in ("en", "fr")}


@pytest.fixture(params=PAGES)
def page(request):
    return PAGES[request.param]


def test_every_picture_says_in_words_what_it_shows_or_stands_beside_them(page):
    pictures = re.findall(r"<svg [^>]*>.*?</svg>", page, re.DOTALL)
    spoken = [picture for picture in pictures if 'aria-hidden="true"' not in picture]
    assert len(spoken) == 8
    assert {re.search('class="([^"]+)"', p)[1] for p in pictures if p not in spoken} == {"bar"}
    for picture in spoken:
        assert 'role="img"' in picture
        assert re.search(r"<title[^>]*>[^<]+</title>", picture)


def test_every_wide_chart_has_a_description_beyond_its_title(page):
    charts = re.findall(r'<svg class="wide".*?</svg>', page, re.DOTALL)
    assert len(charts) == 4
    for chart in charts:
        assert len(re.search(r"<desc[^>]*>([^<]+)</desc>", chart)[1]) > 20


def test_ids_are_unique_and_every_reference_finds_one(page):
    ids = Counter(re.findall(r' id="([^"]+)"', page))
    assert [name for name, count in ids.items() if count > 1] == []
    labelled = " ".join(re.findall(r'aria-labelledby="([^"]+)"', page)).split()
    painted = re.findall(r"url\(#([^)]+)\)", page)
    assert {*labelled, *painted} <= ids.keys()


def test_every_head_of_a_table_says_what_it_heads(page):
    heads = [attributes for tag, attributes, _ in Outline(page).found if tag == "th"]
    assert heads
    assert [attributes for attributes in heads if "scope" not in attributes] == []


def test_every_table_has_a_caption(page):
    assert page.count("<table") == page.count("<caption")


def test_colour_never_speaks_alone(page):
    """A chip has a sign, unless its text is a number."""
    chips = re.findall(r'<span class="chip [a-z]+">(.*?)</span></', page)
    assert chips
    assert [c for c in chips if "aria-hidden" not in c and not re.search(r"\d", c)] == []
