"""The printed questionnaire: the respondent's page on paper, with boxes for a pen.

A dumb renderer of the page's view model: every sentence is in it already, every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook.fragments.markup import tag
from workbook.fragments.styles import printed_stylesheet

if TYPE_CHECKING:
    from workbook.widgets.views.scene import View

SPARE = 3
"""Lines on which somebody writes what is missing."""


def printed_summary(view: View) -> str:
    """One stable line: whom it asks, and how far they are."""
    page = view["page"]
    return f"{page['organisation']} · {page['hello']} · {page['progress']}"


def printed_page(view: View) -> Markup:
    """The questionnaire as HTML with its stylesheet."""
    page, words = view["page"], view["words"]
    subjects = [page["subjects"]["by"][key] for key in page["subjects"]["order"]]
    areas = [
        tag("section", tag("h2", area), [_subject(subject, view) for subject in group])
        for area, group in groupby(subjects, key=lambda subject: subject["area"])
    ]
    receipt = page["receipt"]
    main = tag(
        "main",
        tag("p", page["organisation"], class_="small muted"),
        tag("h1", page["hello"]),
        tag("p", page["lead"], class_="lead") if page["round"] else None,
        tag("p", page["privacy"], class_="help"),
        tag("p", words["receipt"], " ", receipt["code"], " · ", receipt["text"])
        if receipt
        else None,
        areas,
        tag("h2", words["missing_what"]),
        [tag("p", class_="line") for _ in range(SPARE)],
        class_="leaf",
    )
    sheet = tag("style", Markup(printed_stylesheet()))  # noqa: S704 - our own files
    classes = "owb owb-session owb-respond static printed"
    return tag("div", sheet, main, class_=classes, lang=view["lang"])


def _subject(subject: View, view: View) -> Markup:
    words = view["words"]
    return tag(
        "article",
        tag("h3", subject["title"]),
        tag("p", subject["help"], class_="help") if subject["help"] else None,
        _line(words["who_owns"], _party(subject["party"], view)),
        tag("p", list(_boxes(_quick(subject, view))), class_="boxes"),
        _line(words["ask_whom"], _party(subject["ask"], view)),
        _line(words["fields"]["deputy"], _party(subject["deputy"], view)),
        tag(
            "p",
            tag("span", words["fields"]["confidence"], class_="name"),
            list(
                _boxes(
                    (c["title"], c["key"] == subject["confidence"]) for c in words["confidences"]
                )
            ),
            class_="boxes",
        ),
        _line(words["fields"]["note"], subject["note"] or ""),
        class_="asked",
    )


def _quick(subject: View, view: View) -> Iterator[tuple[str, bool]]:
    words, me = view["words"], view["page"]["me"]
    if me:
        yield words["i_do"], subject["party"] == me
    yield words["nobody"], subject["party"] == "nobody"
    yield words["dont_know"], subject["state"] == "unknown" and not subject["ask"]


def _boxes(choices: Iterable[tuple[str, bool]]) -> Iterator[Markup]:
    for title, is_chosen in choices:
        yield tag("span", "☒ " if is_chosen else "☐ ", title, class_="box")


def _line(name: str, text: str) -> Markup:
    """What is asked, and the answer or an empty line."""
    return tag("p", tag("span", name, class_="name"), tag("span", text, class_="line"))


def _party(key: str | None, view: View) -> str:
    """Whom an answer names; blank where it names nobody by name."""
    specials = {special["key"]: special["title"] for special in view["words"]["owner_specials"]}
    specials |= {special["key"]: special["title"] for special in view["words"]["deputy_specials"]}
    if not key or key == "nobody":  # that is a box of its own
        return ""
    party = view["parties"]["by"].get(key)
    return str(party["name"] if party else specials.get(key, key))
