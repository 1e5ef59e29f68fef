"""What people do on the screen, as changes to record. Pure: an engagement and a command go in.

A command is the JSON that the front end sends. `set` holds the fields that changed; None takes a
field back. What one press does is one tuple of changes, so that undo is one step.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from workbook.content import framework_keys, load_framework
from workbook.errors import BadInput, Problem
from workbook.model.engagement import RESERVED, Decision, Engagement, External, Person, State, Team
from workbook.store import Change
from workbook.widgets.dates import plausible
from workbook.widgets.views.questions import planned
from workbook.workspace import key_for, start

if TYPE_CHECKING:
    from pydantic import BaseModel

    from workbook.i18n import Voice

Command = dict[str, Any]
Fields = dict[str, Any]

ROLES = (("R", "responsible"), ("C", "consulted"), ("I", "informed"))
KINDS = ("person", "team", "external")
_OWNER_BOUND = ("title_reason", "acceptance", "confirmed_on")
_ANSWER_BOUND = ("owner", "deputy", "value", "confidence", *_OWNER_BOUND)


def begin(command: Command, speaks: Voice, taken: frozenset[str]) -> Engagement:
    """A new engagement with the facts that are compulsory; its scope as the framework proposes."""
    framework = load_framework(command.get("framework") or framework_keys()[0])
    organisation = {
        "name": _filled(command["name"], speaks),
        "profile": command["profile"],
        "business_models": tuple(command["business_models"]),
    }
    go_live = plausible(command["go_live"], speaks)
    key = free_key(command["name"], taken)
    return start(framework, key, organisation, go_live, (), speaks.language)


def _filled(name: str, speaks: Voice) -> str:
    if name.strip():
        return name.strip()
    what = speaks.t("The organisation’s name cannot be blank")
    raise BadInput(Problem(what, speaks.t("the one before stays")))


def decide(engagement: Engagement, command: Command, today: dt.date) -> tuple[Change, ...]:
    """Change the decision on a focal point; `create` makes a party first and puts it in a field."""
    key, given = command["focal_point"], dict(command["set"])
    changes: tuple[Change, ...] = ()
    standing = engagement.standing_decisions().get(key)
    if created := command.get("create"):
        changes, party = create(engagement, created["party"])
        field = created["field"]
        single = field in ("owner", "deputy")
        given[field] = party if single else [*getattr(standing, field, ()), party]
    fields = _merged(_dumped(standing, "focal_point"), given)
    if given.get("owner") and given["owner"] != getattr(standing, "owner", None):
        fields["decided_on"] = today.isoformat()
    others = [
        _dumped(d, "focal_point")
        for d in engagement.decisions
        if d.focal_point == key and d is not standing
    ]
    return (*changes, Change(("decision", key), _one_or_many(others, fields)))


def set_roles(engagement: Engagement, command: Command, today: dt.date) -> tuple[Change, ...]:
    """Change letters of the map: a row has one A, other letters many.

    `set` says what letters whole cells hold. Else the command's `roles` are added to a cell, taken
    away from it where it says `remove`, or moved there from the cell `source`.
    """
    changed: dict[str, Fields] = {}
    standing = engagement.standing_decisions()
    for key, party, roles, letters in _cells(command):
        given = changed.setdefault(key, _roles(standing.get(key)))
        for letter, field in ROLES:
            if letter in letters:
                others = [other for other in given[field] if other != party]
                given[field] = [*others, party] if letter in roles else others
        if "A" in roles:
            given["owner"] = party
        elif "A" in letters and given["owner"] == party:
            given["owner"] = None
    return tuple(
        change
        for key, given in changed.items()
        for change in decide(engagement, {"focal_point": key, "set": given}, today)
    )


def _cells(command: Command) -> list[tuple[str, str, str, str]]:
    """(focal point, party, the letters that it holds then, the letters that are said of it)."""
    if "set" in command:
        return [(*cell, "ARCI") for cell in command["set"]]
    roles, source = command["roles"], command.get("source")
    held = "" if command.get("remove") else roles
    moved = [(source["focal_point"], source["party"], "", roles)] if source else []
    return [*moved, (command["focal_point"], command["party"], held, roles)]


def _roles(decision: Decision | None) -> Fields:
    lists = {field: list(getattr(decision, field, ())) for _, field in ROLES}
    return {**lists, "owner": getattr(decision, "owner", None)}


def accept(engagement: Engagement, command: Command, today: dt.date) -> tuple[Change, ...]:
    """Record whether the owner takes the role on; a role taken on is also confirmed today."""
    state = command["state"]
    given: Fields = {"acceptance": state and {"state": state, "on": today.isoformat()}}
    if state == "accepted":
        given["confirmed_on"] = today.isoformat()
    return decide(engagement, {"focal_point": command["focal_point"], "set": given}, today)


def answer(
    engagement: Engagement, command: Command, today: dt.date, kind: str, speaks: Voice
) -> tuple[Change, ...]:
    """Change the team's answer to a question of a kind; `every` plans dates until go-live."""
    question, instance = command["question"], command.get("instance")
    given = dict(command["set"])
    if kind in ("date", "dates") and (value := given.get("value")):
        for day in [value] if kind == "date" else value:
            plausible(day, speaks)
    if weeks := given.pop("every", None):
        programme = engagement.programme
        given["value"] = planned(programme.start or today, programme.go_live, weeks)
    found = next(
        (
            a
            for a in engagement.answers
            if (a.question, a.subject, a.respondent) == (question, instance, None)
        ),
        None,
    )
    fields = _merged(_dumped(found, "question", "subject", "respondent"), given)
    subject = ("answer", question, instance or "", "")
    if fields:
        fields["on"] = today.isoformat()
    return (Change(subject, fields or None),)


