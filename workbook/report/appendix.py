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
from workbook.report.value import Block, Heading, Prose, Table
from workbook.wording.answers import answer_text
from workbook.wording.phrases import Phrases

Rows = list[tuple[str, ...]]


def appendix_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """Decisions, then nominations and answers area by area."""
    v = phrases.voice
    blocks: list[Block] = []
    decisions = _decisions(phrases)
    if decisions:
        heads: tuple[str, ...] = (v.t("Focal point"), v.t("Decision"), v.t("Decided"))
        heads += (v.t("Acceptance"), v.t("Remarks"))
        table = Table(v.t("Every decision"), heads, tuple(decisions), (22, 24, 18, 16, 20))
        blocks += [Heading(v.t("Decisions")), table]
    heads = (v.t("Focal point"), v.t("Says"), v.t("Who says so"))
    title = v.t("Nominations")
    tables = _tables(phrases, title, _nominations, heads, (24, 26, 50))
    if tables:
        blocks += [Heading(title), *_anonymity(phrases), *tables]
    heads = (v.t("Question"), v.t("Answer"), v.t("Who says so"), v.t("Remarks"))
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
) -> list[Table]:
    """One table per area that has rows."""
    found = [(phrases.say(a.title), rows_of(phrases, a)) for a in phrases.framework.areas]
    return [Table(f"{title} · {area}", heads, tuple(rows), widths) for area, rows in found if rows]


def _anonymity(phrases: Phrases) -> tuple[Block, ...]:
    if not phrases.disclosure.nameless:
        return ()
    said = phrases.voice.n(
        "Answers are anonymous: nothing is told that rests on fewer than {count} answer.",
        "Answers are anonymous: nothing is told that rests on fewer than {count} answers.",
        phrases.disclosure.small_group,
    )
    return (Prose(said, quiet=True),)


# --- decisions -----------------------------------------------------------------------------------


def _decisions(phrases: Phrases) -> Rows:
    order = {key: place for place, key in enumerate(phrases.places)}
    listed = sorted(
        phrases.engagement.decisions, key=lambda d: order.get(d.focal_point, len(order))
    )
    return [
        (
            phrases.focal(one.focal_point),
            _decided(phrases, one),
            _decided_by(phrases, one),
            _acceptance(phrases, one.acceptance),
            _remarks(phrases, one),
        )
        for one in listed
    ]


def _decided(phrases: Phrases, one: Decision) -> str:
    v = phrases.voice
    if one.state == State.NOT_APPLICABLE:
        return v.t("Not applicable: {reason}", reason=one.reason or "–")
    if one.state == State.UNKNOWN or one.owner is None:
        return v.t("Not known")
    parts = [v.t("Owner: {name}", name=phrases.titled(one.owner))]
    if one.deputy:
        parts.append(v.t("deputy: {name}", name=phrases.party(one.deputy)))
    roles = (
        (v.t("responsible"), one.responsible),
        (v.t("consulted"), one.consulted),
        (v.t("informed"), one.informed),
    )
    for role, parties in roles:
        if parties:
            names = v.listing(map(phrases.party, parties))
            parts.append(v.t("{role}: {names}", role=role, names=names))
    return " · ".join(parts)


def _decided_by(phrases: Phrases, one: Decision) -> str:
    v = phrases.voice
    by = v.t("guided session") if one.decided_by == "session" else phrases.party(one.decided_by)
    said = [by] + ([v.date(one.decided_on, "medium")] if one.decided_on else [])
    if one.confirmed_on:
        said.append(v.t("confirmed {date}", date=v.date(one.confirmed_on, "medium")))
    if one.withdrawn:
        said.append(v.t("withdrawn"))
    return ", ".join(said)


def _acceptance(phrases: Phrases, acceptance: Acceptance | None) -> str:
    if acceptance is None:
        return "–"
    v = phrases.voice
    said = {"accepted": v.t("accepted"), "declined": v.t("declined"), "pending": v.t("pending")}
    day = f" ({v.date(acceptance.on, 'medium')})" if acceptance.on else ""
    return said[acceptance.state] + day


def _remarks(phrases: Phrases, one: Decision) -> str:
    v = phrases.voice
    said = []
    for dissent in one.dissent:
        name = phrases.party(dissent.party)
        against = v.t("dissent: {name}", name=name)
        why = phrases.quoted(dissent.note) if dissent.note else ""
        said.append(v.t("{names}: {text}", names=against, text=why) if why else against)
    if one.title_reason:
        said.append(v.t("title accepted: {reason}", reason=one.title_reason))
    said += [text for text in (one.note, one.evidence) if text]
    return " · ".join(said) or "–"


