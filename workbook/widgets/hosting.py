"""Commands of a workshop's board: who is asked, the rounds, what is talked about later."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from workbook.errors import BadInput, Problem
from workbook.model.engagement import Engagement
from workbook.store import Change
from workbook.widgets.registry import command
from workbook.widgets.state import Context, Outcome, ScreenState
from workbook.widgets.trying import ended
from workbook.workshop import close_round, open_round, still_open


@command("ask")
def ask(screen: ScreenState, context: Context, *, people: list[str], asked: bool) -> Outcome:
    """Ask these people alone, or ask them no more: who has answered stays, withdrawn."""
    engagement = context.engagement
    changes = (change for person in people for change in _asked(engagement, person, asked=asked))
    return Outcome(ended(screen, context), tuple(changes))


def _asked(engagement: Engagement, person: str, *, asked: bool) -> Collection[Change]:
    standing = next((r for r in engagement.respondents if r.person == person), None)
    if standing is None:
        return [Change(("respondent", person), {"person": person})] if asked else []
    if standing.withdrawn is not asked:
        return []
    value = standing.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    return [Change(("respondent", standing.id), {**value, "withdrawn": not asked})]


@command("names")
def names(screen: ScreenState, context: Context, *, shown: bool) -> Outcome:
    """Whether answers are shown with names. Everybody is told before they answer: fixed then."""
    if context.engagement.rounds:
        t = context.voice.t
        problem = t("People have been told already who sees their answers")
        raise BadInput(Problem(problem, t("begin another engagement to ask them otherwise")))
    return Outcome(ended(screen, context), (Change(("anonymous",), not shown),))


@command("open_round")
def open_it(screen: ScreenState, context: Context, *, about: Literal["all", "open"]) -> Outcome:
    """Open a round about every subject in scope, or about those that are still open."""
    screen = ended(screen, context)
    subjects: tuple[str, ...] = ()
    if about == "open":
        subjects = still_open(context.rules, context.engagement, context.evaluate())
        if not subjects:
            raise BadInput(Problem(context.voice.t("Nothing is open any more.")))
    return Outcome(screen, (open_round(context.rules, context.engagement, subjects, context.now),))


@command("close_round")
def close_it(screen: ScreenState, context: Context) -> Outcome:
    """Close the round: no answer is taken any more, and what came in is shown."""
    return Outcome(
        ended(screen, context), (close_round(context.engagement, context.now, **context.closing()),)
    )


@command("timetable")
def timetable(
    screen: ScreenState, context: Context, *, minutes: int | None, begun: bool = False
) -> Outcome:
    """How long the room has, None for as long as it takes; with `begun`, from this moment on."""
    standing = context.engagement.timetable
    since = context.now if begun else standing and standing.begun
    value = {"minutes": minutes, "begun": since.isoformat() if since else None}
    change = Change(("timetable",), value if minutes else None)
    return Outcome(ended(screen, context), (change,))


@command("park")
def park(
    screen: ScreenState, context: Context, *, id_: str, text: str, focal_point: str | None = None
) -> Outcome:
    """Put something on the list of what is talked about later; `id` comes from the page."""
    value = {"text": text.strip(), **({"focal_point": focal_point} if focal_point else {})}
    return Outcome(ended(screen, context), (Change(("parked", id_), value),))


@command("settle_parked")
def settle_parked(screen: ScreenState, context: Context, *, id_: str, settled: bool) -> Outcome:
    """Strike something off that list, or put it back."""
    item = next((item for item in context.engagement.parked if item.id == id_), None)
    if item is None:
        return Outcome(screen)
    value = item.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    return Outcome(
        ended(screen, context), (Change(("parked", id_), {**value, "settled": settled}),)
    )
