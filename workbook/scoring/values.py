"""From cells to item values: point, low and high of every item (METHOD §1), for all engagements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.scoring.inquiry import CREDIT
from workbook.scoring.layout import FOCAL_KINDS
from workbook.scoring.panel import Kind
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

    `voices` (E, F) is N, `free` (E, F) m, `best` (E, F) k*, `fit_high` (E, F) S_fit + u_fit.
    """

    applicable: NDArray[np.bool_]
    low: Floats
    point: Floats
    high: Floats
    voices: Floats
    free: Floats
    best: Floats
    fit_high: Floats
    nominees: Nominees


def value(portfolio: Portfolio) -> Values:
    """Values of every item of every engagement."""
    shape = portfolio.free.shape
    counts = _Counts(portfolio.cells, shape)
    best, nominees = _favourites(portfolio.cells, shape)
    free = portfolio.free.astype(float)
    voices = np.maximum(counts.answered + free, 1.0)
    named = counts.of(portfolio.cells.kind != Kind.NONE)
    blocks = [
        _bounded(named, np.zeros(shape), counts.answered, free, voices),
        _bounded(best, np.zeros(shape), counts.answered, free, voices),
    ]
    fit_high = np.zeros(shape)
    for name in ("fit", "deputy", "inside"):
        column = getattr(portfolio.cells, name)
        good, unknown = counts.of(column == 1), counts.of(column == -1)
        blocks.append(_bounded(good, unknown, counts.answered, free, voices))
        if name == "fit":
            fit_high = good + unknown
    blocks.append(_questions(portfolio))
    low, point, high = (np.concatenate(part, axis=1) for part in zip(*blocks, strict=True))
    applicable = _applicable(portfolio)
    return Values(
        applicable,
        np.where(applicable, low, 0.0),
        np.where(applicable, point, np.nan),
        np.where(applicable, high, 0.0),
        voices,
        free,
        best,
        fit_high,
        nominees,
    )


class _Counts:
    """Counts of cells per unit."""

    def __init__(self, cells: Cells, shape: tuple[int, ...]) -> None:
        self.unit, self.shape = cells.unit, shape
        self.size = int(np.prod(shape))
        self.answered = self._count(self.unit)

    def _count(self, units: NDArray[np.int64]) -> Floats:
        return np.bincount(units, minlength=self.size).reshape(self.shape).astype(float)

    def of(self, mask: NDArray[np.bool_]) -> Floats:
        return self._count(self.unit[mask])


def _bounded(
    good: Floats, unknown: Floats, answered: Floats, free: Floats, voices: Floats
) -> tuple[Floats, Floats, Floats]:
    known = answered - unknown
    point = np.where(known > 0, good / np.maximum(known, 1.0), np.nan)
    return good / voices, point, (good + unknown + free) / voices


def _questions(portfolio: Portfolio) -> tuple[Floats, Floats, Floats]:
    answered = portfolio.q_answered * float(CREDIT)
    voices = np.maximum(portfolio.q_answered + portfolio.q_free, 1) * float(CREDIT)
    said = portfolio.q_high.astype(float)
    point = np.where(answered > 0, said / np.maximum(answered, 1.0), np.nan)
    high = said + portfolio.q_free * float(CREDIT)
    return portfolio.q_low / voices, point, high / voices


def _applicable(portfolio: Portfolio) -> NDArray[np.bool_]:
    criterion = portfolio.layout.column_criterion
    open_items = np.concatenate(
        [*[portfolio.applicable] * len(FOCAL_KINDS), portfolio.q_applicable], axis=1
    )
    return np.asarray(open_items & portfolio.scored[:, criterion])


def _favourites(cells: Cells, shape: tuple[int, ...]) -> tuple[Floats, Nominees]:
    """k* per unit, and every nominee with votes and φ. One sort of packed keys."""
    best = np.zeros(int(np.prod(shape)))
    single = cells.kind == Kind.SINGLE
    party = cells.party[single].astype(np.int64)
    if not len(party):
        empty = np.zeros(0, dtype=np.int64)
        return best.reshape(shape), Nominees(empty, empty, empty)
    # φ_p is 1 unless every cell of p is known not to fit, so the code of "not fit" sorts first.
    fits = (cells.fit[single] != 0).astype(np.int64)
    width = int(party.max()) + 1
    keys = np.sort(((cells.unit[single] * width + party) << 1) | fits)
    pair = keys >> 1
    starts = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
    ends = np.append(starts[1:], len(pair))
    votes = ends - starts
    unit = pair[starts] // width
    first = np.flatnonzero(np.concatenate(([True], unit[1:] != unit[:-1])))
    best[unit[first]] = np.maximum.reduceat(votes, first)
    return best.reshape(shape), Nominees(unit, votes, keys[ends - 1] & 1)
