"""What people do on the screen, as changes to record. Pure: an engagement and fields go in.

`fields` holds those that changed; None takes a field back. What one press does is one tuple of
changes, so that undo is one step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.content import framework_keys, load_framework
from workbook.errors import BadInput, Problem
from workbook.model.engagement import (
    RACI,
    Decision,
    Engagement,
    External,
    Person,
    State,
    Team,
)
from workbook.store import Change
from workbook.widgets.dates import plausible
from workbook.widgets.registry import BadMessage, Payload
from workbook.widgets.views.questions import planned
from workbook.workspace import free_key, new_id, start

if TYPE_CHECKING:
    from pydantic import BaseModel

    from workbook.i18n import Voice
    from workbook.store import Json
    from workbook.widgets.state import Begin

Fields = dict[str, Any]


@dataclass(frozen=True)
class NewParty(Payload):
    """A person, a team or an outside organisation that is made on the spot."""

    name: str
    kind: str = "person"
    title: str | None = None
    inside: bool = True
    lead: str | None = None


KINDS = ("person", "team", "external")
_OWNER_BOUND = ("title_reason", "acceptance", "confirmed_on")
_ANSWER_BOUND = ("owner", "deputy", "value", "confidence", *_OWNER_BOUND)


def begin(facts: Begin, speaks: Voice, taken: frozenset[str]) -> Engagement:
    """A new engagement with the facts that are compulsory; its scope as the framework proposes."""
    framework = load_framework(framework_keys()[0])
    organisation = {
        "name": _filled(facts.name, speaks),
        "profile": facts.profile,
        "business_models": facts.business_models,
    }
    go_live = plausible(facts.go_live, speaks)
    key = free_key(facts.name, taken)
    return start(framework, key, organisation, go_live, facts.systems, speaks.language)


def _filled(name: str, speaks: Voice) -> str:
    if name.strip():
        return name.strip()
    text = speaks.t("The organisation’s name cannot be blank")
    raise BadInput(Problem(text, speaks.t("the one before stays")))


def decide(engagement: Engagement, key: str, fields: Fields, today: dt.date) -> tuple[Change, ...]:
    """Change fields of the decision on a focal point."""
    standing = engagement.standing_decisions().get(key)
    fields = _merged(_dumped(standing, "focal_point"), fields)
    if fields.get("owner") and fields["owner"] != getattr(standing, "owner", None):
        fields["decided_on"] = today.isoformat()
    others = [
        _dumped(d, "focal_point")
        for d in engagement.decisions
        if d.focal_point == key and d is not standing
    ]
    return (Change(("decision", key), _one_or_many(others, fields)),)


def placed(engagement: Engagement, key: str, field: str, party: str) -> Fields:
    """A party in a field of the decision on a focal point, beside those who are there already."""
    if field in ("owner", "deputy"):
        return {field: party}
    standing = engagement.standing_decisions().get(key)
    return {field: [*getattr(standing, field, ()), party]}


@dataclass(frozen=True, slots=True)
class CellLetters:
    """A cell of the map: the letters that it holds then, of the `letters` that are said of it."""

    focal_point: str
    party: str
    roles: str
    letters: str


def set_roles(
    engagement: Engagement, cells: Iterable[CellLetters], today: dt.date
) -> tuple[Change, ...]:
    """Change letters of the map: a row has one A, other letters many."""
    changed: dict[str, Fields] = {}
    standing = engagement.standing_decisions()
    for cell in cells:
        key, party = cell.focal_point, cell.party
        roles = changed.setdefault(key, _roles(standing.get(key)))
        for letter, field in RACI:
            if letter in cell.letters:
                others = [other for other in roles[field] if other != party]
                roles[field] = [*others, party] if letter in cell.roles else others
        if "A" in cell.roles:
            roles["owner"] = party
        elif "A" in cell.letters and roles["owner"] == party:
            roles["owner"] = None
    return tuple(
        change for key, roles in changed.items() for change in decide(engagement, key, roles, today)
    )


def _roles(decision: Decision | None) -> Fields:
    lists = {field: list(getattr(decision, field, ())) for _, field in RACI}
    return {**lists, "owner": getattr(decision, "owner", None)}


def accept(
    engagement: Engagement, key: str, state: str | None, today: dt.date
) -> tuple[Change, ...]:
    """Record whether the owner takes the role on; a role taken on is also confirmed today."""
    fields: Fields = {"acceptance": state and {"state": state, "on": today.isoformat()}}
    if state == "accepted":
        fields["confirmed_on"] = today.isoformat()
    return decide(engagement, key, fields, today)


def accept_all(engagement: Engagement, party: str, today: dt.date) -> tuple[Change, ...]:
    """Let an owner take on every subject that they have neither accepted nor declined."""
    return tuple(
        change
        for key, decision in engagement.standing_decisions().items()
        if decision.owner == party
        and (decision.acceptance is None or decision.acceptance.state == "pending")
        for change in accept(engagement, key, "accepted", today)
    )


def check_dates(value: Json, speaks: Voice) -> None:
    """BadInput if a date, or one of several, is half typed."""
    for day in value if isinstance(value, list) else [value] if value else []:
        plausible(day, speaks)


def answer(
    engagement: Engagement, question: str, instance: str | None, fields: Fields, today: dt.date
) -> tuple[Change, ...]:
    """Change the team's answer to a question; `every` plans dates until go-live."""
    fields = dict(fields)
    if weeks := fields.pop("every", None):
        if not isinstance(weeks, int) or weeks < 0:
            raise BadMessage("set.every: a number of weeks is needed")
        programme = engagement.programme
        fields["value"] = planned(programme.start or today, programme.go_live, weeks)
    standing = next(
        (
            a
            for a in engagement.answers
            if (a.question, a.subject, a.respondent) == (question, instance, None)
        ),
        None,
    )
    fields = _merged(_dumped(standing, "question", "subject", "respondent"), fields)
    subject = ("answer", question, instance or "", "")
    if fields:
        fields["on"] = today.isoformat()
    return (Change(subject, fields or None),)


