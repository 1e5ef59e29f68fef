"""The log of events. (In memory for the moment; the same methods in SQL follow.)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workbook.errors import WorkbookError
from workbook.store.events import Event


class StoreAway(WorkbookError):
    """The store cannot be reached or written just now; nothing that was saved is lost."""


class Store:
    """An append-only log of events per engagement."""

    def __init__(self) -> None:
        self._events: dict[str, list[Event]] = {}
        self.settings: dict[str, str] = {}

    def append(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Write events at the end, all or none; those already there are left. With their `seq`."""
        written = []
        for event in events:
            log = self._events.setdefault(event.engagement, [])
            found = next((one for one in log if one.id == event.id), None)
            if found is None:
                found = replace(event, seq=len(log) + 1)
                log.append(found)
            written.append(found)
        return tuple(written)

    def events(self, engagement: str, after: int = 0) -> tuple[Event, ...]:
        """The events of an engagement in order, those after a `seq` only."""
        return tuple(self._events.get(engagement, [])[after:])

    def last(self, engagement: str) -> int:
        """The `seq` of the engagement's last event; 0 if there is none."""
        return len(self._events.get(engagement, []))

    def engagements(self) -> tuple[str, ...]:
        """The keys of the engagements in the store."""
        return tuple(sorted(self._events))
