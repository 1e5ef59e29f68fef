"""What a respondent may say: each command speaks of their own answers and nobody else's."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any, Literal

from workbook.errors import BadInput, Problem
from workbook.i18n import Voice, speaks
from workbook.model.engagement import RESERVED, Decision
from workbook.store import Change, Json
from workbook.widgets import commands
from workbook.widgets.commands import NewParty
from workbook.widgets.registry import Payload, Registry, command
from workbook.widgets.respondent.desk import Facts
from workbook.workshop import ANSWER_FIELDS, LONGEST_TEXT, answered

COMMANDS: Registry = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """What stands on a respondent's page beside the answers."""

    language: str
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a command may look at: the facts, who asks, their answers, and what is theirs."""

    facts: Facts
    respondent: str
    answers: dict[str, Json]
    owned: tuple[Decision, ...]
    decisions: tuple[Decision, ...]
    as_of: dt.date
    voice: Voice


@dataclass(frozen=True, slots=True)
class Said:
    """What a command comes to."""

    state: PageState
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class NewName(Payload):
    """Somebody new, and the field that they go to."""

    field: Literal["party", "deputy", "ask"]
    party: NewParty


@command("nominate", among=COMMANDS)
def nominate(
    state: PageState,
    asking: Asking,
    *,
    focal_point: str,
    set_: dict[str, str | None],
    create: NewName | None = None,
) -> Said:
    """Say who owns a focal point: change fields of one's own answer."""
    _check(asking, focal_point, set_)
    changes: tuple[Change, ...] = ()
    fields: dict[str, Any] = dict(set_)
    if create:
        _short(create.party.name, asking.voice)
        changes, party = commands.create(asking.facts.engagement, create.party)
        fields[create.field] = party
    standing = (asking.answers.get(focal_point) or [{}])[0]
    answer = answered(standing, fields)
    value = [{**answer, "on": asking.as_of.isoformat()}] if answer else None
    nomination = Change(("nomination", asking.respondent, focal_point), value)
    return Said(state, (*changes, nomination))


def _check(asking: Asking, focal_point: str, fields: dict[str, Any]) -> None:
    t = asking.voice.t
    asked = {f.key for a, f in asking.facts.asked(_me(asking))}
    if not asking.facts.is_open:
        raise BadInput(Problem(t("This round is closed: answers are no longer taken.")))
    if focal_point not in asked:
        raise BadInput(Problem(t("This subject is not asked in this round.")))
    if unknown := sorted(fields.keys() - ANSWER_FIELDS):
        raise BadInput(Problem(f"unknown fields: {', '.join(unknown)}"))
    parties = asking.facts.engagement.parties().keys() | RESERVED
    for field in ("party", "deputy", "ask"):
        if fields.get(field) is not None and fields[field] not in parties:
            raise BadInput(Problem(t("This name is not on the list.")))
    for field in ("note", "reason"):
        _short(fields.get(field) or "", asking.voice)


def _me(asking: Asking) -> Any:  # noqa: ANN401 - a Respondent of the model
    everybody = asking.facts.engagement.respondents
    return next(respondent for respondent in everybody if respondent.id == asking.respondent)


def _short(text: str, voice: Voice) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            Problem(voice.t("This is longer than {count} characters.", count=LONGEST_TEXT))
        )
    return text


@command("park", among=COMMANDS)
def park(state: PageState, asking: Asking, *, text: str, focal_point: str | None = None) -> Said:
    """Say that something is missing; the room talks about it later."""
    if not text.strip():
        return Said(state)
    if focal_point is not None and focal_point not in asking.facts.rules.places():
        raise BadInput(Problem(asking.voice.t("This subject is not asked in this round.")))
    value = {"text": _short(text.strip(), asking.voice), "respondent": asking.respondent}
    if focal_point:
        value["focal_point"] = focal_point
    change = Change(("parked", uuid.uuid4().hex), value)
    notice = asking.voice.t("Noted: the room will talk about it.")
    return Said(replace(state, notice=notice), (change,))


@command("accept", among=COMMANDS)
def accept(
    page: PageState,
    asking: Asking,
    *,
    focal_point: str,
    state: Literal["accepted", "declined"] | None,
) -> Said:
    """Take on, or decline, what was decided for oneself."""
    if focal_point not in {decision.focal_point for decision in asking.owned}:
        raise BadInput(Problem(asking.voice.t("This subject is not yours.")))
    engagement = asking.facts.engagement.model_copy(update={"decisions": asking.decisions})
    return Said(page, commands.accept(engagement, focal_point, state, asking.as_of))


@command("speak", among=COMMANDS)
def speak(state: PageState, _: Asking, *, language: str) -> Said:
    """Show the page in another language."""
    return Said(replace(state, language=language) if speaks(language) else state)


@command("hello", among=COMMANDS)
def hello(state: PageState, _: Asking, *, query: dict[str, str], actor: str = "") -> Said:
    """A page is there."""
    del query, actor  # the page's address and its browser's name say nothing here
    return Said(state)


@command("poll", among=COMMANDS)
def poll(state: PageState, _: Asking, *, typing: bool = False) -> Said:
    """A page asks whether anything is new."""
    del typing
    return Said(state)
