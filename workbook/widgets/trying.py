"""Commands of "what if": a trial begins, is dropped, or is kept as one step."""

from __future__ import annotations

from dataclasses import replace

from workbook.errors import BadInput, Problem
from workbook.widgets.registry import Nothing, command
from workbook.widgets.state import Context, Outcome, ScreenState
from workbook.widgets.trial import Trial


def ended(state: ScreenState, context: Context | None) -> ScreenState:
    """The state without a trial in which nothing was tried; BadInput asks about one with steps."""
    if context and state.trial and state.trial.steps:
        t = context.voice.t
        problem = t("Something is being tried, and nothing of it is recorded")
        raise BadInput(Problem(problem, t("keep it or drop it first")))
    return replace(state, trial=None)


@command("try")(Nothing)
def begin(_: Nothing, state: ScreenState, context: Context) -> Outcome:
    """Begin a trial; the second press ends one in which nothing was tried."""
    return Outcome(replace(state, trial=Trial()) if state.trial is None else ended(state, context))


@command("drop")(Nothing)
def drop(_: Nothing, state: ScreenState, __: Context) -> Outcome:
    """End the trial, without a trace."""
    return Outcome(replace(state, trial=None))


@command("keep")(Nothing)
def keep(_: Nothing, state: ScreenState, __: Context) -> Outcome:
    """Record what was tried, as one step of undo."""
    changes = state.trial.changes if state.trial else ()
    return Outcome(replace(state, trial=None), changes, compare=bool(changes))
