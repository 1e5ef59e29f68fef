"""Two changes of one thing, made unseen by each other, put together where they do not contradict.

The facts of a record are put together field by field, the members of a list one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.store import Conflict, Event, Json

LISTS = frozenset({"scope"})
LINKED: Mapping[str, frozenset[str]] = {
    "organisation": frozenset(),
    "programme": frozenset(),
    "person": frozenset({"title", "title_key", "accepted_titles"}),
    "decision": frozenset(
        {"state", "owner", "decided_by", "decided_on", "dissent", "acceptance", "confirmed_on"}
        | {"title_reason", "confidence", "reason", "withdrawn"}
    ),
}
"""The kinds of records that are put together, and their fields that say one thing between them: an
acceptance is that of the owner whom its writer saw."""


def merged(conflict: Conflict, history: Iterable[Event]) -> Json:
    """What all sides say together; None where two say different things of the same."""
    kind = conflict.subject[0]
    if kind not in LINKED and kind not in LISTS:
        return None
    events = {event.id: event for event in history}
    first, *others = conflict.events
    together = first.value
    for event in others:
        base = _common(first, event, events)
        before = base.value if base else None
        if kind in LISTS:
            together = _members(before or [], together or [], event.value or [])
        else:
            together = _fields(before or {}, together, event.value, LINKED[kind])
    return together


def _members(before: list[Json], ours: list[Json], theirs: list[Json]) -> list[Json]:
    stayed = [member for member in ours if member in theirs or member not in before]
    return stayed + [member for member in theirs if member not in (*before, *ours)]


def _fields(before: Json, ours: Json, theirs: Json, linked: frozenset[str]) -> Json:
    if not all(isinstance(record, dict) for record in (before, ours, theirs)):
        return None  # a side that removes it, or several decisions on one subject
    changed, others = _changed(before, ours), _changed(before, theirs)
    contested = changed & others
    if changed & linked and others & linked:
        contested |= linked
    if any(ours.get(field) != theirs.get(field) for field in contested):
        return None
    together = {**ours, **{field: theirs.get(field) for field in others}}
    if together.get("owner") and together["owner"] == together.get("deputy"):
        return None
    return {field: value for field, value in together.items() if value is not None}


def _changed(before: Mapping[str, Json], after: Mapping[str, Json]) -> set[str]:
    return {field for field in {**before, **after} if before.get(field) != after.get(field)}


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
