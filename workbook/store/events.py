"""Changes and events: what somebody says, and the record that it was said.

A `Change` names a subject and its new value. An `Event` is a change that was made: by whom, when,
and having seen what. Events are only ever appended.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workbook.model.engagement import SESSION

Subject = tuple[str, ...]
"""What a change is about: `("organisation",)`, `("person", id)`, … (`workbook.store.topics`)."""

Json = Any
"""A value as JSON has it: None, bool, number, text, list or dictionary with text keys."""


class EventKind(StrEnum):
    """Why an event was written."""

    CREATED = "created"
    """Part of the document that the engagement began with; never undone."""
    SET = "set"
    UNDO = "undo"
    REDO = "redo"
    BASELINE = "baseline"
    """Names the moment; its subject is `("baseline", name)`."""
    IMPORTED = "imported"
    """A file was taken in that speaks for others; its subject is `("import", kind)`."""
    ERASED = "erased"
    """A person's details were taken out of the store; its subject is `("erasure", key)`."""


@dataclass(frozen=True, slots=True)
class Change:
    """A subject's new value. None removes it, or gives a setting back its default.

    subject                            value
    ("organisation",) ("programme",)   its dictionary; cannot be removed
    ("framework",)                     {"key", "version"}; cannot be removed
    ("language",)                      "en", "fr", …
    ("overlay",)                       the engagement's overlay
    ("anonymous",) ("matrix_complete",)  true or false
    ("scope", group)                   list of focal points in scope
    ("person", id) ("team", id) ("external", id) ("respondent", id)   its dictionary
    ("nomination", respondent, focal point)   list of this respondent's nominations for it
    ("answer", question, focal point or "", respondent or "")         its dictionary
    ("decision", focal point)          its dictionary, or a list of them, latest last
    ("group",)   the engagement that this one inherits from
    ("inherited", focal point or question, focal point or "")   what a group has settled for all
    ("action", key)                    what is reported of an action that went out
    ("round", id)                      when it was opened and closed, and what it asks
    ("invitation", respondent)         until when a personal link opens
    ("parked", id)                     what is talked about later
    ("timetable",)                     how long the room has, and since when it talks

    Dictionaries are those of the engagement document; what the subject says already may be left
    out. Dates are ISO text.
    """

    subject: Subject
    value: Json

    @property
    def speaker(self) -> str:
        """The respondent whose answer it is; blank where it is nobody's alone."""
        match self.subject:
            case ("nomination", respondent, _) | ("answer", _, _, respondent):
                return "" if respondent == SESSION else respondent
            case ("parked", _):
                return str((self.value or {}).get("respondent") or "")
        return ""


@dataclass(frozen=True, slots=True)
class Event:
    """One change as it was made.

    id          made by the client, so that writing it twice is the same as once
    seq         place in the engagement's history, from 1; 0 while it waits to be written
    time        when it was said (UTC), not when it was written
    step        shared by the events of one interaction; undo takes back a step
    supersedes  the events of the same subject that its writer had seen, the valid one first
    target      the event that an undo takes back or a redo makes again
    restores    the event whose value an undo or redo gives back; None where there was no value
    """

    id: str
    engagement: str
    actor: str
    kind: EventKind
    subject: Subject
    value: Json
    time: dt.datetime
    step: str
    supersedes: tuple[str, ...] = ()
    target: str | None = None
    restores: str | None = None
    seq: int = field(default=0, compare=False)

    @property
    def origin(self) -> str | None:
        """The event that first gave the value which this one carries."""
        return self.restores if self.kind in {EventKind.UNDO, EventKind.REDO} else self.id


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several people changed one subject without having seen each other's change.

    Nothing was overwritten: `events` holds every standing change, oldest first; the last one's
    value is shown until somebody resolves the conflict.
    """

    subject: Subject
    events: tuple[Event, ...]

    @property
    def values(self) -> tuple[tuple[str, Json], ...]:
        """(actor, value) of every standing change."""
        return tuple((event.actor, event.value) for event in self.events)
