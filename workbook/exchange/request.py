"""What an import is asked to do, and the engagement that it goes into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from workbook.exchange.kinds import TableKind
from workbook.exchange.tasks.task import TaskEntry
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.store import Json, Subject


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """How a file is to be read, `today`. `chosen` maps headings to fields, rows to focal points.

    `usual` is what was chosen for earlier files: it counts for texts that this one has, too.
    `complete`: a list of people names everybody, so that whoever is not in it has left.
    """

    kind: TableKind | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    overwrite: bool = False
    decided: bool = False
    complete: bool = False
    today: dt.date = dt.date.max
    usual: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipient:
    """The engagement that a file goes into, what it holds of a subject today, and its tasks."""

    engagement: Engagement
    rules: Rules
    value: Callable[[Subject], Json]
    tasks: Callable[[], Sequence[TaskEntry]] = tuple
