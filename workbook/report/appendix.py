"""The appendix: every decision, nomination and answer, as given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from workbook.fragments.statements import Statement, StatementGroup, StatementList
from workbook.model.engagement import (
    NOBODY,
    NONE,
    Acceptance,
    Answer,
    Confidence,
    Decision,
    Nomination,
    Role,
    State,
)
from workbook.model.framework import Area
from workbook.report.value import Block, Heading, Prose
from workbook.report.voices import chance_terms
from workbook.wording.answers import answer_text
from workbook.wording.fields import value_names
from workbook.wording.headings import absences
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.states import role_names


def appendix_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """Decisions, then nominations and answers area by area."""
    v = phrases.voice
    nominations = _lists(phrases, _nominations)
    answers = _lists(phrases, _answers)
    blocks: list[Block] = []
    if phrases.engagement.decisions:
        decisions = StatementList("", _decisions(phrases))
        blocks += [Heading(v.t("Decisions")), decisions]
    if nominations:
        blocks += [Heading(v.t("Nominations")), *_anonymity(phrases), *nominations]
        blocks += chance_terms(phrases)
    if answers:
        blocks += [Heading(v.t("Answers to questions")), *answers]
    return tuple(blocks) or (Prose(v.t("No answer has been given yet.")),)


def _lists(
    phrases: Phrases, groups_of: Callable[[Phrases, Area], Iterable[StatementGroup]]
) -> list[StatementList]:
    """One list per area that has anything to show."""
    return [
        StatementList(phrases.area(area.key), groups)
        for area in phrases.rules.areas
        if (groups := tuple(groups_of(phrases, area)))
    ]


def _anonymity(phrases: Phrases) -> tuple[Block, ...]:
    if not phrases.disclosure.nameless:
        return ()
    notice = phrases.voice.n(
        "Answers are anonymous: nothing is told that rests on fewer than {count} answer.",
        "Answers are anonymous: nothing is told that rests on fewer than {count} answers.",
        phrases.disclosure.small_group,
    )
    return (Prose(notice, quiet=True),)


# --- decisions -----------------------------------------------------------------------------------


def _decisions(phrases: Phrases) -> tuple[StatementGroup, ...]:
    order = {key: position for position, key in enumerate(phrases.places)}
    decisions: dict[str, list[Statement]] = {}
    for decision in sorted(
        phrases.engagement.decisions, key=lambda d: order.get(d.focal_point, len(order))
    ):
        details = (
            decided_by(phrases, decision),
            _acceptance(phrases, decision.acceptance),
            *_remarks(phrases, decision),
        )
        statement = Statement(_decided(phrases, decision), " · ".join(filter(None, details)))
        decisions.setdefault(decision.focal_point, []).append(statement)
    return tuple(StatementGroup(phrases.focal(k), tuple(d)) for k, d in decisions.items())


def _decided(phrases: Phrases, decision: Decision) -> str:
    v = phrases.voice
    if decision.state == State.NOT_APPLICABLE:
        return v.t("Not applicable: {reason}", reason=decision.reason or "–")
    if decision.state == State.UNKNOWN or decision.owner is None:
        return capitalised(absences(v)["unknown"])
    parts = [v.t("Owner: {name}", name=phrases.titled(decision.owner))]
    if decision.deputy:
        parts.append(_deputy(phrases, decision.deputy))
    roles = role_names(v)
    involved = (
        (roles["R"], decision.responsible),
        (roles["C"], decision.consulted),
        (roles["I"], decision.informed),
    )
    for role, parties in involved:
        if parties:
            names = v.listing(map(phrases.party, parties))
            parts.append(v.t("{role}: {names}", role=role, names=names))
    return " · ".join(parts)


def _deputy(phrases: Phrases, key: str) -> str:
    name = phrases.party(key)
    return name if key == NONE else phrases.voice.t("deputy: {name}", name=name)


def decided_by(phrases: Phrases, decision: Decision) -> str:
    """Who decided, when, and since when it is confirmed."""
    v = phrases.voice
    by = decision.decided_by
    parts = [v.t("guided session") if by == "session" else phrases.party(by)]
    if decision.decided_on:
        parts.append(v.date(decision.decided_on, "medium"))
    if decision.confirmed_on:
        parts.append(v.t("confirmed {date}", date=v.date(decision.confirmed_on, "medium")))
    if decision.withdrawn:
        parts.append(v.t("withdrawn"))
    return ", ".join(parts)


def _acceptance(phrases: Phrases, acceptance: Acceptance | None) -> str:
    if acceptance is None:
        return ""
    v = phrases.voice
    states = {"accepted": v.t("accepted"), "declined": v.t("declined"), "pending": v.t("pending")}
    day = f" ({v.date(acceptance.on, 'medium')})" if acceptance.on else ""
    return states[acceptance.state] + day


def _remarks(phrases: Phrases, decision: Decision) -> Iterator[str]:
    v = phrases.voice
    for dissent in decision.dissent:
        against = v.t("dissent: {name}", name=phrases.party(dissent.party))
        why = phrases.quoted(dissent.note) if dissent.note else ""
        yield v.t("{names}: {text}", names=against, text=why) if why else against
    if decision.title_reason:
        yield v.t("title accepted: {reason}", reason=decision.title_reason)
    yield from filter(None, (decision.note, decision.evidence))


# --- nominations ---------------------------------------------------------------------------------


def _nominations(phrases: Phrases, area: Area) -> Iterator[StatementGroup]:
    """Per focal point what was said of it, the most frequent first, and by whom."""
    withdrawn = phrases.engagement.withdrawn()
    nominations: dict[str, dict[str, list[Nomination]]] = {}
    for n in phrases.engagement.nominations:
        if n.respondent not in withdrawn:
            texts = nominations.setdefault(n.focal_point, {})
            texts.setdefault(_nominated(phrases, n), []).append(n)
    for focal_point in area.focal_points:
        if by_text := nominations.get(focal_point.key):
            listed = sorted(by_text.items(), key=lambda pair: -len(pair[1]))
            statements = tuple(Statement(text, _voices(phrases, same)) for text, same in listed)
            if phrases.disclosure.hides(focal_point.key):
                statements = (Statement(absences(phrases.voice)["withheld"]),)
            yield StatementGroup(phrases.say(focal_point.title), statements)


def _nominated(phrases: Phrases, nomination: Nomination) -> str:
    v = phrases.voice
    if nomination.state == State.UNKNOWN:
        return v.t("Does not know")
    if nomination.state == State.NOT_APPLICABLE:
        return value_names(v)[State.NOT_APPLICABLE]
    party = phrases.party(nomination.party or NOBODY)
    if nomination.role is Role.ACCOUNTABLE:
        return party[:1].upper() + party[1:]
    return f"{party} ({role_names(v)[nomination.role]})"


def _voices(phrases: Phrases, nominations: Sequence[Nomination]) -> str:
    if phrases.disclosure.nameless:
        return phrases.voice.n("{count} vote", "{count} votes", len(nominations))
    return " · ".join(_voice(phrases, n) for n in nominations)


def _voice(phrases: Phrases, nomination: Nomination) -> str:
    v = phrases.voice
    sure = {
        Confidence.GUESS: v.t("guess"),
        Confidence.FAIRLY: v.t("fairly sure"),
        Confidence.CERTAIN: v.t("certain"),
    }
    details = [
        phrases.day(nomination.on) if nomination.on else "",
        sure[nomination.confidence] if nomination.confidence else "",
        _deputy(phrases, nomination.deputy) if nomination.deputy else "",
        nomination.evidence or "",
        phrases.quoted(nomination.note) if nomination.note else "",
        nomination.reason or "",
    ]
    return _attributed(phrases, nomination.respondent, details)


def _attributed(phrases: Phrases, respondent: str | None, details: Iterable[str]) -> str:
    remarks = ", ".join(filter(None, details))
    return phrases.respondent(respondent) + (f" ({remarks})" if remarks else "")


# --- answers -------------------------------------------------------------------------------------


def _answers(phrases: Phrases, area: Area) -> Iterator[StatementGroup]:
    """Per question each answer, for each of its subjects, with everybody who gave it."""
    withdrawn = phrases.engagement.withdrawn()
    for question in area.questions:
        subjects: dict[str, list[Answer]] = {}
        for answer in phrases.engagement.answers:
            if answer.question == question.key and answer.respondent not in withdrawn:
                subjects.setdefault(answer.subject or "", []).append(answer)
        statements = tuple(
            statement
            for subject in sorted(subjects)
            for statement in _answered(phrases, subject, subjects[subject])
        )
        if statements:
            yield StatementGroup(phrases.say(question.title), statements)


def _answered(phrases: Phrases, subject: str, answers: Sequence[Answer]) -> Iterator[Statement]:
    """The answers on one subject; respondents' are only counted in anonymous mode."""
    v = phrases.voice
    alone = [answer for answer in answers if answer.respondent is not None]
    counted = alone if phrases.disclosure.nameless else []
    texts: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer not in counted:
            texts.setdefault(answer_text(phrases, answer), []).append(answer)
    for text, same in texts.items():
        attribution = " · ".join(_answer(phrases, answer) for answer in same)
        yield Statement(_about(phrases, subject, text), attribution)
    if counted and phrases.disclosure.withholds(len(counted)):
        yield Statement(_about(phrases, subject, absences(v)["withheld"]))
        return
    counts = Counter(answer_text(phrases, answer) for answer in counted)
    for text, count in counts.items():
        attribution = v.n("{count} answer", "{count} answers", count)
        yield Statement(_about(phrases, subject, text), attribution)


def _about(phrases: Phrases, subject: str, text: str) -> str:
    return phrases.labelled(phrases.focal(subject), text) if subject else text


def _answer(phrases: Phrases, answer: Answer) -> str:
    details = (
        phrases.day(answer.on) if answer.on else "",
        answer.reason or "",
        phrases.quoted(answer.note) if answer.note else "",
    )
    return _attributed(phrases, answer.respondent, details)