# --- nominations ---------------------------------------------------------------------------------


def _nominations(phrases: Phrases, area: Area) -> Rows:
    """One row per focal point and thing said of it, with everybody who said it."""
    withdrawn = phrases.engagement.withdrawn()
    given: dict[str, dict[str, list[Nomination]]] = {}
    for one in phrases.engagement.nominations:
        if one.respondent not in withdrawn:
            given.setdefault(one.focal_point, {}).setdefault(_said(phrases, one), []).append(one)
    rows: Rows = []
    for focal_point in area.focal_points:
        said = given.get(focal_point.key, {})
        if said and phrases.disclosure.hides(focal_point.key):
            rows.append(
                (phrases.say(focal_point.title), phrases.voice.t("withheld: few answers"), "–")
            )
            continue
        for text, voices in sorted(said.items(), key=lambda pair: -len(pair[1])):
            rows.append((phrases.say(focal_point.title), text, _voices(phrases, voices)))
    return rows


def _said(phrases: Phrases, one: Nomination) -> str:
    v = phrases.voice
    if one.state == State.UNKNOWN:
        return v.t("Does not know")
    if one.state == State.NOT_APPLICABLE:
        return v.t("Not applicable")
    party = phrases.party(one.party or NOBODY)
    if one.role is Role.ACCOUNTABLE:
        return party[:1].upper() + party[1:]
    letter = {
        Role.RESPONSIBLE: v.t("responsible"),
        Role.CONSULTED: v.t("consulted"),
        Role.INFORMED: v.t("informed"),
    }[one.role]
    return f"{party} ({letter})"


def _voices(phrases: Phrases, nominations: Sequence[Nomination]) -> str:
    if phrases.disclosure.nameless:
        return phrases.voice.n("{count} voice", "{count} voices", len(nominations))
    return " · ".join(_voice(phrases, one) for one in nominations)


def _voice(phrases: Phrases, one: Nomination) -> str:
    v = phrases.voice
    sure = {
        Confidence.GUESS: v.t("guess"),
        Confidence.FAIRLY: v.t("fairly sure"),
        Confidence.CERTAIN: v.t("certain"),
    }
    details = [
        phrases.day(one.on) if one.on else "",
        sure[one.confidence] if one.confidence else "",
        v.t("deputy: {name}", name=phrases.party(one.deputy)) if one.deputy else "",
        one.evidence or "",
        phrases.quoted(one.note) if one.note else "",
        one.reason or "",
    ]
    said = ", ".join(detail for detail in details if detail)
    return phrases.respondent(one.respondent) + (f" ({said})" if said else "")


# --- answers -------------------------------------------------------------------------------------


def _answers(phrases: Phrases, area: Area) -> Rows:
    withdrawn = phrases.engagement.withdrawn()
    order = {question.key: place for place, question in enumerate(area.questions)}
    listed = [a for a in phrases.engagement.answers if a.question in order]
    groups: dict[tuple[str, str | None], list[Answer]] = {}
    for one in sorted(listed, key=lambda a: (order[a.question], a.subject or "")):
        if one.respondent not in withdrawn:
            groups.setdefault((one.question, one.subject), []).append(one)
    return [row for group in groups.values() for row in _group(phrases, group)]


def _group(phrases: Phrases, answers: Sequence[Answer]) -> Iterable[tuple[str, ...]]:
    """The answers to one question; respondents' are only counted in anonymous mode."""
    title = phrases.question(answers[0].question, answers[0].subject)
    alone = [one for one in answers if one.respondent is not None]
    shown = [one for one in answers if one.respondent is None or not phrases.disclosure.nameless]
    for one in shown:
        day = f", {phrases.day(one.on)}" if one.on else ""
        remarks = " · ".join(text for text in (one.reason, one.note) if text) or "–"
        yield title, answer_text(phrases, one), phrases.respondent(one.respondent) + day, remarks
    if not phrases.disclosure.nameless or not alone:
        return
    if phrases.disclosure.withholds(len(alone)):
        yield title, phrases.voice.t("withheld: few answers"), "–", "–"
        return
    counts: dict[str, int] = {}
    for one in alone:
        text = answer_text(phrases, one)
        counts[text] = counts.get(text, 0) + 1
    for text, count in counts.items():
        yield title, text, phrases.voice.n("{count} voice", "{count} voices", count), "–"
