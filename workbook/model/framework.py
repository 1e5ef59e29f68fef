"""The framework: versioned content that says what must be owned, what is asked and how it counts.

Everything that a screen or a report says about a subject stands here, in every language; nothing
in the code knows any particular framework.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import Field

from workbook.model.base import Key, Text, Value

FRAMEWORK_SCHEMA_VERSION = 1

Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Bounds = Annotated[tuple[Weight, ...], Field(json_schema_extra={"minItems": 2, "maxItems": 2})]
"""The least and the greatest weight that is admissible; by default half and 1½ times it."""


class Criterion(StrEnum):
    """The five criteria of METHOD, in the order in which they are shown."""

    NAMED = "named"
    CLEAR = "clear"
    FITTING = "fitting"
    BACKED_UP = "backed_up"
    COMMITTED = "committed"


class Severity(StrEnum):
    """How much a finding weighs, after the source's own words (imperative, crucial, …)."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(Value):
    """A section of the source that an item points to (pointed at, never quoted)."""

    title: Text
    url: str | None = None


class Weights(Value):
    """Weights of the five criteria; only their proportions matter."""

    named: Weight
    clear: Weight
    fitting: Weight
    backed_up: Weight
    committed: Weight


class Condition(Value):
    """When an item applies. Every list given must match a scope fact; no list, always.

    `systems`-like groups need no condition: a focal point with `scope` applies when it is in scope.
    """

    profiles: tuple[Key, ...] = ()
    business_models: tuple[Key, ...] = ()


class FocalPoint(Value):
    """One thing that must have an owner.

    `scope` names the scope group that switches it on per engagement (`systems`, `seats`);
    `default` says whether a new engagement starts with it in scope. `sponsor` marks the focal point
    whose owner is the executive sponsor of the programme. `spoken` is the title as it stands in a
    sentence, with its article: "the ERP", "l’ERP" (else sentences put the title between quotes).
    """

    key: Key
    kind: Literal["topic", "system", "integration", "seat", "decision"] = "topic"
    title: Text
    spoken: Text | None = None
    help: Text | None = None
    scope: Key | None = None
    default: bool = True
    sponsor: bool = False
    applies: Condition = Condition()
    source: str


class Option(Value):
    """One option of a choice. `value` is its credit from 0 to 1."""

    key: Key
    title: Text
    value: Share


class Parent(Value):
    """A child question is open only while its parent's answer is one of `options`."""

    question: Key
    options: tuple[Key, ...] = Field(min_length=1)


class Question(Value):
    """An area's question that is not about a person.

    kind      answer                     outcomes (values in brackets)
    choice    an option's key            the option's key (its value)
    date      an ISO date                on_time (1), late (0); compared with go-live
    dates     a list of ISO dates        covered (1), gap (½), stops (0): checkpoints until go-live
    text      free text                  never scored

    `per` names a scope group: the question is asked once for each focal point of it in scope.
    A date is on time `margin_days` before go-live; `calendar` says what dates are: "checkpoints".
    `findings` maps an outcome, or `missing` / `unknown`, to the finding kind that it gives.
    """

    key: Key
    title: Text
    help: Text | None = None
    kind: Literal["choice", "date", "dates", "text"] = "choice"
    options: tuple[Option, ...] = ()
    margin_days: Annotated[int, Field(ge=0)] = 0
    max_gap_days: Annotated[int, Field(ge=1)] = 42
    calendar: Text | None = None
    per: Key | None = None
    parent: Parent | None = None
    applies: Condition = Condition()
    findings: dict[str, Key] = Field(default_factory=dict)
    source: str


class Area(Value):
    """A domain of ownership with its focal points and questions.

    `senior_from`: a recognised title of this seniority or above fits the area's owners even when it
    is not typical. `weights`, if given, replace the framework's, with `bounds` of their own.
    """

    key: Key
    title: Text
    heading: Text
    why: Text
    weight: Weight = 1
    weight_bounds: Bounds | None = None
    weights: Weights | None = None
    bounds: dict[Criterion, Bounds] = Field(default_factory=dict)
    senior_from: int
    focal_points: tuple[FocalPoint, ...]
    questions: tuple[Question, ...] = ()
    source: str


class Title(Value):
    """A job title that the recogniser knows.

    `aliases`: other ways of writing it, per language. `fits`: areas whose owners typically hold it
    (examples, so a title that does not fit is a warning). `fits_when` restricts `fits` (B2B).
    `seniority`: 1 individual contributor, 2 lead, 3 manager, 4 director or VP, 5 C-suite.
    """

    key: Key
    title: Text
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    fits: tuple[Key, ...] = ()
    fits_when: Condition = Condition()
    seniority: Annotated[int, Field(ge=1, le=5)]
    seat: Key | None = None
    source: str | None = None


class Profile(Value):
    """Size of the organisation. `r_min`: voices needed to speak of agreement (METHOD §1).

    `one_team`: one person or team may own everything, so findings about concentration do not apply.
    """

    key: Key
    title: Text
    help: Text
    r_min: Annotated[int, Field(ge=1)]
    without: tuple[Criterion, ...] = ()
    one_team: bool = False


class Choice(Value):
    """A value of a scope fact, such as a business model."""

    key: Key
    title: Text


class ScopeGroup(Value):
    """A group of focal points that an engagement switches on one by one (systems, seats)."""

    key: Key
    title: Text
    help: Text


class Level(Value):
    """A band of the score from `start` (included) up to the next level's start."""

    key: Key
    title: Text
    help: Text
    start: Annotated[float, Field(ge=0, le=100)]
    sign: str
    tone: Literal["not", "risk", "nearly", "ready"]


