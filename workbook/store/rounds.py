"""The rounds of a workshop in the log: what was said in each, and what of it may be shown.

A round is a window of the log: the answers written between its opening and its closing. In
anonymous mode its closing releases, for every focal point, the answers of that round alone, if
they are as many as a small group. Releases of two rounds share no answer, so that the difference
between them tells of nobody (METHOD §6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workbook.model.engagement import Engagement, Nomination, Role, State
from workbook.model.workshop import Round
from workbook.store.events import Event, Json
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


class RoundLogs:
    """The rounds of one engagement, kept up to date event by event."""

    def __init__(self) -> None:
        self._logs: dict[str, RoundLog] = {}
        self._open: str | None = None

    def add(self, event: Event) -> None:
        """Take one more event in."""
        if event.subject[0] == "round":
            is_open = bool(event.value) and not event.value.get("closed")
            self._open = event.subject[1] if is_open else None
        elif event.subject[0] == "nomination" and self._open:
            self[self._open].add(event)

    def __getitem__(self, round_id: str) -> RoundLog:
        """What was said in a round."""
        return self._logs.setdefault(round_id, RoundLog())

    def public(self, engagement: Engagement) -> Engagement:
        """The engagement with the voices that may be shown in anonymous mode.

        Of a focal point these are the answers of the last closed round that got enough of them;
        if none did, and none is open, what was known before the rounds.
        """
        asked = {
            key for log in self._logs.values() for key, replies in log.voices.items() if replies
        }
        before = (n for n in engagement.nominations if n.focal_point not in asked)
        released = (n for key in sorted(asked) for n in self._released(key, engagement.rounds))
        return engagement.model_copy(
            update={
                "nominations": (*before, *released),
                "parked": tuple(_unsigned(engagement)),
            }
        )

    def _released(self, focal_point: str, rounds: tuple[Round, ...]) -> Iterator[Nomination]:
        for asked in reversed(rounds):
            replies = self[asked.id].voices.get(focal_point, {})
            if asked.closed and sum(map(_is_answer, replies.values())) >= asked.small_group:
                for respondent, value in sorted(replies.items()):
                    subject = ("nomination", respondent, focal_point)
                    yield from TOPICS["nomination"].parse(subject, value)
                return


def _unsigned(engagement: Engagement) -> Iterator[Json]:
    """What respondents miss, once no round is open any more, without who misses it."""
    closed = all(asked.closed for asked in engagement.rounds)
    for item in engagement.parked:
        if item.respondent is None:
            yield item
        elif closed:
            yield item.model_copy(update={"respondent": None})


def _is_answer(value: Json) -> bool:
    return any(entry.get("state", State.ANSWERED) == State.ANSWERED for entry in value)


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
    answers = (sum(map(_is_answer, voices.values())) for voices in (before, after))
    return before.keys() == after.keys() and min(answers) >= least


def _named(value: Json) -> list[tuple[Json, ...]]:
    """Who is named as accountable and as deputy, apart from notes and confidence."""
    return [
        (entry.get("state", State.ANSWERED), entry.get("party"), entry.get("deputy"))
        for entry in value
        if entry.get("role", Role.ACCOUNTABLE) == Role.ACCOUNTABLE
    ]
