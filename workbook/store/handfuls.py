"""Answers that no round asks for, told without names a handful at a time.

Whoever sees what is shown before and after one more answer would know it. So the answers to a
subject are told in groups, each of people who have not been told before, and each as large as a
small group. What a group said stays as it is until all of it have said something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbook.model.engagement import State
from workbook.model.workshop import SMALL_GROUP
from workbook.store.events import Event, EventKind, Json, Subject

PLACES = {"nomination": 1, "answer": 3}
"""Where in its subject an answer says whose it is."""
Cell = Subject
"""What is answered, by whomever: the subject of the answer without its respondent."""
Voices = Mapping[str, Json]
"""Respondent ↦ the value of their answer."""


@dataclass(frozen=True, slots=True)
class Handful:
    """One cell's groups that are told, and what was said since, by whom; None takes it back.

    `last` is what was told last of each, in a group that has gone, too.
    """

    groups: tuple[Voices, ...] = ()
    since: Voices = field(default_factory=dict)
    last: Voices = field(default_factory=dict)

    def heard(self, respondent: str, value: Json) -> Handful:
        """With what one respondent says now; who says again what was told says nothing else."""
        others = {who: other for who, other in self.since.items() if who != respondent}
        news = {} if value == self.last.get(respondent) else {respondent: value}
        return replace(self, since=others | news)

    def settled(self, least: int = SMALL_GROUP) -> Handful:
        """Without the groups that have all said something else, and with the next group.

        A document may begin with fewer: they join the next group.
        """
        groups = tuple(group for group in self.groups if not group.keys() <= self.since.keys())
        known = {respondent for group in groups for respondent in group}
        waits = {who: value for who, value in self.since.items() if who in known}
        fresh = {
            who: value
            for who, value in self.since.items()
            if who not in known and value is not None
        }
        if not fresh or _answers(fresh) < least:
            return replace(self, groups=groups, since=waits | fresh)
        few = [group for group in groups if _answers(group) < SMALL_GROUP]
        joined = {who: value for group in few for who, value in group.items()} | fresh
        rest = (group for group in groups if group not in few)
        return Handful((*rest, joined), waits, {**self.last, **fresh})


def _answers(group: Voices) -> int:
    return sum(map(is_answer, group.values()))


class Handfuls:
    """The cells of one engagement, kept up to date event by event.

    What comes together is told together: a document to begin with, a file that is taken in, what
    one undo takes back. Anything else counts by itself.
    """

    def __init__(self) -> None:
        self._cells: dict[Cell, Handful] = {}
        self._together: set[Cell] = set()
        self._step, self._least = "", SMALL_GROUP

    def turn(self, event: Event) -> None:
        """An event of another step ends what comes together; some kinds begin it anew."""
        if event.step == self._step:
            return
        for cell in self._together:
            self._cells[cell] = self._cells[cell].settled(self._least)
        self._together.clear()
        self._step = "" if event.kind is EventKind.SET else event.step
        self._least = 0 if event.kind is EventKind.CREATED else SMALL_GROUP

    def add(self, event: Event) -> None:
        """Take in one respondent's answer."""
        place = PLACES[event.subject[0]]
        cell = (*event.subject[:place], "", *event.subject[place + 1 :])
        heard = self._cells.get(cell, Handful()).heard(event.subject[place], event.value)
        if event.step == self._step:
            self._together.add(cell)
        else:
            heard = heard.settled()
        self._cells[cell] = heard

    def told(self) -> Iterator[tuple[Subject, Json]]:
        """Each answer that is told, with its subject."""
        for cell, handful in self._cells.items():
            place = PLACES[cell[0]]
            least = self._least if cell in self._together else SMALL_GROUP
            for group in handful.settled(least).groups:
                for respondent, value in group.items():
                    yield (*cell[:place], respondent, *cell[place + 1 :]), value


def is_answer(value: Json) -> bool:
    """Whether somebody says something of it, in one entry or in several."""
    entries = value if isinstance(value, list) else [value]
    return any(
        entry is not None and entry.get("state", State.ANSWERED) == State.ANSWERED
        for entry in entries
    )