def create(engagement: Engagement, party: NewParty) -> tuple[tuple[Change, ...], str]:
    """Changes that make a person, a team or an outside organisation, and its id."""
    kind = party.kind if party.kind in KINDS else "person"
    key = new_id(engagement, party.name)
    fields: Fields = {"name": party.name.strip()}
    if kind == "person":
        fields |= {"title": (party.title or "").strip() or None}
        if not party.inside:
            fields["inside"] = False
    elif kind == "team":
        fields["lead"] = party.lead
    return (Change((kind, key), _known(fields)),), key


def change_party(engagement: Engagement, key: str, fields: Fields | None) -> tuple[Change, ...]:
    """Change fields of a person, team or outside organisation; None removes it."""
    party = engagement.parties().get(key)
    if party is None:
        return ()
    kind = {Person: "person", Team: "team", External: "external"}[type(party)]
    if fields is None:
        return (Change((kind, key), None),)
    return (Change((kind, key), _known(_dumped(party, "id") | fields)),)


def places_of(engagement: Engagement, party: str) -> int:
    """In how many decisions, nominations, teams and lists of respondents a party stands."""
    decided = [
        {d.owner, d.deputy, *d.responsible, *d.consulted, *d.informed}
        for d in engagement.standing_decisions().values()
    ]
    named = [{nomination.party, nomination.deputy} for nomination in engagement.nominations]
    inherited = [{heir.owner, heir.deputy} for heir in engagement.inherited]
    answering = [{respondent.person} for respondent in engagement.respondents]
    leading = [{team.lead} for team in engagement.teams]
    every = (*decided, *named, *inherited, *answering, *leading)
    return sum(party in parties for parties in every)


def facts(engagement: Engagement, about: str, fields: Fields, speaks: Voice) -> tuple[Change, ...]:
    """Change fields of the organisation or the programme."""
    name = fields.get("name", ...)
    if about == "organisation" and isinstance(name, str | None):
        fields = {**fields, "name": _filled(name or "", speaks)}
    if "go_live" in fields and not fields["go_live"]:
        text = speaks.t("The go-live date cannot be blank")
        raise BadInput(Problem(text, speaks.t("the one before stays")))
    check_dates([fields[field] for field in ("start", "go_live") if fields.get(field)], speaks)
    held = getattr(engagement, about)
    return (Change((about,), _known(_dumped(held) | fields)),)


def _merged(fields: Fields, changes: Fields) -> Fields:
    """The fields with what was given; a new state or owner drops what hung on the old one."""
    if "owner" in changes and changes["owner"] != fields.get("owner"):
        fields = {k: v for k, v in fields.items() if k not in _OWNER_BOUND}
    if changes.get("owner") or changes.get("value") is not None:
        changes = {"state": None, "reason": None, **changes}
    if changes.get("state") in (State.UNKNOWN, State.NOT_APPLICABLE):
        fields = {k: v for k, v in fields.items() if k not in _ANSWER_BOUND}
    if "state" in changes and changes["state"] != State.NOT_APPLICABLE:
        changes = {**changes, "reason": None}
    merged = _known(fields | changes)
    filled = {
        k for k, v in merged.items() if v not in ([], False) and k not in ("on", "decided_on")
    }
    return merged if filled else {}


def _known(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if value is not None}


def _dumped(value: BaseModel | None, *without: str) -> Fields:
    if value is None:
        return {}
    dumped: Fields = value.model_dump(mode="json", exclude_defaults=True, exclude=set(without))
    return dumped


def _one_or_many(others: list[Fields], fields: Fields) -> Fields | list[Fields] | None:
    every = [*others, *([fields] if fields else [])]
    return every[0] if len(every) == 1 else every or None
