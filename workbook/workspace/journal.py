"""A session's journal: the events that are written, those that wait, and their fold.

Saying something never waits for trouble to pass: the event counts at once and is pending until the
store has acknowledged it. An event keeps its id, so that writing it again is the same as once.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from workbook.errors import BadInput, WorkbookError
from workbook.store import Event, EventKind, Fold, Steps, Store, StoreAway

PAUSE = 0.05
"""Seconds that a write in the background waits for more to write."""


class Journal:
    """One engagement's events as one session knows them. Safe to use from several threads.

    `draft` makes the creation events of an engagement that is not in the store yet; the first save
    takes them there. It is asked again, for another key, if somebody else has taken that one since.
    `adopted` is called with the key that they got.
    """

    def __init__(
        self,
        store: Store,
        key: str,
        clock: Callable[[], dt.datetime],
        draft: Callable[[], Sequence[Event]] = tuple,
        adopted: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.written: list[Event] = []
        self.pending: list[Event] = []
        self.trouble: StoreAway | None = None
        self.saved_at: dt.datetime | None = None
        self.ids: set[str] = set()
        self.lock = threading.RLock()
        self._store = store
        self._clock = clock
        self._draft_again = draft
        self._draft = tuple(draft())
        self._adopted = adopted
        self._saving = threading.Lock()
        self._writer = ThreadPoolExecutor(1, "workbook-save")
        self._due = False
        self._take(self._draft or store.events(key))
        if not self.written:
            raise WorkbookError(f"{store.place}: there is no engagement “{key}”")
        if not self._draft:
            self.saved_at = self.written[-1].time

    @property
    def key(self) -> str:
        """The engagement's key."""
        return self.written[0].engagement

    @property
    def head(self) -> str:
        """The head of the chain in the store; blank for a draft, or while the store is away."""
        if self._draft:
            return ""
        self.save()  # a report tells of what is still being saved, too
        with suppress(StoreAway):
            return self._store.head(self.key)
        return ""

    @property
    def seq(self) -> int:
        """The last written event that this session knows."""
        return self.written[-1].seq if self.written else 0

    def say(self, make: Callable[[], Sequence[Event]], *, later: bool) -> tuple[Event, ...]:
        """Let the events that `make` makes count at once; save them now or in the background."""
        with self.lock:
            events = tuple(make())
            for event in events:
                self._add(event)
            self.pending.extend(events)
        if later:
            self._save_later()
        else:
            self.save()
        return events

    def save(self) -> None:
        """Write what is pending; `trouble` says why it could not be."""
        with self._saving:
            while self.pending:
                draft = self._draft
                try:
                    self._write()
                except StoreAway as away:
                    self.trouble = away
                    return
                except BadInput:
                    # The draft's key has been taken since it was opened. Anything else is a bug.
                    if not draft:
                        raise
                    self._rename()
                else:
                    if draft:
                        self._adopted(self.key)

    def _write(self) -> None:
        with self.lock:
            waiting, draft, seq = tuple(self.pending), self._draft, self.seq
        known = 0 if draft else seq
        written = self._store.append((*draft, *waiting), create=bool(draft), known=known)
        written = written[len(draft) :]
        alone = (written[0].seq, written[-1].seq) == (seq + 1, seq + len(written))
        others = () if alone else self._store.events(self.key, after=seq)
        with self.lock:
            self._draft = ()
            self.trouble, self.saved_at = None, self._clock()
            if alone:
                del self.pending[: len(written)]
                self.written.extend(written)
            else:
                self._take(others)

    def _rename(self) -> None:
        """Give the draft, and what was said about it, another key."""
        with self.lock:
            old, self._draft = self._draft, tuple(self._draft_again())
            new_id = {a.id: b.id for a, b in zip(old, self._draft, strict=True)}
            self.pending = [
                replace(
                    event,
                    engagement=self._draft[0].engagement,
                    supersedes=tuple(new_id.get(seen, seen) for seen in event.supersedes),
                    restores=new_id.get(event.restores or "", event.restores),
                )
                for event in self.pending
            ]
            self._take(self._draft)

    def _save_later(self) -> None:
        with self.lock:
            if not self._due:
                self._due = True
                # A process that ends waits for it, and so writes what is pending.
                saving = self._writer.submit(self._save_after_a_pause)
                saving.add_done_callback(Future.result)  # logs what went wrong

    def _save_after_a_pause(self) -> None:
        time.sleep(PAUSE)
        with self.lock:
            self._due = False
        self.save()

    def refresh(self) -> bool:
        """Write what is pending and take in what others wrote; True if there was something."""
        self.save()
        with self._saving:
            try:
                if self._draft and self._store.beginning(self.key) != self._draft[0].id:
                    return False
                new = self._news()
            except StoreAway as away:
                self.trouble = away
                return False
            with self.lock:
                self._draft = ()
                if new:
                    self._take(new)
                if not self.pending:
                    self.trouble = None
            return bool(new)

    def _news(self) -> tuple[Event, ...]:
        """The events that this session does not know; all of them after an erasure."""
        last = self._store.last(self.key)
        if last < self.seq:
            raise self._store.lost(self.key, last, self.seq)
        new = self._store.events(self.key, after=self.seq) if last > self.seq else ()
        erased = any(event.kind is EventKind.ERASED for event in new)
        return self._store.events(self.key) if erased else new

    def _take(self, new: Sequence[Event]) -> None:
        """Take in what is written, in order; from the start if `new` begins there."""
        ids = {event.id for event in new}
        left = [event for event in self.pending if event.id not in ids]
        whole = bool(new) and new[0].seq == 1
        refold = whole or bool(self.pending)
        self.written = [*new] if whole else [*self.written, *new]
        self.pending = left
        if refold:
            # Events of ours that counted already are now behind those that others wrote first.
            self.fold, self.steps = Fold(), Steps()
        for event in (*self.written, *left) if refold else new:
            self._add(event)

    def _add(self, event: Event) -> None:
        self.ids.add(event.id)
        self.fold.add(event)
        self.steps.add(event)
