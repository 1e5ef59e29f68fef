"""The rounds of a workshop in the log: what was said in each, and what of it may be shown.

A round is a window of the log: the answers written between its opening and its closing. In
anonymous mode its closing releases, for every focal point, the answers of that round alone, if
they are as many as a small group. Releases of two rounds share no answer, so that the difference
between them tells of nobody (METHOD §6). What no round asks for is told a handful at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.model.engagement import Answer, Engagement, Nomination, Role, State
from workbook.model.workshop import Round
from workbook.store.events import Change, Event, Json, Subject
from workbook.store.handfuls import PLACES, Handfuls, is_answer
from workbook.store.topics import TOPICS

Voices = Mapping[str, Json]
"""Respondent ↦ the value of their nomination for one focal point."""


@dataclass(slots=True)
class RoundLog:
    """What was said in one round. `last` is when each respondent last spoke in it.

    `spoken` are the events that said something here: what an undo gives back of an earlier round is
    no answer of this one, since two releases share none.
    """

    voices: dict[str, dict[str, Json]] = field(default_factory=dict)
    last: dict[str, dt.datetime] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)

    def add(self, event: Event) -> None:
        """Take in what somebody said of a focal point; with no value, they take it back."""
        if event.origin == event.id:
            self.spoken.add(event.id)
        _, respondent, focal_point = event.subject
        replies = self.voices.setdefault(focal_point, {})
        if event.value is None or event.origin not in self.spoken:
            replies.pop(respondent, None)
        else:
            replies[respondent] = event.value
            self.last[respondent] = event.time

    def answered(self, respondent: str) -> int:
        """How many focal points a respondent spoke about."""
        return sum(respondent in replies for replies in self.voices.values())


def of_a_round(event: Event) -> Mapping[str, Json]:
    """What an event says of a round: nothing where it takes it away, or is about something else."""
    is_one = event.subject[0] == "round" and isinstance(event.value, dict)
    return event.value if is_one else {}


class RoundLogs:
    """The rounds of one engagement, kept up to date event by event."""

    def __init__(self) -> None:
        self._logs: dict[str, RoundLog] = {}
        self._open: str | None = None
        self._others = Handfuls()

    def add(self, event: Event) -> None:
        """Take one more event in."""
        self._others.turn(event)
        if event.subject[0] == "round":
            facts = of_a_round(event)
            self._open = event.subject[1] if facts and not facts.get("closed") else None
        elif event.subject[0] == "nomination" and self._open:
            self[self._open].add(event)
        elif event.subject[0] in PLACES and Change(event.subject, None).speaker:
            self._others.add(event)

    def __getitem__(self, round_id: str) -> RoundLog:
        """What was said in a round."""
        return self._logs.setdefault(round_id, RoundLog())

    def public(self, engagement: Engagement) -> Engagement:
        """The engagement with the voices that may be shown in anonymous mode.

        Of a focal point these are the answers of the last closed round that got enough of them;
        if no round asked, what was told before. Of a question about no person they are what was
        told a handful at a time. What nobody says alone is there as it is.
        """
        asked = {
            key for log in self._logs.values() for key, replies in log.voices.items() if replies
        }
        releases = dict(self._others.told())
        before = _in_order(engagement.nominations, "nomination", releases)
        released = (n for key in sorted(asked) for n in self._released(key, engagement.rounds))
        return engagement.model_copy(
            update={
                "nominations": (*(n for n in before if n.focal_point not in asked), *released),
                "answers": tuple(_in_order(engagement.answers, "answer", releases)),
                "parked": tuple(_unsigned(engagement)),
            }
        )

    def _released(self, focal_point: str, rounds: tuple[Round, ...]) -> Iterator[Nomination]:
        for asked in reversed(rounds):
            replies = self[asked.id].voices.get(focal_point, {})
            if asked.closed and sum(map(is_answer, replies.values())) >= asked.small_group:
                for respondent, value in sorted(replies.items()):
                    subject = ("nomination", respondent, focal_point)
                    yield from TOPICS["nomination"].parse(subject, value)
                return


def _in_order(
    entries: Iterable[Nomination | Answer], topic: str, releases: Mapping[Subject, Json]
) -> Iterator[Any]:
    """What is told in the order in which it stands in the log; what is nobody's alone as it is."""
    names, seen = TOPICS[topic].names, set[Subject]()
    for entry in entries:
        subject = (topic, *(getattr(entry, name) or "" for name in names))
        if not Change(subject, None).speaker:
            yield entry
        elif subject not in seen:
            seen.add(subject)
            if subject in releases:
                yield from TOPICS[topic].parse(subject, releases[subject])
    for subject, value in releases.items():
        if subject[0] == topic and subject not in seen:
            yield from TOPICS[topic].parse(subject, value)


def _unsigned(engagement: Engagement) -> Iterator[Json]:
    """What respondents miss, once no round is open any more, without who misses it."""
    closed = all(asked.closed for asked in engagement.rounds)
    for item in engagement.parked:
        if item.respondent is None:
            yield item
        elif closed:
            yield item.model_copy(update={"respondent": None})


def change_rate(pairs: Iterable[tuple[Voices, Voices]], least: int = 0) -> float | None:
    """The share of answers that changed among those who spoke in both rounds; None if nobody did.

    A pair has the voices of both rounds on one focal point. A round closes on stability: a low rate
    says that asking again would change little. Without names, `least` is the smallest group: a
    focal point counts only where the same people spoke both times, and gave as many answers. Were
    it other people, the rate and what both rounds released would tell who said what.
    """
    both = [
        _named(before[who]) != _named(after[who])
        for before, after in pairs
        if not least or _are_alike(before, after, least)
        for who in before.keys() & after.keys()
    ]
    return sum(both) / len(both) if both else None


def _are_alike(before: Voices, after: Voices, least: int) -> bool:
    answers = (sum(map(is_answer, voices.values())) for voices in (before, after))
    return before.keys() == after.keys() and min(answers) >= least


def _named(value: Json) -> list[tuple[Json, ...]]:
    """Who is named as accountable and as deputy, apart from notes and confidence."""
    return [
        (entry.get("state", State.ANSWERED), entry.get("party"), entry.get("deputy"))
        for entry in value
        if entry.get("role", Role.ACCOUNTABLE) == Role.ACCOUNTABLE
    ]
