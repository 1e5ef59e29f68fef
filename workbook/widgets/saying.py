"""Commands that say something: each becomes changes, recorded, or tried while a trial lasts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from workbook.errors import BadInput, Problem
from workbook.scoring.titles import recogniser
from workbook.store import Change
from workbook.widgets import commands
from workbook.widgets.commands import CellLetters, Fields
from workbook.widgets.notices import caution, contradictions, losses
from workbook.widgets.people import people_changes, read_people
from workbook.widgets.registry import Command, Nothing, command
from workbook.widgets.state import Context, Outcome, Redo, ScreenState, Settle, SignOff, Undo
from workbook.widgets.trial import tried
from workbook.widgets.trying import ended
from workbook.widgets.views.conflicts import sides


def _recorded(state: ScreenState, context: Context, changes: tuple[Change, ...]) -> Outcome:
    if state.trial is None:
        return Outcome(state, changes, compare=True)
    tried(context.engagement, changes)  # BadInput here, before the step stands
    return Outcome(replace(state, trial=state.trial.step(changes, context.edit)), compare=True)


@dataclass(frozen=True)
class Party(Command):
    """A person, a team or an outside organisation that is made on the spot."""

    name: str
    kind: str = "person"
    title: str | None = None
    inside: bool = True
    lead: str | None = None


@dataclass(frozen=True)
class Created(Command):
    """A new party and the field of the decision that it goes to."""

    field: Literal["owner", "deputy", "responsible", "consulted", "informed"]
    party: Party


@dataclass(frozen=True)
class Decide(Command):
    """Fields of the decision on a focal point; None takes a field back."""

    focal_point: str
    set: Fields
    create: Created | None = None


@command("decide")(Decide)
def decide(request: Decide, state: ScreenState, context: Context) -> Outcome:
    """Change the decision on a focal point."""
    key, engagement = request.focal_point, context.engagement
    changes: tuple[Change, ...] = ()
    fields = dict(request.set)
    if request.create:
        changes, party = commands.create(engagement, request.create.party)
        fields |= commands.placed(engagement, key, request.create.field, party)
    decided = commands.decide(engagement, key, fields, context.as_of)
    return _recorded(state, context, (*changes, *decided))


@dataclass(frozen=True)
class AnswerQuestion(Command):
    """Fields of the team's answer; `instance`: the system or seat that the question is asked of."""

    question: str
    set: Fields
    instance: str | None = None


@command("answer")(AnswerQuestion)
def answer(request: AnswerQuestion, state: ScreenState, context: Context) -> Outcome:
    """Change the team's answer to a question."""
    question = context.rules.questions().get(request.question)
    if question and question[1].kind in ("date", "dates"):
        commands.check_dates(request.set.get("value"), context.voice)
    today = context.as_of
    changes = commands.answer(
        context.engagement, request.question, request.instance, request.set, today
    )
    return _recorded(state, context, changes)


@dataclass(frozen=True)
class MapCell(Command):
    """A cell of the map."""

    focal_point: str
    party: str


@dataclass(frozen=True)
class Map(Command):
    """Letters on the map. Nothing is taken away that the command does not name.

    `roles` ("A", "RC" …) are added to the cell, taken away from it with `remove`, or moved to it
    from the cell `source`.
    """

    focal_point: str
    party: str
    roles: str
    remove: bool = False
    source: MapCell | None = None


@command("map")(Map)
def change_map(request: Map, state: ScreenState, context: Context) -> Outcome:
    """Change letters on the map, and say who lost one."""
    changes = commands.set_roles(context.engagement, _cells(request), context.as_of)
    after = tried(context.engagement, changes)
    lost = losses(context.engagement, after, context.rules, context.voice)
    return _recorded(replace(state, notice=caution(*lost)), context, changes)


def _cells(request: Map) -> list[CellLetters]:
    held = "" if request.remove else request.roles
    cell = CellLetters(request.focal_point, request.party, held, request.roles)
    source = request.source
    moved = [CellLetters(source.focal_point, source.party, "", request.roles)] if source else []
    return [*moved, cell]


@dataclass(frozen=True)
class Accept(Command):
    """Whether the owner of a focal point takes the role on; None: not asked yet."""

    focal_point: str
    state: str | None


