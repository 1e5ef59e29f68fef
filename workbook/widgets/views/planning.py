"""The plan that reaches a target score or fits an effort budget, as the screen shows it."""

from __future__ import annotations

import math

from workbook.scoring.plan import plan
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.telling import action_title

HALF_DAY, DAY = 4, 8

Wanted = dict[str, float]
"""`{"target": 65}` or `{"budget": 8}` in hours; empty while no plan is asked for."""


def plan_view(scene: Scene, wanted: Wanted) -> View:
    """The optimal plan: its steps in order, what each adds after the ones before, the result."""
    v = scene.voice
    found = plan(
        scene.framework,
        scene.engagement,
        scene.evaluation.as_of,
        target=wanted.get("target"),
        budget_hours=wanted.get("budget"),
    )
    low = v.number(math.floor(found.low))
    said = {"low": low, "effort": effort(scene, found.effort_hours)}
    if not found.reached:
        lead = v.t("The target is out of reach: everything below brings {low} for certain.", **said)
    elif not found.actions:
        lead = v.t("Nothing needs doing: {low} is certain already.", low=low)
    else:
        lead = v.t("These steps bring {low} for certain, with {effort} of work.", **said)
    return {
        "wanted": wanted,
        "reached": found.reached,
        "low": found.low,
        "lead": lead,
        "rows": [
            {
                "key": action.key,
                "title": action_title(scene, action),
                "who": scene.party(action.who) if action.who else "–",
                "effort": effort(scene, action.effort_hours),
                "gain": v.number(gain, 1, signed=True),
                "to": action.area,
                "focus": action.question or action.focal_point,
            }
            for action, gain in zip(found.actions, found.gains, strict=True)
        ],
    }


def effort(scene: Scene, hours: float) -> str:
    """Working time as people say it."""
    v = scene.voice
    if hours < HALF_DAY:
        return v.t("{number} h", number=v.number(hours, 0 if hours == int(hours) else 1))
    days = hours / DAY
    return v.t("{number} d", number=v.number(days, 0 if days == int(days) else 1))
