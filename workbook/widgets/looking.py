"""Commands that look around: which engagement, which page, which language, whose name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from workbook.i18n import speaks
from workbook.scoring.titles import recogniser
from workbook.widgets.notices import caution
from workbook.widgets.people import read_people
from workbook.widgets.planner import read_aim
from workbook.widgets.registry import Command, Nothing, command
from workbook.widgets.state import Begin, Close, Context, Look, Open, Outcome, ScreenState
from workbook.widgets.trying import ended
from workbook.widgets.views.frame import START, steps
from workbook.widgets.views.review import TABS


@dataclass(frozen=True)
class Poll(Command):
    """Look at the store; `typing`: somebody is about to say more."""

    typing: bool = False


@command("poll", anywhere=True, quiet=True)(Poll)
def poll(_: Poll, state: ScreenState, __: Context | None) -> Outcome:
    """Take in what others recorded since."""
    return Outcome(state, effect=Look())


@command("resend", anywhere=True, quiet=True)(Nothing)
def resend(_: Nothing, state: ScreenState, __: Context | None) -> Outcome:
    """Send the whole view again: the line does so."""
    return Outcome(state)


@dataclass(frozen=True)
class Hello(Command):
    """A page has come up: what its address asks for, and who sits before it."""

    query: dict[str, Any] = field(default_factory=dict)
    actor: str | None = None


@command("hello", anywhere=True, quiet=True)(Hello)
def hello(request: Hello, state: ScreenState, context: Context | None) -> Outcome:
    """Resume where the address says."""
    query = request.query
    state = replace(state, actor=query.get("actor") or request.actor or state.actor)
    name, effect, spoken = query.get("engagement"), None, query.get("lang") or ""
    if name and (context is None or context.key != name):
        effect = Open(name, speak=not speaks(spoken))
        state = _without_trial(state, context)
    if speaks(spoken):
        state = replace(state, language=spoken)
    step = query.get("step")
    if step and (effect or (context and step in steps(context.rules))):
        state = replace(state, step=step)
    if query.get("tab") in TABS:
        state = replace(state, tab=query["tab"])
    return Outcome(state, effect=effect)


def _without_trial(state: ScreenState, context: Context | None) -> ScreenState:
    """The state without its trial, and the notice that the address has ended it."""
    if context and state.trial and state.trial.steps:
        name = context.engagement.organisation.name
        text = context.voice.t(
            "What you tried for {name} was dropped: nothing of it is recorded.", name=name
        )
        state = replace(state, notice=caution(text))
    return replace(state, trial=None)


@dataclass(frozen=True)
class OpenEngagement(Command):
    """Open an engagement: its key, or an example's name."""

    engagement: str


@command("open", anywhere=True)(OpenEngagement)
def open_engagement(
    request: OpenEngagement, state: ScreenState, context: Context | None
) -> Outcome:
    """Open an engagement at its first page."""
    state = replace(ended(state, context), step=START, pasted=None)
    return Outcome(state, effect=Open(request.engagement))


@command("close_engagement", anywhere=True)(Nothing)
def close_engagement(_: Nothing, state: ScreenState, context: Context | None) -> Outcome:
    """Back to the choice of engagements."""
    state = replace(ended(state, context), step=START, leaver=None, aim=None, begun=None)
    return Outcome(state, effect=Close())


@dataclass(frozen=True)
class New(Command):
    """The compulsory facts of an engagement that begins."""

    name: str
    profile: str
    business_models: tuple[str, ...]
    go_live: str
    framework: str | None = None


@command("new", anywhere=True)(New)
def new(request: New, state: ScreenState, context: Context | None) -> Outcome:
    """Begin an engagement, once: a double click asks for it twice."""
    if context and request == state.begun:
        return Outcome(state)
    state = replace(ended(state, context), begun=request)
    return Outcome(state, effect=Begin(**asdict(request)))


@dataclass(frozen=True)
class Actor(Command):
    """Who sits before the screen."""

    name: str


@command("actor", anywhere=True)(Actor)
def actor(request: Actor, state: ScreenState, _: Context | None) -> Outcome:
    """Another name for what this person says from now on."""
    return Outcome(replace(state, actor=request.name.strip() or state.actor))


@dataclass(frozen=True)
class Go(Command):
    """A step: `start`, an area's key, or `review`."""

    step: str


@command("go")(Go)
def go(request: Go, state: ScreenState, context: Context) -> Outcome:
    """Another page."""
    there = request.step in steps(context.rules)
    return Outcome(replace(state, step=request.step, before=None) if there else state)


@dataclass(frozen=True)
class Tab(Command):
    """A tab of the review."""

    tab: str


@command("tab")(Tab)
def tab(request: Tab, state: ScreenState, _: Context) -> Outcome:
    """Another tab of the review."""
    return Outcome(replace(state, tab=request.tab) if request.tab in TABS else state)


@dataclass(frozen=True)
class Speak(Command):
    """A language."""

    language: str


@command("speak", anywhere=True)(Speak)
def speak(request: Speak, state: ScreenState, _: Context | None) -> Outcome:
    """Another language."""
    known = speaks(request.language)
    return Outcome(replace(state, language=request.language) if known else state)


@dataclass(frozen=True)
class Why(Command):
    """A number: `overall`, an area, or an area's criterion (`experience/named`)."""

    of: str


@command("why")(Why)
def why(request: Why, state: ScreenState, _: Context) -> Outcome:
    """Open a number into its reasons."""
    return Outcome(replace(state, why=request.of))


@command("close")(Nothing)
def close(_: Nothing, state: ScreenState, __: Context) -> Outcome:
    """Close the reasons."""
    return Outcome(replace(state, why=None))


@dataclass(frozen=True)
class ShowDeparture(Command):
    """Who might leave."""

    person: str | None


@command("departure")(ShowDeparture)
def departure(request: ShowDeparture, state: ScreenState, _: Context) -> Outcome:
    """Show what would be without an owner if this person left."""
    return Outcome(replace(state, leaver=request.person))


@dataclass(frozen=True)
class AskPlan(Command):
    """A score to reach or hours to spend; neither drops the plan."""

    target: float | str | None = None
    budget: float | str | None = None


@command("plan")(AskPlan)
def ask_plan(request: AskPlan, state: ScreenState, _: Context) -> Outcome:
    """Ask for the plan that reaches a score or fits some hours."""
    return Outcome(replace(state, aim=read_aim(request.target, request.budget)))


@dataclass(frozen=True)
class Paste(Command):
    """People as they were copied from a sheet or a mail; `apart`: lines that are namesakes."""

    text: str
    apart: tuple[int, ...] | None = None


@command("paste")(Paste)
def paste(request: Paste, state: ScreenState, context: Context) -> Outcome:
    """Show how pasted people are read, before they are taken in."""
    known = recogniser(context.rules)
    pasted = None
    if request.text.strip():
        pasted = read_people(request.text, context.engagement, known, request.apart)
    return Outcome(replace(state, pasted=pasted, pasted_text=request.text))
