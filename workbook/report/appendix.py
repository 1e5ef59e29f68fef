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
from workbook.report.telling import Telling
from workbook.report.value import Block, Heading, Prose, Table

Rows = list[tuple[str, ...]]


def appendix_blocks(telling: Telling) -> tuple[Block, ...]:
    """Decisions, then nominations and answers area by area."""
    v = telling.voice
    blocks: list[Block] = []
    decisions = _decisions(telling)
    if decisions:
        heads: tuple[str, ...] = (v.t("Focal point"), v.t("Decision"), v.t("Decided"))
        heads += (v.t("Acceptance"), v.t("Remarks"))
        table = Table(v.t("Every decision"), heads, tuple(decisions), (22, 24, 18, 16, 20))
        blocks += [Heading(v.t("Decisions")), table]
    heads = (v.t("Focal point"), v.t("Says"), v.t("Who says so"))
    title = v.t("Nominations")
    tables = _tables(telling, title, _nominations, heads, (24, 26, 50))
    if tables:
        blocks += [Heading(title), *_anonymity(telling), *tables]
    heads = (v.t("Question"), v.t("Answer"), v.t("Who says so"), v.t("Remarks"))
    title = v.t("Answers to questions")
    tables = _tables(telling, title, _answers, heads, (34, 26, 20, 20))
    if tables:
        blocks += [Heading(title), *tables]
    return tuple(blocks) or (Prose(v.t("No answer has been given yet.")),)


def _tables(
    telling: Telling,
    title: str,
    rows_of: Callable[[Telling, Area], Rows],
    heads: tuple[str, ...],
    widths: tuple[int, ...],
) -> list[Table]:
    """One table per area that has rows."""
    found = [(telling.say(a.title), rows_of(telling, a)) for a in telling.framework.areas]
    return [Table(f"{title} · {area}", heads, tuple(rows), widths) for area, rows in found if rows]


def _anonymity(telling: Telling) -> tuple[Block, ...]:
    if not telling.engagement.anonymous:
        return ()
    said = telling.voice.n(
        "Answers are anonymous: nothing is told that rests on fewer than {count} answer.",
        "Answers are anonymous: nothing is told that rests on fewer than {count} answers.",
        telling.small_group,
    )
    return (Prose(said, quiet=True),)


# --- decisions -----------------------------------------------------------------------------------


def _decisions(telling: Telling) -> Rows:
    order = {key: place for place, key in enumerate(telling.places)}
    listed = sorted(
        telling.engagement.decisions, key=lambda d: order.get(d.focal_point, len(order))
    )
    return [
        (
            telling.focal(one.focal_point),
            _decided(telling, one),
            _decided_by(telling, one),
            _acceptance(telling, one.acceptance),
            _remarks(telling, one),
        )
        for one in listed
    ]


def _decided(telling: Telling, one: Decision) -> str:
    v = telling.voice
    if one.state == State.NOT_APPLICABLE:
        return v.t("Not applicable: {reason}", reason=one.reason or "–")
    if one.state == State.UNKNOWN or one.owner is None:
        return v.t("Not known")
    parts = [v.t("Owner: {name}", name=telling.titled(one.owner))]
    if one.deputy:
        parts.append(v.t("deputy: {name}", name=telling.party(one.deputy)))
    roles = (
        (v.t("responsible"), one.responsible),
        (v.t("consulted"), one.consulted),
        (v.t("informed"), one.informed),
    )
    for role, parties in roles:
        if parties:
            names = v.listing(map(telling.party, parties))
            parts.append(v.t("{role}: {names}", role=role, names=names))
    return " · ".join(parts)


def _decided_by(telling: Telling, one: Decision) -> str:
    v = telling.voice
    by = v.t("guided session") if one.decided_by == "session" else telling.party(one.decided_by)
    said = [by] + ([v.date(one.decided_on, "medium")] if one.decided_on else [])
    if one.confirmed_on:
        said.append(v.t("confirmed {date}", date=v.date(one.confirmed_on, "medium")))
    if one.withdrawn:
        said.append(v.t("withdrawn"))
    return ", ".join(said)


def _acceptance(telling: Telling, acceptance: Acceptance | None) -> str:
    if acceptance is None:
        return "–"
    v = telling.voice
    said = {"accepted": v.t("accepted"), "declined": v.t("declined"), "pending": v.t("pending")}
    day = f" ({v.date(acceptance.on, 'medium')})" if acceptance.on else ""
    return said[acceptance.state] + day


def _remarks(telling: Telling, one: Decision) -> str:
    v = telling.voice
    said = []
    for dissent in one.dissent:
        name = telling.party(dissent.party)
        against = v.t("dissent of {name}", name=name)
        why = telling.quoted(dissent.note) if dissent.note else ""
        said.append(v.t("{names}: {text}", names=against, text=why) if why else against)
    if one.title_reason:
        said.append(v.t("title accepted: {reason}", reason=one.title_reason))
    said += [text for text in (one.note, one.evidence) if text]
    return " · ".join(said) or "–"


