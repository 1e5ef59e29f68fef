"""The actions: what to do, who, until when, for how much work and how many points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.markup import scrolling, tag
from workbook.fragments.page import empty_state
from workbook.i18n import Voice
from workbook.wording.figures import effort_text, gain_text
from workbook.wording.headings import emptiness, headings

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in words. Gains are points of the overall score; `answers` names its findings."""

    title: str
    who: str
    due: dt.date
    effort_hours: float
    gain_low: float
    gain_point: float | None = None
    answers: str = ""


def actions_table(lines: Sequence[ActionLine], voice: Voice, *, caption: str = "") -> Markup:
    """A numbered table; the gain is that of the certain score (low). No caption: a silent one."""
    if not lines:
        return empty_state(*emptiness(voice)["actions"])
    words = headings(voice)
    heads = (
        tag("td", class_="rank"),
        tag("th", words["action"], scope="col"),
        tag("th", words["who"], scope="col"),
        tag("th", words["due"], scope="col"),
        tag("th", words["effort"], scope="col"),
        tag("th", words["gain"], scope="col", class_="n"),
    )
    table = tag(
        "table",
        tag("caption", caption or tag("span", words["actions"], class_="hidden")),
        tag("thead", tag("tr", heads)),
        tag("tbody", [_row(number, line, voice) for number, line in enumerate(lines, 1)]),
        class_="actions",
    )
    return scrolling(caption or words["actions"], table)


def _row(number: int, line: ActionLine, voice: Voice) -> Markup:
    answers = tag("span", line.answers, class_="answers") if line.answers else None
    cells = (
        tag("td", number, class_="rank num"),
        tag("td", line.title, answers),
        tag("td", line.who),
        tag("td", voice.date(line.due, "day"), class_="nowrap"),
        tag("td", effort_text(line.effort_hours, voice), class_="nowrap"),
        tag("td", gain_text(line.gain_low, voice), class_="n gain"),
    )
    return tag("tr", cells)
