"""The evaluation: codes and numbers, never sentences. Texts are chosen where they are shown.

All scores run from 0 to 100 and are not rounded; item values run from 0 to 1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from workbook.model.framework import Criterion, Severity
from workbook.model.ownership import FocalAgreement, Ownership


class Status(StrEnum):
    """How far a score may be read (METHOD §2)."""

    SCORED = "scored"
    INDICATIVE = "indicative"
    NOT_SCORED = "not_scored"
    NOT_APPLICABLE = "not_applicable"


class ItemKind(StrEnum):
    """What an item measures; the first five belong to a focal point."""

    NAMED = "named"
    CLEAR = "clear"
    FITTING = "fitting"
    DEPUTY = "deputy"
    INSIDE = "inside"
    QUESTION = "question"


class GateState(StrEnum):
    """Tripped (actif), passed (levé) or undetermined (indéterminé)."""

    TRIPPED = "tripped"
    PASSED = "passed"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its bounds. `point` is None without any answer, all three where none applies."""

    low: float | None
    point: float | None
    high: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class LevelSpan:
    """Where the level lies. Keys of the framework's levels.

    `confirmed`: low and high agree. Otherwise `level` is provisional, and None without a point.
    """

    low: str
    high: str
    level: str | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item and what it adds: the "why" of a score.

    `subject` is the focal point, or the question; `instance` the focal point of a question that is
    asked per system or seat. `share` is Ω (share of the overall score over applicable items),
    `weight` is ω (share over the items that have a point; None without a point). `low`, `point`,
    `high` are the item's values, 0 to 1. `contribution` and `loss` are points of the overall score:
    100·ω·point and 100·ω·(1−point); `area_contribution` and `area_loss` the same in the area's
    score. Contributions sum to the point. `answered` and `free` are n and m of METHOD §1.
    """

    area: str
    criterion: Criterion
    kind: ItemKind
    subject: str
    instance: str | None
    share: float
    weight: float | None
    low: float
    point: float | None
    high: float
    contribution: float
    loss: float
    area_contribution: float
    area_loss: float
    answered: int
    free: int


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion of one area; `weight` is its normalised share of the area (Ω level)."""

    criterion: Criterion
    weight: float
    score: Score


