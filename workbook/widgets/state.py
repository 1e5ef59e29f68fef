"""The state of one screen, what a command sees, and what comes of it. Frozen values only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from workbook.i18n import Voice
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation
from workbook.model.rules import Rules
from workbook.store import Change, Conflict
from workbook.widgets.trial import Trial
from workbook.widgets.views.scene import Json, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.store import Subject
    from workbook.widgets.incoming import Incoming
    from workbook.widgets.planner import Aim

FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Before:
    """What the last change was made on."""

    engagement: Engagement
    evaluation: Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenState:
    """Where a person is and what stands on the screen beside the engagement itself.

    `refused` counts what could not be done: fields then show the recorded value again. `nameless`:
    people go by their titles. `begun` is what the open engagement was begun with, and `done` the
    last commands that must not be repeated.
    """

    step: str
    tab: str
    language: str
    actor: str = FACILITATOR
    nameless: bool = False
    why: str | None = None
    leaver: str | None = None
    aim: Aim | None = None
    trial: Trial | None = None
    incoming: Incoming | None = None
    before: Before | None = None
    notice: View | None = None
    refused: int = 0
    begun: Begin | None = None
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a command may look at. `engagement` is the open one with what is tried.

    `edit` is the visit to a field, from focus to blur, that the command is a part of. `merges` are
    the conflicts whose sides do not contradict each other, with what both say together.
    """

    as_of: dt.date
    now: dt.datetime
    voice: Voice
    key: str | None = None
    engagement: Engagement
    evaluate: Callable[[], Evaluation]
    closing: Callable[[], Mapping[str, Json]] = dict
    rules: Rules
    conflicts: tuple[Conflict, ...] = ()
    merges: Mapping[Subject, Json] = field(default_factory=dict)
    edit: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Open an engagement; with `speak` in its own language."""

    name: str
    speak: bool = False


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin an engagement with its compulsory facts."""

    name: str
    profile: str
    business_models: tuple[str, ...]
    go_live: str
    systems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """Go back to the choice of engagements."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back this person's last step."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Make the last step that was undone again."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Name this moment."""

    name: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Let one value of a conflict stand."""

    subject: tuple[str, ...]
    value: Json


@dataclass(frozen=True, slots=True)
class Look:
    """Take in what others recorded since."""


ParcelKind = Literal[
    "report",
    "pdf",
    "docx",
    "pptx",
    "xlsx",
    "csv",
    "ics",
    "sponsor",
    "owner",
    "handover",
    "poster",
    "map",
    "minutes",
    "minutes_pdf",
    "minutes_docx",
    "minutes_text",
    "document",
]
"""Files that people take along."""


@dataclass(frozen=True, slots=True)
class Take:
    """Hand over a file of what is recorded; `person`: the sheet of one owner alone."""

    kind: ParcelKind
    language: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Record what a list that came in would change."""


Effect = Take | TakeIn | Look | Open | Begin | Close | Undo | Redo | SignOff | Settle


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command comes to: the state after it, changes to record, and what else must happen.

    With `compare` the screen tells what changed since this moment.
    """

    state: ScreenState
    changes: tuple[Change, ...] = ()
    effect: Effect | None = None
    compare: bool = False
