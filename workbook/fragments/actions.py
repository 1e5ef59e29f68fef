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
    """A step in words. Gains are points of the overall score; `subjects` are those of several.

    `key` is the same in every report that asks for this step.
    """

    title: str
    who: str
    due: dt.date
    effort_hours: float
    gain_low: float
    subjects: str = ""
    key: str = ""


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
    subjects = tag("span", line.subjects, class_="subjects") if line.subjects else None
    words = headings(voice)
    cells = (
        tag("td", number, class_="rank num"),
        tag("td", line.title, subjects),
        tag("td", line.who, data_label=words["who"]),
        tag("td", voice.date(line.due, "day"), class_="nowrap", data_label=words["due"]),
        tag(
            "td", effort_text(line.effort_hours, voice), class_="nowrap", data_label=words["effort"]
        ),
        tag("td", gain_text(line.gain_low, voice), class_="n gain", data_label=words["gain"]),
    )
    return tag("tr", cells)
