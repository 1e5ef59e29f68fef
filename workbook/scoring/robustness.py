"""Whether a ranking means anything: ranks and levels under every weighting that is admissible.

Monte Carlo: weightings are drawn evenly from all that the framework's bounds admit, and all
engagements are ranked again under each. What stays in order whatever the draw is order in the
answers; what changes places is order in the weights. Ranks go by the certain level, then by the
lower bound (METHOD §3); answers that are still open are not drawn, since the lower bound has taken
the worst of them already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbook.scoring.judgements import (
    DIGITS,
    Draws,
    Means,
    admissible_weights,
    certain_levels,
    means,
    own_weights,
    ranked,
    scored,
)
from workbook.scoring.weightings import weight_groups

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from workbook.model.rules import Rules
    from workbook.scoring.portfolio import Portfolio
    from workbook.scoring.values import Floats

    Ranks = NDArray[np.int32]

SAMPLES = 100_000
"""Draws: the share of one pair is told to half a point (METHOD §8)."""
MOST = 10_000_000
"""Ranks kept at most: with more engagements than MOST / samples, fewer samples are drawn."""
LEAST = 100
"""Samples drawn at least, however many engagements there are."""
BLOCK = 1 << 18
"""Scores computed at once."""
TAIL = 0.05
"""Rank intervals leave out this share of the draws at either end."""
FIRM = 0.9
"""An order that holds in this share of the draws is firm."""
PAIRS = 100
"""Up to so many engagements, every pair of them is compared."""
MOSTLY, PARTLY = 0.8, 0.5
"""Shares of firm neighbours from which a ranking is called firm, or partly so."""

Verdict = Literal["alone", "tied", "firm", "partly", "open"]


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """How ranks and levels hold under other judgements; one row per engagement, in given order.

    `rank`: under the framework's own judgements, 1 is best, equals share the better one; NaN where
    nothing applies. `rank_low`, `rank_high`: best and worst rank in the middle 90 % of the draws.
    `levels` (E, L): share of the draws in which the certain level is this one. `above`: share of
    the draws in which it ranks above the next one by rank (a shared rank counts half); NaN for the
    last. `leads` (E, E): the same of the row over the column for every pair; None of too many.
    `correlation`: mean of Spearman's over the draws, with the framework's own ranks.
    """

    keys: tuple[str, ...]
    rank: Floats
    rank_low: Floats
    rank_high: Floats
    levels: Floats
    above: Floats
    leads: Floats | None
    correlation: float
    samples: int

    @property
    def ranked(self) -> int:
        """How many engagements have a rank."""
        return int(np.count_nonzero(~np.isnan(self.rank)))

    @property
    def pairs(self) -> int:
        """How many neighbours there are to compare: who shares a rank has no order to hold."""
        return len(np.unique(self.rank[~np.isnan(self.rank)])) - 1 if self.ranked else 0

    @property
    def firm(self) -> int:
        """How many neighbours of different ranks keep their order in at least nine of ten draws."""
        return int(np.count_nonzero((self.above >= FIRM) & self._lasts()))

    def _lasts(self) -> NDArray[np.bool_]:
        """Whom the next one by rank does not share the rank with."""
        order = np.lexsort((np.array(self.keys, dtype=str), self.rank))
        ordered = self.rank[order]
        lasts = np.zeros(len(order), dtype=bool)
        lasts[order[:-1]] = ordered[1:] > ordered[:-1]
        return lasts

    @property
    def verdict(self) -> Verdict:
        """What a reader may take from the ranking: every rank, groups only, or nothing."""
        if self.ranked <= 1:
            return "alone"
        if not self.pairs:
            return "tied"
        share = self.firm / self.pairs
        return "firm" if share >= MOSTLY else "partly" if share >= PARTLY else "open"


def robustness(
    portfolio: Portfolio,
    *,
    seed: int,
    samples: int = SAMPLES,
) -> Robustness:
    """Ranks, levels and pairs of a portfolio under `samples` admissible weightings.

    Depends on the seed and the answers only: not on the order of the engagements.
    """
    rules, size = portfolio.layout.rules, len(portfolio)
    known = means(portfolio)
    count = min(samples, max(MOST // max(size, 1), LEAST))
    drawn = admissible_weights(weight_groups(rules), count, seed)
    base_levels, base = _ranks(known, own_weights(rules))
    there = base_levels[:, 0] >= 0
    ranks = np.empty((size, count), dtype=np.int32)
    levels = np.zeros((size, len(rules.levels)))
    likeness = np.zeros(count)
    wide = max(BLOCK // max(size, 1), 1)
    for start in range(0, count, wide):
        block = slice(start, min(start + wide, count))
        certain, ranks[:, block] = _ranks(known, drawn.part(block))
        likeness[block] = correlations(base[there, 0], ranks[there, block])
        for level in range(levels.shape[1]):
            levels[:, level] += (certain == level).sum(axis=1)
    low, high = _interval(ranks)
    return Robustness(
        keys=portfolio.keys,
        rank=np.where(there, base[:, 0], np.nan),
        rank_low=np.where(there, low, np.nan),
        rank_high=np.where(there, high, np.nan),
        levels=levels / count,
        above=_above(portfolio.keys, base[:, 0], ranks, there),
        leads=_leads(ranks, there) if size <= PAIRS else None,
        correlation=round(float(likeness.mean()), DIGITS),
        samples=count,
    )


def _ranks(known: Means, drawn: Draws) -> tuple[NDArray[np.int64], Ranks]:
    scores = scored(known, drawn)
    levels = certain_levels(known, scores)
    return levels, ranked(levels, scores)


def correlations(base: Ranks, ranks: Ranks) -> Floats:
    """Spearman's correlation (S,) of ranks (E, S) with the base ranks.

    Equals have the mean of the ranks that they share. Where all are equal on one side there is no
    order to agree with: 1 if so on both, else 0.
    """
    if not len(base):
        return np.ones(ranks.shape[1])
    centred, other = _centred(base[:, None]), _centred(ranks)
    product = (centred * other).sum(axis=0)
    spread, spreads = (centred**2).sum(axis=0), (other**2).sum(axis=0)
    size = np.sqrt(spread * spreads)
    flat = ((spread == 0) & (spreads == 0)).astype(float)
    correlation: Floats = np.divide(product, size, out=flat, where=size > 0)
    return correlation


def _centred(ranks: Ranks) -> Floats:
    """Ranks (E, S), of which equals share the better one, as mid-ranks around their mean."""
    slots = ranks + (len(ranks) + 1) * np.arange(ranks.shape[1])
    shared = np.bincount(slots.ravel())[slots]
    centred: Floats = ranks + (shared - 1) / 2 - (len(ranks) + 1) / 2
    return centred


def _above(keys: tuple[str, ...], base: Ranks, ranks: Ranks, there: NDArray[np.bool_]) -> Floats:
    """How often each ranks above the next one by rank; of equals the first by key goes first."""
    order = np.lexsort((np.array(keys, dtype=str), base))
    order = order[there[order]]
    above = np.full(len(keys), np.nan)
    first, second = ranks[order[:-1]], ranks[order[1:]]
    above[order[:-1]] = ((first < second).mean(axis=1) + (first <= second).mean(axis=1)) / 2
    return above


def _leads(ranks: Ranks, there: NDArray[np.bool_]) -> Floats:
    """How often the row ranks above the column; a shared rank counts half."""
    leads = np.full((len(ranks), len(ranks)), np.nan)
    for first, row in enumerate(ranks):
        leads[first] = ((row < ranks).mean(axis=1) + (row <= ranks).mean(axis=1)) / 2
    leads[~there], leads[:, ~there] = np.nan, np.nan
    np.fill_diagonal(leads, np.nan)
    return leads


def _interval(ranks: Ranks) -> tuple[Floats, Floats]:
    """The ranks that the middle 90 % of the draws lie between."""
    count = ranks.shape[1]
    ordered = np.sort(ranks, axis=1)
    last = count - 1
    low = ordered[:, min(int(np.floor(TAIL * count)), last)]
    high = ordered[:, max(int(np.ceil((1 - TAIL) * count)) - 1, 0)]
    return low.astype(float), high.astype(float)


def robustness_table(result: Robustness, rules: Rules) -> pd.DataFrame:
    """One row per engagement, indexed by its key.

    `rank`, `rank_low`, `rank_high`, `above_next`, and `p_<level>`: the probability of each level.
    """
    import pandas as pd

    columns = {
        "rank": result.rank,
        "rank_low": result.rank_low,
        "rank_high": result.rank_high,
        "above_next": result.above,
    }
    for level, share in zip(rules.levels, result.levels.T, strict=True):
        columns[f"p_{level.key}"] = share
    return pd.DataFrame(columns, index=pd.Index(result.keys, name="engagement"))
