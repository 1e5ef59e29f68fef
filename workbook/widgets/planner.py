"""The plan that a screen asks for: what it should reach, and the plan itself, remembered."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.errors import BadInput, Problem
from workbook.scoring.plan import plan

if TYPE_CHECKING:
    from workbook.scoring.plan import Plan
    from workbook.widgets.views.scene import Scene

TOP = 100
MOST_HOURS = 9999


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan is for: a certain score to reach, or the hours that it may take; one of them."""

    target: float | None = None
    budget: float | None = None


def read_aim(target: object, budget: object) -> Aim | None:
    """The aim that was typed; what is empty is not said, and nothing said is no aim."""
    numbers = _number("target score", target, TOP), _number("hours", budget, MOST_HOURS)
    if numbers == (None, None):
        return None
    if None not in numbers:
        raise BadInput(Problem("a plan has a target score or hours", "give only one of them"))
    return Aim(*numbers)


def _number(name: str, value: object, most: int) -> float | None:
    if value is None or value == "":
        return None
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not 0 <= number <= most:
        raise BadInput(Problem(f"“{value}” is no {name}", f"give a number from 0 to {most}"))
    return number


class Planner:
    """Makes the plan anew only when what it rests on changes: a screen asks every second."""

    def __init__(self) -> None:
        self._made: tuple[tuple[Any, ...], Plan] | None = None

    def plan(self, aim: Aim | None, scene: Scene) -> Plan | None:
        """The plan for the moment that is shown; None while none is asked for."""
        if aim is None:
            return None
        rests_on = (aim, scene.rules, scene.engagement, scene.evaluation.as_of)
        if self._made is None or self._made[0] != rests_on:
            result = plan(*rests_on[1:], target=aim.target, budget_hours=aim.budget)
            self._made = rests_on, result
        return self._made[1]
