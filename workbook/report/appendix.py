"""The appendix: every decision, nomination and answer, as given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workbook.model.engagement import (
    NOBODY,
    Acceptance,
    Answer,
    Confidence,
    Decision,
    Nomination,
    Role,
    State,
)
from workbook.model.framework import Area
from workbook.report.value import Block, Heading, Prose, TextTable
from workbook.wording.answers import answer_text
from workbook.wording.fields import value_names
from workbook.wording.headings import absences, headings
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.states import role_names

Rows = list[tuple[str, ...]]


def appendix_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """Decisions, then nominations and answers area by area."""
    v = phrases.voice
    blocks: list[Block] = []
    decisions = _decisions(phrases)
    if decisions:
        heads: tuple[str, ...] = (headings(v)["subject"], v.t("Decision"), headings(v)["decided"])
        heads += (v.t("Acceptance"), v.t("Remarks"))
        table = TextTable(v.t("Every decision"), heads, tuple(decisions), (22, 24, 18, 16, 20))
        blocks += [Heading(v.t("Decisions")), table]
    heads = (headings(v)["subject"], v.t("Says"), v.t("Who says so"))
    title = v.t("Nominations")
    tables = _tables(phrases, title, _nominations, heads, (21, 19, 60))
    if tables:
        blocks += [Heading(title), *_anonymity(phrases), *tables]
    heads = (v.t("Question"), headings(v)["answer"], v.t("Who says so"), v.t("Remarks"))
    title = v.t("Answers to questions")
    tables = _tables(phrases, title, _answers, heads, (34, 26, 20, 20))
    if tables:
        blocks += [Heading(title), *tables]
    return tuple(blocks) or (Prose(v.t("No answer has been given yet.")),)


def _tables(
    phrases: Phrases,
    title: str,
    rows_of: Callable[[Phrases, Area], Rows],
    heads: tuple[str, ...],
    widths: tuple[int, ...],
) -> list[TextTable]:
    """One table per area that has rows."""
    return [
        TextTable(f"{title} · {phrases.say(area.title)}", heads, tuple(rows), widths)
        for area in phrases.rules.areas
        if (rows := rows_of(phrases, area))
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


def _decisions(phrases: Phrases) -> Rows:
    order = {key: position for position, key in enumerate(phrases.places)}
    listed = sorted(
        phrases.engagement.decisions, key=lambda d: order.get(d.focal_point, len(order))
    )
    return [
        (
            phrases.focal(decision.focal_point),
            _decided(phrases, decision),
            _decided_by(phrases, decision),
            _acceptance(phrases, decision.acceptance),
            _remarks(phrases, decision),
        )
        for decision in listed
    ]


def _decided(phrases: Phrases, decision: Decision) -> str:
    v = phrases.voice
    if decision.state == State.NOT_APPLICABLE:
        return v.t("Not applicable: {reason}", reason=decision.reason or "–")
    if decision.state == State.UNKNOWN or decision.owner is None:
        return capitalised(absences(v)["unknown"])
    parts = [v.t("Owner: {name}", name=phrases.titled(decision.owner))]
    if decision.deputy:
        parts.append(v.t("deputy: {name}", name=phrases.party(decision.deputy)))
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


def _decided_by(phrases: Phrases, decision: Decision) -> str:
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
        return "–"
    v = phrases.voice
    states = {"accepted": v.t("accepted"), "declined": v.t("declined"), "pending": v.t("pending")}
    day = f" ({v.date(acceptance.on, 'medium')})" if acceptance.on else ""
    return states[acceptance.state] + day


def _remarks(phrases: Phrases, decision: Decision) -> str:
    v = phrases.voice
    remarks = []
    for dissent in decision.dissent:
        name = phrases.party(dissent.party)
        against = v.t("dissent: {name}", name=name)
        why = phrases.quoted(dissent.note) if dissent.note else ""
        remarks.append(v.t("{names}: {text}", names=against, text=why) if why else against)
    if decision.title_reason:
        remarks.append(v.t("title accepted: {reason}", reason=decision.title_reason))
    remarks += [text for text in (decision.note, decision.evidence) if text]
    return " · ".join(remarks) or "–"


# --- nominations ---------------------------------------------------------------------------------


def _nominations(phrases: Phrases, area: Area) -> Rows:
    """One row per focal point and thing said of it, with everybody who said it."""
    withdrawn = phrases.engagement.withdrawn()
    nominations: dict[str, dict[str, list[Nomination]]] = {}
    for n in phrases.engagement.nominations:
        if n.respondent not in withdrawn:
            texts = nominations.setdefault(n.focal_point, {})
            texts.setdefault(_nominated(phrases, n), []).append(n)
    rows: Rows = []
    for focal_point in area.focal_points:
        texts = nominations.get(focal_point.key, {})
        if texts and phrases.disclosure.hides(focal_point.key):
            rows.append((phrases.say(focal_point.title), absences(phrases.voice)["withheld"], "–"))
            continue
        for text, voices in sorted(texts.items(), key=lambda pair: -len(pair[1])):
            rows.append((phrases.say(focal_point.title), text, _voices(phrases, voices)))
    return rows


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
        v.t("deputy: {name}", name=phrases.party(nomination.deputy)) if nomination.deputy else "",
        nomination.evidence or "",
        phrases.quoted(nomination.note) if nomination.note else "",
        nomination.reason or "",
    ]
    remarks = ", ".join(detail for detail in details if detail)
    return phrases.respondent(nomination.respondent) + (f" ({remarks})" if remarks else "")


# --- answers -------------------------------------------------------------------------------------


def _answers(phrases: Phrases, area: Area) -> Rows:
    withdrawn = phrases.engagement.withdrawn()
    order = {question.key: position for position, question in enumerate(area.questions)}
    listed = [a for a in phrases.engagement.answers if a.question in order]
    groups: dict[tuple[str, str | None], list[Answer]] = {}
    for answer in sorted(listed, key=lambda a: (order[a.question], a.subject or "")):
        if answer.respondent not in withdrawn:
            groups.setdefault((answer.question, answer.subject), []).append(answer)
    return [row for group in groups.values() for row in _group(phrases, group)]


def _group(phrases: Phrases, answers: Sequence[Answer]) -> Iterable[tuple[str, ...]]:
    """The answers to one question; respondents' are only counted in anonymous mode."""
    title = phrases.question(answers[0].question, answers[0].subject)
    alone = [a for a in answers if a.respondent is not None]
    shown = [a for a in answers if a.respondent is None or not phrases.disclosure.nameless]
    for answer in shown:
        who = phrases.respondent(answer.respondent)
        who += f", {phrases.day(answer.on)}" if answer.on else ""
        remarks = " · ".join(text for text in (answer.reason, answer.note) if text) or "–"
        yield title, answer_text(phrases, answer), who, remarks
    if not phrases.disclosure.nameless or not alone:
        return
    if phrases.disclosure.withholds(len(alone)):
        yield title, absences(phrases.voice)["withheld"], "–", "–"
        return
    counts: dict[str, int] = {}
    for answer in alone:
        text = answer_text(phrases, answer)
        counts[text] = counts.get(text, 0) + 1
    for text, count in counts.items():
        yield title, text, phrases.voice.n("{count} answer", "{count} answers", count), "–"
