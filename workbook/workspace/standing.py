"""Where an engagement of the store stands: what a list of engagements says beside its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.errors import WorkbookError
from workbook.store import fold
from workbook.workspace.summary import Summary

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.model.rules import Rules
    from workbook.store import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An engagement of a list; without `evaluation` it cannot be read, and `trouble` says why.

    `next_checkpoint` is the first that is planned from the day of the list on; `confirm_by` is when
    the first owner is to confirm again, which may be over.
    """

    summary: Summary
    rules: Rules | None = None
    evaluation: Evaluation | None = None
    next_checkpoint: dt.date | None = None
    confirm_by: dt.date | None = None
    engagement: Engagement | None = None
    trouble: str = ""


def standing_of(
    summary: Summary,
    as_of: dt.date,
    events_of: Callable[[str], Sequence[Event]],
    rules_of: Callable[[Engagement], Rules],
) -> Standing:
    """Where an engagement stands on a day. Reading it does not make it the last one opened."""
    from workbook.scoring import Evaluator
    from workbook.scoring.confirming import confirmations

    try:
        engagement = fold(events_of(summary.key))
        rules = rules_of(engagement)
    except WorkbookError as error:
        return Standing(summary=summary, trouble=str(error))
    evaluator = Evaluator()
    days = (each.due for each in confirmations(evaluator.read(rules, engagement)))
    return Standing(
        summary=summary,
        rules=rules,
        evaluation=evaluator.evaluate(rules, engagement, as_of),
        next_checkpoint=_next_checkpoint(engagement, as_of),
        confirm_by=min(days, default=None),
        engagement=engagement,
    )


def _next_checkpoint(engagement: Engagement, as_of: dt.date) -> dt.date | None:
    """The first planned date; where the team has agreed on dates, only theirs count."""
    calendars = [answer for answer in engagement.answers if isinstance(answer.value, tuple)]
    agreed = [answer for answer in calendars if answer.respondent is None]
    days = (day for answer in agreed or calendars for day in answer.value or ())
    return min((day for day in days if isinstance(day, dt.date) and day >= as_of), default=None)
