"""What an action takes for granted, as answers in the engagement (METHOD §5)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from workbook.model.engagement import (
    NONE,
    AcceptedTitle,
    Answer,
    Decision,
    Engagement,
    Person,
    Programme,
)
from workbook.model.evaluation import Action, Assumed, Finding
from workbook.model.framework import Assumption, Question
from workbook.model.rules import Rules
from workbook.scoring.cell import Truth
from workbook.scoring.encode import EngagementReading
from workbook.scoring.inquiry import Inquiry, counted_days, due_day
from workbook.scoring.panel import Panel

NEW = "+new"
"""The id of the fitting person from inside whom an action assumes; no document can use it."""
ACCEPTED = "assumed"


def assumed(
    reading: EngagementReading, assumption: Assumption, finding: Finding, as_of: dt.date
) -> tuple[Assumed, ...]:
    """The answers that an action takes for granted to settle a finding.

    Only such as can still be given on the day: no meeting and no date before it.
    """
    answers: list[Assumed] = []
    if finding.focal_point in reading.panels and (
        assumption.owner or assumption.deputy or assumption.inside or assumption.title
    ):
        answers.append(_ownership(reading, assumption, finding.focal_point))
    if assumption.answer and finding.question:
        answers += _best_answers(reading, finding.question, finding.focal_point, as_of)
    return tuple(answers)


def _ownership(reading: EngagementReading, assumption: Assumption, key: str) -> Assumed:
    panel = reading.panels[key]
    favourites = [NEW] if assumption.owner == "new" else _favourites(reading, panel)
    owner = favourites[0]
    standing = panel.decision if panel.decided else None
    if standing and standing.owner == owner:
        deputy = standing.deputy
    else:
        deputy = _favoured(panel, owner) if len(favourites) == 1 else None
    if assumption.deputy or assumption.inside:
        deputy = NEW if owner != NEW else deputy
    return Assumed(
        focal_point=key, owner=owner, deputy=deputy, value=ACCEPTED if assumption.title else None
    )


def _favourites(reading: EngagementReading, panel: Panel) -> list[str]:
    """Whoever holds a focal point or has most voices; never somebody who has declined it.

    Of those who tie the one of least worth comes first: whoever is chosen, it gains no less.
    """
    refused = declined(panel)
    holder = reading.holders.get(panel.focal_point.key)
    if holder and holder.party != refused:
        return [holder.party]
    with_votes = panel if refused is None else replace(panel, cells=panel.votes)
    support = {party: n for party, n in with_votes.support.items() if party != refused}
    most = max(support.values(), default=0)
    worth = {cell.party: (cell.fit, cell.inside) for cell in panel.votes}
    tied = [party for party, votes in support.items() if votes == most]
    return sorted(tied, key=worth.__getitem__) or [NEW]


def declined(panel: Panel) -> str | None:
    """Whom a focal point was given to and who has declined it."""
    standing = panel.decision
    refused = standing and standing.acceptance and standing.acceptance.state == "declined"
    return standing.owner if standing and refused else None


def _favoured(panel: Panel, owner: str) -> str | None:
    """The deputy whom most of an owner's voices name; None for a tie, or where none does."""
    named = Counter(
        cell.stand_in
        for cell in panel.votes
        if cell.party == owner and cell.deputy != Truth.UNKNOWN
    )
    (first, most), (_, second) = (*named.most_common(), (None, 0), (None, 0))[:2]
    return first if most > second else None


def _best_answers(
    reading: EngagementReading, question: str, instance: str | None, as_of: dt.date
) -> list[Assumed]:
    """The best value of a question, and of its parent where that would rule it out."""
    by_key = {(i.question.key, i.instance): i for i in reading.inquiries}
    inquiry = by_key.get((question, instance))
    best = _best(reading, inquiry, as_of) if inquiry else None
    if inquiry is None or best is None:
        return []
    answers = []
    parent = inquiry.question.parent
    if parent is not None:
        above = by_key.get((parent.question, instance)) or by_key.get((parent.question, None))
        if above is not None and not _opens(above, parent.options):
            option = max(parent.options, key=lambda key: _credit(above.question, key))
            answers.append(
                Assumed(question=above.question.key, focal_point=above.instance, value=option)
            )
    return [*answers, Assumed(question=question, focal_point=instance, value=best)]


def _opens(parent: Inquiry, options: tuple[str, ...]) -> bool:
    return parent.agreed and all(cell.outcome in options for cell in parent.cells)


def _credit(question: Question, option: str) -> float:
    return next(o.value for o in question.options if o.key == option)


