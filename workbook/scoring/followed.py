"""What was done since an earlier moment, as plain values that may be handed out.

Codes and numbers only: no party stands in it, so that it is the same with names and without.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import Any

from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation, Score
from workbook.model.rules import Rules
from workbook.scoring.changes import Turn
from workbook.scoring.disclosure import Disclosure
from workbook.scoring.encode import read_engagement
from workbook.scoring.follow_through import ActionOutcome, FollowThrough


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """An earlier action: its key, what became of it, and the points that it brought if known."""

    key: str
    outcome: ActionOutcome
    due: dt.date
    brought: float | None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A subject that no done action was about: its certain share then and now, 0 to 100."""

    subject: str
    instance: str | None
    turn: Turn
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Followed:
    """`before` is the score of `day`, under today's rules and facts.

    What done actions brought and `besides` add up to the difference of the lower bound, in points.
    """

    day: dt.date
    before: Score
    actions: tuple[FollowedLine, ...]
    besides: float
    changes: tuple[ChangedLine, ...]


def followed_data(
    rules: Rules, now: Engagement, today: Evaluation, since: FollowThrough
) -> dict[str, Any]:
    """A follow-through as plain values of JSON, without what too few people have answered."""
    shown = [
        Disclosure(rules, engagement, evaluation, read_engagement(rules, engagement))
        for engagement, evaluation in ((since.engagement, since.evaluation), (now, today))
    ]
    followed = Followed(
        day=since.evaluation.as_of,
        before=since.evaluation.score,
        actions=tuple(
            FollowedLine(each.action.key, each.outcome, each.due, each.brought)
            for each in since.actions
        ),
        besides=since.besides,
        changes=tuple(
            ChangedLine(
                subject=change.subject,
                instance=change.instance,
                turn=change.turn,
                before=change.before,
                after=change.after,
            )
            for change in since.changes
            if not any(each.hides(change.instance or change.subject) for each in shown)
        ),
    )
    plain: dict[str, Any] = json.loads(json.dumps(asdict(followed), default=str))
    return plain
