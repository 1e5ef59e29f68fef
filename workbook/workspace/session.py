"""A session: one person at work on one engagement."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem, WorkbookError, nearest
from workbook.store import (
    Change,
    Conflict,
    Event,
    Fold,
    Kind,
    Steps,
    Store,
    StoreAway,
    canonical,
)
from workbook.workspace.summary import Baseline

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.model.framework import Framework
    from workbook.store import Subject


def utc_now() -> dt.datetime:
    """The moment at which something is said."""
    return dt.datetime.now(dt.UTC)


class Session:
    """One person (`actor`) at work on one engagement.

    What is recorded counts at once and is saved at once. While the store is away it is kept in
    `pending`, and written, exactly once, by the next `record`, `refresh` or `flush` that reaches
    the store. Safe to use from several threads.
    """

    def __init__(
        self,
        store: Store,
        key: str,
        actor: str,
        framework_of: Callable[[Engagement], Framework],
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self._store = store
        self._framework_of = framework_of
        self._clock = clock
        self._lock = threading.RLock()
        self._written: list[Event] = []
        self._pending: list[Event] = []
        self._framework: tuple[object, Framework] | None = None
        self._trouble: StoreAway | None = None
        self._saved_at: dt.datetime | None = None
        self.key = key
        self.actor = actor
        self._take(store.events(key))
        if self._written:
            self._saved_at = self._written[-1].time

    # What is there

    @property
    def engagement(self) -> Engagement:
        """The engagement as it stands, with what is still pending."""
        return self._fold.engagement

    @property
    def framework(self) -> Framework:
        """The engagement's framework with its overlay applied."""
        engagement = self.engagement
        cause = (engagement.framework, engagement.overlay)
        if self._framework is None or self._framework[0] != cause:
            self._framework = (cause, self._framework_of(engagement))
        return self._framework[1]

    def evaluate(self, as_of: dt.date) -> Evaluation:
        """The evaluation of the engagement as it stands, as of a day."""
        from workbook.scoring import evaluate

        return evaluate(self.framework, self.engagement, as_of)

    def value(self, subject: Subject) -> object:
        """The recorded value of a subject as JSON; None if there is none."""
        return self._fold.value(subject)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Subjects that two people changed without having seen each other's change."""
        return self._fold.conflicts

    def history(self, subject: Subject | None = None) -> tuple[Event, ...]:
        """Every event in order, pending ones last (`seq` 0); of one subject only if given."""
        events = (*self._written, *self._pending)
        return tuple(e for e in events if subject in (None, e.subject))

    # Saving

    @property
    def pending(self) -> tuple[Event, ...]:
        """What was said and is not yet written."""
        return tuple(self._pending)

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the store last acknowledged something (UTC); None if it never did."""
        return self._saved_at

    @property
    def trouble(self) -> StoreAway | None:
        """Why `pending` could not be written; None when all is well."""
        return self._trouble

    def flush(self) -> None:
        """Write what is pending. StoreAway if the store cannot be reached; nothing is lost."""
        with self._lock:
            self._save()
            if self._trouble:
                raise self._trouble

    def refresh(self) -> bool:
        """Fold others' changes in and write what is pending; True if something new was there.

        Cheap when nothing is new: one SELECT. Never raises for a store that is away (`trouble`).
        """
        with self._lock:
            self._save()
            try:
                if self._store.last(self.key) <= self._seq:
                    return False
                new = self._store.events(self.key, after=self._seq)
            except StoreAway as away:
                self._trouble = away
                return False
            self._take(new)
            return True

    # Saying something

    def record(self, *changes: Change, later: bool = False) -> tuple[Event, ...]:
        """Make changes; together they are one step of undo. Returns their events.

        BadInput, with every problem, if one is wrong: then none is made. `later` leaves the
        writing to a thread in the background (`flush` waits for it).
        """
        with self._lock:
            return self._say(Kind.SET, self._checked(changes), later=later)

    def resolve(self, subject: Subject, value: object) -> Event:
        """Settle a conflict: this value stands, having seen all the others."""
        with self._lock:
            change = canonical(Change(subject, value))
            seen = tuple(head.id for head in reversed(self._fold.heads(subject)))
            return self._keep([self._event(Kind.SET, change, _id(), seen)])[0]

    def undo(self) -> tuple[Event, ...]:
        """Take back this person's last step that still stands; () if there is none."""
        with self._lock:
            return self._reverse(self._steps.undo(self.actor, self._fold))

    def redo(self) -> tuple[Event, ...]:
        """Make this person's last undone step again; () if there is none."""
        with self._lock:
            return self._reverse(self._steps.redo(self.actor, self._fold))

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would do something."""
        return bool(self._steps.undo(self.actor, self._fold))

    @property
    def can_redo(self) -> bool:
        """Whether `redo` would do something."""
        return bool(self._steps.redo(self.actor, self._fold))

    # Moments

    def baseline(self, name: str) -> Baseline:
        """Name this moment. BadInput if the name is taken; StoreAway if it cannot be written."""
        with self._lock:
            if name in {one.name for one in self.baselines}:
                raise BadInput(Problem(f"there is a baseline “{name}” already", "choose another name"))
            self._keep([self._event(Kind.BASELINE, Change(("baseline", name), None), _id(), ())])
            self.flush()
            return self.baselines[-1]

    @property
    def baselines(self) -> tuple[Baseline, ...]:
        """The named moments, oldest first."""
        return tuple(
            Baseline(event.subject[1], event.seq, event.time, event.actor)
            for event in self._written
            if event.kind is Kind.BASELINE
        )

    def at(self, moment: str | int | dt.datetime) -> Engagement:
        """The engagement as it was at a baseline (name), after an event (`seq`) or at a time (UTC)."""
        if isinstance(moment, str):
            found = {one.name: one.seq for one in self.baselines}
            if moment not in found:
                raise BadInput(Problem(f"no baseline “{moment}”", nearest(moment, found)))
            moment = found[moment]
        if isinstance(moment, int):
            return Fold(e for e in self._written if e.seq <= moment).engagement
        return Fold(e for e in self._written if e.time <= moment).engagement

    # Inside

    def _checked(self, changes: Iterable[Change]) -> list[Change]:
        problems: list[Problem] = []
        good: list[Change] = []
        for change in changes:
            try:
                good.append(canonical(change))
            except BadInput as bad:
                problems.extend(bad.problems)
        if problems:
            raise BadInput(problems)
        return good

    def _say(self, kind: Kind, changes: Iterable[Change], *, later: bool) -> tuple[Event, ...]:
        step = _id()
        events = [self._event(kind, c, step, self._fold.seen(c.subject)) for c in changes]
        return self._keep(events, later=later)

    def _event(self, kind: Kind, change: Change, step: str, seen: tuple[str, ...]) -> Event:
        return Event(
            id=_id(),
            engagement=self.key,
            actor=self.actor,
            kind=kind,
            subject=change.subject,
            value=change.value,
            time=self._clock(),
            step=step,
            supersedes=seen,
        )

    def _reverse(self, reversals: Iterable[object]) -> tuple[Event, ...]:
        step, events = _id(), []
        for one in reversals:
            event = self._event(one.kind, Change(one.subject, one.value), step, one.supersedes)
            events.append(replace(event, target=one.target, restores=one.restores))
        return self._keep(events)

    def _keep(self, events: list[Event], *, later: bool = False) -> tuple[Event, ...]:
        for event in events:
            self._add(event)
        self._pending.extend(events)
        self._save()
        return tuple(events)

    def _save(self) -> None:
        if not self._pending:
            return
        try:
            written = self._store.append(self._pending)
        except StoreAway as away:
            self._trouble = away
            return
        self._trouble, self._saved_at = None, self._clock()
        self._pending.clear()
        if written[0].seq == self._seq + 1 and written[-1].seq == self._seq + len(written):
            self._written.extend(written)
            self._seq = written[-1].seq
        else:
            self._take(self._store.events(self.key, after=self._seq))

    def _take(self, events: Iterable[Event]) -> None:
        self._written.extend(events)
        if not self._written:
            raise WorkbookError(f"there is no engagement “{self.key}”")
        self._seq = self._written[-1].seq
        self._fold, self._steps = Fold(), Steps()
        for event in (*self._written, *self._pending):
            self._add(event)

    def _add(self, event: Event) -> None:
        self._fold.add(event)
        self._steps.add(event)


def _id() -> str:
    return uuid.uuid4().hex
