"""What became of the actions that an earlier moment called for, and what each of them brought.

Let M(S) be the engagement as it is, in which all that was said about subjects outside S is as it
was then. The done actions are taken in their order; the one on subject s brings
low(M(S + s)) − low(M(S)), S being the subjects before it: the sequential gains of METHOD §5. So
what they bring and what changed besides add up to the whole difference of the lower bound. Both
moments count under today's rules and facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from workbook.model.engagement import ActionStatus, Answer, Decision, Engagement, Nomination
from workbook.model.evaluation import Action, Evaluation
from workbook.model.rules import Rules
from workbook.scoring.changes import SubjectChange, Turn, changes
from workbook.scoring.disclosure import Disclosure
from workbook.scoring.encode import read_engagement
from workbook.scoring.evaluate import evaluate, score
from workbook.scoring.forecast import due_of
from workbook.scoring.scope import related_to

Entry = TypeVar("Entry", Nomination, Decision, Answer)
Subjects = frozenset[tuple[str | None, str | None]]
"""Focal points as (None, focal point), questions as (question, what it is asked for)."""


class ActionOutcome(StrEnum):
    """What became of an action."""

    DONE = "done"
    OPEN = "open"
    OVERDUE = "overdue"
    NOT_NEEDED = "not_needed"
    """Nothing calls for it any more, though nobody did it."""


@dataclass(frozen=True, slots=True)
class FollowedAction:
    """An action of the earlier moment.

    `due` is what its people were told, else what was proposed. `brought`: points of the lower bound
    of a done action; None where it is reported as done and not recorded yet, or is not done.
    """

    action: Action
    outcome: ActionOutcome
    due: dt.date
    brought: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowThrough:
    """What was done since an earlier moment.

    `engagement` and `evaluation` are those of that moment, under today's rules and facts.
    `besides`: what else moved the lower bound, and `changes` the subjects that no done action was
    about.
    """

    engagement: Engagement
    evaluation: Evaluation
    actions: tuple[FollowedAction, ...]
    besides: float
    changes: tuple[SubjectChange, ...]


def follow_through(
    rules: Rules, earlier: Engagement, day: dt.date, now: Engagement, today: Evaluation
) -> FollowThrough:
    """What became of `earlier`, an engagement as it was on a day, by now."""
    then = _under(rules, earlier, now)
    before = evaluate(rules, then, day)
    changed = changes(before, today)
    actions = _outcomes(rules, before, now, today, changed)
    brought, subjects = _brought(rules, then, now, today, actions)
    whole = (today.score.low or 0.0) - (before.score.low or 0.0)
    return FollowThrough(
        engagement=then,
        evaluation=before,
        actions=brought,
        besides=whole - sum(each.brought or 0.0 for each in brought),
        changes=tuple(
            change
            for change in changed
            if not _within(subjects, (None, change.subject), (change.subject, change.instance))
        ),
    )


def _under(rules: Rules, earlier: Engagement, now: Engagement) -> Engagement:
    """The earlier engagement under the facts of now, without what its framework has no more."""
    points, questions = rules.places(), rules.questions()
    return earlier.model_copy(
        update={
            "organisation": now.organisation,
            "programme": now.programme,
            "nominations": tuple(n for n in earlier.nominations if n.focal_point in points),
            "decisions": tuple(d for d in earlier.decisions if d.focal_point in points),
            "answers": tuple(a for a in earlier.answers if a.question in questions),
        }
    )


def _outcomes(
    rules: Rules,
    before: Evaluation,
    now: Engagement,
    today: Evaluation,
    changed: Iterable[SubjectChange],
) -> tuple[FollowedAction, ...]:
    """What became of every action that could be shown then, in its order."""
    called_for = {action.key for action in today.actions}
    reports = {report.action: report for report in now.undertakings}
    worse = {
        (change.subject, change.instance)
        for change in changed
        if change.turn in (Turn.REGRESSED, Turn.DROPPED)
    }
    shown = Disclosure(rules, now, today, read_engagement(rules, now))
    followed = []
    for action in (action for step in before.steps for action in step.actions):
        if action.focal_point and shown.hides(action.focal_point):
            continue
        report = reports.get(action.key)
        due = due_of(action, report)
        subject = (action.question, action.focal_point)
        if action.question is None:
            subject = (action.focal_point, None)
        if action.key not in called_for:
            lost = subject in worse
            outcome = ActionOutcome.NOT_NEEDED if lost else ActionOutcome.DONE
        elif report and report.status is ActionStatus.DONE:
            outcome = ActionOutcome.DONE
        else:
            outcome = ActionOutcome.OVERDUE if due < today.as_of else ActionOutcome.OPEN
        followed.append(FollowedAction(action, outcome, due))
    return tuple(followed)


def _brought(
    rules: Rules,
    then: Engagement,
    now: Engagement,
    today: Evaluation,
    actions: Iterable[FollowedAction],
) -> tuple[tuple[FollowedAction, ...], Subjects]:
    """The actions with what each brought, and the subjects of those that are done."""
    called_for = {action.key for action in today.actions}
    subjects: Subjects = frozenset()
    low = _low(rules, _mixed(then, now, subjects), today.as_of)
    brought = []
    for each in actions:
        points = None
        if each.outcome is ActionOutcome.DONE and each.action.key not in called_for:
            subjects |= _subjects(rules, each.action)
            after = _low(rules, _mixed(then, now, subjects), today.as_of)
            points, low = after - low, after
        brought.append(FollowedAction(each.action, each.outcome, each.due, points))
    return tuple(brought), subjects


def _low(rules: Rules, engagement: Engagement, as_of: dt.date) -> float:
    return score(rules, engagement, as_of).numbers.score.low or 0.0


def _subjects(rules: Rules, action: Action) -> Subjects:
    """The focal point of an action, or its question with those above and below it."""
    if action.question is None:
        return frozenset({(None, action.focal_point)}) if action.focal_point else frozenset()
    family = related_to(rules, frozenset({action.question}))
    return frozenset((key, about) for key in family for about in (action.focal_point, None))


def _within(subjects: Subjects, *keys: tuple[str | None, str | None]) -> bool:
    return any(key in subjects for key in keys)


def _mixed(then: Engagement, now: Engagement, subjects: Subjects) -> Engagement:
    """The engagement as it is, but as it was in all that is said outside of some subjects."""

    def parted(
        old: Iterable[Entry],
        new: Iterable[Entry],
        key: Callable[[Entry], tuple[str | None, str | None]],
    ) -> tuple[Entry, ...]:
        others = tuple(entry for entry in old if key(entry) not in subjects)
        return others + tuple(entry for entry in new if key(entry) in subjects)

    def both(field: str) -> tuple[object, ...]:
        known = {entry.id for entry in getattr(now, field)}
        gone = (entry for entry in getattr(then, field) if entry.id not in known)
        return (*getattr(now, field), *gone)

    return now.model_copy(
        update={
            "people": both("people"),
            "teams": both("teams"),
            "externals": both("externals"),
            "respondents": both("respondents"),
            "nominations": parted(
                then.nominations, now.nominations, lambda n: (None, n.focal_point)
            ),
            "decisions": parted(then.decisions, now.decisions, lambda d: (None, d.focal_point)),
            "answers": parted(then.answers, now.answers, lambda a: (a.question, a.subject)),
        }
    )