class Gate(Value):
    """A critical condition that caps the level, never the score (METHOD §3).

    It tests one item: the *named* item of `focal_point`, or `question` (all its instances).
    Tripped if high < threshold, passed if low ≥ threshold, else undetermined.

    `title` is the condition, and says what holds where it is met. `not_met` and `not_known` say
    what holds in the other states; without them the title is quoted as a condition.
    """

    key: Key
    title: Text
    not_met: Text | None = None
    not_known: Text | None = None
    focal_point: Key | None = None
    question: Key | None = None
    threshold: Annotated[float, Field(gt=0, le=1)]
    cap: Key
    source: str


class FindingText(Value):
    """How a kind of finding is told, how severe it is and which action answers it.

    `title` and `explanation` may use the placeholders {focal_point}, {area}, {parties}, {count},
    {total}, {question}, {date}, {days} (with the word: "18 days"), {title}.

    `headline` and `headline_many` tell one or {count} of the kind as the clause of a sentence, for
    a report's headline; without them the rules' own wording serves, else the title.
    """

    title: Text
    explanation: Text
    headline: Text | None = None
    headline_many: Text | None = None
    severity: Severity
    action: Key | None = None
    source: str


class Assumption(Value):
    """What an action assumes to be answered once it is done (METHOD §5).

    owner     decide a single owner: `favourite` (most votes; a new fitting person if nobody has
              any) or `new` (a new fitting person from inside)
    deputy    name a valid deputy from inside
    inside    give an outside owner an inside counterpart as deputy
    title     accept the owner's title with a reason
    answer    answer the finding's question with its best value
    """

    owner: Literal["favourite", "new"] | None = None
    deputy: bool = False
    inside: bool = False
    title: bool = False
    answer: bool = False


class ActionText(Value):
    """What to do about a finding. `effort_minutes`: working time of everybody involved.

    `title_many` says it of {count} subjects at once; without it, `title` says it of the first.

    `who`: who is asked to do it: the focal point's owner, the sponsor, or the facilitator.
    `due_days`: days after the evaluation's date by which it should be done.
    """

    title: Text
    title_many: Text | None = None
    effort_minutes: Annotated[int, Field(gt=0)]
    who: Literal["owner", "sponsor", "facilitator", "area_lead"]
    due_days: Annotated[int, Field(ge=0)]
    assumes: Assumption = Assumption()
    source: str

    @property
    def effort_hours(self) -> float:
        """The same effort in hours, as results give it."""
        return self.effort_minutes / 60


class Thresholds(Value):
    """Every limit that decides about a finding; percentages as shares from 0 to 1."""

    title_match: Share = 0.8
    overloaded_focal_points: int = 6
    roles_per_row: int = 2
    stale_days: int = 180
    low_confidence_share: Share = 0.5
    unknown_share: Share = 0.3
    agreed_share: Share = 0.75
    small_group: int = 5


class FrameworkContent(Value):
    """What a framework holds, whether as it is written or as it is in force.

    `languages` lists the languages that every text is given in; `bounds` those of the weights.
    """

    key: Key
    version: str
    title: Text
    summary: Text
    why_now: Text
    languages: tuple[str, ...]
    sources: dict[str, Source]
    weights: Weights
    bounds: dict[Criterion, Bounds] = Field(default_factory=dict)
    profiles: tuple[Profile, ...]
    business_models: tuple[Choice, ...]
    scopes: tuple[ScopeGroup, ...] = ()
    levels: tuple[Level, ...]
    areas: tuple[Area, ...]
    titles: tuple[Title, ...]
    gates: tuple[Gate, ...] = ()
    findings: dict[Key, FindingText] = Field(default_factory=dict)
    actions: dict[Key, ActionText]
    thresholds: Thresholds = Thresholds()

    def area(self, key: str) -> Area:
        """The area with this key; KeyError if there is none."""
        return self._areas[key]

    def weights_of(self, area: Area) -> dict[Criterion, float]:
        """The criterion weights in force for an area."""
        weights = area.weights or self.weights
        return {criterion: getattr(weights, criterion.value) for criterion in Criterion}

    def places(self) -> Mapping[str, tuple[Area, FocalPoint]]:
        """Every focal point by key, with its area."""
        return self._places

    def questions(self) -> Mapping[str, tuple[Area, Question]]:
        """Every question by key, with its area."""
        return self._questions

    def title_text(self, key: str | None, language: str) -> str:
        """The text of the title with this key, blank without one."""
        title = self._titles.get(key or "")
        return title.title[language] if title else ""

    def level(self, key: str) -> Level:
        """The level with this key; KeyError if there is none."""
        return self._levels[key]

    # The indexes are built once. A copy with other content must not take them over.

    def __copy__(self) -> Self:
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @cached_property
    def _areas(self) -> Mapping[str, Area]:
        return {area.key: area for area in self.areas}

    @cached_property
    def _places(self) -> Mapping[str, tuple[Area, FocalPoint]]:
        return {f.key: (area, f) for area in self.areas for f in area.focal_points}

    @cached_property
    def _questions(self) -> Mapping[str, tuple[Area, Question]]:
        return {q.key: (area, q) for area in self.areas for q in area.questions}

    @cached_property
    def _titles(self) -> Mapping[str, Title]:
        return {title.key: title for title in self.titles}

    @cached_property
    def _levels(self) -> Mapping[str, Level]:
        return {level.key: level for level in self.levels}


class Framework(FrameworkContent):
    """A whole framework, as it is written. `languages`: those that every text is given in."""

    schema_version: Literal[1] = 1

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content."""
        return sha256(self.model_dump_json().encode()).hexdigest()
