"""What to do first: the actions as lines, the best gain for the effort first."""

from __future__ import annotations

from workbook.fragments.actions import ActionLine
from workbook.wording.actions import action_title, action_who
from workbook.wording.phrases import Phrases

FIRST = 10


def action_lines(phrases: Phrases, first: int = FIRST) -> tuple[ActionLine, ...]:
    """The first actions, in the order of the evaluation."""
    return tuple(
        ActionLine(
            title=action_title(phrases, action),
            who=action_who(phrases, action),
            due=action.due,
            effort_hours=action.effort_hours,
            gain_low=action.gain_low,
            gain_point=action.gain_point,
        )
        for action in phrases.disclosure.actions[:first]
    )
