"""Which judgements a result hangs on: first-order and total Sobol indices (scipy).

The first-order index of a judgement is the share of the result's variance that goes away once the
judgement is settled; the total index adds what it does together with others. Both are estimated
from Saltelli's design over the bounds of each weight on its own: the weights that are drawn need
not keep their sum, since only their proportions count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.scoring.judgements import (
    Draws,
    Judgement,
    Means,
    Measure,
    certain_levels,
    given_weights,
    judgements,
    means,
    own_weights,
    ranked,
    scored,
)
from workbook.scoring.robustness import correlations

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from workbook.scoring.portfolio import Portfolio
    from workbook.scoring.values import Floats

SAMPLES = 1024
"""So many that what a judgement does alone is told to a few hundredths."""
MOST = 400
"""Rank correlations are taken over at most so many engagements, spread evenly over the ranks."""
STILL = 1e-12
"""A result that varies by less than this hangs on no judgement."""
STRIDE = 512
"""Draws whose results are computed together."""
RESAMPLES = 100
"""Resamples of the design's rows from which the intervals come."""
NORMAL_95 = 1.96
"""Half-width of a 95 % interval in standard errors."""
RANKS, MEAN = "ranks", "mean"


@dataclass(frozen=True, slots=True)
class Index:
    """A judgement with its Sobol indices and the half-widths of their 95 % intervals."""

    judgement: Judgement
    first: float
    total: float
    first_error: float
    total_error: float


def sensitivity(
    portfolio: Portfolio,
    of: str = RANKS,
    *,
    seed: int,
    measure: Measure = "low",
    samples: int = SAMPLES,
) -> tuple[Index, ...]:
    """Indices of every judgement, the largest total first.

    `of`: "ranks" (how the order of the portfolio correlates with the framework's own), "mean" (its
    mean score), or the key of an engagement (its score; KeyError for one that is not there).
    `samples`: a power of two; the result is computed samples · (judgements + 2) times.
    """
    rules = portfolio.layout.rules
    judged = judgements(rules)
    result = _result(portfolio, of, measure)

    def function(numbers: Floats) -> Floats:
        return result(given_weights(rules, judged, numbers))

    bounds = [(judgement.low, judgement.high) for judgement in judged]
    rows = indices(function, bounds, samples, seed)
    results = (Index(judgement, *row) for judgement, row in zip(judged, rows, strict=True))
    return tuple(sorted(results, key=lambda index: (-round(index.total, 9), index.judgement.name)))


def _result(portfolio: Portfolio, of: str, measure: Measure) -> Callable[[Draws], Floats]:
    known = means(portfolio, measure)
    own = own_weights(portfolio.layout.rules)
    there = ~np.isnan(scored(known, own)[:, 0])
    if of not in (RANKS, MEAN):
        row = {key: e for e, key in enumerate(portfolio.keys)}[of]
        known = known.of(np.array([row]))
        return lambda drawn: np.nan_to_num(scored(known, drawn)[0])
    known = known.of(np.flatnonzero(there))
    if of == MEAN:
        known, share = _averaged(known)
        return lambda drawn: share @ scored(known, drawn)
    keys = np.array(portfolio.keys, dtype=str)[there]
    known = _spread(known, own, keys)
    base = _ranks(known, own)[:, 0]
    return lambda drawn: correlations(base, _ranks(known, drawn))


def _ranks(known: Means, drawn: Draws) -> NDArray[np.int32]:
    scores = scored(known, drawn)
    return ranked(certain_levels(known, scores), scores)


def _averaged(known: Means) -> tuple[Means, Floats]:
    """One row per set of criteria that count, with its share of the engagements.

    Within such a set a score is linear in the means, so that their average has the average score.
    """
    flat = known.criteria.reshape(-1, known.criteria.shape[2])
    _, which, counts = np.unique(np.isnan(flat), axis=1, return_inverse=True, return_counts=True)
    averages = [flat[:, which == pattern].mean(axis=1) for pattern in range(len(counts))]
    criteria = np.stack(averages, axis=1).reshape(*known.criteria.shape[:2], len(counts))
    free = np.zeros(len(counts), dtype=np.int64)
    return Means(criteria, free, known.starts), counts / counts.sum()


def _spread(known: Means, own: Draws, keys: NDArray[np.str_]) -> Means:
    """At most MOST engagements, evenly over the ranks."""
    order = np.lexsort((keys, _ranks(known, own)[:, 0]))
    if len(order) <= MOST:
        return known
    return known.of(order[np.linspace(0, len(order) - 1, MOST).astype(np.intp)])


def indices(
    function: Callable[[Floats], Floats],
    bounds: list[tuple[float, float]],
    samples: int,
    seed: int,
) -> list[tuple[float, float, float, float]]:
    """(first, total, error of first, error of total) of each input of a function.

    `function` takes (S, D) inputs and gives (S,) results; `bounds` (D) are the ranges of the
    inputs, drawn evenly. Inputs that cannot vary, or a result that does not, have indices of 0.
    """
    from scipy.stats import qmc, sobol_indices

    free = [i for i, (low, high) in enumerate(bounds) if high > low]
    rows = [(0.0, 0.0, 0.0, 0.0)] * len(bounds)
    if not free:
        return rows
    lows, highs = (np.array(ends) for ends in zip(*bounds, strict=True))
    units = qmc.Sobol(2 * len(free), rng=seed).random(samples)
    first, second = (
        lows[free] + half * (highs - lows)[free] for half in np.split(units, 2, axis=1)
    )
    # Saltelli's design: the first half, the second, and the first with one column of the second.
    mixed = [np.where(np.arange(len(free)) == i, second, first) for i in range(len(free))]
    inputs = np.tile(lows, (samples * (len(free) + 2), 1))
    inputs[:, free] = np.concatenate([first, second, *mixed])
    strides = (inputs[at : at + STRIDE] for at in range(0, len(inputs), STRIDE))
    results = np.concatenate([function(stride) for stride in strides])
    if np.ptp(results) < STILL:
        return rows
    runs = results.reshape(-1, 1, samples)

    def estimate(columns: NDArray[np.intp]) -> Floats:
        drawn = runs[:, :, columns]
        design = {"f_A": drawn[0], "f_B": drawn[1], "f_AB": drawn[2:]}
        indices = sobol_indices(func=design, n=samples)
        return np.stack([np.ravel(indices.first_order), np.ravel(indices.total_order)])

    random = np.random.default_rng(seed)
    resamples = [estimate(random.integers(0, samples, samples)) for _ in range(RESAMPLES)]
    errors = NORMAL_95 * np.std(resamples, axis=0, ddof=1)
    table = np.concatenate([estimate(np.arange(samples)), errors])
    for i, (alone, total, alone_error, total_error) in zip(free, table.T.tolist(), strict=True):
        rows[i] = (alone, total, alone_error, total_error)
    return rows