# --- nominations ---------------------------------------------------------------------------------


def _nominations(telling: Telling, area: Area) -> Rows:
    """One row per focal point and thing said of it, with everybody who said it."""
    withdrawn = {r.id for r in telling.engagement.respondents if r.withdrawn}
    given: dict[str, dict[str, list[Nomination]]] = {}
    for one in telling.engagement.nominations:
        if one.respondent not in withdrawn:
            given.setdefault(one.focal_point, {}).setdefault(_said(telling, one), []).append(one)
    rows: Rows = []
    for focal_point in area.focal_points:
        said = given.get(focal_point.key, {})
        if said and telling.hidden(focal_point.key):
            rows.append(
                (telling.say(focal_point.title), telling.voice.t("withheld: few answers"), "–")
            )
            continue
        for text, voices in sorted(said.items(), key=lambda pair: -len(pair[1])):
            rows.append((telling.say(focal_point.title), text, _voices(telling, voices)))
    return rows


def _said(telling: Telling, one: Nomination) -> str:
    v = telling.voice
    if one.state == State.UNKNOWN:
        return v.t("Does not know")
    if one.state == State.NOT_APPLICABLE:
        return v.t("Not applicable")
    party = telling.party(one.party or NOBODY)
    if one.role is Role.ACCOUNTABLE:
        return party[:1].upper() + party[1:]
    letter = {
        Role.RESPONSIBLE: v.t("responsible"),
        Role.CONSULTED: v.t("consulted"),
        Role.INFORMED: v.t("informed"),
    }[one.role]
    return f"{party} ({letter})"


def _voices(telling: Telling, nominations: Sequence[Nomination]) -> str:
    if telling.engagement.anonymous:
        return telling.voice.n("{count} voice", "{count} voices", len(nominations))
    return " · ".join(_voice(telling, one) for one in nominations)


def _voice(telling: Telling, one: Nomination) -> str:
    v = telling.voice
    sure = {
        Confidence.GUESS: v.t("guess"),
        Confidence.FAIRLY: v.t("fairly sure"),
        Confidence.CERTAIN: v.t("certain"),
    }
    details = [
        telling.day(one.on) if one.on else "",
        sure[one.confidence] if one.confidence else "",
        v.t("deputy: {name}", name=telling.party(one.deputy)) if one.deputy else "",
        one.evidence or "",
        telling.quoted(one.note) if one.note else "",
        one.reason or "",
    ]
    said = ", ".join(detail for detail in details if detail)
    return telling.respondent(one.respondent) + (f" ({said})" if said else "")


# --- answers -------------------------------------------------------------------------------------


def _answers(telling: Telling, area: Area) -> Rows:
    withdrawn = {r.id for r in telling.engagement.respondents if r.withdrawn}
    order = {question.key: place for place, question in enumerate(area.questions)}
    listed = [a for a in telling.engagement.answers if a.question in order]
    groups: dict[tuple[str, str | None], list[Answer]] = {}
    for one in sorted(listed, key=lambda a: (order[a.question], a.subject or "")):
        if one.respondent not in withdrawn:
            groups.setdefault((one.question, one.subject), []).append(one)
    return [row for group in groups.values() for row in _group(telling, group)]


def _group(telling: Telling, answers: Sequence[Answer]) -> Iterable[tuple[str, ...]]:
    """The answers to one question; respondents' are only counted in anonymous mode."""
    title = telling.question(answers[0].question, answers[0].subject)
    alone = [one for one in answers if one.respondent is not None]
    shown = [one for one in answers if one.respondent is None or not telling.engagement.anonymous]
    for one in shown:
        day = f", {telling.day(one.on)}" if one.on else ""
        remarks = " · ".join(text for text in (one.reason, one.note) if text) or "–"
        yield title, answer_text(telling, one), telling.respondent(one.respondent) + day, remarks
    if not telling.engagement.anonymous or not alone:
        return
    if len(alone) < telling.small_group:
        yield title, telling.voice.t("withheld: few answers"), "–", "–"
        return
    counts: dict[str, int] = {}
    for one in alone:
        text = answer_text(telling, one)
        counts[text] = counts.get(text, 0) + 1
    for text, count in counts.items():
        yield title, text, telling.voice.n("{count} voice", "{count} voices", count), "–"


def answer_text(telling: Telling, one: Answer) -> str:
    """An answer in words: an option's title, dates, a text, or why there is none."""
    v = telling.voice
    if one.state == State.UNKNOWN:
        return v.t("Not known")
    if one.state == State.NOT_APPLICABLE:
        return v.t("Not applicable")
    if isinstance(one.value, tuple):
        return ", ".join(v.date(day, "medium") for day in one.value)
    question = telling.questions[one.question][1]
    options = {option.key: telling.say(option.title) for option in question.options}
    if question.kind == "date" and one.value:
        return telling.dated(one.value)
    return options.get(one.value or "", one.value or "–")
