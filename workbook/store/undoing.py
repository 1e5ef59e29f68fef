"""Undo and redo, per person, as further events.

Undo takes back somebody's last step that still stands; what another person has changed since,
having seen it, is left alone. Nothing is removed from the history.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.store.events import Event, EventKind, Json, Subject
from workbook.store.folding import Fold
from workbook.store.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Reversal:
    """An undo or redo of one event, yet without id and time."""

    kind: EventKind
    subject: Subject
    value: Json
    supersedes: tuple[str, ...]
    target: str
    restores: str | None


@dataclass(slots=True)
class _Stacks:
    done: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)


class Steps:
    """What each person may undo and redo, kept up to date event by event."""

    def __init__(self) -> None:
        self._stacks: dict[str, _Stacks] = {}
        self._events: dict[str, Event] = {}
        self._members: dict[str, list[str]] = {}
        self._left_by: dict[str, Event] = {}
        self._owners: dict[str, str] = {}

    def add(self, event: Event) -> None:
        """Take one more event in. A step is undone by whoever began it, also for others."""
        self._events[event.id] = event
        owner = self._owners.setdefault(event.step, event.actor)
        stacks = self._stacks.setdefault(owner, _Stacks())
        if event.kind is EventKind.SET and not TOPICS[event.subject[0]].final:
            if event.step not in stacks.done:
                stacks.done.append(event.step)
                stacks.undone.clear()
            self._members.setdefault(event.step, []).append(event.id)
        elif event.target in self._events:
            step = self._events[event.target].step
            source, goal = (
                (stacks.done, stacks.undone)
                if event.kind is EventKind.UNDO
                else (stacks.undone, stacks.done)
            )
            self._left_by[event.target] = event
            if step in source:
                source.remove(step)
                goal.append(step)

    def undo(self, actor: str, fold: Fold) -> tuple[Reversal, ...]:
        """What takes the person's last standing step back; empty if there is none."""
        for step in reversed(self._stacks.get(actor, _Stacks()).done):
            reversals = [
                self._undo_of(self._events[i], fold) for i in reversed(self._members[step])
            ]
            if standing := tuple(reversal for reversal in reversals if reversal):
                return standing
        return ()

    def redo(self, actor: str, fold: Fold) -> tuple[Reversal, ...]:
        """What makes the person's last undone step again; empty if there is none."""
        for step in reversed(self._stacks.get(actor, _Stacks()).undone):
            reversals = [self._redo_of(self._events[i], fold) for i in self._members[step]]
            if standing := tuple(reversal for reversal in reversals if reversal):
                return standing
        return ()

    def _undo_of(self, event: Event, fold: Fold) -> Reversal | None:
        heads = fold.heads(event.subject)
        mine = next((head for head in heads if head.origin == event.id), None)
        if mine is None:
            return None
        others = [head for head in heads if head is not mine and head.value != mine.value]
        if others:  # In a conflict, taking back one's own change leaves the other person's.
            left = others[-1]
            return _reversal(EventKind.UNDO, event, left.value, (mine.id, left.id), left.origin)
        before = self._before_step(event)
        seen = (mine.id, *(head.id for head in heads if head is not mine))
        if before is None:
            return _reversal(EventKind.UNDO, event, None, seen, None)
        return _reversal(EventKind.UNDO, event, before.value, seen, before.origin)

    def _before_step(self, event: Event) -> Event | None:
        """What stood before a step: a text that was typed with pauses has several events in one."""
        before: Event | None = event
        while before and before.step == event.step:
            before = self._events.get(before.supersedes[0]) if before.supersedes else None
        return before

    def _redo_of(self, event: Event, fold: Fold) -> Reversal | None:
        undo, heads = self._left_by.get(event.id), fold.heads(event.subject)
        if undo is None or undo.kind is not EventKind.UNDO:
            return None
        if len(heads) != 1 or heads[0].origin != undo.origin:
            return None
        return _reversal(EventKind.REDO, event, event.value, (heads[0].id,), event.id)


def _reversal(
    kind: EventKind, event: Event, value: Json, seen: tuple[str, ...], restores: str | None
) -> Reversal:
    return Reversal(
        kind=kind,
        subject=event.subject,
        value=value,
        supersedes=seen,
        target=event.id,
        restores=restores,
    )
