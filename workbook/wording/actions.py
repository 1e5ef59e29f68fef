"""An action in words: what to do, and who does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.model.evaluation import Action, Asked, Finding, JointAction
from workbook.model.filling import filled_in
from workbook.model.framework import Severity
from workbook.scoring.actions import ASK
from workbook.wording.figures import bounds, level_text
from workbook.wording.findings import filled
from workbook.wording.names import capitalised
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
    about_seat = seat_action(phrases, action.kind, [action.focal_point])
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


def title_of(phrases: Phrases, key: str) -> str:
    """What to do, by the key of an action that the evaluation may no longer have."""
    for action in phrases.evaluation.actions:
        if action.key == key:
            return action_title(phrases, action)
    parts = [None if part == "-" else part for part in key.split("/")]
    kind, area, focal_point, question = (*parts, *[None] * 4)[:4]
    if kind not in phrases.rules.actions or "{parties}" in str(phrases.rules.actions[kind].title):
        return key
    answered = Finding(
        kind=kind, severity=Severity.LOW, area=area, focal_point=focal_point, question=question
    )
    seat = seat_action(phrases, kind, [focal_point])
    return seat or filled(phrases, phrases.rules.actions[kind].title, answered)


def joint_title(phrases: Phrases, actions: Sequence[Action]) -> str:
    """What to do about one subject, or about several counted together: actions of one kind."""
    first, *others = actions
    if not others:
        return action_title(phrases, first)
    about_seats = seat_action(phrases, first.kind, [action.focal_point for action in actions])
    if about_seats is not None:
        return about_seats
    many = phrases.rules.actions[first.kind].title_many
    if many is not None:
        count = phrases.count(len(actions), many)
        return capitalised(filled_in(phrases.say(many), {"count": count}))
    return phrases.voice.n(
        "{action} (and one more like it)",
        "{action} (and {count} more like it)",
        len(others),
        action=action_title(phrases, first),
    )


def step_subjects(phrases: Phrases, step: JointAction) -> tuple[str, ...]:
    """What a step about several subjects is about, each as it stands in a list."""
    if len(step.actions) == 1:
        return ()
    people = phrases.finding_of
    return tuple(
        phrases.spoken(action.focal_point)
        if action.focal_point
        else phrases.listing(map(phrases.party, people[action.findings[0]].parties))
        for action in step.actions
    )


def step_who(phrases: Phrases, step: JointAction) -> str:
    """Everybody who is to act in a step, each once; of several the names alone.

    Whoever is yet to be named stands apart, so that nobody seems to do the naming.
    """
    alone = len({(action.who, action.asked, action.named_by) for action in step.actions}) == 1
    name = phrases.titled if alone else phrases.party
    names = {a: action_who(phrases, a, name) for a in step.actions}
    acting = dict.fromkeys(text for action, text in names.items() if action.who)
    others = dict.fromkeys(text for action, text in names.items() if not action.who)
    return " · ".join(filter(None, (phrases.listing(acting, 2), phrases.listing(others, 2))))


def outlook_text(phrases: Phrases) -> str:
    """Where the first steps lead together; blank where there are none."""
    v, evaluation, outlook = phrases.voice, phrases.evaluation, phrases.evaluation.outlook
    if outlook is None or evaluation.level is None or outlook.level is None:
        return ""
    before, after = (bounds(score, v)[0] for score in (evaluation.score, outlook.score))
    levels = [level_text(phrases.rules, span, v) for span in (evaluation.level, outlook.level)]
    if levels[0] == levels[1]:
        return v.t(
            "Then: at least {before} → {after} points; the level stays “{level}”.",
            before=before,
            after=after,
            level=levels[0],
        )
    return v.t(
        "Then: at least {before} → {after} points, level “{old}” → “{new}”.",
        before=before,
        after=after,
        old=levels[0],
        new=levels[1],
    )


def action_who(phrases: Phrases, action: Action, name: Callable[[str], str] | None = None) -> str:
    """Who is to do it: by name and title, unless told otherwise, else the role that is asked."""
    name = name or phrases.titled
    if action.who is not None:
        return name(action.who)
    t = phrases.voice.t
    if action.asked is Asked.TO_BE_NAMED and action.named_by is not None:
        return t("To be named by {name}", name=name(action.named_by))
    return {
        Asked.TO_BE_NAMED: t("To be named by the facilitator"),
        Asked.C_SUITE: t("Facilitator, for the C-suite to decide"),
    }.get(action.asked, t("Facilitator"))
