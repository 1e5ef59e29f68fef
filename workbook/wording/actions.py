"""An action in words: what to do, and who does it."""

from __future__ import annotations

from workbook.model.evaluation import Action, Asked, Finding
from workbook.model.framework import Severity
from workbook.scoring.actions import ASK
from workbook.wording.findings import filled
from workbook.wording.phrases import Phrases
from workbook.wording.seats import seat_action


def action_title(phrases: Phrases, action: Action) -> str:
    """What to do, its placeholders filled in from the finding that it answers."""
    if action.kind == ASK:
        gates = phrases.rules.gates
        tested = (action.focal_point, action.question)
        gate = next(gate for gate in gates if (gate.focal_point, gate.question) == tested)
        title = phrases.quoted(phrases.say(gate.title))
        return phrases.voice.t("Find out whether this must-have is met: {title}", title=title)
    about_seat = seat_action(phrases, action.kind, action.focal_point)
    if about_seat is not None:
        return about_seat
    known = phrases.finding_of
    answered = next((known[key] for key in action.findings if key in known), None)
    blank = Finding(
        kind=action.kind,
        severity=Severity.LOW,
        area=action.area,
        focal_point=action.focal_point,
        question=action.question,
    )
    return filled(phrases, phrases.rules.actions[action.kind].title, answered or blank)


def action_who(phrases: Phrases, action: Action) -> str:
    """Who is to do it: by name and title, else the role that is asked."""
    if action.who is not None:
        return phrases.titled(action.who)
    t = phrases.voice.t
    if action.asked is Asked.TO_BE_NAMED and action.named_by is not None:
        return t("To be named by {name}", name=phrases.titled(action.named_by))
    return {
        Asked.TO_BE_NAMED: t("To be named by the facilitator"),
        Asked.C_SUITE: t("Facilitator, for the C-suite to decide"),
    }.get(action.asked, t("Facilitator"))
