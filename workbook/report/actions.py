"""What to do first: the actions in words, the best gain for the effort first."""

from __future__ import annotations

from workbook.fragments.actions import ActionLine, asked
from workbook.model.evaluation import Action, Finding
from workbook.model.framework import Severity
from workbook.report.telling import Telling

FIRST = 10


def action_lines(telling: Telling, first: int = FIRST) -> tuple[ActionLine, ...]:
    """The first actions, in the order of the evaluation."""
    return tuple(
        ActionLine(
            action_title(telling, action),
            _who(telling, action),
            action.due,
            action.effort_hours,
            action.gain_low,
            action.gain_point,
        )
        for action in telling.told.actions[:first]
    )


def action_title(telling: Telling, action: Action) -> str:
    """What to do, its placeholders filled in from the finding that it answers."""
    found = {finding.key: finding for finding in telling.findings}
    answered = next((found[key] for key in action.findings if key in found), None)
    blank = Finding(action.kind, Severity.LOW, action.area, action.focal_point, action.question)
    return telling.fill(telling.framework.actions[action.kind].title, answered or blank)


def _who(telling: Telling, action: Action) -> str:
    if action.who is not None:
        return telling.titled(action.who)
    return asked(telling.framework.actions[action.kind].who, telling.voice)