def create(engagement: Engagement, party: Fields) -> tuple[tuple[Change, ...], str]:
    """Changes that make a person, a team or an outside organisation, and its id."""
    kind = party["kind"] if party["kind"] in KINDS else "person"
    key = new_id(engagement, party["name"])
    fields: Fields = {"name": party["name"].strip()}
    if kind == "person":
        fields |= {"title": party.get("title", "").strip() or None}
        if party.get("inside") is False:
            fields["inside"] = False
    elif kind == "team":
        fields["lead"] = party.get("lead")
    return (Change((kind, key), _known(fields)),), key


def change_party(engagement: Engagement, command: Command) -> tuple[Change, ...]:
    """Change fields of a person, team or outside organisation; `set: None` removes it."""
    key = command["id"]
    party = engagement.parties().get(key)
    if party is None:
        return ()
    kind = {Person: "person", Team: "team", External: "external"}[type(party)]
    if command["set"] is None:
        return (Change((kind, key), None),)
    return (Change((kind, key), _known(_dumped(party, "id") | command["set"])),)


def places_of(engagement: Engagement, party: str) -> int:
    """In how many decisions, nominations, teams and lists of respondents a party stands."""
    decided = [
        {d.owner, d.deputy, *d.responsible, *d.consulted, *d.informed}
        for d in engagement.standing_decisions().values()
    ]
    named = [{nomination.party, nomination.deputy} for nomination in engagement.nominations]
    answering = [{respondent.person} for respondent in engagement.respondents]
    leading = [{team.lead} for team in engagement.teams]
    return sum(party in some for some in (*decided, *named, *answering, *leading))


def facts(engagement: Engagement, command: Command, speaks: Voice) -> tuple[Change, ...]:
    """Change the organisation, the programme or a scope group."""
    about, given = command["about"], command["set"]
    if about == "scope":
        return (Change(("scope", command["group"]), list(given)),)
    if "name" in given and about == "organisation":
        given = {**given, "name": _filled(given["name"] or "", speaks)}
    if "go_live" in given and not given["go_live"]:
        what = speaks.t("The go-live date cannot be blank")
        raise BadInput(Problem(what, speaks.t("the one before stays")))
    for field in ("start", "go_live"):
        if given.get(field):
            plausible(given[field], speaks)
    held = getattr(engagement, about)
    return (Change((about,), _known(_dumped(held) | given)),)


def new_id(engagement: Engagement, name: str, taken: frozenset[str] = frozenset()) -> str:
    """A readable id out of a name that nobody has yet."""
    return free_key(name, frozenset({*engagement.parties(), *taken, *RESERVED}))


def free_key(name: str, taken: frozenset[str]) -> str:
    """A readable key out of a name, numbered if it is taken."""
    base = key_for(name)[:48] or "one"
    number, key = 2, base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def _merged(fields: Fields, given: Fields) -> Fields:
    """The fields with what was given; a new state or owner drops what hung on the old one."""
    if "owner" in given and given["owner"] != fields.get("owner"):
        fields = {k: v for k, v in fields.items() if k not in _OWNER_BOUND}
    if given.get("owner") or given.get("value") is not None:
        given = {"state": None, "reason": None, **given}
    if given.get("state") in (State.UNKNOWN, State.NOT_APPLICABLE):
        fields = {k: v for k, v in fields.items() if k not in _ANSWER_BOUND}
    if "state" in given and given["state"] != State.NOT_APPLICABLE:
        given = {**given, "reason": None}
    merged = _known(fields | given)
    said = {k for k, v in merged.items() if v not in ([], False) and k not in ("on", "decided_on")}
    return merged if said else {}


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
