"""The engagement: the work for one organisation, as one document or as the fold of its events."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from workbook.model.base import Key, Value
from workbook.model.framework import FocalPoint, Share, Weight, Weights
from workbook.model.inherited import Inherited
from workbook.model.workshop import Invitation, Parked, Round, Timetable

ENGAGEMENT_SCHEMA_VERSION = 2

NOBODY = "nobody"
VACANT = "vacant"
NONE = "none"
RESERVED = frozenset({NOBODY, VACANT, NONE})
"""Words that stand in the place of a party: nobody owns it, the post is vacant, no deputy."""

SESSION = "session"
"""The decider of what a team says together in a guided session."""


class State(StrEnum):
    """What is known of an answer; `missing` is what nobody has touched."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


Given = Literal[State.ANSWERED, State.UNKNOWN, State.NOT_APPLICABLE]
"""The states that can be decided; what nobody has decided is not there."""


class Role(StrEnum):
    """RACI: only `A` scores, the others give findings."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


class Confidence(StrEnum):
    """How sure a respondent is; it orders the agenda and never weighs."""

    GUESS = "guess"
    FAIRLY = "fairly"
    CERTAIN = "certain"


class FrameworkRef(Value):
    """Which framework an engagement was made for; the version is part of every result."""

    key: Key
    version: str


class Organisation(Value):
    """The client. `profile` and `business_models` are scope facts: compulsory and unscored."""

    name: Annotated[str, Field(min_length=1)]
    profile: Key
    business_models: tuple[Key, ...] = Field(min_length=1)
    sector: str | None = None
    country: str | None = None
    employees: Annotated[int, Field(ge=1)] | None = None


class Programme(Value):
    """Dates of the programme; go-live is compulsory (METHOD, traps)."""

    name: str | None = None
    start: dt.date | None = None
    go_live: dt.date


class AcceptedTitle(Value):
    """A title that does not fit an area, accepted all the same, with the reason."""

    area: Key
    reason: Annotated[str, Field(min_length=1)]


class Person(Value):
    """Someone who may own something.

    `title_key` overrules the recognised title; `inside` is None while not known; `seat` is a
    focal point of the seats group (C-suite) that the person holds.
    """

    id: Key
    name: Annotated[str, Field(min_length=1)]
    title: str | None = None
    title_key: Key | None = None
    accepted_titles: tuple[AcceptedTitle, ...] = ()
    inside: bool | None = True
    seat: Key | None = None
    unit: str | None = None
    email: str | None = None


class Team(Value):
    """A team; as an owner it counts as its named lead, without one as a group."""

    id: Key
    name: Annotated[str, Field(min_length=1)]
    lead: Key | None = None
    unit: str | None = None


class External(Value):
    """An outside organisation (agency, integrator): a single owner that is not inside."""

    id: Key
    name: Annotated[str, Field(min_length=1)]
    contact: str | None = None


class Respondent(Value):
    """Who answers. `areas` limits what is asked (all areas if empty).

    `language` is what letters and questionnaires are written in, by default the engagement's.
    """

    id: Key
    person: Key | None = None
    name: str | None = None
    unit: str | None = None
    language: Key | None = None
    areas: tuple[Key, ...] = ()
    withdrawn: bool = False


class Nomination(Value):
    """A respondent says, alone: this party has this RACI role for this focal point.

    `party` is a person, team or external, or `nobody` / `vacant`; `deputy` likewise, or `none`;
    None means blank. Only `answered` carries a party; `missing` says as much as no entry at all,
    and a loaded engagement has none such. `ask` is whom to ask instead. Of several days (`on`) on
    which the same respondent spoke of the same accountable, the latest counts.
    """

    respondent: Key
    focal_point: Key
    state: State = State.ANSWERED
    party: Key | None = None
    role: Role = Role.ACCOUNTABLE
    deputy: Key | None = None
    confidence: Confidence | None = None
    evidence: str | None = None
    note: str | None = None
    reason: str | None = None
    ask: Key | None = None
    discuss_later: bool = False
    on: dt.date | None = None


AnswerValue = str | tuple[dt.date, ...]


class Answer(Value):
    """A value for a question. No respondent: agreed by the team, and it supersedes the others.

    `subject` is the focal point of a question asked once per system or seat. `value` is an option's
    key, an ISO date, a list of ISO dates or a text, by the question's kind. `missing` says as much
    as no entry at all, and a loaded engagement has none such.
    """

    question: Key
    subject: Key | None = None
    respondent: Key | None = None
    state: State = State.ANSWERED
    value: AnswerValue | None = None
    reason: str | None = None
    note: str | None = None
    discuss_later: bool = False
    on: dt.date | None = None


class Acceptance(Value):
    """Whether the owner took the role on."""

    state: Literal["accepted", "declined", "pending"]
    on: dt.date | None = None


class Dissent(Value):
    """Who disagreed with a decision, and why."""

    party: Key
    note: str | None = None


RACI = (("R", "responsible"), ("C", "consulted"), ("I", "informed"))
"""Letters of a map and the fields that hold them, several parties each; A, the owner, is one."""


class Decision(Value):
    """The agreed owner and deputy of a focal point, or the ruling that it does not apply.

    `unknown` records that the team does not know. `title_reason` accepts a title that does not
    fit, for this decision. `due` is the day by which the owner is to take the role on. The latest
    decision that is not withdrawn counts.
    """

    focal_point: Key
    state: Given = State.ANSWERED
    owner: Key | None = None
    deputy: Key | None = None
    responsible: tuple[Key, ...] = ()
    consulted: tuple[Key, ...] = ()
    informed: tuple[Key, ...] = ()
    decided_by: str = SESSION
    decided_on: dt.date | None = None
    dissent: tuple[Dissent, ...] = ()
    acceptance: Acceptance | None = None
    confirmed_on: dt.date | None = None
    due: dt.date | None = None
    title_reason: str | None = None
    confidence: Confidence | None = None
    evidence: str | None = None
    note: str | None = None
    reason: str | None = None
    discuss_later: bool = False
    withdrawn: bool = False


class ActionStatus(StrEnum):
    """How far an action is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class Undertaking(Value):
    """An action that went out to the people who do it, as they report on it.

    `action` is the key of the evaluation's action. `due` is what they were told, `on` the day from
    which the status holds, and `gain` the points that the action was to bring when it went out.
    """

    action: Annotated[str, Field(min_length=1)]
    status: ActionStatus = ActionStatus.OPEN
    owner: Key | None = None
    due: dt.date | None = None
    on: dt.date | None = None
    gain: Annotated[float, Field(allow_inf_nan=False)] | None = None


