"""A session: one person at work on one engagement."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbook.errors import BadInput, Problem, every, nearest
from workbook.store import Change, Conflict, Event, EventKind, StoreAway, canonical, fold
from workbook.store.topics import refuse_unwritable
from workbook.workspace.summary import Baseline

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.model.rules import Rules
    from workbook.scoring import Evaluator
    from workbook.store import Json, Reversal, RoundLog, Subject
    from workbook.workspace.journal import Journal
from workbook.workspace.leaving import leaving
from workbook.workspace.merging import merged


class Session:
    """One person (`actor`) at work on one engagement. Opened by `Workspace.open` or `.new`.

    What is recorded counts at once and is saved at once. While the store is away it is kept in
    `pending`, and written, exactly once, by the next `record`, `refresh` or `flush` that reaches
    the store. Safe to use from several threads.
    """

    def __init__(
        self,
        journal: Journal,
        actor: str,
        rules_of: Callable[[Engagement], Rules],
        clock: Callable[[], dt.datetime],
        erase: Callable[[str], bool],
    ) -> None:
        self.actor = actor
        self._journal = journal
        self._rules_of = rules_of
        self._clock = clock
        self._erase = erase
        self._rules: tuple[object, Rules] | None = None
        self._evaluation: tuple[Engagement, Rules, Evaluation] | None = None
        self._advised = False
        self._mine: set[str] = set()

    # What is there

    @property
    def key(self) -> str:
        """The engagement's key."""
        return self._journal.key

    @property
    def head(self) -> str:
        """The head of the chain in the store; blank for a draft, or while the store is away."""
        return self._journal.head

    @property
    def engagement(self) -> Engagement:
        """The engagement as it stands, with what is still pending."""
        with self._journal.lock:
            return self._journal.fold.engagement

    @property
    def rules(self) -> Rules:
        """The engagement's rules: its framework in force, with its overlay."""
        cause = (self.part("framework"), self.part("overlay"))
        if self._rules is None or self._rules[0] != cause:
            self._rules = (cause, self._rules_of(self.engagement))
        return self._rules[1]

    @cached_property
    def evaluator(self) -> Evaluator:
        """What this session keeps between two evaluations; it goes with the session."""
        from workbook.scoring import Evaluator

        return Evaluator()

    def evaluate(self, as_of: dt.date, *, soon: bool = False) -> Evaluation:
        """The evaluation of the engagement as it stands, as of a day.

        With `soon`, its findings and actions may be those of the evaluation before: that takes less
        than half the time.
        """
        engagement, rules = self.engagement, self.rules
        known = self._evaluation
        alike = known and known[1] is rules and known[2].as_of == as_of
        if known and alike and known[0] is engagement and (soon or self._advised):
            return known[2]
        if known and alike and soon:
            scored = self.evaluator.score(rules, engagement, as_of)
            evaluation, advised = scored.advised(known[2].advice), False
        else:
            evaluation, advised = self.evaluator.evaluate(rules, engagement, as_of), True
        self._evaluation, self._advised = (engagement, rules, evaluation), advised
        return evaluation

    def value(self, subject: Subject) -> Json:
        """The recorded value of a subject in its shortest form; None if there is none."""
        return self._journal.fold.value(subject)

    def part(self, field: str) -> Any:  # noqa: ANN401 - a field of the engagement
        """One field of the engagement, the very same object until something in it changes.

        With a thousand answers a second it spares to put the whole engagement together.
        """
        with self._journal.lock:
            return self._journal.fold.part(field)

    @property
    def revision(self) -> int:
        """How many events there are: while it stays, nothing in the engagement changes."""
        return len(self._journal.ids)

    def round_log(self, round_id: str) -> RoundLog:
        """What was said in a round of a workshop."""
        return self._journal.fold.rounds[round_id]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Subjects that two people changed without having seen each other's change."""
        with self._journal.lock:
            return self._journal.fold.conflicts

    @property
    def merges(self) -> dict[Subject, Json]:
        """The conflicts whose sides may stand together, with what they say then, field by field."""
        pairs = ((c.subject, merged(c, self.history(c.subject))) for c in self.conflicts)
        return {subject: value for subject, value in pairs if value is not None}

    def wrote(self, event: Event) -> bool:
        """Whether this very session made the event: two people may go by the same name."""
        return event.id in self._mine

    def history(self, subject: Subject | None = None) -> tuple[Event, ...]:
        """Every event in order, pending ones last (`seq` 0); of one subject only if given."""
        with self._journal.lock:
            events = (*self._journal.written, *self._journal.pending)
        return tuple(event for event in events if subject in (None, event.subject))

    # Saving

    @property
    def pending(self) -> tuple[Event, ...]:
        """What was said and is not yet written."""
        return tuple(self._journal.pending)

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the store last acknowledged something (UTC); None for an untouched scratch copy."""
        return self._journal.saved_at

    @property
    def trouble(self) -> StoreAway | None:
        """Why the store could not be reached last time (`.cause` for screens); None if it was."""
        return self._journal.trouble

    def flush(self) -> None:
        """Write what is pending. StoreAway if the store cannot be reached; nothing is lost."""
        self._journal.save()
        if self._journal.pending and self._journal.trouble:
            raise self._journal.trouble

    def refresh(self) -> bool:
        """Fold others' changes in and write what is pending; True if something new was there.

        Cheap when nothing is new: one SELECT. Never raises for a store that is away (`trouble`).
        """
        return self._journal.refresh()

    # Saying something

    def record(
        self,
        *changes: Change,
        later: bool = False,
        step: str | None = None,
        actor: str | None = None,
        once: str | None = None,
    ) -> tuple[Event, ...]:
        """Make changes; together they are one step of undo. Returns their events.

        With `step`, the id of an interaction that goes on, they join what it has changed before.
        `actor` is who says it, where one session speaks for several people. With `once`, a token
        of theirs, they are made once however often that is tried, by whichever process; () then.

        BadInput, with every problem, if one is wrong: then none is made. With `later` a thread in
        the background writes them within a moment (`flush` waits for it). A change of a subject in
        conflict is made beside the others' and leaves the conflict open: `resolve` settles it.
        """
        checked, step = _checked(changes), step or _id()

        def make() -> list[Event]:
            seen = self._journal.fold.seen
            origin = (self.key, actor or self.actor, once)
            idents = [_id_of(*origin, index) if once else _id() for index in range(len(checked))]
            if self._journal.ids.intersection(idents):
                return []
            return [
                self._event(EventKind.SET, change, step, seen(change.subject), actor, ident)
                for change, ident in zip(checked, idents, strict=True)
            ]

        return self._journal.say(make, later=later)

    def take_in(
        self, changes: Iterable[Change], kind: str, *, later: bool = False
    ) -> tuple[Event, ...]:
        """Make the changes of a file of some kind, one step of undo for this person.

        What respondents answer in it is said by them; the first event then says who took it in.
        """
        checked, step = _checked(changes), _id()
        if not any(change.speaker for change in checked):
            return self.record(*checked, later=later, step=step)

        def make() -> list[Event]:
            seen = self._journal.fold.seen
            intake = self._event(EventKind.IMPORTED, Change(("import", kind), None), step, ())
            answers = (
                self._event(EventKind.SET, change, step, seen(change.subject), change.speaker)
                for change in checked
            )
            return [intake, *answers]

        return self._journal.say(make, later=later)

    def resolve(self, subject: Subject, value: Json) -> tuple[Event, ...]:
        """Settle a conflict: this value stands, having seen all the others."""
        (change,) = _checked([Change(subject, value)])

        def make() -> list[Event]:
            seen = tuple(head.id for head in reversed(self._journal.fold.heads(subject)))
            return [self._event(EventKind.SET, change, _id(), seen)]

        return self._journal.say(make, later=False)

    def undo(self) -> tuple[Event, ...]:
        """Take back this person's last step that still stands; () if there is none."""
        return self._reverse(lambda: self._journal.steps.undo(self.actor, self._journal.fold))

    def redo(self) -> tuple[Event, ...]:
        """Make this person's last undone step again; () if there is none."""
        return self._reverse(lambda: self._journal.steps.redo(self.actor, self._journal.fold))

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would do something."""
        with self._journal.lock:
            return bool(self._journal.steps.undo(self.actor, self._journal.fold))

    @property
    def can_redo(self) -> bool:
        """Whether `redo` would do something."""
        with self._journal.lock:
            return bool(self._journal.steps.redo(self.actor, self._journal.fold))

    def erase(self, person: str) -> bool:
        """Erase a person's details and texts for good; their events stay and read "erased".

        Whoever is asked in a workshop is asked no more, and their link opens nothing. BadInput if
        there is no such person, StoreAway if the store cannot be written. False if the database
        still keeps the bytes of what was deleted.
        """
        if changes := tuple(leaving(self.engagement, person)):
            self.record(*changes)
        self.flush()
        is_overwritten = self._erase(person)
        self.refresh()
        return is_overwritten

    # Moments

    def baseline(self, name: str) -> Baseline:
        """Name this moment. BadInput if the name is taken; StoreAway if it cannot be written."""
        self.refresh()
        if self.trouble:
            raise self.trouble
        if name in {baseline.name for baseline in self.baselines} or not name.strip():
            problem = (
                f"there is a baseline “{name}” already" if name.strip() else "no name is given"
            )
            raise BadInput(Problem(problem, "choose another name", path="baseline"))
        self.flush()
        refuse_unwritable("baseline", name)
        moment = self._event(EventKind.BASELINE, Change(("baseline", name), None), _id(), ())
        self._journal.say(lambda: [moment], later=False)
        self.flush()
        return next(baseline for baseline in self.baselines if baseline.name == name)

    @property
    def baselines(self) -> tuple[Baseline, ...]:
        """The named moments, oldest first."""
        return tuple(
            Baseline(event.subject[1], event.seq, event.time, event.actor)
            for event in self._journal.written
            if event.kind is EventKind.BASELINE
        )

    def is_at(self, name: str) -> bool:
        """Whether this baseline is the last event: to name this moment again changes nothing."""
        with self._journal.lock:
            last = None if self._journal.pending else self._journal.written[-1]
        return last is not None and last.subject == ("baseline", name)

    def at(self, moment: str | int | dt.datetime) -> Engagement:
        """The engagement as it was at a baseline (name), after an event (`seq`) or at a time.

        BadInput for a baseline that is not there or a moment before the engagement began.
        """
        if isinstance(moment, str):
            seqs = {baseline.name: baseline.seq for baseline in self.baselines}
            if moment not in seqs:
                raise BadInput(Problem(f"no baseline “{moment}”", nearest(moment, seqs), path="at"))
            moment = seqs[moment]
        if isinstance(moment, int):
            return self._fold_of(e for e in self._journal.written if e.seq <= moment)
        return self._fold_of(e for e in self._journal.written if e.time <= moment)

    def _fold_of(self, events: Iterable[Event]) -> Engagement:
        then, now = tuple(events), self._journal.written
        if sum(e.kind is EventKind.CREATED for e in then) < sum(
            e.kind is EventKind.CREATED for e in now
        ):
            began = f"it begins {now[0].time.astimezone():%Y-%m-%d %H:%M}"
            raise BadInput(Problem("the engagement had not begun then", began, path="at"))
        return fold(then)

    # Inside

    def _event(
        self,
        kind: EventKind,
        change: Change,
        step: str,
        seen: tuple[str, ...],
        actor: str | None = None,
        ident: str | None = None,
    ) -> Event:
        ident = ident or _id()
        who = actor or self.actor
        refuse_unwritable("actor", who)
        self._mine.add(ident)
        return Event(
            id=ident,
            engagement=self.key,
            actor=who,
            kind=kind,
            subject=change.subject,
            value=change.value,
            time=self._clock(),
            step=step,
            supersedes=seen,
        )

    def _reverse(self, reversals: Callable[[], Iterable[Reversal]]) -> tuple[Event, ...]:
        def make() -> list[Event]:
            step = _id()
            return [
                replace(
                    self._event(
                        reversal.kind,
                        Change(reversal.subject, reversal.value),
                        step,
                        reversal.supersedes,
                    ),
                    target=reversal.target,
                    restores=reversal.restores,
                )
                for reversal in reversals()
            ]

        return self._journal.say(make, later=False)


def _checked(changes: Iterable[Change]) -> list[Change]:
    """The changes in their shortest form, one per subject; BadInput with all that is wrong."""
    # Of two changes of one subject in one step, the second is meant.
    return list({change.subject: change for change in every(canonical, changes)}.values())


def _id() -> str:
    return uuid.uuid4().hex


def _id_of(*origin: object) -> str:
    """An id that is the same wherever an event of this origin is made."""
    return hashlib.sha256(json.dumps(origin).encode()).hexdigest()[:32]
