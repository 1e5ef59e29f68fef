"""What the rounds of a workshop came to: how many spoke, and how much changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.i18n import Voice
    from workbook.model.engagement import Engagement


def closed_rounds(engagement: Engagement, voice: Voice) -> Iterator[str]:
    """Each closed round in one line, with the share of the answers that changed."""
    asked = sum(not respondent.withdrawn for respondent in engagement.respondents)
    for number, each in enumerate(engagement.rounds, 1):
        if each.spoke is None:
            continue
        line = voice.t(
            "Round {number}: {spoke} of {asked} answered.",
            number=number,
            spoke=each.spoke,
            asked=asked,
        )
        if each.changed is not None:
            share = voice.percent(each.changed)
            line += " " + voice.t("{share} of the answers changed.", share=share)
        yield line
