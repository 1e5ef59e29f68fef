"""Where an engagement stands among its peers, and what its peers come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

FEW = 5
"""Among fewer, a percentile or a quartile says nothing."""
DIMENSIONS = ("sector", "business_models")


@dataclass(frozen=True, slots=True)
class Peers:
    """Engagements that have a fact in common: how many, and where their lower bounds lie.

    `quartiles` (lower, median, upper) are None among fewer than five.
    """

    value: str
    count: int
    lowest: float
    highest: float
    quartiles: tuple[float, float, float] | None


def add_percentiles(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the share of the others that an engagement ranks above, 0 to 100.

    `percentile` among all; `percentile_sector` among those of the same sector;
    `percentile_business_models` among those that share a business model. An equal rank counts half.
    NaN among fewer than five.
    """
    added = table.assign(percentile=_percentiles(table["rank"]))
    for name in DIMENSIONS:
        added[f"percentile_{name}"] = float("nan")
        for group, members in _groups(table, name):
            percentiles = _percentiles(table.loc[members, "rank"])
            own = group if name == "business_models" else members
            added.loc[own, f"percentile_{name}"] = percentiles.loc[own]
    return added


def _percentiles(rank: pd.Series[float]) -> pd.Series[float]:
    ranked = rank.rank(method="average")
    count = int(ranked.count())
    if count < FEW:
        return ranked * float("nan")
    return 100.0 * (count - ranked) / (count - 1)


def _groups(table: pd.DataFrame, name: str) -> Iterator[tuple[pd.Index, pd.Index]]:
    """(those meant, those that they are compared with); without a fact nobody is compared."""
    facts = table[name][table[name] != ""]
    together = facts.groupby(facts)
    if name != "business_models":
        yield from ((rows.index, rows.index) for _, rows in together)
        return
    for models, rows in together:
        shared = set(str(models).split())
        alike = [other for other in facts.unique() if shared & set(other.split())]
        yield rows.index, facts.index[facts.isin(alike)]


def peers(table: pd.DataFrame, name: str) -> tuple[Peers, ...]:
    """Engagements by a fact, the largest group first; with several models, one is in each group."""
    low = table["low"].dropna()
    facts = table.loc[low.index, name]
    values = (value for spelled in facts.unique() for value in _values(name, spelled))
    groups = []
    for value in dict.fromkeys(values):
        own = low[[value in _values(name, fact) for fact in facts]]
        groups.append(_peers(value, own))
    return tuple(sorted(groups, key=lambda group: (-group.count, group.value)))


def _values(name: str, spelled: str) -> Iterable[str]:
    return spelled.split() if name == "business_models" else [spelled] if spelled else []


def _peers(value: str, low: pd.Series[float]) -> Peers:
    quartiles = None
    if len(low) >= FEW:
        lower, middle, upper = (float(low.quantile(share)) for share in (0.25, 0.5, 0.75))
        quartiles = (lower, middle, upper)
    return Peers(
        value=value,
        count=len(low),
        lowest=float(low.min()),
        highest=float(low.max()),
        quartiles=quartiles,
    )