@dataclass(frozen=True, slots=True)
class AreaScore:
    """One area: its score, level and criteria. `share` is its normalised share of the whole."""

    area: str
    share: float
    score: Score
    level: LevelSpan | None
    criteria: tuple[CriterionScore, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """A gate's state with the values of the item that it tests (0 to 1)."""

    gate: str
    area: str
    state: GateState
    low: float
    point: float | None
    high: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a finding rests on.

    `kind` is "nomination", "decision", "answer", "person", "scope" or "count". The other fields are
    ids and raw values of the engagement, None where they do not apply.
    """

    kind: str
    respondent: str | None = None
    party: str | None = None
    focal_point: str | None = None
    question: str | None = None
    value: str | float | None = None
    on: dt.date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A conclusion tied to its evidence. `kind` is a key of the framework's findings.

    `parties` are ids; `count` of `total` and `days` fill the text's placeholders where they apply.
    `title` is the owner's title as written, `title_key` the framework's title that overrules it.
    `cells`: how many voices it is derived from; None if it rests on decisions and facts alone.
    """

    kind: str
    severity: Severity
    area: str | None
    focal_point: str | None = None
    question: str | None = None
    parties: tuple[str, ...] = ()
    count: int | None = None
    total: int | None = None
    days: int | None = None
    date: dt.date | None = None
    title: str | None = None
    title_key: str | None = None
    evidence: tuple[Evidence, ...] = ()
    cells: int | None = None

    @property
    def key(self) -> str:
        """Names the finding within one evaluation, stably between evaluations."""
        parts = (self.kind, self.area, self.focal_point, self.question, *self.parties)
        return "/".join(part or "-" for part in parts)


@dataclass(frozen=True, slots=True)
class Assumed:
    """One answer that an action takes for granted; "+new" is a new, fitting person from inside."""

    focal_point: str | None = None
    owner: str | None = None
    deputy: str | None = None
    question: str | None = None
    value: str | tuple[dt.date, ...] | None = None


class Asked(StrEnum):
    """Who is asked to act (METHOD §5)."""

    PERSON = "person"
    TO_BE_NAMED = "to_be_named"
    FACILITATOR = "facilitator"
    C_SUITE = "c_suite"


class Urgency(IntEnum):
    """Why an action stands where it does in a list that is read from the top (METHOD §5)."""

    GATE_TRIPPED = 0
    GATE_UNDETERMINED = 1
    DATE_AT_RISK = 2
    GAIN = 3


@dataclass(frozen=True, slots=True)
class Action:
    """What to do, for whom, and what it gains exactly (METHOD §5).

    Gains are differences of the overall score, evaluate(after) − evaluate(before);
    `gain_point` is None when there is no point before or after. `findings` are Finding keys.
    `who` acts where a person is `asked`; `named_by` names somebody who is still to be named, the
    facilitator if None. `C_SUITE`: the facilitator puts it to the C-suite. `first_held`: of an
    action about somebody, the first thing they hold; it tells theirs from the others' and names
    nobody, since keys go into the log.
    """

    kind: str
    area: str | None
    focal_point: str | None
    question: str | None
    findings: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    who: str | None
    due: dt.date
    effort_hours: float
    gain_low: float
    gain_point: float | None
    asked: Asked = Asked.FACILITATOR
    named_by: str | None = None
    urgency: Urgency = Urgency.GAIN
    first_held: str | None = None

    @property
    def key(self) -> str:
        """Names the action within one evaluation."""
        parts = (self.kind, self.area, self.focal_point, self.question)
        held = (self.first_held,) if self.first_held else ()
        return "/".join(part or "-" for part in (*parts, *held))


@dataclass(frozen=True, slots=True)
class JointAction:
    """Actions of one kind on several subjects, done together (METHOD §5); often just one.

    Gains are what the actions bring together, not the sum of what each brings alone. `of_sponsor`:
    the sponsor, or the C-suite without one, decides.
    """

    kind: str
    question: str | None
    actions: tuple[Action, ...]
    gain_low: float
    gain_point: float | None
    urgency: Urgency
    of_sponsor: bool

    @property
    def due(self) -> dt.date:
        """When the last of them is due."""
        return max(action.due for action in self.actions)

    @property
    def effort_hours(self) -> float:
        """The working time of everybody involved, in all of them."""
        return sum(action.effort_hours for action in self.actions)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the overall score and level stand once the first steps are done, all together."""

    score: Score
    level: LevelSpan | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What to expect on a checkpoint's day or at go-live (source: `scoring.forecast`).

    `lower`: nothing more is done than what is recorded. `upper`: all `actions` that are due by then
    are done on time. `ready`: the systems whose recorded ready date has come by then, by key.
    """

    on: dt.date
    go_live: bool
    lower: Outlook
    upper: Outlook
    actions: int
    ready: tuple[str, ...]


FIRST_STEPS = 5
"""A list of what to do first is no longer than this (METHOD §5)."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha (nominal). `value` None: undefined, `reason` says why.

    `reason`: "ok", "no_unit", "unanimous", "withheld" (anonymous mode), "few_raters" or
    "few_units" (a value without a verdict).
    """

    value: float | None
    units: int
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of an engagement: per focal point, per area, overall."""

    focal_points: tuple[FocalAgreement, ...]
    areas: tuple[tuple[str, Alpha], ...]
    overall: Alpha


@dataclass(frozen=True, slots=True)
class Progress:
    """How much was really answered in one area, of what applies; `not_applicable` by ruling."""

    area: str
    answered: int
    unknown: int
    missing: int
    not_applicable: int
    discuss_later: int

    @property
    def total(self) -> int:
        """Everything that applies."""
        return self.answered + self.unknown + self.missing


class Advice(NamedTuple):
    """What to make of the numbers of an evaluation: conclusions, and what to do about them."""

    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    steps: tuple[JointAction, ...] = ()
    outlook: Outlook | None = None
    forecast: tuple[Forecast, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole result for one engagement as of one day. Pure function of its inputs.

    `steps`: the actions that may be shown, of one kind together and at most one per subject, in the
    order of METHOD §5. `outlook`: what the first of them lead to; None where there is none.
    `forecast`: what to expect on the days to come, up to go-live.
    """

    engagement: str
    framework: str
    framework_version: str
    as_of: dt.date
    score: Score
    level: LevelSpan | None
    areas: tuple[AreaScore, ...]
    items: tuple[Item, ...]
    gates: tuple[GateResult, ...]
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    agreement: Agreement
    progress: tuple[Progress, ...]
    ownership: tuple[Ownership, ...] = ()
    steps: tuple[JointAction, ...] = ()
    outlook: Outlook | None = None
    forecast: tuple[Forecast, ...] = ()

    @property
    def advice(self) -> Advice:
        """Findings, actions, where the first steps lead, and what to expect by when."""
        return Advice(
            findings=self.findings,
            actions=self.actions,
            steps=self.steps,
            outlook=self.outlook,
            forecast=self.forecast,
        )

    @property
    def first_steps(self) -> tuple[JointAction, ...]:
        """What to do first."""
        return self.steps[:FIRST_STEPS]

    @property
    def asked_of_sponsor(self) -> tuple[JointAction, ...]:
        """What the sponsor decides, or the C-suite without one."""
        return tuple(step for step in self.steps if step.of_sponsor)

    def owned(self, focal_point: str) -> Ownership:
        """How a focal point is owned; KeyError if it is not in scope."""
        return next(entry for entry in self.ownership if entry.focal_point == focal_point)
