"""What an action takes for granted, as answers in the engagement (METHOD §5)."""

from __future__ import annotations

import datetime as dt

from workbook.model.days import shifted
from workbook.model.engagement import (
    NONE,
    AcceptedTitle,
    Answer,
    Decision,
    Engagement,
    Person,
)
from workbook.model.evaluation import Assumed, Finding
from workbook.model.framework import Assumption, Question
from workbook.model.rules import Rules
from workbook.scoring.encode import EngagementReading
from workbook.scoring.inquiry import Inquiry, due_day

NEW = "+new"
"""The id of the fitting person from inside whom an action assumes; no document can use it."""
ACCEPTED = "assumed"


def assumed(
    reading: EngagementReading, assumption: Assumption, finding: Finding
) -> tuple[Assumed, ...]:
    """The answers that an action takes for granted to settle a finding."""
    answers: list[Assumed] = []
    if finding.focal_point in reading.panels and (
        assumption.owner or assumption.deputy or assumption.inside or assumption.title
    ):
        answers.append(_ownership(reading, assumption, finding.focal_point))
    if assumption.answer and finding.question:
        answers += _best_answers(reading, finding.question, finding.focal_point)
    return tuple(answers)


def _ownership(reading: EngagementReading, assumption: Assumption, key: str) -> Assumed:
    panel = reading.panels[key]
    cell = reading.holders.get(panel.focal_point.key)
    favourites = panel.favourites()
    if assumption.owner == "new":
        owner = NEW
    else:
        owner = cell.party if cell else favourites[0] if favourites else NEW
    standing = panel.decision.deputy if panel.decision and panel.decided else None
    deputy = standing if standing not in (NONE, owner) or not assumption.deputy else None
    if assumption.deputy or assumption.inside:
        deputy = NEW if owner != NEW else deputy
    return Assumed(
        focal_point=key, owner=owner, deputy=deputy, value=ACCEPTED if assumption.title else None
    )


def _best_answers(reading: EngagementReading, question: str, instance: str | None) -> list[Assumed]:
    """The best value of a question, and of its parent where that would rule it out."""
    by_key = {(i.question.key, i.instance): i for i in reading.inquiries}
    inquiry = by_key.get((question, instance))
    if inquiry is None:
        return []
    answers = []
    parent = inquiry.question.parent
    if parent is not None:
        above = by_key.get((parent.question, instance)) or by_key.get((parent.question, None))
        if above is not None and not _opens(above, parent.options):
            best = max(parent.options, key=lambda key: _credit(above.question, key))
            answers.append(
                Assumed(question=above.question.key, focal_point=above.instance, value=best)
            )
    return [
        *answers,
        Assumed(question=question, focal_point=instance, value=_best(inquiry)),
    ]


def _opens(parent: Inquiry, options: tuple[str, ...]) -> bool:
    return parent.agreed and all(cell.outcome in options for cell in parent.cells)


def _credit(question: Question, option: str) -> float:
    return next(o.value for o in question.options if o.key == option)


def _best(inquiry: Inquiry) -> str:
    question = inquiry.question
    if question.kind == "choice":
        return max(question.options, key=lambda option: option.value).key
    return "on_time" if question.kind == "date" else "covered"


def assume(framework: Rules, engagement: Engagement, answers: tuple[Assumed, ...]) -> Engagement:
    """The engagement once these answers are given: decisions and agreed answers, nothing else.

    `framework` is the engagement's own (overlay applied).
    """
    standing = engagement.standing_decisions()
    decisions = tuple(
        decision(a, standing.get(a.focal_point or "")) for a in answers if a.question is None
    )
    assumed = tuple(_answer(framework, engagement, a) for a in answers if a.question is not None)
    settled = {(a.question, a.subject) for a in assumed}
    others = tuple(
        a
        for a in engagement.answers
        if a.respondent is not None or (a.question, a.subject) not in settled
    )
    named = {party for a in answers for party in (a.owner, a.deputy)}
    there = {person.id for person in engagement.people}
    new = (newcomer(framework),) if NEW in named - there else ()
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


def newcomer(framework: Rules) -> Person:
    """Somebody from inside whose title fits every area."""
    accepted = tuple(AcceptedTitle(area=a.key, reason=ACCEPTED) for a in framework.areas)
    return Person.model_construct(id=NEW, name=NEW, accepted_titles=accepted, inside=True)


def decision(answer: Assumed, standing: Decision | None) -> Decision:
    """The decision that an assumed answer stands for; what is known of the same owner is kept."""
    same_owner = standing if standing and standing.owner == answer.owner else None
    reason = answer.value or (same_owner.title_reason if same_owner else None)
    return Decision.model_construct(
        focal_point=answer.focal_point,
        owner=answer.owner,
        deputy=answer.deputy,
        title_reason=reason,
        decided_on=standing.decided_on if standing else None,
        acceptance=same_owner.acceptance if same_owner else None,
        confirmed_on=same_owner.confirmed_on if same_owner else None,
    )


def _answer(framework: Rules, engagement: Engagement, answer: Assumed) -> Answer:
    question = framework.questions()[answer.question or ""][1]
    value: object = answer.value
    programme = engagement.programme
    if question.kind == "date" and answer.value == "on_time":
        value = due_day(question, programme).isoformat()
    elif question.kind == "dates" and answer.value == "covered":
        value = covering(engagement, question)
    return Answer.model_construct(question=answer.question, subject=answer.focal_point, value=value)


def covering(engagement: Engagement, question: Question) -> tuple[dt.date, ...]:
    """A calendar of checkpoints up to go-live that leaves no gap."""
    programme = engagement.programme
    start = programme.start or shifted(programme.go_live, -question.max_gap_days)
    step = dt.timedelta(days=question.max_gap_days)
    days = [start + step * n for n in range(1, (programme.go_live - start).days // step.days + 1)]
    return (*(day for day in days if day < programme.go_live), programme.go_live)
