"""Scores as pictures and figures; `wording.figures` says how they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.markup import NOTHING, tag
from workbook.fragments.svg import share, strip
from workbook.i18n import Voice
from workbook.model.evaluation import Score, Status
from workbook.wording.figures import point_text, range_text, shown_point, spoken

if TYPE_CHECKING:
    from markupsafe import Markup


def score_figure(
    score: Score, voice: Voice, *, below: Markup = NOTHING, small: bool = False
) -> Markup:
    """The big number with its range under it; `below` takes the level chip."""
    single = score.status is Status.SCORED
    size = " small" if small else "" if single else " wide"
    return tag(
        "div",
        tag("div", point_text(score, voice), class_="figure num"),
        tag("div", range_text(score, voice), class_="between num"),
        below,
        class_=f"score{size}",
    )


def range_bar(score: Score, voice: Voice) -> Markup:
    """A bar from 0 to 100: the possible range, and the point as a mark where there is one."""
    track = tag("rect", x=0, y=4, width="100%", height=10, rx=5, class_="track")
    if score.low is None or score.high is None:
        return strip("range", spoken(score, voice), track)
    low, high = score.low / 100, score.high / 100
    width = share(max(high - low, 0.004))
    span = tag("rect", x=share(low), y=4, width=width, height=10, rx=5, class_="span")
    mark, point = None, shown_point(score)
    if point is not None:
        at = share(point / 100)
        mark = tag(
            "rect", x=at, y=0, width=4, height=18, rx=2, class_="fill", transform="translate(-2)"
        )
    return strip("range", spoken(score, voice), track, span, mark)


def bar(value: float | None) -> Markup:
    """A plain bar beside its value from 0 to 1; empty where there is none."""
    track = tag("rect", width="100%", height=8, rx=4, class_="track")
    fill = tag("rect", width=share(value), height=8, rx=4, class_="fill") if value else None
    return strip("bar", "", track, fill)
