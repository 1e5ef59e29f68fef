"""The plan that reaches a target, or fits an effort budget, at the best gain of low.

Gains of low add across subjects, because the shares of items depend on what applies and not on what
is answered; within one focal point or one family of questions they do not (METHOD §5). So the
choices of each subject are evaluated jointly, and a knapsack of one choice each is optimal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import gcd

import numpy as np

from workbook.errors import BadInput, Problem
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Action, Assumed, Evaluation
from workbook.model.rules import Rules
from workbook.scoring.actions import rescore
from workbook.scoring.aggregate import shares
from workbook.scoring.assume import assume, merged
from workbook.scoring.disclosure import Disclosure
from workbook.scoring.encode import EngagementReading, encode
from workbook.scoring.evaluator import Evaluator
from workbook.scoring.levels import EDGE
from workbook.scoring.scope import related_to
from workbook.scoring.values import value

MINUTES = 60
"""Minutes in an hour."""
NOT_TAKEN = -1
"""In place of a choice's position, where a subject has none in the plan."""
TOGETHER = 3
"""At most this many actions on one subject are considered together."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in order, with what it comes to.

    `gains`: gain of low of each step after the ones before it; they sum to the plan's gain.
    `reached`: whether the target is met (a plan for a budget always reaches it).
    """

    actions: tuple[Action, ...]
    gains: tuple[float, ...]
    effort_hours: float
    low: float
    after: Evaluation
    reached: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Some actions on one subject, with their joint gain of low and effort in steps."""

    actions: tuple[Action, ...]
    assumed: tuple[Assumed, ...]
    steps: int
    gain: float


def plan(
    rules: Rules,
    engagement: Engagement,
    as_of: dt.date,
    *,
    target: float | None = None,
    budget_hours: float | None = None,
) -> Plan:
    """The optimal plan: least effort for a low of at least `target`, or most gain in the budget.

    Give exactly one of them. In anonymous mode no step rests on a few voices. A target out of
    reach gives the plan that comes nearest, with `reached` False.
    """
    if (target is None) == (budget_hours is None):
        raise BadInput(Problem("a plan needs a target or a budget", "give exactly one of them"))
    evaluator = Evaluator()
    before = evaluator.evaluate(rules, engagement, as_of)
    reading = evaluator.read(rules, engagement)
    subjects, step = _choices(
        reading, before, Disclosure(rules, engagement, before, reading).actions
    )
    most = sum(max(choice.steps for choice in choices) for choices in subjects)
    limit = most if budget_hours is None else min(int(budget_hours * MINUTES / step + EDGE), most)
    best, taken = _knapsack(subjects, limit)
    needed = None if target is None else target - (before.score.low or 0.0)
    chosen, reached = _picked(best, needed)
    picked = _traced(subjects, taken, chosen)
    return _laid_out(rules, engagement, as_of, before, picked, reached=reached)


def _choices(
    reading: EngagementReading, before: Evaluation, proposed: Iterable[Action]
) -> tuple[list[list[Way]], int]:
    """Per subject, every way to act on it that gains something, and the minutes of a step."""
    groups: dict[str, list[Action]] = {}
    for action in proposed:
        if action.assumed and action.gain_low > 0:
            groups.setdefault(subject_of(reading.rules, action), []).append(action)
    ways = [
        (subject, actions)
        for subject, together in groups.items()
        for size in range(1, min(len(together), TOGETHER) + 1)
        for actions in combinations(together, size)
    ]
    assumed = [merged(actions) for _, actions in ways]
    portfolio = encode(reading.rules, [reading])
    values = value(portfolio)
    omega = shares(portfolio.layout, values.applicable)
    low = rescore(reading, portfolio, values, assumed, omega)[0].low if ways else np.zeros(0)
    step = gcd(*(_minutes(a) for together in groups.values() for a in together)) or 1
    choices: dict[str, list[Way]] = {}
    for (subject, actions), taken, after in zip(ways, assumed, low, strict=True):
        steps = sum(_minutes(action) for action in actions) // step
        gain = float(after) - (before.score.low or 0.0)
        choices.setdefault(subject, []).append(Way(actions, taken, steps, gain))
    return list(choices.values()), step


def _minutes(action: Action) -> int:
    return round(action.effort_hours * MINUTES)


def subject_of(rules: Rules, action: Action) -> str:
    """What actions share whose gains do not add: a focal point, or a family of questions."""
    if action.question is None:
        return f"focal point {action.focal_point}"
    family, known = frozenset({action.question}), frozenset[str]()
    while family != known:
        known, family = family, related_to(rules, family)
    return "questions " + " ".join(sorted(family))


def _knapsack(subjects: list[list[Way]], limit: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """(best gain per effort in steps, the choice taken per subject and effort, or NOT_TAKEN)."""
    best = np.zeros(limit + 1)
    taken = []
    for choices in subjects:
        now, which = best.copy(), np.full(limit + 1, NOT_TAKEN)
        for position, choice in enumerate(choices):
            if choice.steps > limit:
                continue
            after = best[: limit + 1 - choice.steps] + choice.gain
            better = after > now[choice.steps :] + EDGE
            now[choice.steps :][better] = after[better]
            which[choice.steps :][better] = position
        best = now
        taken.append(which)
    return best, taken


def _picked(best: np.ndarray, needed: float | None) -> tuple[int, bool]:
    """The effort to spend: the least that reaches what is needed, or that gains the most."""
    wanted = best[-1] if needed is None else needed
    enough = np.flatnonzero(best >= wanted - EDGE)
    if len(enough):
        return int(enough[0]), True
    return int(np.flatnonzero(best >= best[-1] - EDGE)[0]), False


def _traced(subjects: list[list[Way]], taken: list[np.ndarray], steps: int) -> list[Way]:
    picked = []
    for choices, which in zip(reversed(subjects), reversed(taken), strict=True):
        position = int(which[steps])
        if position != NOT_TAKEN:
            picked.append(choices[position])
            steps -= choices[position].steps
    return sorted(picked, key=lambda c: (-c.gain / max(c.steps, 1), c.actions[0].key))


def _laid_out(
    rules: Rules,
    engagement: Engagement,
    as_of: dt.date,
    before: Evaluation,
    picked: list[Way],
    *,
    reached: bool,
) -> Plan:
    """Evaluate the plan jointly and its steps one after the other."""
    done, low, evaluator = engagement, before.score.low or 0.0, Evaluator()
    actions: list[Action] = []
    gains: list[float] = []
    for choice in picked:
        for count in range(1, len(choice.actions) + 1):
            after = assume(rules, done, merged(choice.actions[:count]))
            now = evaluator.score(rules, after, as_of).numbers.score.low or 0.0
            actions.append(choice.actions[count - 1])
            gains.append(now - low)
            low = now
        done = assume(rules, done, choice.assumed)
    effort = sum(action.effort_hours for action in actions)
    planned = evaluator.evaluate(rules, done, as_of)
    return Plan(
        actions=tuple(actions),
        gains=tuple(gains),
        effort_hours=effort,
        low=low,
        after=planned,
        reached=reached,
    )
