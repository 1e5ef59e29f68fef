"""What to expect by each checkpoint and at go-live: a range, from what is dated in the engagement.

On each day the lower end is the engagement as it is recorded. The upper end is
evaluate(assume(actions due by then)), the outlook of METHOD §5 for more than the first steps:

- an action is due on the day that its people were told, else on the day that it was proposed for;
- what people report as done, and is not recorded yet, counts from today on, and what they dropped
  never; an action that would lower what is certain is left out;
- recorded ready dates and checkpoints are kept. Days by themselves change no score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from workbook.model.engagement import ActionStatus, Engagement, Undertaking
from workbook.model.evaluation import Action, Forecast, JointAction, Outlook
from workbook.scoring.actions import rescore
from workbook.scoring.aggregate import Scores
from workbook.scoring.assume import merged
from workbook.scoring.encode import EngagementReading
from workbook.scoring.first_steps import outlooks
from workbook.scoring.inquiry import Inquiry
from workbook.scoring.levels import EDGE
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.values import Values


def forecast(
    reading: EngagementReading,
    portfolio: Portfolio,
    values: Values,
    before: Scores,
    steps: Iterable[JointAction],
    today: Outlook,
    as_of: dt.date,
) -> tuple[Forecast, ...]:
    """The range on every checkpoint to come and at go-live; () once that is over.

    `steps` hold the actions that may be shown, at most one per subject. `portfolio`, `values` and
    `before` are the engagement's own, E = 1.
    """
    live = reading.engagement.programme.go_live
    days = [day for day in checkpoints(reading.inquiries) if as_of < day < live]
    days += [live] if live >= as_of else []
    dated = dated_actions(reading.engagement, steps, as_of)
    due = {day: tuple(action for on, action in dated if on <= day) for day in days}
    plans = list(dict.fromkeys(plan for plan in due.values() if plan))
    reached: dict[tuple[Action, ...], Outlook] = {(): today}
    if plans:
        assumed = [merged(plan) for plan in plans]
        after, items = rescore(reading, portfolio, values, assumed, before.omega)
        reached |= dict(zip(plans, outlooks(portfolio.layout, after, items), strict=True))
    ready = {
        inquiry.instance or inquiry.question.key: day
        for inquiry in reading.inquiries
        if inquiry.question.kind == "date" and (day := ready_day(inquiry))
    }
    return tuple(
        Forecast(
            on=day,
            go_live=day == live,
            lower=today,
            upper=reached[due[day]],
            actions=len(due[day]),
            ready=tuple(key for key, on in ready.items() if on <= day),
        )
        for day in days
    )


def dated_actions(
    engagement: Engagement, steps: Iterable[JointAction], as_of: dt.date
) -> list[tuple[dt.date, Action]]:
    """The actions that something comes of, each with the day by which it is done on time."""
    reports = {report.action: report for report in engagement.undertakings}
    dated = []
    for action in (action for step in steps for action in step.actions):
        report = reports.get(action.key)
        due = due_of(action, report)
        if report and report.status is ActionStatus.DONE:
            due = as_of
        dropped = report is not None and report.status is ActionStatus.DROPPED
        if action.assumed and action.gain_low > -EDGE and not dropped:
            dated.append((due, action))
    return dated


def due_of(action: Action, report: Undertaking | None) -> dt.date:
    """The day that an action's people were told, else that it is proposed for."""
    return report.due if report and report.due else action.due


def checkpoints(inquiries: Sequence[Inquiry]) -> list[dt.date]:
    """Every day of the calendars, in order.

    Of each calendar those of the agreed answer, else of whoever knows most of them.
    """
    days = set[dt.date]()
    for inquiry in inquiries:
        if not inquiry.ruled_out:
            values = (cell.answer.value for cell in inquiry.cells if cell.answer)
            known = (value for value in values if isinstance(value, tuple))
            most: tuple[dt.date, ...] = max(known, key=len, default=())
            days.update(most)
    return sorted(days)


def ready_day(inquiry: Inquiry) -> dt.date | None:
    """When a system is ready. Where respondents differ, the latest day stands: it sets the pace."""
    if inquiry.ruled_out:
        return None
    days = (str(cell.answer.value) for cell in inquiry.cells if cell.answer)
    return max(map(dt.date.fromisoformat, days), default=None)
