"""Who is asked what: the subjects of a round, and what is promised before anybody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.i18n import speaks
from workbook.scoring.scope import in_scope

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.model.engagement import Engagement, Respondent
    from workbook.model.framework import Area, FocalPoint
    from workbook.model.rules import Rules
    from workbook.model.workshop import Round


def current_round(engagement: Engagement) -> Round | None:
    """The round that is open, else the last one; None before the first."""
    rounds = engagement.rounds
    return next((asked for asked in rounds if not asked.closed), rounds[-1] if rounds else None)


def subjects_of(
    rules: Rules, engagement: Engagement, respondent: Respondent
) -> list[tuple[Area, FocalPoint]]:
    """What the current round asks of a respondent, in the framework's order."""
    asked = current_round(engagement)
    return [
        (area, focal_point)
        for area in rules.areas
        if not respondent.areas or area.key in respondent.areas
        for focal_point in area.focal_points
        if in_scope(focal_point, engagement) and (asked is None or asked.asks(focal_point.key))
    ]


def language_of(engagement: Engagement, respondent: Respondent) -> str:
    """The language that a respondent is written to in."""
    own = respondent.language
    return own if own and speaks(own) else engagement.language


def who_sees(rules: Rules, engagement: Engagement, voice: Voice) -> str:
    """Who will see which answers; everybody is told before they answer."""
    if not engagement.anonymous:
        return voice.t(
            "Your answers are shown in the workshop with your name. "
            "Until the round closes, nobody who answers sees anybody else’s."
        )
    asked = current_round(engagement)
    return voice.t(
        "Your answers are shown without your name, once the round is closed and only where at "
        "least {count} people have answered. If everybody says the same, that is shown too.",
        count=asked.small_group if asked else rules.thresholds.small_group,
    )
