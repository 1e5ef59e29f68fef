"""Cross-checks of what was said: nominations, answers and decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator

from workbook.content.flaws import Flaw, twice, unknown
from workbook.content.names import Names
from workbook.content.reading import Steps, dotted
from workbook.content.wording import not_a_date
from workbook.model.engagement import (
    NOBODY,
    RESERVED,
    VACANT,
    Answer,
    Decision,
    Nomination,
    State,
)
from workbook.model.framework import Question


def _nominations(names: Names) -> Iterator[Flaw]:
    for i, nomination in enumerate(names.engagement.nominations):
        at: Steps = ("nominations", i)
        respondents = names.respondents
        yield from unknown("respondent", nomination.respondent, respondents, *at, "respondent")
        yield from _focal_point(names, nomination.focal_point, at)
        yield from _state(nomination, at, value=nomination.party, field="party")
        yield from _owner_and_deputy(names, nomination, at, "party")
        yield from unknown("person, team or external", nomination.ask, names.parties, *at, "ask")
    yield from _twice(
        (("nominations", i), (n.respondent, n.focal_point, n.party, n.role))
        for i, n in enumerate(names.engagement.nominations)
    )


def _decisions(names: Names) -> Iterator[Flaw]:
    for i, decision in enumerate(names.engagement.decisions):
        at: Steps = ("decisions", i)
        yield from _focal_point(names, decision.focal_point, at)
        yield from _state(decision, at, value=decision.owner, field="owner")
        yield from _owner_and_deputy(names, decision, at, "owner")
        for field in ("responsible", "consulted", "informed"):
            for n, party in enumerate(getattr(decision, field)):
                yield from unknown("person or team", party, names.parties, *at, field, n)
        for n, dissent in enumerate(decision.dissent):
            voices = names.parties | names.respondents
            yield from unknown(
                "person or respondent", dissent.party, voices, *at, "dissent", n, "party"
            )
        if decision.decided_on and decision.confirmed_on:
            earlier, later = decision.decided_on, decision.confirmed_on
            if later < earlier:
                message = f"{later} lies before the decision of {earlier}"
                yield Flaw((*at, "confirmed_on"), message, "exchange the two dates")


def _focal_point(names: Names, key: str, at: Steps) -> Iterator[Flaw]:
    yield from unknown("focal point", key, names.focal_points, *at, "focal_point")
    if key in names.shut:
        fix = f"{names.shut[key]}, or drop this entry"
        yield Flaw((*at, "focal_point"), f"“{key}” is not in scope", fix)


def _owner_and_deputy(
    names: Names, entry: Nomination | Decision, at: Steps, owner: str
) -> Iterator[Flaw]:
    kind, valid = "person, team or external", names.parties | {NOBODY, VACANT}
    yield from unknown(kind, getattr(entry, owner), valid, *at, owner)
    yield from unknown(kind, entry.deputy, names.parties | RESERVED, *at, "deputy")


def _state(
    entry: Nomination | Answer | Decision, at: Steps, *, value: object, field: str
) -> Iterator[Flaw]:
    if entry.state is State.NOT_APPLICABLE and not entry.reason:
        message = "“not applicable” needs a reason, because it can raise a score"
        yield Flaw((*at, "state"), message, "add “reason: …”")
    if entry.state is not State.ANSWERED and value is not None:
        message = f"is {entry.state.value.replace('_', ' ')}, so it cannot have a “{field}”"
        yield Flaw((*at, field), message, f"drop “{field}” or “state”")
    # A blank is left on purpose with a note, or with something to discuss later.
    put_off = entry.discuss_later or bool(entry.note)
    if entry.state is State.ANSWERED and value is None and not put_off:
        fix = f"add “{field}: …”, or write “state: unknown” for “don’t know”"
        yield Flaw(at, f"says nothing: “{field}” is blank", fix)


def _answers(names: Names) -> Iterator[Flaw]:
    for i, answer in enumerate(names.engagement.answers):
        at: Steps = ("answers", i)
        respondents = names.respondents
        yield from unknown("respondent", answer.respondent, respondents, *at, "respondent")
        yield from unknown("question", answer.question, names.questions, *at, "question")
        question = names.questions.get(answer.question)
        yield from _state(answer, at, value=answer.value, field="value")
        if question is not None:
            yield from _subject(names, answer, question, at)
            yield from _value(answer, question, (*at, "value"))
    yield from _twice(
        (("answers", i), (a.question, a.subject, a.respondent))
        for i, a in enumerate(names.engagement.answers)
    )


def _subject(names: Names, answer: Answer, question: Question, at: Steps) -> Iterator[Flaw]:
    if question.per is None:
        if answer.subject is not None:
            message = f"the question “{question.key}” is asked once, without a subject"
            yield Flaw((*at, "subject"), message, "drop “subject”")
        return
    valid = names.groups.get(question.per, frozenset())
    if answer.subject is None:
        message = f"the question “{question.key}” is asked for each of the group {question.per}"
        yield Flaw(at, message, "add “subject: …”")
        return
    yield from unknown(
        f"focal point of the group {question.per}", answer.subject, valid, *at, "subject"
    )
    if answer.subject in names.shut:
        fix = f"{names.shut[answer.subject]}, or drop this entry"
        yield Flaw((*at, "subject"), f"“{answer.subject}” is not in scope", fix)


def _value(answer: Answer, question: Question, at: Steps) -> Iterator[Flaw]:
    value = answer.value
    if value is None:
        return
    if (question.kind == "dates") != isinstance(value, tuple):
        wanted = _WANTED[question.kind]
        yield Flaw(at, f"the question “{question.key}” wants {wanted[0]}", f"write {wanted[1]}")
    elif isinstance(value, tuple):
        if list(value) != sorted(set(value)):
            listed = ", ".join(day.isoformat() for day in sorted(set(value)))
            message = "the dates are not in order, or one stands twice"
            yield Flaw(at, message, f"write [{listed}]")
    elif question.kind == "choice":
        options = [option.key for option in question.options]
        yield from unknown("option", value, options, *at)
    elif question.kind == "date" and not _is_date(value):
        yield Flaw(at, *not_a_date(value))


_WANTED = {
    "choice": ("one option", "the key of an option"),
    "date": ("one date", "a date, such as 2026-11-23"),
    "dates": ("a list of dates", "a list, such as [2026-11-23, 2026-12-14]"),
    "text": ("a text", "a text"),
}


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _twice(entries: Iterable[tuple[Steps, Hashable]]) -> Iterator[Flaw]:
    for steps, _, first in twice(entries):
        fix = f"keep one of the two: {dotted(first)} says it already"
        yield Flaw(steps, "stands twice", fix)


def _undertakings(names: Names) -> Iterator[Flaw]:
    for i, undertaking in enumerate(names.engagement.undertakings):
        owner = undertaking.owner
        yield from unknown(
            "person, team or external", owner, names.parties, "undertakings", i, "owner"
        )
    yield from _twice(
        (("undertakings", i), (u.action,)) for i, u in enumerate(names.engagement.undertakings)
    )


def _inherited(names: Names) -> Iterator[Flaw]:
    for i, heir in enumerate(names.engagement.inherited):
        at: Steps = ("inherited", i)
        known = names.focal_points | names.questions.keys()
        yield from unknown("focal point or question", heir.subject, known, *at, "subject")
        kind, parties = "person, team or external", names.parties | RESERVED
        yield from unknown(kind, heir.owner, parties, *at, "owner")
        yield from unknown(kind, heir.deputy, parties, *at, "deputy")
        if (heir.owner is None) == (heir.value is None):
            yield Flaw(at, "hands on either an owner or an answer", "keep one of the two")
    yield from _twice(
        (("inherited", i), (heir.subject, heir.instance))
        for i, heir in enumerate(names.engagement.inherited)
    )


VOICES: tuple[Callable[[Names], Iterable[Flaw]], ...] = (
    _nominations,
    _answers,
    _decisions,
    _inherited,
    _undertakings,
)
