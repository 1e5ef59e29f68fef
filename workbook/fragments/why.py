"""Why: the contributions that add up to a score, as a table and as a waterfall."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.axis import Scale
from workbook.fragments.markup import join, scrolling, tag
from workbook.fragments.scores import bar
from workbook.fragments.svg import WIDTH, chart, figure, hatched, label, text
from workbook.i18n import Voice
from workbook.wording.figures import gain_text
from workbook.wording.headings import absences, headings
from workbook.wording.names import labelled

if TYPE_CHECKING:
    from markupsafe import Markup

_TOP, _ROW = 20.0, 30.0
_SCALE = Scale(left=178, right=WIDTH - 52)


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One item's part: `contribution` + `loss` is what it weighs, in points of the score.

    `value` runs from 0 to 1, None where nothing is known or nothing `applies`; `possible` is the
    printed range where only that may be read; `note` says what it rests on.
    """

    label: str
    value: float | None
    contribution: float
    loss: float
    note: str = ""
    applies: bool = True
    possible: str = ""


@dataclass(frozen=True, slots=True)
class WhyGroup:
    """The rows of a criterion, a focal point or an area under its title."""

    title: str
    rows: tuple[WhyRow, ...]

    @property
    def contribution(self) -> float:
        """What the rows add together."""
        return math.fsum(row.contribution for row in self.rows)

    @property
    def loss(self) -> float:
        """What the rows leave out together."""
        return math.fsum(row.loss for row in self.rows)


def why_table(caption: str, groups: Sequence[WhyGroup], voice: Voice) -> Markup:
    """Every contribution with its weight, summed to the score in the last row."""
    heads = (
        tag("th", headings(voice)["what"], scope="col"),
        tag("th", headings(voice)["fulfilled"], scope="col", colspan=2),
        tag("th", headings(voice)["weighs"], scope="col", class_="n"),
        tag("th", headings(voice)["adds"], scope="col", class_="n"),
        tag("th", headings(voice)["loses"], scope="col", class_="n"),
    )
    total = math.fsum(group.contribution for group in groups)
    lost = math.fsum(group.loss for group in groups)
    sums = [tag("td", voice.number(x, 1), class_="n") for x in (total + lost, total, lost)]
    foot = tag("tr", tag("th", headings(voice)["score"], scope="row", colspan=3), sums)
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", heads)),
        [_group(group, voice) for group in groups],
        tag("tfoot", foot),
        class_="why-table",
    )
    return scrolling(caption, table)


def waterfall(title: str, groups: Sequence[WhyGroup], voice: Voice, *, name: str = "why") -> Markup:
    """Contributions one after the other from 0 to the score, what is lost hatched behind each.

    Each bar starts where the one before ended, so that the last end is the score.
    """
    bottom = _TOP + _ROW * (len(groups) + 1) + 4
    shapes = [_SCALE.ticks((0, 25, 50, 75, 100), voice, 10, bottom)]
    at = 0.0
    for position, group in enumerate(groups):
        shapes.append(_step(group, at, _TOP + _ROW * position, voice))
        at += group.contribution
    shapes.append(_sum(at, _TOP + _ROW * len(groups), voice))
    words = [labelled(g.title, gain_text(g.contribution, voice), voice) for g in groups]
    words.append(labelled(headings(voice)["score"], voice.number(at, 1), voice))
    return figure(title, chart(name, title, ". ".join(words), bottom, *shapes))


def _step(group: WhyGroup, at: float, y: float, voice: Voice) -> Markup:
    start, end, full = (
        _SCALE.x(p) for p in (at, at + group.contribution, at + group.contribution + group.loss)
    )
    box = {"y": y + 6, "height": 16, "rx": 2}
    return join(
        (
            label(group.title, _SCALE.left - 12, y + 14),
            hatched(end, y + 6, full - end, 16, "hatch-soft") if group.loss > 0 else None,
            tag("rect", x=start, width=end - start, **box, class_="fill"),
            tag("line", x1=end, x2=end, y1=y + 6, y2=y + _ROW + 6, class_="axis"),
            text(full + 6, y + 18, voice.number(group.contribution, 1, signed=True), "strong"),
        )
    )


def _sum(points: float, y: float, voice: Voice) -> Markup:
    end = _SCALE.x(points)
    return join(
        (
            text(0, y + 18, headings(voice)["score"], "strong"),
            tag(
                "rect",
                x=_SCALE.left,
                y=y + 6,
                width=end - _SCALE.left,
                height=16,
                rx=2,
                class_="ink-fill",
            ),
            text(end + 6, y + 18, voice.number(points, 1), "strong"),
        )
    )


def _group(group: WhyGroup, voice: Voice) -> Markup:
    head = tag("th", group.title, scope="rowgroup", colspan=3)
    numbers = (group.contribution + group.loss, group.contribution, group.loss)
    sums = [tag("td", voice.number(x, 1), class_="n") for x in numbers]
    rows = [tag("tr", head, sums, class_="group")] if group.title else []
    return tag("tbody", join(rows + [_row(row, voice) for row in group.rows], "\n"))


def _row(row: WhyRow, voice: Voice) -> Markup:
    known = row.value is not None or row.possible
    share = value_text(row, voice)
    note = tag("span", row.note, class_="note") if row.note else None
    numbers = (row.contribution + row.loss, row.contribution, row.loss)
    cells = [tag("td", voice.number(x, 1) if known else "–", class_="n") for x in numbers]
    picture = tag("td", bar(row.value), class_="picture")
    label = tag("th", row.label, note, scope="row")
    return tag("tr", label, picture, tag("td", share, class_="n"), cells)


def value_text(row: WhyRow, voice: Voice) -> str:
    """How far a row is fulfilled, or why that cannot be said."""
    if not row.applies:
        return absences(voice)["not_applicable"]
    if row.value is None:
        return row.possible or absences(voice)["unknown"]
    return voice.percent(row.value)
