"""Commands of "what if": a trial begins, is dropped, or is kept as one step."""

from __future__ import annotations

from dataclasses import replace

from workbook.errors import BadInput, Problem
from workbook.widgets.registry import command
from workbook.widgets.state import Context, Outcome, ScreenState
from workbook.widgets.trial import Trial


def ended(state: ScreenState, context: Context | None) -> ScreenState:
    """The state without a trial in which nothing was tried; BadInput asks about one with steps."""
    if context and state.trial and state.trial.steps:
        t = context.voice.t
        problem = t("Something is being tried, and nothing of it is recorded")
        raise BadInput(Problem(problem, t("keep it or drop it first")))
    return replace(state, trial=None)


@command("try")
def begin(screen: ScreenState, context: Context) -> Outcome:
    """Begin a trial; the second press ends one in which nothing was tried."""
    return Outcome(
        replace(screen, trial=Trial()) if screen.trial is None else ended(screen, context)
    )


@command("drop")
def drop(screen: ScreenState, _: Context) -> Outcome:
    """End the trial, without a trace."""
    return Outcome(replace(screen, trial=None))


@command("keep")
def keep(screen: ScreenState, _: Context) -> Outcome:
    """Record what was tried, as one step of undo."""
    changes = screen.trial.changes if screen.trial else ()
    return Outcome(replace(screen, trial=None), changes, compare=bool(changes))
