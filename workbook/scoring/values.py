"""From cells to item values: point, low and high of every item (METHOD §1), for all engagements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.scoring.cell import CellKind, Truth
from workbook.scoring.inquiry import CREDIT
from workbook.scoring.layout import FOCAL_KINDS
from workbook.scoring.portfolio import Cells, Portfolio

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Nominees:
    """Everybody who has votes on a focal point with free cells, for the joint high.

    One row per (unit, party), sorted by unit: `votes` is k_p, `fit` φ_p (unknown counts 1).
    """

    unit: NDArray[np.int64]
    votes: NDArray[np.int64]
    fit: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Item values (E, I), 0 to 1; `point` is NaN without one, and all 0 where not applicable.

    `voices` (E, F) is N, `free` (E, F) m, `best` (E, F) k*.
    """

    applicable: NDArray[np.bool_]
    low: Floats
    point: Floats
    high: Floats
    voices: Floats
    free: Floats
    best: Floats
    nominees: Nominees


def value(portfolio: Portfolio) -> Values:
    """Values of every item of every engagement."""
    cells, shape = portfolio.cells, (len(portfolio), portfolio.free.shape[1])
    counts = _Counts(cells, shape)
    best, nominees = _favourites(cells, shape)
    free = portfolio.free.T.astype(float, order="C")
    answered = counts.of()
    voices = np.maximum(answered + free, 1.0)
    favourite = best.T.copy()
    blocks = [
        _bounded(counts.of(cells.kind != CellKind.NONE), None, answered, free, voices),
        _bounded(favourite, None, answered, free, voices),
    ]
    for name in ("fit", "deputy", "inside"):
        column = getattr(cells, name)
        good, unknown = counts.of(column == Truth.YES), counts.of(column == Truth.UNKNOWN)
        blocks.append(_bounded(good, unknown, answered, free, voices))
    blocks.append(_questions(portfolio))
    applicable = _applicable(portfolio)
    low, point, high = (np.concatenate(part) for part in zip(*blocks, strict=True))
    for numbers, nothing in ((low, 0.0), (point, np.nan), (high, 0.0)):
        np.copyto(numbers, nothing, where=~applicable)
    return Values(
        applicable=applicable.T,
        low=low.T,
        point=point.T,
        high=high.T,
        voices=voices.T,
        free=free.T,
        best=best,
        nominees=nominees,
    )


class _Counts:
    """Counts of cells per focal point and engagement (F, E)."""

    def __init__(self, cells: Cells, shape: tuple[int, int]) -> None:
        self.unit, self.shape = cells.unit, shape

    def of(self, mask: NDArray[np.bool_] | None = None) -> Floats:
        """How many cells are marked; without a mask, how many there are."""
        counted = np.bincount(self.unit, weights=mask, minlength=self.shape[0] * self.shape[1])
        return counted.reshape(self.shape).T.astype(float, order="C")


def _bounded(
    good: Floats, unknown: Floats | None, answered: Floats, free: Floats, voices: Floats
) -> tuple[Floats, Floats, Floats]:
    known, still = (answered, free) if unknown is None else (answered - unknown, unknown + free)
    point = np.where(known > 0, good / np.maximum(known, 1.0), np.nan)
    return good / voices, point, (good + still) / voices


def _questions(portfolio: Portfolio) -> tuple[Floats, Floats, Floats]:
    credit = float(CREDIT)
    answered, free, low, high = (
        part.T.astype(float, order="C")
        for part in (portfolio.q_answered, portfolio.q_free, portfolio.q_low, portfolio.q_high)
    )
    voices = np.maximum(answered + free, 1.0) * credit
    point = np.where(answered > 0, high / np.maximum(answered * credit, 1.0), np.nan)
    return low / voices, point, (high + free * credit) / voices


def _applicable(portfolio: Portfolio) -> NDArray[np.bool_]:
    """(I, E)."""
    criterion = portfolio.layout.column_criterion
    focal = np.ascontiguousarray(portfolio.applicable.T)
    open_items = np.concatenate([*[focal] * len(FOCAL_KINDS), portfolio.q_applicable.T])
    return np.asarray(open_items & portfolio.scored.T[criterion])


def _favourites(cells: Cells, shape: tuple[int, ...]) -> tuple[Floats, Nominees]:
    """k* per unit, and every nominee with votes and φ. One sort of packed keys."""
    best = np.zeros(int(np.prod(shape)))
    single = cells.kind == CellKind.SINGLE
    party = cells.party[single].astype(np.int64)
    if not len(party):
        empty = np.zeros(0, dtype=np.int64)
        return best.reshape(shape), Nominees(empty, empty, empty)
    # φ_p is 1 unless every cell of p is known not to fit, so the code of "not fit" sorts first.
    fits = (cells.fit[single] != Truth.NO).astype(np.int64)
    width = int(party.max()) + 1
    # Stable: quick where cells are in order of their unit already.
    keys = np.sort(((cells.unit[single] * width + party) << 1) | fits, kind="stable")
    pair = keys >> 1
    starts = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
    ends = np.append(starts[1:], len(pair))
    votes = ends - starts
    unit = pair[starts] // width
    first = np.flatnonzero(np.concatenate(([True], unit[1:] != unit[:-1])))
    best[unit[first]] = np.maximum.reduceat(votes, first)
    return best.reshape(shape), Nominees(unit, votes, keys[ends - 1] & 1)
