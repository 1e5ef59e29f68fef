"""Commands that say something: each becomes changes, recorded, or tried while a trial lasts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from workbook.errors import BadInput, Problem
from workbook.i18n import speaks
from workbook.store import Change
from workbook.widgets import commands
from workbook.widgets.commands import CellLetters, Fields, NewParty
from workbook.widgets.notices import caution, contradictions, losses, unaccepted
from workbook.widgets.registry import Payload, command
from workbook.widgets.state import (
    Context,
    Outcome,
    ParcelKind,
    Redo,
    ScreenState,
    Settle,
    SignOff,
    Take,
    Undo,
)
from workbook.widgets.trial import tried
from workbook.widgets.trying import ended
from workbook.widgets.views.conflicts import sides


def _recorded(screen: ScreenState, context: Context, changes: tuple[Change, ...]) -> Outcome:
    if screen.trial is None:
        return Outcome(screen, changes, compare=True)
    tried(context.engagement, changes)  # BadInput here, before the step stands
    return Outcome(replace(screen, trial=screen.trial.step(changes, context.edit)), compare=True)


def _checked(screen: ScreenState, context: Context, changes: tuple[Change, ...]) -> ScreenState:
    """The screen with a caution where the answer and the owners then contradict each other."""
    before = unaccepted(context.engagement, context.rules, context.voice)
    after = unaccepted(tried(context.engagement, changes), context.rules, context.voice)
    return replace(screen, notice=caution(*after.values())) if after != before else screen


@dataclass(frozen=True)
class Created(Payload):
    """A new party and the field of the decision that it goes to."""

    field: Literal["owner", "deputy", "responsible", "consulted", "informed"]
    party: NewParty


@command("decide")
def decide(
    screen: ScreenState,
    context: Context,
    *,
    focal_point: str,
    set_: Fields,
    create: Created | None = None,
) -> Outcome:
    """Change fields of the decision on a focal point; None takes a field back."""
    engagement = context.engagement
    changes: tuple[Change, ...] = ()
    fields = dict(set_)
    if create:
        changes, party = commands.create(engagement, create.party)
        fields |= commands.placed(engagement, focal_point, create.field, party)
    decided = commands.decide(engagement, focal_point, fields, context.as_of)
    return _recorded(screen, context, (*changes, *decided))


@command("answer")
def answer(
    screen: ScreenState,
    context: Context,
    *,
    question: str,
    set_: Fields,
    instance: str | None = None,
) -> Outcome:
    """Change the team's answer to a question; `instance`: the system or seat it is asked of."""
    asked = context.rules.questions().get(question)
    if asked and asked[1].kind in ("date", "dates"):
        commands.check_dates(set_.get("value"), context.voice)
    changes = commands.answer(context.engagement, question, instance, set_, context.as_of)
    return _recorded(_checked(screen, context, changes), context, changes)


@dataclass(frozen=True)
class MapCell(Payload):
    """A cell of the map."""

    focal_point: str
    party: str


@command("map")
def change_map(
    screen: ScreenState,
    context: Context,
    *,
    focal_point: str,
    party: str,
    roles: str,
    remove: bool = False,
    source: MapCell | None = None,
) -> Outcome:
    """Change letters on the map, and say who lost one. Only what is named is taken away.

    `roles` ("A", "RC" …) are added to the cell, taken away from it with `remove`, or moved to it
    from the cell `source`.
    """
    cells = [CellLetters(focal_point, party, "" if remove else roles, roles)]
    if source:
        cells.insert(0, CellLetters(source.focal_point, source.party, "", roles))
    changes = commands.set_roles(context.engagement, cells, context.as_of)
    after = tried(context.engagement, changes)
    lost = losses(context.engagement, after, context.rules, context.voice)
    return _recorded(replace(screen, notice=caution(*lost)), context, changes)


