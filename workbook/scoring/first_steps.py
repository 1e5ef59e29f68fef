"""What to do first: actions of one kind done together, and where they lead (METHOD §5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workbook.model.evaluation import (
    FIRST_STEPS,
    Action,
    Asked,
    Assumed,
    JointAction,
    Outlook,
    Urgency,
)
from workbook.scoring.actions import ASK, gains, order, rescore
from workbook.scoring.aggregate import Scores
from workbook.scoring.assignees import Assignees
from workbook.scoring.assume import merged
from workbook.scoring.encode import EngagementReading
from workbook.scoring.layout import Layout
from workbook.scoring.levels import STATUSES, gates, level_span, levels, score_of
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.values import Values

Alike = tuple[str, str | None, Urgency, bool, str | None, bool]
"""What actions that are done together have in common; the last: whether the sponsor decides."""


def first_steps(
    reading: EngagementReading,
    portfolio: Portfolio,
    values: Values,
    before: Scores,
    actions: Iterable[Action],
) -> tuple[tuple[JointAction, ...], Outlook | None]:
    """Every step in the order in which to take them, and where the first of them lead together.

    `actions`: those that may be shown, in their order. The other arguments are the engagement's
    own, E = 1.
    """
    sponsor = Assignees.of(reading).sponsor
    groups = _groups(reading, actions, sponsor)
    if not groups:
        return (), None
    several = {key: merged(group) for key, group in groups.items() if len(group) > 1}
    # Gains mostly add, so that the first steps are known before what each gains together, and one
    # pass scores it all. Where they do not add, the list is in another order: then once more.
    added = {key: (sum(action.gain_low for action in groups[key]), None) for key in several}
    expected = _first(_ordered(groups, added))
    numbers = (reading, portfolio, values)
    after, items = rescore(*numbers, [*several.values(), expected], before.omega)
    steps = _ordered(groups, {key: gains(before, after, row) for row, key in enumerate(several)})
    first = _first(steps)
    if first != expected:
        after, items = rescore(*numbers, [first], before.omega)
    return steps, outlooks(portfolio.layout, after, items)[-1]


def outlooks(layout: Layout, after: Scores, items: Values) -> list[Outlook]:
    """The overall score and level under each variant that was scored."""
    overall, _ = levels(layout, after, gates(layout, items))
    bounds = zip(after.low.tolist(), after.point.tolist(), after.high.tolist(), strict=True)
    return [
        Outlook(
            score_of(*numbers, STATUSES[overall.status[row]]),
            level_span(layout.rules, overall.span[:, row]),
        )
        for row, numbers in enumerate(bounds)
    ]


def _first(steps: Sequence[JointAction]) -> tuple[Assumed, ...]:
    """What the first steps assume."""
    return merged(action for step in steps[:FIRST_STEPS] for action in step.actions)


def _ordered(
    groups: Mapping[Alike, list[Action]], gained: Mapping[Alike, tuple[float, float | None]]
) -> tuple[JointAction, ...]:
    """Steps in the order of METHOD §5; `gained`: what those of several actions gain together."""
    steps = (_joint(group, gained.get(key), of_sponsor=key[-1]) for key, group in groups.items())
    return tuple(sorted(steps, key=order))


def _groups(
    reading: EngagementReading, actions: Iterable[Action], sponsor: str | None
) -> dict[Alike, list[Action]]:
    """One action per subject, its first; those of one kind and one urgency together.

    Seats keep to themselves, since nobody owns a seat: somebody speaks for it. So does what the
    sponsor decides, and what finds out about a must-have.
    """
    subjects = set[object]()
    groups: dict[Alike, list[Action]] = {}
    for action in actions:
        subject = (action.question, action.focal_point or action.findings)
        if subject in subjects:
            continue
        subjects.add(subject)
        panel = reading.panels.get(action.focal_point or "")
        seat = panel is not None and panel.focal_point.kind == "seat"
        alone = action.focal_point if action.kind == ASK else None
        of_sponsor = action.asked is Asked.C_SUITE or (
            sponsor is not None and action.who == sponsor
        )
        alike = (action.kind, action.question, action.urgency, seat, alone, of_sponsor)
        groups.setdefault(alike, []).append(action)
    return groups


def _joint(
    group: list[Action], joint: tuple[float, float | None] | None, *, of_sponsor: bool
) -> JointAction:
    first = group[0]
    low, point = joint or (first.gain_low, first.gain_point)
    return JointAction(
        kind=first.kind,
        question=first.question,
        actions=tuple(group),
        gain_low=low,
        gain_point=point,
        urgency=first.urgency,
        of_sponsor=of_sponsor,
    )
