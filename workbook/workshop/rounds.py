"""Rounds: open one for what is still open, and close it for good."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem
from workbook.scoring.scope import in_scope
from workbook.store import Change

if TYPE_CHECKING:
    from collections.abc import Collection

    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.model.rules import Rules


def still_open(rules: Rules, engagement: Engagement, evaluation: Evaluation) -> tuple[str, ...]:
    """The focal points that a further round asks about: neither decided nor agreed."""
    settled = {
        item.focal_point for item in evaluation.ownership if item.state.family in {"owned", "out"}
    }
    return tuple(
        focal_point.key
        for area in rules.areas
        for focal_point in area.focal_points
        if in_scope(focal_point, engagement) and focal_point.key not in settled
    )


def open_round(
    rules: Rules, engagement: Engagement, focal_points: Collection[str], at: dt.datetime
) -> Change:
    """Open the next round; none if there are no `focal_points` means all in scope.

    The thresholds in force are written into it, so that nobody can change them after the answers.
    BadInput if a round is open, or nobody is asked.
    """
    if any(asked.closed is None for asked in engagement.rounds):
        raise BadInput(Problem("a round is open already", "close it first"))
    if not any(not respondent.withdrawn for respondent in engagement.respondents):
        raise BadInput(Problem("nobody is asked yet", "say who answers"))
    value = {
        "opened": at.isoformat(),
        "focal_points": list(focal_points),
        "threshold": rules.thresholds.agreed_share,
        "small_group": rules.thresholds.small_group,
    }
    return Change(("round", str(len(engagement.rounds) + 1)), value)


def close_round(
    engagement: Engagement, at: dt.datetime, *, spoke: int = 0, changed: float | None = None
) -> Change:
    """Close the round that is open, with what the log says of it. BadInput if none is."""
    current = next((asked for asked in engagement.rounds if asked.closed is None), None)
    if current is None:
        raise BadInput(Problem("no round is open", "open one first"))
    value = current.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    facts = {"closed": at.isoformat(), "spoke": spoke, "changed": changed}
    return Change(("round", current.id), {**value, **facts})
