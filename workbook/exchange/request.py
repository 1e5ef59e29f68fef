"""What an import is asked to do, and the engagement that it goes into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook.exchange.kinds import TableKind
from workbook.exchange.tasks.task import TaskEntry, tasks_of
from workbook.i18n import voice
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.store import Json, Subject
from workbook.wording.phrases import Phrases

if TYPE_CHECKING:
    from workbook.store import Voices
    from workbook.workshop import Passes
    from workbook.workspace import Session


def _no_voices(_: str) -> Mapping[str, Voices]:
    return {}


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """How a file is to be read, `today`. `chosen` maps headings to fields, rows to focal points.

    `usual` is what was chosen for earlier files: it counts for texts that this one has, too.
    `complete`: a list of people names everybody, so that whoever is not in it has left. `same`
    answers by line whether somebody is the person of that name or address. `otherwise` is the kind
    of a table that looks like none. `late` takes a questionnaire whose day or round is over into
    the round that is open.
    """

    kind: TableKind | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    overwrite: bool = False
    decided: bool = False
    complete: bool = False
    today: dt.date = dt.date.max
    usual: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[int, bool] = field(default_factory=dict)
    otherwise: TableKind | None = None
    late: bool = False


@dataclass(frozen=True)
class Recipient:
    """The engagement that a file goes into, what it holds of a subject today, and its tasks.

    `passes` tell a questionnaire of ours from one that somebody else made, `voices` what was said
    in a round.
    """

    engagement: Engagement
    rules: Rules
    value: Callable[[Subject], Json]
    passes: Callable[[], Passes]
    tasks: Callable[[], Sequence[TaskEntry]] = tuple
    voices: Callable[[str], Mapping[str, Voices]] = _no_voices


def recipient_of(session: Session, today: dt.date, passes: Callable[[], Passes]) -> Recipient:
    """A session's engagement as it stands."""

    def tasks() -> list[TaskEntry]:
        evaluation, speaker = session.evaluate(today), voice(session.engagement.language)
        return tasks_of(Phrases(session.rules, speaker, session.engagement, evaluation))

    return Recipient(
        session.engagement,
        session.rules,
        session.value,
        passes,
        tasks=tasks,
        voices=lambda asked: session.round_log(asked).voices,
    )
