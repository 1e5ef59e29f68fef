"""A session's journal: the events that are written, those that wait, and their fold.

Saying something never waits for trouble to pass: the event counts at once and is pending until the
store has acknowledged it. An event keeps its id, so that writing it again is the same as once.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence

from workbook.errors import WorkbookError
from workbook.store import Event, Fold, Kind, Steps, Store, StoreAway

PAUSE = 0.05
"""Seconds that a write in the background waits for more to write."""


class Journal:
    """One engagement's events as one session knows them. Safe to use from several threads.

    `draft` are the creation events of an engagement that is not in the store yet; the first save
    takes them there and calls `adopted`.
    """

    def __init__(
        self,
        store: Store,
        key: str,
        clock: Callable[[], dt.datetime],
        draft: Sequence[Event] = (),
        adopted: Callable[[], None] = lambda: None,
    ) -> None:
        self.key = key
        self.written: list[Event] = []
        self.pending: list[Event] = []
        self.trouble: StoreAway | None = None
        self.saved_at: dt.datetime | None = None
        self.lock = threading.RLock()
        self._store = store
        self._clock = clock
        self._draft = tuple(draft)
        self._adopted = adopted
        self._saving = threading.Lock()
        self._timer: threading.Timer | None = None
        self._take(self._draft or store.events(key))
        if not self.written:
            raise WorkbookError(f"{store.place}: there is no engagement “{key}”")
        if not draft:
            self.saved_at = self.written[-1].time

    @property
    def seq(self) -> int:
        """The last written event that this session knows."""
        return self.written[-1].seq if self.written else 0

    def say(self, events: Sequence[Event], *, later: bool) -> None:
        """Let events count at once, and save them now or in the background."""
        with self.lock:
            for event in events:
                self._add(event)
            self.pending.extend(events)
        if later:
            self._save_later()
        else:
            self.save()

    def save(self) -> None:
        """Write what is pending; `trouble` says why it could not be."""
        with self._saving:
            with self.lock:
                waiting, draft = tuple(self.pending), self._draft
                known = 0 if draft else self.seq
            if not waiting:
                return
            try:
                said = (*draft, *waiting)
                written = self._store.append(said, create=bool(draft), known=known)[len(draft) :]
                beside = self._beside(written)
            except StoreAway as away:
                self.trouble = away
                return
            with self.lock:
                self._acknowledge(written, beside)
        if draft:
            self._adopted()

    def _beside(self, written: Sequence[Event]) -> tuple[Event, ...]:
        """What is new in the store if others wrote before us; () if only we did."""
        alone = written[0].seq == self.seq + 1 and written[-1].seq == self.seq + len(written)
        return () if alone else self._store.events(self.key, after=self.seq)

    def _acknowledge(self, written: Sequence[Event], beside: Sequence[Event]) -> None:
        self._draft = ()
        del self.pending[: len(written)]
        self.trouble, self.saved_at = None, self._clock()
        if beside:
            self._take(beside)
        else:
            self.written.extend(written)

    def _save_later(self) -> None:
        with self.lock:
            if self._timer is None or not self._timer.is_alive():
                self._timer = threading.Timer(PAUSE, self.save)
                # Not a daemon: a process that ends writes what is waiting.
                self._timer.start()

    def refresh(self) -> bool:
        """Write what is pending and take in what others wrote; True if there was something."""
        self.save()
        try:
            if self._draft and self._store.beginning(self.key) != self._draft[0].id:
                return False
            last = self._store.last(self.key)
            new = self._store.events(self.key, after=self.seq) if last > self.seq else ()
            if any(event.kind is Kind.ERASED for event in new):
                new = self._store.events(self.key)
        except StoreAway as away:
            self.trouble = away
            return False
        with self.lock:
            self._draft = ()
            if not self.pending:
                self.trouble = None
            whole = bool(new) and new[0].seq == 1
            new = new if whole else tuple(e for e in new if e.seq > self.seq)
            if new:
                self._take(new)
        return bool(new)

    def _take(self, events: Iterable[Event]) -> None:
        """Take in what is written, in order; from the start if an erasure changed all of it."""
        new = list(events)
        if new and new[0].seq == 1:
            self.written = []
        self.written.extend(new)
        if new and len(new) < len(self.written) and not self.pending:
            for event in new:
                self._add(event)
            return
        self.fold, self.steps = Fold(), Steps()
        for event in (*self.written, *self.pending):
            self._add(event)

    def _add(self, event: Event) -> None:
        self.fold.add(event)
        self.steps.add(event)
