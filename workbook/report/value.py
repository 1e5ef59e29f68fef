"""The report as one frozen value: a cover and sections, each a heading over a few kinds of blocks.

Every text is already chosen by language and every rule already applied. A renderer only has to know
how each kind of block looks; the blocks of charts and tables are the values of `fragments`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from workbook.fragments.actions import ActionLine
from workbook.fragments.agreement import VoteGroup
from workbook.fragments.brand import Brand, said
from workbook.fragments.charts import Bars, LineChart
from workbook.fragments.findings import FindingCard, GateLine
from workbook.fragments.heat import HeatMap
from workbook.fragments.ownership import MapTable
from workbook.fragments.page import AreaLine, KeyFigure
from workbook.fragments.statements import StatementList
from workbook.fragments.timeline import Timeline
from workbook.fragments.why import WhyGroup
from workbook.model.evaluation import LevelSpan, Score
from workbook.model.rules import Rules

TEAM, SPONSOR, POSTER = "team", "sponsor", "poster"
"""Readers of a report: the team reads all of it, the sponsor two pages, a wall the map."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; `quiet` is small print below what it explains."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the section's own."""

    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with what they stand for, under a title."""

    title: str
    terms: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A whole day of the calendar; `key` is the same in every calendar of the engagement."""

    key: str
    day: dt.date
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A plain table of texts. The first cell names its row; `widths` are shares of the page (%).

    `seen`: whether the caption is visible; not so below a heading that says the same. `dates`: what
    of it belongs in a calendar.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    seen: bool = True
    dates: tuple[CalendarEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers that are read at a glance."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class GateList:
    """The critical conditions with their states."""

    gates: tuple[GateLine, ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """What to do, first things first."""

    caption: str
    lines: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Conclusions with what they rest on, the gravest first."""

    cards: tuple[FindingCard, ...]


@dataclass(frozen=True, slots=True)
class Votes:
    """What respondents say of each focal point."""

    caption: str
    groups: tuple[VoteGroup, ...]


@dataclass(frozen=True, slots=True)
class Contributions:
    """The contributions that add up to the score, as a picture and as a table."""

    picture: str
    caption: str
    groups: tuple[WhyGroup, ...]


Block = (
    Prose | Heading | Terms | TextTable | Figures | GateList | Actions | Findings | Votes
    | Contributions | StatementList | MapTable | HeatMap | Timeline | Bars | LineChart
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under one heading. `key` names it in parameters and addresses."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the organisation stands: the score with its bounds, the level, and why it is held.

    `firmness` tells how the level fares under other weights; empty where that is not asked for.
    """

    score: Score
    level: LevelSpan | None
    level_text: str
    explanation: str
    firmness: str


Cell = str | float | dt.date | None
"""A value of a table; blank where there is none, or none may be shown."""
ColumnKind = Literal["key", "text", "score", "share", "number", "count", "date"]


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of values: its key in data files, its head for readers.

    `kind`: "key" is for machines alone; "score" runs from 0 to 100, "share" from 0 to 1.
    `choices` are what a reader may put there; `editable`: another value of this kind.
    """

    key: str
    head: str
    kind: ColumnKind = "text"
    choices: tuple[str, ...] = ()
    editable: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of values. `key` names it in data files, `title` heads it for readers."""

    key: str
    title: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reader is told, in reading order.

    `key` is the engagement's, `as_of` the day of its evaluation. `rules` are there for the scale of
    levels (names, signs, tones), with its overlay applied. `running` heads every printed page, left
    and right. `language_note` says which language its texts are in, where that is not `lang`.
    `tables` draws up its tables of values, which few formats need. `reader` is who it is for.
    `provenance` says what it was made from, `changed` when that last changed, where it is known.
    """

    key: str
    as_of: dt.date
    lang: str
    rules: Rules
    title: str
    whose: str
    when: str
    headline: str
    summary: str
    verdict: Verdict
    areas: tuple[AreaLine, ...]
    sections: tuple[Section, ...]
    versions: str
    origin: str
    language_note: str = ""
    running: tuple[str, str] = ("", "")
    tables: Callable[[], tuple[DataTable, ...]] = field(default=tuple, repr=False, compare=False)
    reader: str = TEAM
    brand: Brand | None = None
    provenance: str = ""
    changed: dt.datetime | None = None

    def in_brand(self, brand: Brand) -> Report:
        """The report in the look of a house; the team's with the sections that it wants."""
        order = [key for key in brand.sections if any(s.key == key for s in self.sections)]
        own = bool(brand.sections) and self.reader == TEAM
        sections = tuple(map(self.section, order)) if own else self.sections
        running = (said(brand.head, self.lang) or self.running[0], self.running[1])
        return replace(self, brand=brand, sections=sections, running=running)

    def section(self, key: str) -> Section:
        """The section with this key; KeyError if it was left out."""
        return {section.key: section for section in self.sections}[key]