@command("accept")
def accept(
    screen: ScreenState, context: Context, *, focal_point: str, state: str | None
) -> Outcome:
    """Record whether the owner takes the role on; None: not asked yet."""
    changes = commands.accept(context.engagement, focal_point, state, context.as_of)
    return _recorded(_checked(screen, context, changes), context, changes)


@command("accept_all")
def accept_all(screen: ScreenState, context: Context, *, party: str) -> Outcome:
    """Record that an owner takes every role on that they have neither accepted nor declined."""
    changes = commands.accept_all(context.engagement, party, context.as_of)
    return _recorded(_checked(screen, context, changes), context, changes)


@command("take")
def take(
    screen: ScreenState,
    _: Context,
    *,
    kind: ParcelKind,
    language: str,
    person: str = "",
) -> Outcome:
    """Hand over a file of what is recorded; an unknown language is the screen's.

    `person` is the owner whose sheet alone is wanted.
    """
    spoken = language if speaks(language) else screen.language
    return Outcome(screen, effect=Take(kind, spoken, person))


@command("person")
def change_party(
    screen: ScreenState, context: Context, *, id_: str, set_: Fields | None
) -> Outcome:
    """Change a person, team or outside organisation; None removes one that is named nowhere."""
    engagement = context.engagement
    party = engagement.parties().get(id_)
    if set_ is None and party and (held := commands.places_of(engagement, id_)):
        text = context.voice.n(
            "{name} is named in one place: put somebody else there first.",
            "{name} is named in {count} places: put somebody else there first.",
            held,
            name=party.name,
        )
        raise BadInput(Problem(text))
    return _recorded(screen, context, commands.change_party(engagement, id_, set_))


@command("add_party")
def add_party(screen: ScreenState, context: Context, *, party: NewParty) -> Outcome:
    """Take somebody new in."""
    return _recorded(screen, context, commands.create(context.engagement, party)[0])


@command("facts")
def facts(
    screen: ScreenState,
    context: Context,
    *,
    about: Literal["organisation", "programme", "scope"],
    set_: Fields | list[str],
    group: str | None = None,
) -> Outcome:
    """Change facts or a scope group's members, and say what contradicts itself in the dates."""
    if about == "scope" or not isinstance(set_, dict):
        return _recorded(screen, context, (Change(("scope", group or ""), list(set_)),))
    changes = commands.facts(context.engagement, about, set_, context.voice)
    if about == "programme":
        programme = tried(context.engagement, changes).programme
        crossed = contradictions(programme, context.as_of, context.voice)
        screen = replace(screen, notice=caution(*crossed))
    return _recorded(screen, context, changes)


@command("baseline")
def baseline(screen: ScreenState, context: Context, *, name: str) -> Outcome:
    """Sign this moment off under a name; never what is only tried."""
    return Outcome(ended(screen, context), effect=SignOff(name.strip()))


@command("undo")
def undo(screen: ScreenState, _: Context) -> Outcome:
    """Take the last step back: of the trial while there is one, else of what is recorded."""
    if screen.trial is None:
        return Outcome(screen, effect=Undo(), compare=True)
    return Outcome(replace(screen, trial=screen.trial.undo()), compare=True)


@command("redo")
def redo(screen: ScreenState, _: Context) -> Outcome:
    """Make the step again that was taken back last."""
    if screen.trial is None:
        return Outcome(screen, effect=Redo(), compare=True)
    return Outcome(replace(screen, trial=screen.trial.redo()), compare=True)


@command("settle")
def settle(
    screen: ScreenState, context: Context, *, key: str, keep: Literal["mine", "theirs", "both"]
) -> Outcome:
    """Let one value of a conflict stand; one that somebody else settled meanwhile is none."""
    for conflict in context.conflicts:
        if "/".join(conflict.subject) == key:
            (_, first), (_, second) = sides(conflict, screen.actor)
            choice = {"mine": first, "theirs": second}.get(keep)
            if keep == "both":
                choice = context.merges.get(conflict.subject, second)
            return Outcome(screen, effect=Settle(conflict.subject, choice))
    return Outcome(screen)
