"""Notices: what a screen says about the command that it was just given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.engagement import RACI
from workbook.widgets.views.scene import View
from workbook.wording.names import Vocabulary, ended
from workbook.wording.sentences import explained

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from workbook.errors import Problem
    from workbook.i18n import Voice
    from workbook.model.engagement import Decision, Engagement, Programme
    from workbook.model.rules import Rules

LONG_AGO = 365
"""Days after which a go-live that is over is rather a slip of the year."""

NOT_ACCEPTED = "raci_not_accepted"

Holding = tuple[str, str, str]
"""A focal point, a letter, and a party that holds it there."""


def refusal(problems: Iterable[Problem], voice: Voice) -> View:
    """Why a command was not done, and how to give it right."""
    text = " ".join(ended(explained(problem, voice)) for problem in problems)
    return {"tone": "not", "sign": "!", "text": text}


def caution(*sentences: str) -> View | None:
    """What was done and deserves a second look; None if there is nothing to say."""
    return {"tone": "risk", "sign": "▲", "text": " ".join(sentences)} if sentences else None


def taken_over(voice: Voice) -> View:
    """That a list was recorded, and how to take all of it back."""
    text = voice.t("The list is taken over. Undo takes all of it back.")
    return {"tone": "ready", "sign": "✓", "text": text}


def contradictions(programme: Programme, today: dt.date, voice: Voice) -> list[str]:
    """What cannot be right about a programme's dates."""
    sentences = []
    go_live = voice.date(programme.go_live, "medium")
    if programme.start and programme.start > programme.go_live:
        start = voice.date(programme.start, "medium")
        sentences.append(
            voice.t("The start, {start}, lies after go-live, {date}.", start=start, date=go_live)
        )
    if (today - programme.go_live).days > LONG_AGO:
        sentences.append(voice.t("Go-live, {date}, is more than a year ago.", date=go_live))
    return sentences


def unaccepted(engagement: Engagement, rules: Rules, voice: Voice) -> dict[str, str]:
    """By question: the team's answer says that everybody has accepted, and an owner has not.

    Such a question is known by the finding of its other answers.
    """
    answers = {a.question: a.value for a in engagement.answers if a.respondent is None}
    claims = [
        question
        for _, question in rules.questions().values()
        if NOT_ACCEPTED in question.findings.values()
        and answers.get(question.key) is not None
        and question.findings.get(str(answers[question.key])) != NOT_ACCEPTED
    ]
    parties = engagement.parties()
    waiting = sum(
        decision.owner in parties and getattr(decision.acceptance, "state", None) != "accepted"
        for decision in engagement.standing_decisions().values()
    )
    return {
        question.key: voice.n(
            "“{question}” says that everybody has accepted; one owner has not.",
            "“{question}” says that everybody has accepted; {count} owners have not.",
            waiting,
            question=question.title[voice.language],
        )
        for question in claims
        if waiting
    }


def ownerless(before: Engagement, now: Engagement) -> bool:
    """Whether a focal point that had an owner has none any more."""
    return not _owned(before) <= _owned(now)


def _owned(engagement: Engagement) -> set[str]:
    parties = engagement.parties()
    decisions = engagement.standing_decisions().items()
    return {key for key, decision in decisions if decision.owner in parties}


def losses(before: Engagement, after: Engagement, rules: Rules, voice: Voice) -> list[str]:
    """Who lost a letter on the map between two moments, and how to give it back."""
    held = _holdings(after)
    lost = [holding for holding in _holdings(before) if holding not in held]
    names, parties = Vocabulary(rules, voice), before.parties()
    sentences = [
        _loss(voice, letter, names.focal(key), parties[party].name)
        for key, letter, party in lost
        if party in parties
    ]
    return [*sentences, voice.t("Undo puts it back.")] if sentences else []


def _holdings(engagement: Engagement) -> dict[Holding, None]:
    decisions = engagement.standing_decisions().items()
    return {(key, *held): None for key, decision in decisions for held in _letters(decision)}


def _letters(decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.owner:
        yield "A", decision.owner
    for letter, field in RACI:
        for party in getattr(decision, field):
            yield letter, party


def _loss(voice: Voice, letter: str, subject: str, party: str) -> str:
    named = {"subject": subject, "party": party}
    match letter:
        case "A":
            return voice.t("{subject}: {party} is no longer accountable.", **named)
        case "R":
            return voice.t("{subject}: {party} is no longer responsible.", **named)
        case "C":
            return voice.t("{subject}: {party} is no longer consulted.", **named)
        case _:
            return voice.t("{subject}: {party} is no longer informed.", **named)
