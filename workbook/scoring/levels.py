"""Levels and gates: a critical condition holds the level, never the score (METHOD §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.evaluation import ItemKind
from workbook.scoring.aggregate import WIDE, Scores
from workbook.scoring.layout import Layout
from workbook.scoring.values import Floats, Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGE = 1e-9
"""Edges count as met, of bands and of the widest range: sums of shares miss them by rounding."""

TRIPPED, UNDETERMINED, PASSED, OUT = 0, 1, 2, 3
NOT_SCORED, INDICATIVE, SCORED, NOT_APPLICABLE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class GateStates:
    """State (E, G) of every gate, and low, point, high (3, E, G) of the item that it tests."""

    state: NDArray[np.int8]
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Indices of levels: `span` (3, …) holds low, provisional or confirmed, high; -1 for none."""

    span: NDArray[np.int8]
    status: NDArray[np.int8]


def gates(layout: Layout, values: Values) -> GateStates:
    """The state of every gate of every engagement; OUT where its item does not apply."""
    size, count = len(values.low), len(layout.framework.gates)
    state = np.full((size, count), OUT, dtype=np.int8)
    tested = np.full((3, size, count), np.nan)
    for g, gate in enumerate(layout.framework.gates):
        columns = gate_columns(layout, g)
        open_items = values.applicable[:, columns]
        there = open_items.any(axis=1)
        low, point, high = (
            np.fmin.reduce(np.where(open_items, x[:, columns], np.inf), axis=1, initial=np.inf)
            for x in (values.low, values.point, values.high)
        )
        state[:, g] = np.where(
            high < gate.threshold - EDGE,
            TRIPPED,
            np.where(low >= gate.threshold - EDGE, PASSED, UNDETERMINED),
        )
        state[~there, g] = OUT
        tested[:, :, g] = np.where(np.isfinite((low, point, high)), (low, point, high), np.nan)
    return GateStates(state, tested)


def gate_columns(layout: Layout, g: int) -> list[int]:
    """Item columns that a gate tests: one *named* item, or all instances of a question."""
    gate = layout.framework.gates[g]
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
    keys = [level.key for level in layout.framework.levels]
    for g, gate in enumerate(layout.framework.gates):
        columns = gate_columns(layout, g)
        if not columns:  # every system that the question is asked for is off
            continue
        tripped = tested.state[:, g] == TRIPPED
        held = np.stack(
            (
                tripped | (tested.state[:, g] == UNDETERMINED),
                tested.values[1, :, g] < gate.threshold - EDGE,
                tripped,
            )
        )
        at = [0, 1 + layout.column_area[columns[0]]]
        capped = np.minimum(span[:, :, at], keys.index(gate.cap))
        span[:, :, at] = np.where(held[..., None], capped, span[:, :, at])
    span[1] = np.where(span[0] == span[2], span[0], span[1])
    status = np.where(numbers[2] - numbers[0] > WIDE + EDGE, INDICATIVE, SCORED).astype(np.int8)
    status[np.isnan(numbers[1])] = NOT_SCORED
    status[np.isnan(numbers[0])] = NOT_APPLICABLE
    overall, areas = status[:, 0], status[:, 1:]
    overall[_area_missing(scores) & (overall == SCORED)] = INDICATIVE
    return Levels(span[:, :, 0], overall), Levels(span[:, :, 1:], areas)


def _area_missing(scores: Scores) -> NDArray[np.bool_]:
    return np.asarray(((scores.omega.area > 0) & np.isnan(scores.areas[1])).any(axis=1))


def _bands(layout: Layout, scores: Floats) -> NDArray[np.int8]:
    starts = np.array([level.start for level in layout.framework.levels])
    band = np.searchsorted(starts, scores + EDGE, side="right") - 1
    return np.where(np.isnan(scores), -1, band).astype(np.int8)
