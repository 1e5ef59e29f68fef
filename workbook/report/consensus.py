"""How the team came to agree: a statement after the ACCORD guideline, from the log's own record.

ACCORD asks 35 things of whoever reports a consensus (Gattrell et al., PLOS Medicine, 2024). Most of
them the log answers; what it cannot know is left to be written, and what has no meaning in an
assessment of ownership says so. The sentences are ours, the numbers of the items are theirs.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.model.engagement import SESSION
from workbook.report.value import Block, Prose, TextTable
from workbook.wording.phrases import Phrases
from workbook.wording.rounds import closed_rounds

Item = tuple[str, str]


def consensus_statement(phrases: Phrases) -> tuple[Block, ...]:
    """The statement; nothing where nobody was asked in rounds."""
    if not phrases.engagement.rounds:
        return ()
    v = phrases.voice
    lead = v.t(
        "How the team came to agree, after the ACCORD guideline for reporting a consensus "
        "(35 items). “To be added” is what only you can say."
    )
    rows = tuple(
        (code, text)
        for part in (_aim, _people, _material, _procedure, _rules, _results, _limits)
        for code, text in part(phrases)
    )
    heads = (v.t("Item"), v.t("What is reported"))
    return (Prose(lead), TextTable(v.t("How the team came to agree"), heads, rows, (10, 90)))


def _open(phrases: Phrases) -> str:
    return phrases.voice.t("To be added.")


def _none(phrases: Phrases) -> str:
    return phrases.voice.t("Does not apply here.")


def _aim(phrases: Phrases) -> Iterator[Item]:
    t, organisation = phrases.voice.t, phrases.engagement.organisation
    yield "T1", t("A consensus on ownership, in rounds of answering alone (modified Delphi).")
    yield "I1", t("Who owns a subject is known to the people concerned, and to no register.")
    yield (
        "I2",
        t(
            "To agree on one owner for every subject of the programme at {name}; for its sponsor "
            "and its team.",
            name=organisation.name,
        ),
    )
    yield "I3", _open(phrases)
    yield "M1", t("The method is published with the framework named in this report.")


def _people(phrases: Phrases) -> Iterator[Item]:
    v, engagement = phrases.voice, phrases.engagement
    asked = [r for r in engagement.respondents if not r.withdrawn]
    yield "M2", _open(phrases)
    yield (
        "M3",
        v.n(
            "{count} person was asked; limited to their areas: {limited}.",
            "{count} people were asked; limited to their areas: {limited}.",
            len(asked),
            limited=sum(bool(r.areas) for r in asked),
        ),
    )
    invited = sum(i.respondent != SESSION and not i.joined for i in engagement.invitations)
    yield (
        "M4",
        v.n(
            "{count} personal link was written; others joined in the room.",
            "{count} personal links were written; others joined in the room.",
            invited,
        )
        if invited
        else v.t("People were asked in the room."),
    )
    outside = sum(person.inside is False for person in engagement.people)
    yield (
        "M5",
        v.n(
            "{count} person from outside the organisation was among those who could be named.",
            "{count} people from outside the organisation were among those who could be named.",
            outside,
        )
        if outside
        else v.t("Nobody from outside the organisation took part."),
    )


def _material(phrases: Phrases) -> Iterator[Item]:
    t = phrases.voice.t
    yield "M6", t("The subjects come from the framework named in this report, fixed beforehand.")
    yield "M7", _none(phrases)
    yield "M8", t("Lists that the client already had were read in as claims and not counted.")


def _procedure(phrases: Phrases) -> Iterator[Item]:
    v, rounds = phrases.voice, phrases.engagement.rounds
    yield (
        "M9",
        v.n(
            "One round in which everybody answered alone, then a discussion of what differed.",
            "{count} rounds in which everybody answered alone, each followed by a discussion of "
            "what differed.",
            len(rounds),
        ),
    )
    yield (
        "M10",
        v.t(
            "For each subject: who owns it, who stands in and how sure one is; “nobody”, "
            "“don’t know” and another person to ask were always possible."
        ),
    )
    yield "M11", v.t("Each later round asked only about what was still open.")
    yield "M12", _threshold(phrases)
    yield "M13", v.t("A subject left the rounds once it was agreed or decided.")
    yield "M14", v.t("On a page of one’s own; nobody who answered saw another answer.")
    yield "M15", v.t("Answers were counted per subject; nothing was weighted.")
    yield "M16", _open(phrases)
    yield (
        "M17",
        v.t("After each round the board showed, for every subject, who was named how often."),
    )


def _threshold(phrases: Phrases) -> str:
    v, rounds = phrases.voice, phrases.engagement.rounds
    share = v.percent(rounds[0].threshold)
    opened = v.date(rounds[0].opened.date(), "medium")
    return v.t(
        "Agreed means at least {share} of the votes for one owner; fixed on {date}, before the "
        "first answer.",
        share=share,
        date=opened,
    )


def _rules(phrases: Phrases) -> Iterator[Item]:
    v = phrases.voice
    if phrases.engagement.anonymous:
        secrecy = v.t(
            "Without names, said before anybody answered: released per round, and only where at "
            "least {count} people had answered.",
            count=phrases.engagement.rounds[0].small_group,
        )
    else:
        secrecy = v.t("With names, said before anybody answered.")
    yield "M18", secrecy
    decided = sum(bool(decision.owner) for decision in phrases.reading.decisions.values())
    yield (
        "M19",
        v.n(
            "{count} subject was decided in the room after the votes had been seen.",
            "{count} subjects were decided in the room after the votes had been seen.",
            decided,
        ),
    )
    yield "M20", _open(phrases)
    yield "M21", v.t("Pages work by keyboard, with a screen reader and on a phone.")


def _results(phrases: Phrases) -> Iterator[Item]:
    v, engagement = phrases.voice, phrases.engagement
    rounds = engagement.rounds
    first, last = rounds[0].opened.date(), (rounds[-1].closed or rounds[-1].opened).date()
    yield (
        "R1",
        v.t(
            "From {first} to {last}.",
            first=v.date(first, "medium"),
            last=v.date(last, "medium"),
        ),
    )
    yield "R2", _open(phrases)
    yield "R3", " ".join(closed_rounds(engagement, v))
    off = len(engagement.overlay.off)
    yield (
        "R4",
        v.t(
            "Switched off: {off}; added: {added}; put off until later: {parked}.",
            off=off,
            added=len(engagement.overlay.focal_points),
            parked=len(engagement.parked),
        ),
    )
    owned = sum(item.state.family == "owned" for item in phrases.evaluation.ownership)
    dissents = sum(len(d.dissent) for d in phrases.reading.decisions.values())
    yield (
        "R5",
        v.t(
            "{owned} of {total} subjects have one owner; dissents written down: {dissents}.",
            owned=owned,
            total=len(phrases.evaluation.ownership),
            dissents=dissents,
        ),
    )


def _limits(phrases: Phrases) -> Iterator[Item]:
    t = phrases.voice.t
    yield "D1", t("What people believe is not what they do; how firm the result is stands above.")
    yield "D2", _none(phrases)
    for code in ("O1", "O2", "O3"):
        yield code, _open(phrases)
