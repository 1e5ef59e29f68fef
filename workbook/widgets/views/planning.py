"""The plan that reaches a target score or fits an effort budget, as the screen shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.scoring.levels import EDGE
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import compared
from workbook.wording.actions import action_title, action_who
from workbook.wording.figures import bounds, effort_text, gain_text

if TYPE_CHECKING:
    from workbook.scoring.plan import Plan
    from workbook.widgets.planner import Aim

TOP = 100


def wanted_view(scene: Scene, aim: Aim | None) -> View:
    """What stands in the two fields: what was asked for, else the start of the next level."""
    if aim is None:
        return {"target": next_level(scene), "budget": None}
    return {"target": aim.target, "budget": aim.budget}


def next_level(scene: Scene) -> float:
    """Where the level above the certain score begins; above the highest level, the top."""
    low = scene.evaluation.score.low or 0
    above = [level.start for level in scene.rules.levels if level.start > low + EDGE]
    return min(above, default=TOP)


def plan_view(scene: Scene, aim: Aim, plan: Plan) -> View:
    """The optimal plan: its steps in order, what each adds after the ones before, the result."""
    v = scene.voice
    return {
        "reached": plan.reached,
        "low": plan.low,
        "lead": _lead(scene, aim, plan),
        "effort": effort_text(plan.effort_hours, v),
        "gain": gain_text(sum(plan.gains), v),
        **compared(scene, plan.after.score),
        "rows": [
            {
                "key": action.key,
                "number": v.number(number),
                "title": action_title(scene, action),
                "who": action_who(scene, action),
                "effort": effort_text(action.effort_hours, v),
                "gain": gain_text(gain, v),
                "to": action.area,
                "focus": action.question or action.focal_point,
            }
            for number, (action, gain) in enumerate(zip(plan.actions, plan.gains, strict=True), 1)
        ],
    }


def _lead(scene: Scene, aim: Aim, plan: Plan) -> str:
    v = scene.voice
    before, _ = bounds(scene.evaluation.score, v)
    low, _ = bounds(plan.after.score, v)
    words = {"before": before, "low": low, "effort": effort_text(plan.effort_hours, v)}
    if plan.actions and plan.reached:
        return v.n(
            "One step takes the certain score from {before} to {low}, with {effort} of work.",
            "{count} steps take the certain score from {before} to {low}, with {effort} of work.",
            len(plan.actions),
            **words,
        )
    if plan.actions:
        return v.t(
            "That score cannot be reached. This comes nearest: "
            "the certain score goes from {before} to {low}, "
            "with {effort} of work.",
            **words,
        )
    if aim.budget is not None:
        return v.t("No step that gains anything fits in this time.")
    if plan.reached:
        return v.t("Nothing needs doing: {low} is certain already.", low=low)
    return v.t("No step would help.")
