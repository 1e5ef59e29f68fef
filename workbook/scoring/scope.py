"""Which items apply to an engagement: scope facts first, then the facilitator's rulings."""

from __future__ import annotations

from collections.abc import Collection

from workbook.model.engagement import Engagement, State
from workbook.model.framework import Area, Condition, FocalPoint, Profile, Question
from workbook.model.rules import Rules


def holds(condition: Condition, engagement: Engagement) -> bool:
    """Whether the scope facts meet a condition; an empty condition always holds."""
    facts = engagement.organisation
    return holds_for(condition, facts.profile, facts.business_models)


def holds_for(condition: Condition, profile: str, business_models: tuple[str, ...]) -> bool:
    """Whether a profile and business models meet a condition."""
    return (not condition.profiles or profile in condition.profiles) and (
        not condition.business_models
        or not set(condition.business_models).isdisjoint(business_models)
    )


def in_scope(focal_point: FocalPoint, engagement: Engagement) -> bool:
    """Whether a focal point applies by scope alone."""
    facts, scope = engagement.organisation, engagement.scope.get(focal_point.scope or "", ())
    return in_scope_for(focal_point, facts.profile, facts.business_models, scope)


def in_scope_for(
    focal_point: FocalPoint, profile: str, business_models: tuple[str, ...], scope: Collection[str]
) -> bool:
    """Whether a focal point applies under these facts; `scope`: what is switched on."""
    if focal_point.scope and focal_point.key not in scope:
        return False
    return holds_for(focal_point.applies, profile, business_models)


def ruled_out(engagement: Engagement) -> frozenset[str]:
    """Focal points that the facilitator ruled not applicable."""
    return frozenset(
        key
        for key, decision in engagement.standing_decisions().items()
        if decision.state is State.NOT_APPLICABLE
    )


def instances(rules: Rules, question: Question) -> tuple[str | None, ...]:
    """The focal points that a question is asked for (`per`), or `(None,)` for asked once."""
    if question.per is None:
        return (None,)
    return tuple(
        sorted(f.key for area in rules.areas for f in area.focal_points if f.scope == question.per)
    )


def asked(
    rules: Rules, engagement: Engagement, about: frozenset[str] | None = None
) -> tuple[tuple[Area, Question, str | None], ...]:
    """Every question instance that scope facts leave open, rulings not yet regarded.

    `about` restricts to these questions and those above and below them.
    """
    related = about and related_to(rules, about)
    places = rules.places()
    out = ruled_out(engagement)
    return tuple(
        (area, question, instance)
        for area in rules.areas
        for question in area.questions
        if (related is None or question.key in related) and holds(question.applies, engagement)
        for instance in instances(rules, question)
        if instance is None or (in_scope(places[instance][1], engagement) and instance not in out)
    )


def respondents_of(engagement: Engagement, area: Area) -> frozenset[str]:
    """The respondents who are asked about an area."""
    return frozenset(
        r.id
        for r in engagement.respondents
        if not r.withdrawn and (not r.areas or area.key in r.areas)
    )


def profile_of(rules: Rules, engagement: Engagement) -> Profile:
    """The engagement's size profile; KeyError for one that the framework does not know."""
    return {p.key: p for p in rules.profiles}[engagement.organisation.profile]


def related_to(rules: Rules, questions: frozenset[str]) -> frozenset[str]:
    """These questions with all that stand above and below them."""
    pairs = [
        (question.parent.question, question.key)
        for _, question in rules.questions().values()
        if question.parent is not None
    ]
    related = questions
    for parent, child in reversed(pairs):
        related |= {parent} if child in related else set()
    for parent, child in pairs:
        related |= {child} if parent in related else set()
    return related
