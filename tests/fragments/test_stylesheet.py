"""One sheet, safe beside anybody else's: scoped, offline, printable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbook.fragments import styles
from workbook.fragments.styles import document_fonts, screen_fonts, stylesheet

SHEET = stylesheet(screen=True)
WIDEST = 120


def without_comments(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def outer_selectors(css):
    """The selectors at the top or directly inside @media; nested ones inherit theirs."""
    depth, start, inside_media, found = 0, 0, 0, []
    for at, sign in enumerate(css):
        if sign == "{":
            head = css[start:at].strip()
            if depth == inside_media:
                if head.startswith("@media"):
                    inside_media += 1
                else:
                    found.append(head)
            depth += 1
            start = at + 1
        elif sign == "}":
            depth -= 1
            inside_media = min(inside_media, depth)
            start = at + 1
        elif sign == ";":
            start = at + 1
    return [head for head in found if not head.startswith("@")]


def test_every_rule_is_scoped_so_that_lab_keeps_its_own_look():
    heads = outer_selectors(without_comments(SHEET))
    assert len(heads) > 10
    parts = [part.strip() for head in heads for part in re.split(r",(?![^(]*\))", head)]
    assert [part for part in parts if ".owb" not in part] == []


def test_its_sources_are_read_without_scrolling_sideways():
    sources = sorted(Path(styles.__file__).parent.glob("style/*.css"))
    long = [
        f"{source.name}:{number}"
        for source in sources
        for number, line in enumerate(source.read_text("utf-8").splitlines(), 1)
        if len(line) > WIDEST
    ]
    assert sources
    assert long == []


def test_a_page_carries_only_the_cuts_that_its_letters_need():
    plain, signs, polish = (document_fonts(text) for text in ("Owner", "Owner ▲", "Łukasz"))
    assert plain.count("@font-face") == 4
    assert signs.count("@font-face") == 6
    assert polish.count("@font-face") == 8
    # A face of a weight between would be taken for whole texts, whose letters it lacks.
    assert set(re.findall(r"font-weight:([^;]+)", signs)) == {"100 549", "550 900"}
    assert plain.count("url(data:font/woff2;base64,") == 4


def test_what_only_screens_need_stays_out_of_documents():
    assert "@font-face" not in SHEET
    assert len(stylesheet()) < 45_000 < len(SHEET)


@pytest.mark.parametrize("sheet", [SHEET, screen_fonts(), document_fonts("Łukasz ▲")])
def test_nothing_is_fetched(sheet):
    assert re.findall(r"url\((?!data:|#)[^)]*\)", sheet) == []
    assert "@import" not in sheet
    assert "http" not in without_comments(sheet)


@pytest.mark.parametrize(
    "promise",
    [
        "prefers-reduced-motion: reduce",
        "prefers-color-scheme: dark",
        'data-size="projector"',
        "size: A4",
        "counter(page)",
        "table-header-group",
        "break-inside: avoid",
    ],
)
def test_sheet_keeps_its_promise(promise):
    assert promise in SHEET