def _best(
    reading: EngagementReading, inquiry: Inquiry, as_of: dt.date
) -> str | tuple[dt.date, ...] | None:
    """The best value that can still be given; None where it is too late for any."""
    question, programme = inquiry.question, reading.engagement.programme
    if question.kind == "choice":
        return max(question.options, key=lambda option: option.value).key
    if question.kind == "date":
        due = due_day(question, programme)
        return due.isoformat() if due >= as_of else None
    return _calendar(inquiry, programme, as_of)


def _calendar(inquiry: Inquiry, programme: Programme, as_of: dt.date) -> tuple[dt.date, ...] | None:
    """The checkpoints that are known, with new ones from the day on that leave no gap."""
    if programme.go_live < as_of:
        return None
    values = [cell.answer.value for cell in inquiry.cells if cell.answer]
    known = {day for value in values if isinstance(value, tuple) for day in value}
    step = dt.timedelta(days=inquiry.question.max_gap_days)
    before = [day for day in (*counted_days(tuple(known), programme), programme.start) if day]
    last = max((day for day in before if day < as_of), default=as_of)
    new = {programme.go_live}
    while programme.go_live - last > step:
        last = max(last + step, as_of)
        new.add(last)
    return tuple(sorted(known | new))


def assume(rules: Rules, engagement: Engagement, answers: tuple[Assumed, ...]) -> Engagement:
    """The engagement once these answers are given: decisions and agreed answers, nothing else.

    `rules` is the engagement's own (overlay applied).
    """
    standing = engagement.standing_decisions()
    decisions = tuple(
        decision(a, standing.get(a.focal_point or "")) for a in answers if a.question is None
    )
    assumed = tuple(answer_of(a) for a in answers if a.question is not None)
    settled = {(a.question, a.subject) for a in assumed}
    others = tuple(
        a
        for a in engagement.answers
        if a.respondent is not None or (a.question, a.subject) not in settled
    )
    named = {party for a in answers for party in (a.owner, a.deputy)}
    there = {person.id for person in engagement.people}
    new = (newcomer(rules),) if NEW in named - there else ()
    return engagement.model_copy(
        update={
            "people": (*engagement.people, *new),
            "decisions": (*replaced(engagement, {d.focal_point for d in decisions}), *decisions),
            "answers": (*others, *assumed),
        }
    )


def replaced(engagement: Engagement, focal_points: set[str]) -> tuple[Decision, ...]:
    """The decisions without those on these focal points."""
    return tuple(d for d in engagement.decisions if d.focal_point not in focal_points)


def newcomer(rules: Rules) -> Person:
    """Somebody from inside whose title fits every area."""
    accepted = tuple(AcceptedTitle(area=a.key, reason=ACCEPTED) for a in rules.areas)
    return Person.model_construct(id=NEW, name=NEW, accepted_titles=accepted, inside=True)


def decision(answer: Assumed, standing: Decision | None) -> Decision:
    """The decision that an assumed answer stands for; what is known of the same owner is kept."""
    same_owner = standing if standing and standing.owner == answer.owner else None
    accepted = ACCEPTED if answer.value == ACCEPTED else None
    reason = accepted or (same_owner.title_reason if same_owner else None)
    return Decision.model_construct(
        focal_point=answer.focal_point,
        owner=answer.owner,
        deputy=answer.deputy,
        title_reason=reason,
        decided_on=standing.decided_on if standing else None,
        acceptance=same_owner.acceptance if same_owner else None,
        confirmed_on=same_owner.confirmed_on if same_owner else None,
    )


def merged(actions: Iterable[Action]) -> tuple[Assumed, ...]:
    """The answers of several actions; on one subject, what is named outdoes what is not."""
    by_subject: dict[tuple[str | None, str | None], Assumed] = {}
    for answer in (a for action in actions for a in action.assumed):
        key = (answer.question, answer.focal_point)
        there = by_subject.get(key)
        if there is None or answer.question is not None:
            by_subject[key] = answer
            continue
        owner = NEW if NEW in (there.owner, answer.owner) else there.owner
        deputy = answer.deputy if there.deputy in (None, NONE, owner) else there.deputy
        named = there.value or answer.value
        by_subject[key] = replace(
            there, owner=owner, deputy=None if deputy == owner else deputy, value=named
        )
    return tuple(by_subject.values())


def answer_of(answer: Assumed) -> Answer:
    """The team's answer that an assumed one stands for."""
    return Answer.model_construct(
        question=answer.question, subject=answer.focal_point, value=answer.value
    )
