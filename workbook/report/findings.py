"""Findings told: the conclusion, why it matters, what it rests on, what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbook.fragments.findings import FindingCard
from workbook.model.engagement import NOBODY, VACANT, Team
from workbook.model.evaluation import Evidence, Finding
from workbook.report.actions import action_title
from workbook.report.appendix import answer_text
from workbook.report.clauses import SERIOUS, Group, clause, grouped
from workbook.report.telling import Telling, capitalised, ended

PLACEHOLDER = re.compile(r"{(\w+)}")
QUOTES = 3
NAMES = 4
TOGETHER = 3
"""From so many findings of one minor kind on, they are told as one, subject by subject."""


def finding_cards(telling: Telling) -> tuple[FindingCard, ...]:
    """Every finding that may be told, the gravest first; minor ones of a kind together."""
    kinds = {group.kind: group for group in grouped(telling, telling.findings)}
    cards, told = [], set()
    for finding in telling.findings:
        group = kinds[finding.kind]
        if group.severity in SERIOUS or len(group.findings) < TOGETHER:
            cards.append(_card(telling, finding))
        elif group.kind not in told:
            told.add(group.kind)
            cards.append(_joint_card(telling, group))
    return tuple(cards)


def _card(telling: Telling, finding: Finding) -> FindingCard:
    told = telling.framework.findings[finding.kind]
    answers = (a for a in telling.evaluation.actions if finding.key in a.findings)
    action = next(answers, None)
    return FindingCard(
        finding.severity,
        telling.title(finding),
        telling.fill(told.explanation, finding),
        _where(telling, finding),
        tuple(evidence_sentences(telling, finding)),
        action_title(telling, action) if action else "",
    )


def _joint_card(telling: Telling, group: Group) -> FindingCard:
    """Several findings of a kind: one line of subjects per area where only these differ."""
    told = telling.framework.findings[group.kind]
    titles = telling.say(told.title)
    only_subjects = PLACEHOLDER.findall(titles) == ["focal_point"]
    explanation = telling.say(told.explanation)
    return FindingCard(
        group.severity,
        capitalised(clause(telling, group)),
        explanation if not PLACEHOLDER.search(explanation) else "",
        telling.voice.n("{count} finding", "{count} findings", len(group.findings)),
        tuple(_by_area(telling, group) if only_subjects else map(telling.title, group.findings)),
    )


def _by_area(telling: Telling, group: Group) -> Iterable[str]:
    areas: dict[str, list[str]] = {}
    for finding in group.findings:
        if finding.area and finding.focal_point:
            areas.setdefault(finding.area, []).append(telling.focal(finding.focal_point))
    for area, names in areas.items():
        listed = " · ".join(names)
        yield telling.voice.t("{names}: {text}", names=telling.area(area), text=listed)


def _where(telling: Telling, finding: Finding) -> str:
    parts = (
        telling.area(finding.area) if finding.area else telling.voice.t("All areas"),
        telling.focal(finding.focal_point) if finding.focal_point else "",
    )
    return " · ".join(part for part in parts if part)


def evidence_sentences(telling: Telling, finding: Finding) -> Iterable[str]:
    """What a finding rests on, one sentence each: voices by what they say, then quotes."""
    kinds: dict[str, list[Evidence]] = {}
    for one in finding.evidence:
        kinds.setdefault(one.kind, []).append(one)
    yield from _nominations(telling, kinds.get("nomination", []))
    for one in kinds.get("decision", []):
        yield _decision(telling, one)
    yield from _answers(telling, kinds.get("answer", []))
    yield from _held(telling, kinds.get("count", []))
    if kinds.get("nomination") and finding.focal_point and not telling.engagement.anonymous:
        yield from _quotes(telling, finding.focal_point)


def _nominations(telling: Telling, evidence: list[Evidence]) -> Iterable[str]:
    voices: dict[str, list[str | None]] = {}
    for one in evidence:
        voices.setdefault(one.party or NOBODY, []).append(one.respondent)
    for party, respondents in sorted(voices.items(), key=lambda p: (-len(p[1]), p[0])):
        yield ended(_voiced(telling, party, len(respondents)) + _by(telling, respondents))


def _voiced(telling: Telling, party: str, count: int) -> str:
    v = telling.voice
    if party == NOBODY:
        return v.n("{count} says that nobody owns it", "{count} say that nobody owns it", count)
    if party == VACANT:
        return v.n(
            "{count} says that the post is vacant", "{count} say that the post is vacant", count
        )
    found = telling.parties.get(party)
    if isinstance(found, Team) and found.lead is None:
        return v.n(
            "{count} names {party}, a team without a lead",
            "{count} name {party}, a team without a lead",
            count,
            party=found.name,
        )
    if "+" in party:
        return v.n(
            "{count} names {party} together", "{count} name {party} together", count,
            party=telling.party(party),
        )  # fmt: skip
    return v.n("{count} names {party}", "{count} name {party}", count, party=telling.titled(party))


def _by(telling: Telling, respondents: list[str | None]) -> str:
    """Who said it, in brackets; nothing in anonymous mode."""
    if telling.engagement.anonymous:
        return ""
    names = [telling.respondent(key) for key in respondents]
    return f" ({telling.listing(names, NAMES)})"


def _decision(telling: Telling, one: Evidence) -> str:
    v = telling.voice
    party = telling.titled(one.party) if one.party else telling.party(NOBODY)
    state = {
        "pending": v.t("{party} has not answered yet whether they accept", party=party),
        "declined": v.t("{party} has declined", party=party),
        "missing": v.t("Nothing is recorded on whether {party} accepts", party=party),
    }
    if isinstance(one.value, str) and one.value in state:
        said = state[one.value]
    elif one.on:
        said = v.t("Decided on {date}: {party}", date=v.date(one.on, "medium"), party=party)
    else:
        said = v.t("Decided: {party}", party=party)
    return ended(said) + (f" {telling.quoted(one.note)}" if one.note else "")


def _answers(telling: Telling, evidence: list[Evidence]) -> Iterable[str]:
    """Answers by what they say; a note is quoted where names may be told."""
    v = telling.voice
    said: dict[str, list[str | None]] = {}
    for one in evidence:
        said.setdefault(_answered(telling, one), []).append(one.respondent)
    for text, respondents in said.items():
        if respondents == [None]:
            yield ended(text)
        elif telling.engagement.anonymous:
            yield ended(
                v.n("{count} answers {text}", "{count} answer {text}", len(respondents), text=text)
            )
        else:
            names = telling.listing(map(telling.respondent, respondents), NAMES)
            yield ended(v.t("{names}: {text}", names=names, text=text))
    if not telling.engagement.anonymous:
        yield from (_note(telling, one.respondent, one.note) for one in evidence if one.note)


def _answered(telling: Telling, one: Evidence) -> str:
    """What was answered, in the words of the question; or that nobody did."""
    v = telling.voice
    if one.respondent is None and one.value == "missing":
        return v.t("Nobody has answered yet")
    if one.respondent is None and one.value == "unknown":
        return v.t("Those who were asked do not know")
    for given in telling.engagement.answers:
        same = (given.question, given.subject, given.respondent)
        if same == (one.question, one.focal_point, one.respondent) and isinstance(
            given.value, tuple
        ):
            return answer_text(telling, given)
    found = telling.questions.get(one.question or "")
    options = {o.key: telling.say(o.title) for o in found[1].options} if found else {}
    text = options.get(str(one.value))
    return telling.quoted(text) if text else telling.dated(str(one.value))


def _held(telling: Telling, evidence: list[Evidence]) -> Iterable[str]:
    held = [one.focal_point for one in evidence if one.focal_point and one.value is None]
    if held:
        yield ended(capitalised(telling.voice.listing(map(telling.spoken, held))))
    areas = [one.value for one in evidence if isinstance(one.value, str)]
    if areas:
        yield ended(capitalised(telling.voice.listing(map(telling.area, areas))))


def _quotes(telling: Telling, focal_point: str) -> Iterable[str]:
    withdrawn = {r.id for r in telling.engagement.respondents if r.withdrawn}
    noted = [
        n
        for n in telling.engagement.nominations
        if n.focal_point == focal_point and n.note and n.respondent not in withdrawn
    ]
    for nomination in noted[:QUOTES]:
        yield _note(telling, nomination.respondent, nomination.note)


def _note(telling: Telling, respondent: str | None, note: str | None) -> str:
    who = telling.respondent(respondent) if respondent else telling.voice.t("The team")
    return telling.voice.t("{names}: {text}", names=who, text=telling.quoted(note or ""))
