"""What a finding rests on, one sentence each: answers by what they say.

What people remark on others is not quoted here: it stands in an appendix, where names are told.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbook.i18n import Voice
from workbook.model.engagement import NOBODY, VACANT, Team
from workbook.model.evaluation import Evidence, Finding
from workbook.wording.answers import answer_text, value_text
from workbook.wording.names import capitalised, ended
from workbook.wording.phrases import GROUP, Phrases


def evidence_sentences(phrases: Phrases, finding: Finding) -> tuple[str, ...]:
    """The evidence of a finding; in anonymous mode counted."""
    return tuple(_sentences(phrases, finding))


def _sentences(phrases: Phrases, finding: Finding) -> Iterable[str]:
    kinds: dict[str, list[Evidence]] = {}
    for fact in finding.evidence:
        kinds.setdefault(fact.kind, []).append(fact)
    yield from _nominations(phrases, kinds.get("nomination", []))
    for fact in kinds.get("decision", []):
        yield _decision(phrases, fact)
    yield from _answers(phrases, kinds.get("answer", []), finding.focal_point)
    yield from _subjects(phrases, kinds.get("count", []))


def _nominations(phrases: Phrases, evidence: list[Evidence]) -> Iterable[str]:
    voices: dict[str, list[str | None]] = {}
    for fact in evidence:
        voices.setdefault(fact.party or NOBODY, []).append(fact.respondent)
    for party, respondents in sorted(voices.items(), key=lambda p: (-len(p[1]), p[0])):
        yield ended(_voiced(phrases, party, len(respondents)) + _by(phrases, respondents))


def _voiced(phrases: Phrases, party: str, count: int) -> str:
    v = phrases.voice
    if party == NOBODY:
        return v.n("{count} names nobody", "{count} name nobody", count)
    if party == VACANT:
        return v.n(
            "{count} says that the post is vacant", "{count} say that the post is vacant", count
        )
    team = phrases.parties.get(party)
    if isinstance(team, Team) and team.lead is None:
        return v.n(
            "{count} names {party}, a team without a lead",
            "{count} name {party}, a team without a lead",
            count,
            party=team.name,
        )
    if GROUP in party:
        return v.n(
            "{count} names {party} together", "{count} name {party} together", count,
            party=phrases.party(party),
        )  # fmt: skip
    return v.n("{count} names {party}", "{count} name {party}", count, party=phrases.titled(party))


def _by(phrases: Phrases, respondents: list[str | None]) -> str:
    """Who answered so, in brackets; nothing in anonymous mode."""
    if phrases.disclosure.nameless:
        return ""
    return f" ({phrases.listing(map(phrases.respondent, respondents))})"


def _decision(phrases: Phrases, fact: Evidence) -> str:
    v = phrases.voice
    name, party = phrases.party(fact.party or NOBODY), phrases.titled(fact.party or NOBODY)
    acceptance = {
        "pending": v.t("{party} has not answered yet whether they accept", party=name),
        "declined": v.t("{party} has declined", party=name),
        "missing": v.t("Nothing is recorded on whether {party} accepts", party=name),
    }
    if isinstance(fact.value, str) and fact.value in acceptance:
        text = acceptance[fact.value]
    elif fact.on:
        text = v.t("Decided on {date}: {party}", date=v.date(fact.on, "medium"), party=party)
    else:
        text = v.t("Decided: {party}", party=party)
    return ended(text)


def _answers(phrases: Phrases, evidence: list[Evidence], about: str | None) -> Iterable[str]:
    """Answers by what they say; no question names again what the finding is about."""
    v = phrases.voice
    answers: dict[tuple[str, str], list[str | None]] = {}
    for fact in evidence:
        subject = fact.focal_point if fact.focal_point != about else None
        question = phrases.question(fact.question, subject) if fact.question else ""
        answers.setdefault((question, _answered(phrases, fact)), []).append(fact.respondent)
    previous = None
    for (question, answer), respondents in answers.items():
        text = answer
        if phrases.disclosure.nameless and respondents != [None]:
            text = v.n(
                "{count} answers {text}", "{count} answer {text}", len(respondents), text=answer
            )
        elif respondents != [None]:
            text = phrases.labelled(phrases.listing(map(phrases.respondent, respondents)), answer)
        # Several answers to one question stand below each other: it is asked once.
        yield ended(text if question == previous else _after(phrases, question, text))
        previous = question


def _after(phrases: Phrases, question: str, text: str) -> str:
    if not question:
        return text
    return f"{question} {text}" if question.endswith("?") else phrases.labelled(question, text)


def _answered(phrases: Phrases, fact: Evidence) -> str:
    """What was answered, in the words of the question; or that nobody did."""
    v = phrases.voice
    if fact.respondent is None and fact.value == "missing":
        return nobody_answered(v)
    if fact.respondent is None and fact.value == "unknown":
        return v.t("Those who were asked do not know")
    for answer in phrases.engagement.answers:
        same = (answer.question, answer.subject, answer.respondent)
        if same == (fact.question, fact.focal_point, fact.respondent) and isinstance(
            answer.value, tuple
        ):
            return answer_text(phrases, answer)
    return value_text(phrases, fact.question or "", str(fact.value), quoted=True)


def nobody_answered(voice: Voice) -> str:
    """What stands where no answer is."""
    return voice.t("Nobody has answered yet")


def _subjects(phrases: Phrases, evidence: list[Evidence]) -> Iterable[str]:
    subjects = [fact.focal_point for fact in evidence if fact.focal_point and fact.value is None]
    if subjects:
        yield ended(capitalised(phrases.voice.listing(map(phrases.spoken, subjects))))
    areas = [fact.value for fact in evidence if isinstance(fact.value, str)]
    if areas:
        yield ended(capitalised(phrases.voice.listing(map(phrases.area, areas))))
