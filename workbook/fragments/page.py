"""The pieces of a page: masthead, areas, key figures, method box, empty states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.chips import level_chip
from workbook.fragments.markup import NOTHING, tag
from workbook.fragments.scores import range_bar
from workbook.i18n import Voice
from workbook.model.evaluation import LevelSpan, Score, Status
from workbook.model.rules import Rules
from workbook.wording.figures import point_text
from workbook.wording.headings import headings
from workbook.wording.states import Tone

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area in one line; `held_back` says in a few words what holds it back."""

    title: str
    score: Score
    level: LevelSpan | None
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that is read at a glance, what it counts, and a quieter note."""

    value: str
    label: str
    note: str = ""
    tone: Tone | None = None


def masthead(left: str, right: str) -> Markup:
    """The line on top of a document: whose it is, and of when."""
    return tag("header", tag("span", left), tag("span", right), class_="masthead")


def colophon(left: str, right: str) -> Markup:
    """The line under a document: versions, and how to find out more."""
    return tag("footer", tag("span", left), tag("span", right), class_="colophon")


def areas_table(rules: Rules, lines: Sequence[AreaLine], voice: Voice) -> Markup:
    """One line per area: score with its range, level, what holds it back."""
    heads = (
        tag("th", headings(voice)["area"], scope="col"),
        tag("th", headings(voice)["range"], scope="col", style="width:22%"),
        tag("th", headings(voice)["now"], scope="col", class_="n"),
        tag("th", headings(voice)["level"], scope="col"),
        tag("th", headings(voice)["held_back"], scope="col", style="width:30%"),
    )
    rows = [_area(rules, line, voice) for line in lines]
    caption = tag("caption", tag("span", headings(voice)["areas"], class_="hidden"))
    head = tag("thead", tag("tr", heads))
    return tag("table", caption, head, tag("tbody", rows), class_="areas")


def key_figures(figures: Iterable[KeyFigure]) -> Markup:
    """A strip of numbers."""
    return tag("dl", [_figure(figure) for figure in figures], class_="figures")


def method_box(
    title: str, terms: Iterable[tuple[str, str]], paragraphs: Iterable[str] = ()
) -> Markup:
    """A quiet box of definitions: term and meaning, then paragraphs."""
    pairs = [(tag("dt", term), tag("dd", meaning)) for term, meaning in terms]
    body = (tag("dl", pairs) if pairs else NOTHING, [tag("p", text) for text in paragraphs])
    return tag("aside", tag("h3", title), body, class_="method", aria_label=title)


def empty_state(title: str, text: str) -> Markup:
    """What stands where nothing is: why, and what to do."""
    return tag("div", tag("strong", title), text, class_="empty")


def _area(rules: Rules, line: AreaLine, voice: Voice) -> Markup:
    shown = "–" if line.score.status is Status.NOT_APPLICABLE else point_text(line.score, voice)
    cells = (
        tag("td", range_bar(line.score, voice)),
        tag("td", shown, class_="n now", data_label=headings(voice)["now"]),
        tag("td", level_chip(rules, line.level, voice)),
        tag("td", line.held_back, class_="held", data_label=headings(voice)["held_back"]),
    )
    return tag("tr", tag("th", line.title, scope="row"), cells)


def _figure(figure: KeyFigure) -> Markup:
    value = tag("dd", figure.value, class_="num")
    note = tag("dd", figure.note, class_="note") if figure.note else None
    return tag("div", tag("dt", figure.label), value, note, class_=figure.tone)