@command("accept")(Accept)
def accept(request: Accept, state: ScreenState, context: Context) -> Outcome:
    """Record whether the owner takes the role on."""
    key, today = request.focal_point, context.as_of
    return _recorded(state, context, commands.accept(context.engagement, key, request.state, today))


@dataclass(frozen=True)
class ChangeParty(Command):
    """Fields of a person, team or outside organisation; `set: None` removes it."""

    id: str
    set: Fields | None


@command("person")(ChangeParty)
def change_party(request: ChangeParty, state: ScreenState, context: Context) -> Outcome:
    """Change a party, or remove one that is named nowhere."""
    engagement = context.engagement
    if request.set is None and (held := commands.places_of(engagement, request.id)):
        text = context.voice.n(
            "{name} is named in one place: put somebody else there first.",
            "{name} is named in {count} places: put somebody else there first.",
            held,
            name=engagement.parties()[request.id].name,
        )
        raise BadInput(Problem(text))
    return _recorded(state, context, commands.change_party(engagement, request.id, request.set))


@dataclass(frozen=True)
class AddParty(Command):
    """Somebody new."""

    party: Party


@command("add_party")(AddParty)
def add_party(request: AddParty, state: ScreenState, context: Context) -> Outcome:
    """Take somebody new in."""
    return _recorded(state, context, commands.create(context.engagement, request.party)[0])


@command("add_people")(Nothing)
def add_people(_: Nothing, state: ScreenState, context: Context) -> Outcome:
    """Take in the people that were pasted."""
    engagement = context.engagement
    known = recogniser(context.rules)
    apart = [row.line for row in state.pasted.rows if row.apart] if state.pasted else None
    pasted = read_people(state.pasted_text, engagement, known, apart)
    state = replace(state, pasted=None, pasted_text="")
    return _recorded(state, context, people_changes(pasted, engagement))


@dataclass(frozen=True)
class Facts(Command):
    """Fields of the organisation or the programme, or the members of a scope group."""

    about: Literal["organisation", "programme", "scope"]
    set: Any
    group: str | None = None


@command("facts")(Facts)
def facts(request: Facts, state: ScreenState, context: Context) -> Outcome:
    """Change facts, and say what contradicts itself in the dates."""
    if request.about == "scope":
        changes: tuple[Change, ...] = (Change(("scope", request.group or ""), list(request.set)),)
        return _recorded(state, context, changes)
    changes = commands.facts(context.engagement, request.about, request.set, context.voice)
    if request.about == "programme":
        programme = tried(context.engagement, changes).programme
        crossed = contradictions(programme, context.as_of, context.voice)
        state = replace(state, notice=caution(*crossed))
    return _recorded(state, context, changes)


@dataclass(frozen=True)
class NameMoment(Command):
    """The name of a moment."""

    name: str


@command("baseline")(NameMoment)
def baseline(request: NameMoment, state: ScreenState, context: Context) -> Outcome:
    """Sign this moment off; never what is only tried."""
    return Outcome(ended(state, context), effect=SignOff(request.name.strip()))


@command("undo")(Nothing)
def undo(_: Nothing, state: ScreenState, __: Context) -> Outcome:
    """Take the last step back: of the trial while there is one, else of what is recorded."""
    if state.trial is None:
        return Outcome(state, effect=Undo(), compare=True)
    return Outcome(replace(state, trial=state.trial.undo()), compare=True)


@command("redo")(Nothing)
def redo(_: Nothing, state: ScreenState, __: Context) -> Outcome:
    """Make the step again that was taken back last."""
    if state.trial is None:
        return Outcome(state, effect=Redo(), compare=True)
    return Outcome(replace(state, trial=state.trial.redo()), compare=True)


@dataclass(frozen=True)
class SettleConflict(Command):
    """Which of two values of a subject stands."""

    key: str
    keep: Literal["mine", "theirs"]


@command("settle")(SettleConflict)
def settle(request: SettleConflict, state: ScreenState, context: Context) -> Outcome:
    """Settle a conflict; one that somebody else has settled meanwhile is none any more."""
    for conflict in context.conflicts:
        if "/".join(conflict.subject) == request.key:
            (_, first), (_, second) = sides(conflict, state.actor)
            choice = first if request.keep == "mine" else second
            return Outcome(state, effect=Settle(conflict.subject, choice))
    return Outcome(state)
