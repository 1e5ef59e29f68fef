"""How figures are printed, in every language and on every medium: this is the only place.

A number never stands without its range. Low is rounded down and high up, so that the printed range
always holds the exact one; the point is printed only while the score is scored (METHOD §2, §3).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook.i18n import ENGLISH
from workbook.i18n import voice as voice_of
from workbook.model.evaluation import Score, Status

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.model.evaluation import LevelSpan
    from workbook.model.rules import Rules

NOISE = 1e-9
"""What sums of floats may be off by: 54 that comes out as 53.999… is still printed as 54."""
DAY = 8.0
"""Hours of work in a day."""
NO_NUMBER = "–"
"""What stands where there is no number."""
TOP = 100.0
SMALLEST = 0.05
"""The smallest difference that is printed: gains have one decimal."""


def rounded_down(score: float) -> int:
    """A lower bound in whole points."""
    return max(math.floor(score + NOISE), 0)


def parts_of_change(change: int, part: float) -> tuple[int, int]:
    """A change that is printed in two whole parts that add up to it; `part` is the first."""
    first = round(part)
    return first, change - first


def rounded_up(score: float) -> int:
    """An upper bound in whole points."""
    return min(math.ceil(score - NOISE), int(TOP))


def lower(score: float, voice: Voice) -> str:
    """A lower bound as it is printed."""
    return voice.number(rounded_down(score))


def upper(score: float, voice: Voice) -> str:
    """An upper bound as it is printed."""
    return voice.number(rounded_up(score))


def bounds(score: Score, voice: Voice) -> tuple[str, str]:
    """The printed bounds. Needs a score that applies; an unknown bound is the end of the scale."""
    low, high = score.low or 0.0, TOP if score.high is None else score.high
    return lower(low, voice), upper(high, voice)


def shown_point(score: Score) -> float | None:
    """The point that a number, a mark or a bar may show; None while it may not be read."""
    return score.point if score.status is Status.SCORED else None


def point_text(score: Score, voice: Voice) -> str:
    """What stands as the number: the point, the bare range while it is indicative, else a dash."""
    point = shown_point(score)
    if point is not None:
        return voice.number(point)
    if score.status is Status.NOT_APPLICABLE:
        return NO_NUMBER
    low, high = bounds(score, voice)
    return between(low, high, voice)


def between(low: str, high: str, voice: Voice) -> str:
    """Two printed bounds as briefly as the language allows: “32–85”, “32 à 85”."""
    return voice.t("{low}–{high}", low=low, high=high)


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


def printed(score: Score, language: str = ENGLISH) -> str:
    """A score as every report prints it, for notebooks of one's own: “65 (between 53 and 72, …)”.

    Low is rounded down and high up, and no number stands where only the range may be read; so
    `round(score.low)` may differ by a point. Raises BadInput for a language that there is none of.
    """
    return score_text(score, voice_of(language))


def score_text(score: Score, voice: Voice) -> str:
    """The number with its range, on one line: “65 (between 53 and 72, …)”."""
    return f"{point_text(score, voice)} ({range_text(score, voice)})"


def spoken(score: Score, voice: Voice) -> str:
    """One short sentence for those who do not see the bar."""
    if score.status is Status.NOT_APPLICABLE:
        return voice.t("not applicable here")
    low, high = bounds(score, voice)
    if score.status is not Status.SCORED:
        return voice.t("Possible range {low} to {high}", low=low, high=high)
    point = point_text(score, voice)
    return voice.t("Score {point}, possible range {low} to {high}", point=point, low=low, high=high)


def range_note(score: Score, voice: Voice) -> str:
    """The range as it stands beside a number on a screen: “53 – 72 possible”, or what it lacks."""
    match score.status:
        case Status.NOT_APPLICABLE:
            return voice.t("not applicable here")
        case Status.NOT_SCORED:
            return voice.t("nothing is answered yet")
        case Status.INDICATIVE:
            return voice.t("too much is open for one number")
    if score.low == score.high:
        return voice.t("final")
    low, high = bounds(score, voice)
    return voice.t("{low} – {high} possible", low=low, high=high)


def share_text(score: Score, voice: Voice) -> str:
    """A score as a share, “65%”; while only its range may be read, “20–89%”."""
    point = shown_point(score)
    if point is not None:
        return voice.percent(point / TOP)
    low, high = share_bounds((score.low or 0.0) / TOP, (score.high or 0.0) / TOP, voice)
    return between(low, high, voice)


def share_bounds(low: float, high: float, voice: Voice) -> tuple[str, str]:
    """Bounds from 0 to 1 as per cent, rounded as those of scores are."""
    return (
        voice.percent(rounded_down(TOP * low) / TOP),
        voice.percent(rounded_up(TOP * high) / TOP),
    )


def point_change(before: Score, after: Score) -> float | None:
    """By how much the point changed, where both may be read and a reader would see it."""
    old, new = shown_point(before), shown_point(after)
    if old is None or new is None or not visible(new - old):
        return None
    return new - old


def visible(points: float) -> bool:
    """Whether a difference of scores is more than nothing once it is printed."""
    return abs(points) >= SMALLEST


def gain_text(gain: float, voice: Voice) -> str:
    """A gain in points with its sign; “±0” where it rounds to nothing."""
    return voice.number(gain, 1, signed=True) if visible(gain) else "±0"


def effort_text(hours: float, voice: Voice) -> str:
    """Working time in the unit that a person would use: 1 h, ½ day, 2 days."""
    if hours < DAY / 2:
        return voice.t("{hours} h", hours=voice.number(hours, 0 if hours == int(hours) else 1))
    halves = round(2 * hours / DAY)
    if halves == 1:
        return voice.t("½ day")
    days, half = divmod(halves, 2)
    if half:
        # French counts “1,5 jour” as one: the plural is the language’s own affair.
        return voice.n("{count}½ days", "{count}½ days", days)
    return voice.n("{count} day", "{count} days", days)


def level_text(rules: Rules, span: LevelSpan, voice: Voice) -> str:
    """The level in words: “At risk”, or “At risk to Nearly ready” while it is provisional."""
    low = rules.level(span.low).title[voice.language]
    if span.confirmed:
        return low
    return span_text(low, rules.level(span.high).title[voice.language], voice)


def span_text(low: str, high: str, voice: Voice) -> str:
    """Two ends of a range, in words or figures."""
    return voice.t("{low} to {high}", low=low, high=high)


def certainty_text(span: LevelSpan, voice: Voice) -> str:
    """Whether the level is certain, in a word."""
    return voice.t("confirmed") if span.confirmed else voice.t("provisional")


def votes_text(votes: int, total: int, voice: Voice) -> str:
    """How many of all the votes."""
    return voice.t("{votes} of {total}", votes=votes, total=total)


def rank_text(rank: float, low: float, high: float, voice: Voice) -> str:
    """A rank with the interval that it keeps under other weights."""
    place, first, last = (voice.number(x) for x in (rank, low, high))
    if first == last:
        return voice.t("rank {rank}", rank=place)
    return voice.t("rank {rank} ({low}–{high})", rank=place, low=first, high=last)
