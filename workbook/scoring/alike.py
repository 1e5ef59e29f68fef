"""Like for like: scores over the items that all have in common (METHOD §8).

An item applies to an engagement if its focal point or question does and its criterion is scored
there. So what applies to all is found for each of the three by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from workbook.scoring.portfolio import Bools, Portfolio
from workbook.scoring.tables import score_portfolio

if TYPE_CHECKING:
    import pandas as pd

SCORE = ("low", "point", "high", "status")


@dataclass(frozen=True, slots=True)
class CommonItems:
    """What applies to every engagement, by key; questions with the focal point they are asked for.

    `criteria`: indices of the criteria that every profile scores.
    """

    focal_points: frozenset[str]
    questions: frozenset[tuple[str, str | None]]
    criteria: frozenset[int]

    def __and__(self, other: CommonItems) -> CommonItems:
        return CommonItems(
            self.focal_points & other.focal_points,
            self.questions & other.questions,
            self.criteria & other.criteria,
        )


def common_items(portfolios: Iterable[Portfolio]) -> CommonItems:
    """What portfolios have in common; each may be under a layout of its own."""

    def of(portfolio: Portfolio) -> CommonItems:
        focal, questions, criteria = (
            np.flatnonzero(applicable.all(axis=0)).tolist()
            for applicable in (portfolio.applicable, portfolio.q_applicable, portfolio.scored)
        )
        return CommonItems(
            frozenset(portfolio.layout.focal_points[column] for column in focal),
            frozenset(portfolio.layout.questions[column] for column in questions),
            frozenset(criteria),
        )

    return reduce(CommonItems.__and__, map(of, portfolios))


def over(portfolio: Portfolio, items: CommonItems) -> pd.DataFrame:
    """`low`, `point`, `high` and `status` of every engagement over these items alone."""
    layout = portfolio.layout
    focal = np.array([key in items.focal_points for key in layout.focal_points], dtype=bool)
    questions = np.array([key in items.questions for key in layout.questions], dtype=bool)
    criteria = np.isin(np.arange(portfolio.scored.shape[1]), list(items.criteria))
    return restricted(portfolio, focal, questions, criteria)


def restricted(
    portfolio: Portfolio, focal: Bools, questions: Bools, criteria: Bools
) -> pd.DataFrame:
    """The same where these masks, of all or of each engagement, leave fewer items."""
    fewer = replace(
        portfolio,
        applicable=portfolio.applicable & focal,
        q_applicable=portfolio.q_applicable & questions,
        scored=portfolio.scored & criteria,
    )
    return score_portfolio(fewer)[list(SCORE)]
