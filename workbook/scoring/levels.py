"""Levels and gates: a critical condition holds the level, never the score (METHOD §3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.evaluation import GateState, ItemKind, LevelSpan, Score, Status
from workbook.model.rules import Rules
from workbook.scoring.aggregate import WIDE, Scores
from workbook.scoring.layout import Layout
from workbook.scoring.values import Floats, Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGE = 1e-9
"""Edges count as met, of bands and of the widest range: sums of shares miss them by rounding."""

NO_LEVEL = -1
"""In place of a level's index, where there is no score."""


class GateCode(IntEnum):
    """A `GateState` in an array; OUT where what the gate tests does not apply."""

    TRIPPED = 0
    UNDETERMINED = 1
    PASSED = 2
    OUT = 3


class StatusCode(IntEnum):
    """A `Status` in an array."""

    NOT_SCORED = 0
    INDICATIVE = 1
    SCORED = 2
    NOT_APPLICABLE = 3


GATE_STATES = tuple(GateState[code.name] for code in GateCode if code is not GateCode.OUT)
STATUSES = tuple(Status[code.name] for code in StatusCode)


@dataclass(frozen=True, slots=True, eq=False)
class GateStates:
    """State (E, G) of every gate, and low, point, high (3, E, G) of the item that it tests."""

    state: NDArray[np.int8]
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Indices of levels: `span` (3, …) holds low, provisional or confirmed, high, or NO_LEVEL."""

    span: NDArray[np.int8]
    status: NDArray[np.int8]


def gates(layout: Layout, values: Values) -> GateStates:
    """The state of every gate of every engagement; OUT where its item does not apply."""
    size, count = len(values.low), len(layout.rules.gates)
    state = np.full((size, count), GateCode.OUT, dtype=np.int8)
    tested = np.full((3, size, count), np.nan)
    for g, gate in enumerate(layout.rules.gates):
        columns = gate_columns(layout, g)
        open_items = values.applicable[:, columns]
        there = open_items.any(axis=1)
        low, point, high = (
            np.fmin.reduce(np.where(open_items, x[:, columns], np.inf), axis=1, initial=np.inf)
            for x in (values.low, values.point, values.high)
        )
        state[:, g] = np.where(
            high < gate.threshold - EDGE,
            GateCode.TRIPPED,
            np.where(low >= gate.threshold - EDGE, GateCode.PASSED, GateCode.UNDETERMINED),
        )
        state[~there, g] = GateCode.OUT
        tested[:, :, g] = np.where(np.isfinite((low, point, high)), (low, point, high), np.nan)
    return GateStates(state, tested)


def level_span(rules: Rules, span: NDArray[np.int8]) -> LevelSpan | None:
    """Indices of levels (3,) by their keys; None where there is no score."""
    low, middle, high = (int(index) for index in span)
    if low == NO_LEVEL:
        return None
    keys = [level.key for level in rules.levels]
    level = keys[middle] if middle != NO_LEVEL else None
    return LevelSpan(low=keys[low], high=keys[high], level=level, confirmed=low == high)


def score_of(low: float, point: float, high: float, status: Status) -> Score:
    """A score out of arrays: what is NaN there is None here."""
    known = [None if math.isnan(number) else number for number in (low, point, high)]
    return Score(low=known[0], point=known[1], high=known[2], status=status)


def gate_columns(layout: Layout, g: int) -> list[int]:
    """Item columns that a gate tests: one *named* item, or all instances of a question."""
    gate = layout.rules.gates[g]
    if gate.focal_point is not None:
        return [layout.column(ItemKind.NAMED, layout.focal_index[gate.focal_point])]
    return [
        layout.column(ItemKind.QUESTION, position)
        for position, (question, _) in enumerate(layout.questions)
        if question == gate.question
    ]


def levels(layout: Layout, scores: Scores, tested: GateStates) -> tuple[Levels, Levels]:
    """Levels of the whole (E,) and of each area (E, A). An area is held by its own gates."""
    whole = np.stack((scores.low, scores.point, scores.high))[..., None]
    numbers = np.concatenate((whole, scores.areas), axis=2)
    span = _bands(layout, numbers)
    keys = [level.key for level in layout.rules.levels]
    for g, gate in enumerate(layout.rules.gates):
        columns = gate_columns(layout, g)
        if not columns:  # every system that the question is asked for is off
            continue
        tripped = tested.state[:, g] == GateCode.TRIPPED
        held = np.stack(
            (
                tripped | (tested.state[:, g] == GateCode.UNDETERMINED),
                tested.values[1, :, g] < gate.threshold - EDGE,
                tripped,
            )
        )
        at = [0, 1 + layout.column_area[columns[0]]]
        capped = np.minimum(span[:, :, at], keys.index(gate.cap))
        span[:, :, at] = np.where(held[..., None], capped, span[:, :, at])
    span[1] = np.where(span[0] == span[2], span[0], span[1])
    wide = numbers[2] - numbers[0] > WIDE + EDGE
    status = np.where(wide, StatusCode.INDICATIVE, StatusCode.SCORED).astype(np.int8)
    status[np.isnan(numbers[1])] = StatusCode.NOT_SCORED
    status[np.isnan(numbers[0])] = StatusCode.NOT_APPLICABLE
    overall, areas = status[:, 0], status[:, 1:]
    unscored = ((scores.omega.area > 0) & np.isnan(scores.areas[1])).any(axis=1)
    overall[unscored & (overall == StatusCode.SCORED)] = StatusCode.INDICATIVE
    return Levels(span[:, :, 0], overall), Levels(span[:, :, 1:], areas)


def _bands(layout: Layout, scores: Floats) -> NDArray[np.int8]:
    starts = np.array([level.start for level in layout.rules.levels])
    band = np.searchsorted(starts, scores + EDGE, side="right") - 1
    return np.where(np.isnan(scores), NO_LEVEL, band).astype(np.int8)
