"""Commands that look around: which engagement, which page, which language, whose name."""

from __future__ import annotations

from dataclasses import replace

from workbook.i18n import speaks
from workbook.widgets.notices import caution
from workbook.widgets.planner import read_aim
from workbook.widgets.registry import command
from workbook.widgets.state import Begin, Close, Context, Look, Open, Outcome, ScreenState
from workbook.widgets.trying import ended
from workbook.widgets.views.frame import START, steps
from workbook.widgets.views.review import TABS


@command("poll", anywhere=True, quiet=True)
def poll(
    screen: ScreenState,
    _: Context | None,
    *,
    typing: bool = False,  # noqa: ARG001 - the conversation waits then
) -> Outcome:
    """Take in what others recorded since; `typing`: somebody is about to say more."""
    return Outcome(screen, effect=Look())


@command("resend", anywhere=True, quiet=True)
def resend(screen: ScreenState, _: Context | None) -> Outcome:
    """Send the whole view again: the line does so."""
    return Outcome(screen)


@command("hello", anywhere=True, quiet=True)
def hello(
    screen: ScreenState,
    context: Context | None,
    *,
    query: dict[str, str] | None = None,
    actor: str | None = None,
) -> Outcome:
    """Resume where the address of a page that has come up says; `actor` sits before it."""
    query = query or {}
    screen = replace(screen, actor=query.get("actor") or actor or screen.actor)
    name, effect, spoken = query.get("engagement"), None, query.get("lang") or ""
    if name and (context is None or context.key != name):
        effect = Open(name, speak=not speaks(spoken))
        screen = _without_trial(screen, context)
    if speaks(spoken):
        screen = replace(screen, language=spoken)
    step = query.get("step")
    if step and (effect or (context and step in steps(context.rules))):
        screen = replace(screen, step=step)
    if "names" in query:
        screen = replace(screen, nameless=query["names"] == "off")
    if query.get("tab") in TABS:
        screen = replace(screen, tab=query["tab"])
    return Outcome(screen, effect=effect)


def _without_trial(state: ScreenState, context: Context | None) -> ScreenState:
    """The state without its trial, and the notice that the address has ended it."""
    if context and state.trial and state.trial.steps:
        name = context.engagement.organisation.name
        text = context.voice.t(
            "What you tried for {name} was dropped: nothing of it is recorded.", name=name
        )
        state = replace(state, notice=caution(text))
    return replace(state, trial=None)


@command("open", anywhere=True)
def open_engagement(screen: ScreenState, context: Context | None, *, engagement: str) -> Outcome:
    """Open an engagement, by its key or an example's name, at its first page."""
    screen = replace(ended(screen, context), step=START, incoming=None)
    return Outcome(screen, effect=Open(engagement))


@command("close_engagement", anywhere=True)
def close_engagement(screen: ScreenState, context: Context | None) -> Outcome:
    """Back to the choice of engagements."""
    screen = replace(ended(screen, context), step=START, leaver=None, aim=None, begun=None)
    return Outcome(screen, effect=Close())


@command("new", anywhere=True)
def new(
    screen: ScreenState,
    context: Context | None,
    *,
    name: str,
    profile: str,
    business_models: tuple[str, ...],
    go_live: str,
    systems: tuple[str, ...] = (),
) -> Outcome:
    """Begin an engagement with its compulsory facts, once: a double click asks for it twice."""
    begin = Begin(
        name=name,
        profile=profile,
        business_models=business_models,
        go_live=go_live,
        systems=systems,
    )
    if context and begin == screen.begun:
        return Outcome(screen)
    return Outcome(replace(ended(screen, context), begun=begin), effect=begin)


@command("actor", anywhere=True)
def actor(screen: ScreenState, _: Context | None, *, name: str) -> Outcome:
    """Another name for what this person says from now on."""
    return Outcome(replace(screen, actor=name.strip() or screen.actor))


@command("go")
def go(screen: ScreenState, context: Context, *, step: str) -> Outcome:
    """Another page: `start`, an area's key, or `review`."""
    known = step in steps(context.rules)
    return Outcome(replace(screen, step=step, before=None) if known else screen)


@command("tab")
def tab(screen: ScreenState, _: Context, *, tab: str) -> Outcome:
    """Another tab of the review."""
    return Outcome(replace(screen, tab=tab) if tab in TABS else screen)


@command("show_names", anywhere=True)
def show_names(screen: ScreenState, _: Context | None, *, shown: bool) -> Outcome:
    """Whether people go by their names on this screen, or by their titles."""
    return Outcome(replace(screen, nameless=not shown))


@command("speak", anywhere=True)
def speak(screen: ScreenState, _: Context | None, *, language: str) -> Outcome:
    """Another language."""
    known = speaks(language)
    return Outcome(replace(screen, language=language) if known else screen)


@command("why")
def why(screen: ScreenState, _: Context, *, of: str) -> Outcome:
    """Open a number into its reasons: `overall`, an area, or `experience/named`, a criterion."""
    return Outcome(replace(screen, why=of))


@command("close")
def close(screen: ScreenState, _: Context) -> Outcome:
    """Close the reasons."""
    return Outcome(replace(screen, why=None))


@command("departure")
def departure(screen: ScreenState, _: Context, *, person: str | None) -> Outcome:
    """Show what would be without an owner if this person left."""
    return Outcome(replace(screen, leaver=person))


@command("plan")
def ask_plan(
    screen: ScreenState,
    _: Context,
    *,
    target: float | str | None = None,
    budget: float | str | None = None,
) -> Outcome:
    """Ask for the plan that reaches a score or fits some hours; neither drops it."""
    return Outcome(replace(screen, aim=read_aim(target, budget)))
