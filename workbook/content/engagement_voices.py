"""Cross-checks of what was said: nominations, answers and decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator

from workbook.content.flaws import Flaw, unknown
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
        yield from unknown(
            "respondent", nomination.respondent, names.respondents, *at, "respondent"
        )
        yield from _focal_point(names, nomination.focal_point, at)
        yield from _state(nomination, at, value=nomination.party, field="party")
        yield from _owner(names, nomination.party, (*at, "party"))
        yield from _deputy(names, nomination.deputy, (*at, "deputy"))
    yield from _twice(
        (("nominations", i), (n.respondent, n.focal_point, n.party, n.role))
        for i, n in enumerate(names.engagement.nominations)
    )


def _decisions(names: Names) -> Iterator[Flaw]:
    for i, decision in enumerate(names.engagement.decisions):
        at: Steps = ("decisions", i)
        yield from _focal_point(names, decision.focal_point, at)
        yield from _state(decision, at, value=decision.owner, field="owner")
        yield from _owner(names, decision.owner, (*at, "owner"))
        yield from _deputy(names, decision.deputy, (*at, "deputy"))
        for field in ("responsible", "consulted", "informed"):
            for n, party in enumerate(getattr(decision, field)):
                yield from unknown("person or team", party, names.parties, *at, field, n)
        for n, dissent in enumerate(decision.dissent):
            voices = names.parties | names.respondents
            yield from unknown(
                "person or respondent", dissent.party, voices, *at, "dissent", n, "party"
            )
        if decision.decided_on and decision.confirmed_on:
            yield from _after(decision.decided_on, decision.confirmed_on, (*at, "confirmed_on"))


def _after(earlier: dt.date, later: dt.date, at: Steps) -> Iterator[Flaw]:
    if later < earlier:
        yield Flaw(at, f"{later} lies before the decision of {earlier}", "exchange the two dates")


def _respondent(names: Names, key: str | None, at: Steps) -> Iterator[Flaw]:
    if key is not None:
        yield from unknown("respondent", key, names.respondents, *at, "respondent")


def _focal_point(names: Names, key: str, at: Steps) -> Iterator[Flaw]:
    yield from unknown("focal point", key, names.focal_points, *at, "focal_point")
    if key in names.shut:
        fix = f"{names.shut[key]}, or drop this entry"
        yield Flaw((*at, "focal_point"), f"“{key}” is not in scope", fix)


def _owner(names: Names, party: str | None, at: Steps) -> Iterator[Flaw]:
    if party is not None:
        valid = names.parties | {NOBODY, VACANT}
        yield from unknown("person, team or external", party, valid, *at)


def _deputy(names: Names, party: str | None, at: Steps) -> Iterator[Flaw]:
    if party is not None:
        yield from unknown("person, team or external", party, names.parties | RESERVED, *at)


def _state(
    entry: Nomination | Answer | Decision, at: Steps, *, value: object, field: str
) -> Iterator[Flaw]:
    if entry.state is State.NOT_APPLICABLE and not entry.reason:
        message = "“not applicable” needs a reason, because it can raise a score"
        yield Flaw((*at, "state"), message, "add “reason: …”")
    if entry.state is not State.ANSWERED and value is not None:
        message = f"is {entry.state.value.replace('_', ' ')}, so it cannot have a “{field}”"
        yield Flaw((*at, field), message, f"drop “{field}” or “state”")
    if entry.state is State.ANSWERED and value is None and not _put_off(entry):
        fix = f"add “{field}: …”, or write “state: unknown” for “don’t know”"
        yield Flaw(at, f"says nothing: “{field}” is blank", fix)


def _put_off(entry: Nomination | Answer | Decision) -> bool:
    """Whether a blank is kept on purpose: a note, or something to discuss later."""
    return entry.discuss_later or bool(entry.note)


def _answers(names: Names) -> Iterator[Flaw]:
    for i, answer in enumerate(names.engagement.answers):
        at: Steps = ("answers", i)
        if answer.respondent is not None:
            yield from unknown(
                "respondent", answer.respondent, names.respondents, *at, "respondent"
            )
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
    first: dict[Hashable, Steps] = {}
    for steps, entry in entries:
        if entry in first:
            fix = f"keep one of the two: {dotted(first[entry])} says it already"
            yield Flaw(steps, "stands twice", fix)
        first.setdefault(entry, steps)


VOICES: tuple[Callable[[Names], Iterable[Flaw]], ...] = (_nominations, _answers, _decisions)
