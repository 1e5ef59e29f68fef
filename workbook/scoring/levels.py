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
class Gates:
    """State (E, G) of every gate, and low, point, high (3, E, G) of the item that it tests."""

    state: NDArray[np.int8]
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Indices of levels: `span` (3, …) holds low, provisional or confirmed, high; -1 for none."""

    span: NDArray[np.int8]
    status: NDArray[np.int8]


def gates(layout: Layout, values: Values) -> Gates:
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
    return Gates(state, tested)


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


def levels(layout: Layout, scores: Scores, found: Gates) -> tuple[Levels, Levels]:
    """Levels of the whole (E,) and of each area (E, A). An area is held by its own gates."""
    everything = np.arange(found.state.shape[1])
    overall = _levels(layout, (scores.low, scores.point, scores.high), found, everything)
    gaps = _area_missing(scores)
    overall.status[gaps & (overall.status == SCORED)] = INDICATIVE
    areas = [
        _levels(layout, tuple(scores.areas[:, :, a]), found, _gates_of(layout, a))
        for a in range(scores.areas.shape[2])
    ]
    together = Levels(
        np.stack([one.span for one in areas], axis=2),
        np.stack([one.status for one in areas], axis=1),
    )
    return overall, together


def _area_missing(scores: Scores) -> NDArray[np.bool_]:
    return np.asarray(((scores.omega.area > 0) & np.isnan(scores.areas[1])).any(axis=1))


def _gates_of(layout: Layout, area: int) -> NDArray[np.intp]:
    return np.array(
        [
            g
            for g in range(len(layout.framework.gates))
            if layout.column_area[gate_columns(layout, g)[0]] == area
        ],
        dtype=np.intp,
    )


def _levels(
    layout: Layout, score: tuple[Floats, ...], found: Gates, held_by: NDArray[np.intp]
) -> Levels:
    low, point, high = score
    keys = [level.key for level in layout.framework.levels]
    starts = np.array([level.start for level in layout.framework.levels])
    span = np.stack([_band(starts, x) for x in (low, point, high)])
    for g in held_by:
        gate = layout.framework.gates[g]
        cap, state = keys.index(gate.cap), found.state[:, g]
        below = found.values[1, :, g] < gate.threshold - EDGE
        for row, held in enumerate(
            ((state == TRIPPED) | (state == UNDETERMINED), below, state == TRIPPED)
        ):
            span[row][held] = np.minimum(span[row][held], cap)
    same = span[0] == span[2]
    span[1] = np.where(same, span[0], span[1])
    status = np.where(high - low > WIDE + EDGE, INDICATIVE, SCORED).astype(np.int8)
    status[np.isnan(point)] = NOT_SCORED
    status[np.isnan(low)] = NOT_APPLICABLE
    return Levels(span.astype(np.int8), status)


def _band(starts: Floats, score: Floats) -> NDArray[np.int8]:
    band = np.searchsorted(starts, np.nan_to_num(score, nan=-1.0) + EDGE, side="right") - 1
    return np.where(np.isnan(score), -1, band).astype(np.int8)
