"""Two changes of one record, made unseen by each other, put together field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.store import Conflict, Event, Json

RECORDS = frozenset({"organisation", "programme"})
"""Subjects whose fields are facts of their own; those of a decision belong together."""


def merged(conflict: Conflict, history: Iterable[Event]) -> Json:
    """The record with everybody's fields; None where two say different things of one field."""
    if conflict.subject[0] not in RECORDS:
        return None
    events = {event.id: event for event in history}
    first, *others = conflict.events
    together = dict(first.value or {})
    for event in others:
        base = _common(first, event, events)
        before, after = (base.value if base else None) or {}, event.value or {}
        for field in _changed(before, after):
            if together.get(field) not in (before.get(field), after.get(field)):
                return None
            together[field] = after.get(field)
    return {field: value for field, value in together.items() if value is not None}


def _changed(before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterable[str]:
    return (field for field in {**before, **after} if before.get(field) != after.get(field))


def _common(first: Event, other: Event, events: Mapping[str, Event]) -> Event | None:
    """The last event that both writers had seen."""
    seen = {event.id for event in _earlier(first, events)}
    return next((event for event in _earlier(other, events) if event.id in seen), None)


def _earlier(event: Event, events: Mapping[str, Event]) -> Iterable[Event]:
    """What an event replaced, and what that had replaced, the latest first."""
    waiting = [*event.supersedes]
    while waiting:
        key = waiting.pop(0)
        if key in events:
            yield events[key]
            waiting += events[key].supersedes