class ExtraFocalPoint(FocalPoint):
    """A focal point that only this engagement has."""

    area: Key
    source: str = "engagement"


class AreaOverlay(Value):
    """What an engagement changes in an area."""

    off: bool = False
    weight: Weight | None = None
    weights: Weights | None = None


class ThresholdChanges(Value):
    """The thresholds that an engagement changes; None keeps the framework's.

    Each is blank by default, rather than the field's usual value: what is written without its
    defaults still says that a threshold was named.
    """

    title_match: Share | None = None
    overloaded_focal_points: int | None = None
    roles_per_row: int | None = None
    stale_days: int | None = None
    low_confidence_share: Share | None = None
    unknown_share: Share | None = None
    agreed_share: Share | None = None
    small_group: int | None = None


class Overlay(Value):
    """What an engagement changes in its framework, without copying it."""

    weights: Weights | None = None
    thresholds: ThresholdChanges | None = None
    areas: dict[Key, AreaOverlay] = Field(default_factory=dict)
    focal_points: tuple[ExtraFocalPoint, ...] = ()
    off: tuple[Key, ...] = ()


class Engagement(Value):
    """Everything known about one organisation's ownership. Pure data; no rule stands here.

    `scope` lists, per scope group of the framework, the focal points that are in scope.
    `matrix_complete`: nominations were imported from a matrix that is meant to be complete, so a
    row without an A says "nobody". `group` is the engagement that it inherits from.
    """

    schema_version: Literal[2] = 2
    key: Key
    language: str = "en"
    framework: FrameworkRef
    overlay: Overlay = Overlay()
    organisation: Organisation
    programme: Programme
    scope: dict[Key, tuple[Key, ...]] = Field(default_factory=dict)
    people: tuple[Person, ...] = ()
    teams: tuple[Team, ...] = ()
    externals: tuple[External, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    group: Key | None = None
    inherited: tuple[Inherited, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    rounds: tuple[Round, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    parked: tuple[Parked, ...] = ()
    timetable: Timetable | None = None
    anonymous: bool = False
    matrix_complete: bool = False

    def spoken(self) -> Engagement:
        """Without the entries that say that nobody has spoken yet."""
        nominations = tuple(n for n in self.nominations if n.state is not State.MISSING)
        answers = tuple(a for a in self.answers if a.state is not State.MISSING)
        return self.model_copy(update={"nominations": nominations, "answers": answers})

    def parties(self) -> dict[str, Person | Team | External]:
        """Everybody who may own something, by id."""
        everybody: tuple[Person | Team | External, ...] = (
            *self.people,
            *self.teams,
            *self.externals,
        )
        return {party.id: party for party in everybody}

    def party_name(self, party: str) -> str:
        """The name of a party, or the id itself if it is nobody's."""
        holder = self.parties().get(party)
        return holder.name if holder else party

    def respondent_name(self, respondent: Respondent) -> str:
        """What a respondent is called: as the person, else by a name of their own."""
        person = self.parties().get(respondent.person or "")
        return (person.name if person else respondent.name) or respondent.id

    def withdrawn(self) -> frozenset[str]:
        """The respondents who withdrew: they speak nowhere.

        Without names nobody is: a result before and after would tell what the one had said.
        """
        if self.anonymous:
            return frozenset()
        return frozenset(r.id for r in self.respondents if r.withdrawn)

    def standing_nominations(self) -> tuple[Nomination, ...]:
        """Nominations without what the same respondent said of who is accountable before.

        One without a date counts as earlier; those of one day stand together. Whoever withdrew is
        left out.
        """
        withdrawn = self.withdrawn()
        spoken = [n for n in self.nominations if n.respondent not in withdrawn]
        latest: dict[tuple[str, str], dt.date] = {}
        for n in spoken:
            if n.role is Role.ACCOUNTABLE and n.on:
                key = (n.respondent, n.focal_point)
                latest[key] = max(n.on, latest.get(key, n.on))
        return tuple(
            n
            for n in spoken
            if n.role is not Role.ACCOUNTABLE
            or n.on == latest.get((n.respondent, n.focal_point), n.on)
        )

    def standing_decisions(self) -> dict[str, Decision]:
        """The latest decision of each focal point that is not withdrawn.

        Latest by date, then by position; a decision without a date counts as earlier.
        """
        dated = enumerate(d for d in self.decisions if not d.withdrawn)
        ordered = sorted(dated, key=lambda pair: (pair[1].decided_on or dt.date.min, pair[0]))
        return {decision.focal_point: decision for _, decision in ordered}
