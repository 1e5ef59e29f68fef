"""Scores: a number never stands without its range. Low is rounded down, high up (METHOD §3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.markup import NOTHING, join, tag
from workbook.fragments.svg import share, strip
from workbook.i18n import Voice
from workbook.model.evaluation import Score, Status

if TYPE_CHECKING:
    from markupsafe import Markup

_NOISE = 1e-9
"""What sums of floats may be off by: 54 that comes out as 53.999… is still printed as 54."""


@dataclass(frozen=True, slots=True)
class NamedScore:
    """A score with its label, such as a criterion's."""

    label: str
    score: Score


def bounds(score: Score, voice: Voice) -> tuple[str, str]:
    """The printed bounds: low rounded down, high rounded up. Needs a score that applies."""
    low, high = score.low or 0.0, 100.0 if score.high is None else score.high
    return voice.number(math.floor(low + _NOISE)), voice.number(math.ceil(high - _NOISE))


def point_text(score: Score, voice: Voice) -> str:
    """What stands as the number: the point, the bare range while it is indicative, else a dash."""
    if score.status is Status.SCORED and score.point is not None:
        return voice.number(score.point)
    if score.status is Status.NOT_APPLICABLE:
        return "–"
    low, high = bounds(score, voice)
    return f"{low}–{high}"


def range_text(score: Score, voice: Voice) -> str:
    """The range in words, with the reason where there is no number."""
    if score.status is Status.NOT_APPLICABLE:
        return voice.t("not applicable here")
    low, high = bounds(score, voice)
    if score.status is Status.NOT_SCORED:
        return voice.t("not scored yet: nothing is answered")
    if score.status is Status.INDICATIVE:
        return voice.t("indicative range: too much is open for one number")
    if score.low == score.high:
        return voice.t("final: everything is answered")
    return voice.t("between {low} and {high}, once everything is answered", low=low, high=high)


def spoken(score: Score, voice: Voice) -> str:
    """One short sentence for those who do not see the bar."""
    if score.status is Status.NOT_APPLICABLE:
        return voice.t("not applicable here")
    low, high = bounds(score, voice)
    if score.status is not Status.SCORED:
        return voice.t("Possible range {low} to {high}", low=low, high=high)
    point = point_text(score, voice)
    return voice.t("Score {point}, possible range {low} to {high}", point=point, low=low, high=high)


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
    point = None
    if score.status is Status.SCORED and score.point is not None:
        at = share(score.point / 100)
        point = tag(
            "rect", x=at, y=0, width=4, height=18, rx=2, class_="fill", transform="translate(-2)"
        )
    return strip("range", spoken(score, voice), track, span, point)


def bar(value: float | None, title: str) -> Markup:
    """A plain bar for a value from 0 to 1; empty where there is none. `title` says it in words."""
    track = tag("rect", width="100%", height=8, rx=4, class_="track")
    fill = tag("rect", width=share(value), height=8, rx=4, class_="fill") if value else None
    return strip("bar", title, track, fill)


def criteria_bars(criteria: tuple[NamedScore, ...], voice: Voice) -> Markup:
    """One bar per criterion with its number; a criterion that does not apply shows a dash."""
    return tag("dl", [_criterion(one, voice) for one in criteria], class_="criteria")


def _criterion(one: NamedScore, voice: Voice) -> Markup:
    said = f"{one.label}: {spoken(one.score, voice)}"
    shown = one.score.point if one.score.status is Status.SCORED else None
    picture = bar(None if shown is None else shown / 100, said)
    number = tag("dd", point_text(one.score, voice), class_="value")
    cells = (tag("dt", one.label), tag("dd", picture), number)
    return tag("div", join(cells))
