"""An action as a task in somebody else's system, with our key in it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from workbook.model.engagement import ActionStatus, Person
from workbook.model.evaluation import Action
from workbook.wording.actions import action_title, action_who
from workbook.wording.phrases import Phrases

MARK = re.compile(r"workbook:([\w-]+)/((?:[\w-]+/){3,4}[\w-]+)")
"""Our key as it travels: the engagement, then the action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEntry:
    """What goes out: `owner` is a party or nobody yet, `who` who acts in words."""

    engagement: str
    action: str
    title: str
    area: str
    owner: str | None
    who: str
    email: str
    due: dt.date
    status: ActionStatus
    effort_hours: float
    gain: float | None

    @property
    def mark(self) -> str:
        """The text that our key travels in."""
        return f"workbook:{self.engagement}/{self.action}"


def tasks_of(phrases: Phrases) -> list[TaskEntry]:
    """The actions that may be shown, first things first, as they were reported on last."""
    return [_task(phrases, action) for step in phrases.evaluation.steps for action in step.actions]


def _task(phrases: Phrases, action: Action) -> TaskEntry:
    reported = {u.action: u for u in phrases.engagement.undertakings}.get(action.key)
    owner = (reported.owner if reported else None) or action.who
    party = phrases.parties.get(owner or "")
    return TaskEntry(
        engagement=phrases.engagement.key,
        action=action.key,
        title=action_title(phrases, action),
        area=phrases.area(action.area) if action.area else "",
        owner=owner,
        who=party.name if party else action_who(phrases, action),
        email=(party.email or "") if isinstance(party, Person) else "",
        due=(reported.due if reported else None) or action.due,
        status=reported.status if reported else ActionStatus.OPEN,
        effort_hours=action.effort_hours,
        gain=action.gain_low,
    )
