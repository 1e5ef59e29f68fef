"""The fold: events in, engagement out. Pure, in order, and quick to extend by one event.

Each subject keeps its *heads*: the events that no other event supersedes. One head is the normal
case. Two heads that say different things are a conflict: neither writer had seen the other's
change. The last head's value is the one that counts meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from workbook.errors import WorkbookError
from workbook.model.engagement import Engagement
from workbook.store.events import Change, Conflict, Event, Json, Subject
from workbook.store.rounds import RoundLogs, of_a_round
from workbook.store.topics import MOMENTS, TOPICS, Parsed, parsed


class Fold:
    """A fold that grows: `add` an event, read `engagement`.

    Adding costs the event and the collection that it changes, not the history.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._heads: dict[Subject, tuple[Event, ...]] = {}
        self._held: dict[str, dict[Subject, Any]] = {name: {} for name in TOPICS}
        self._disputed: set[Subject] = set()
        self._fields: dict[str, Any] = {}
        self._engagement: Engagement | None = None
        self._key: str | None = None
        self.rounds = RoundLogs()
        self.seq = 0
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Take one more event in. WorkbookError if it is out of order or of another engagement."""
        self._check_order(event)
        standing = self.heads(event.subject)
        if any(map(_is_closing, standing)):
            return  # whoever had not seen the closing neither opens the round again nor moves it
        name = event.subject[0]
        value = None if name in MOMENTS else parsed(Change(event.subject, event.value))
        heads = tuple(head for head in standing if head.id not in event.supersedes)
        if _is_closing(event):
            heads = ()
        self._heads[event.subject] = (*heads, event)
        if any(not _is_same(head, event) for head in heads):
            self._disputed.add(event.subject)
        else:
            self._disputed.discard(event.subject)
        self.rounds.add(event)
        if name not in MOMENTS:
            self._held[name][event.subject] = value
            self._fields.pop(TOPICS[name].field, None)
            self._engagement = None

    def _check_order(self, event: Event) -> None:
        if self._key is None:
            self._key = event.engagement
        if event.engagement != self._key:
            raise WorkbookError(
                f"event {event.id} belongs to “{event.engagement}”, not “{self._key}”"
            )
        if event.seq:
            if event.seq <= self.seq:
                raise WorkbookError(
                    f"event {event.id} is out of order: {event.seq} after {self.seq}"
                )
            self.seq = event.seq

    @property
    def engagement(self) -> Engagement:
        """The engagement as it stands after the last event.

        In anonymous mode it holds only the voices that a round, or enough others, have released,
        so that whoever reads it can show it all. `value` still tells each respondent's own.
        """
        if self._engagement is None:
            for topic in TOPICS.values():
                self.part(topic.field)
            missing = [
                name
                for name, topic in TOPICS.items()
                if topic.compulsory and self._fields[topic.field] is None
            ]
            if missing or self._key is None:
                raise WorkbookError(f"the history does not say: {', '.join(missing) or 'anything'}")
            whole = Engagement.model_construct(key=self._key, **self._fields)
            self._engagement = self.rounds.public(whole) if whole.anonymous else whole
        return self._engagement

    def part(self, field: str) -> Parsed:
        """One field of the engagement, the very same object until something in it changes."""
        if field not in self._fields:
            name = next(name for name, topic in TOPICS.items() if topic.field == field)
            self._fields[field] = self._field(name)
        return self._fields[field]

    def _field(self, name: str) -> Parsed:
        topic, held = TOPICS[name], self._held[name]
        if topic.setting:
            value = held.get((name,))
            if value is None and not topic.compulsory:
                return Engagement.model_fields[topic.field].get_default()
            return value
        if topic.group:
            return {subject[1]: value for subject, value in held.items() if value is not None}
        # A removed element keeps its place, so that undo puts it back where it was.
        return tuple(chain.from_iterable(value for value in held.values() if value is not None))

    def heads(self, subject: Subject) -> tuple[Event, ...]:
        """The standing events of a subject, oldest first; the last one's value counts."""
        return self._heads.get(subject, ())

    def head(self, subject: Subject) -> Event | None:
        """The event whose value counts."""
        heads = self.heads(subject)
        return heads[-1] if heads else None

    def value(self, subject: Subject) -> Json:
        """The value that counts; None if there is none."""
        head = self.head(subject)
        return head.value if head else None

    def seen(self, subject: Subject) -> tuple[str, ...]:
        """What a writer who sees the value that counts has seen: the ids of its heads."""
        head = self.head(subject)
        if head is None:
            return ()
        same = [other.id for other in self.heads(subject)[:-1] if _is_same(other, head)]
        return (head.id, *same)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every open conflict, in the order of subjects."""
        return tuple(Conflict(s, self._heads[s]) for s in sorted(self._disputed))


_WHEN = ("opened", "closed", "spoke", "changed")


def _is_same(first: Event, second: Event) -> bool:
    """Whether two events say the same: a round that two open at one moment is opened once."""
    return bool(_act(first) == _act(second))


def _act(event: Event) -> Json:
    """What an event does, apart from the second in which it does it."""
    facts = of_a_round(event)
    if not facts:
        return event.value
    rest = {name: value for name, value in facts.items() if name not in _WHEN}
    return {**rest, "closed": bool(facts.get("closed"))}


def _is_closing(event: Event) -> bool:
    """Whether an event closes a round, which is for good."""
    return bool(of_a_round(event).get("closed"))


def fold(events: Iterable[Event]) -> Engagement:
    """The engagement that these events add up to. Pure; WorkbookError if they are out of order."""
    return Fold(events).engagement
