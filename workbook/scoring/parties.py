"""Who may own something, over a whole portfolio: whom a vote counts for, fit and inside.

The vectorised twin of `panel.Reader`; a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbook.model.engagement import NOBODY, NONE, VACANT
from workbook.scoring.columns import OUT, codes, text
from workbook.scoring.fit import fits
from workbook.scoring.panel import UNKNOWN, Kind
from workbook.scoring.portfolio import Cells
from workbook.scoring.titles import recogniser

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook.model.framework import Framework
    from workbook.scoring.layout import Layout

    Codes = NDArray[np.int64]

DENSE = 20_000_000
"""Up to this many (engagement, name) pairs a table is looked up directly, beyond it by search."""


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """Parties of all engagements, one row each. `counted`: the row that a vote counts for, or OUT.

    `name` (rows,) codes of `names`; `inside` (rows,), `fit` (rows, A): 1, 0 or -1.
    """

    names: list[str]
    name: Codes
    keys: Codes
    order: Codes
    dense: Codes | None
    counted: Codes
    inside: NDArray[np.int8]
    fit: NDArray[np.int8]

    @classmethod
    def of(
        cls, framework: Framework, engagements: pd.DataFrame, frame: pd.DataFrame, keys: list[str]
    ) -> Parties:
        """Read the parties frame. A lead that is not a party of its engagement counts as none."""
        column = text(frame, "party")
        names = [str(name) for name in pd.unique(column)]
        engagement, name = codes(text(frame, "engagement"), keys), codes(column, names)
        pair = engagement * len(names) + name
        order = np.argsort(pair, kind="stable")
        dense = None
        if len(keys) * len(names) <= DENSE:
            dense = np.full(len(keys) * max(len(names), 1), OUT, dtype=np.int64)
            dense[pair] = np.arange(len(pair))
        fit = _fit(framework, engagements, frame, engagement)
        found = cls(names, name, pair[order], order, dense, name, _inside(frame), fit)
        is_team = (text(frame, "kind") == "team").to_numpy()
        lead = found.rows(engagement, codes(text(frame, "lead"), names))
        counted = np.where(is_team, lead, np.arange(len(frame)))
        return cls(names, name, pair[order], order, dense, counted, found.inside, fit)

    def rows(self, engagement: Codes, name: Codes) -> Codes:
        """The row of each (engagement, name), OUT where there is none."""
        if not len(self.keys):
            return np.full(len(name), OUT, dtype=np.int64)
        pair = engagement * len(self.names) + name
        if self.dense is not None:
            return np.where(name == OUT, OUT, self.dense[np.where(name == OUT, 0, pair)])
        at = np.minimum(np.searchsorted(self.keys, pair), len(self.keys) - 1)
        return np.where((self.keys[at] == pair) & (name != OUT), self.order[at], OUT)

    def cells(
        self, frame: pd.DataFrame, unit: Codes, counting: NDArray[np.bool_], layout: Layout
    ) -> Cells:
        """The answered cells of nominations or decisions; `counting` marks the rows that may be."""
        column = text(frame, "party")
        counting &= (column != "").to_numpy() & column.notna().to_numpy()
        unit, column = unit[counting], column[counting]
        focal = len(layout.focal_points)
        engagement, area = unit // focal, layout.focal_area[unit % focal]
        none = column.isin([NOBODY, VACANT]).to_numpy()
        name = codes(column, self.names)
        row = self.rows(engagement, name)
        owner = np.where(row == OUT, OUT, self.counted[row]) if len(self.name) else row
        single = (owner != OUT) & ~none
        kind = np.where(none, Kind.NONE, np.where(single, Kind.SINGLE, Kind.GROUP))
        deputy, inside = self._backing(text(frame, "deputy")[counting], engagement, owner)
        fit = self.fit[owner, area] if len(self.name) else np.zeros(len(unit), dtype=np.int8)
        if "title_reason" in frame:
            fit = np.where((text(frame, "title_reason")[counting] != "").to_numpy(), 1, fit)
        party = (
            np.where(single, self.name[owner], self._group(column, name))
            if len(self.name)
            else name
        )
        zero = np.where(single, 1, 0)
        return Cells(
            unit,
            kind.astype(np.int8),
            party.astype(np.int32),
            (fit * zero).astype(np.int8),
            (deputy * zero).astype(np.int8),
            (inside * zero).astype(np.int8),
        )

    def _group(self, column: pd.Series, name: Codes) -> Codes:
        """A code for each group: behind the names, one per team or per joined spelling."""
        joined, _ = pd.factorize(column.where(name == OUT, ""))
        return np.where(name == OUT, 2 * len(self.names) + joined, len(self.names) + name)

    def _backing(self, column: pd.Series, engagement: Codes, owner: Codes) -> tuple[Codes, Codes]:
        """Deputy and inside of every cell, as `panel.Reader` has them."""
        blank = ((column == "") | column.isna()).to_numpy()
        nobody = column.isin([NONE, NOBODY, VACANT]).to_numpy()
        row = self.rows(engagement, codes(column, self.names))
        stand_in = np.where(row == OUT, OUT, self.counted[row]) if len(self.name) else row
        there = (stand_in != OUT) & (stand_in != owner)
        deputy = np.where(blank, UNKNOWN, np.where(nobody, 0, there.astype(int)))
        if not len(self.name):
            return deputy, np.zeros(len(owner), dtype=np.int64)
        own = np.where(owner == OUT, 0, self.inside[owner])
        other = np.where(stand_in == OUT, 0, self.inside[stand_in])
        other = np.where(blank, UNKNOWN, np.where(nobody, 0, other))
        unsure = (own == UNKNOWN) | (other == UNKNOWN)
        return deputy, np.where((own == 1) | (other == 1), 1, np.where(unsure, UNKNOWN, 0))


def _inside(frame: pd.DataFrame) -> NDArray[np.int8]:
    """Inside of persons; teams answer through their lead and externals are outside."""
    person = ~text(frame, "kind").isin(["team", "external"]).to_numpy()
    if "inside" not in frame:
        return person.astype(np.int8)
    known = pd.to_numeric(frame["inside"].astype("object"), errors="coerce").to_numpy(dtype=float)
    return np.where(person, np.where(np.isnan(known), UNKNOWN, known), 0).astype(np.int8)


def _fit(
    framework: Framework, engagements: pd.DataFrame, frame: pd.DataFrame, engagement: Codes
) -> NDArray[np.int8]:
    """(rows, A): 1 fits, 0 does not, -1 unknown; titles are recognised once per spelling."""
    facts = (
        text(engagements, "profile").astype("str")
        + "|"
        + text(engagements, "business_models").astype("str")
    )
    fact, spelled = pd.factorize(facts)
    known = {title.key: position for position, title in enumerate(framework.titles)}
    judged = np.full((len(spelled), len(known) + 1, len(framework.areas)), UNKNOWN, dtype=np.int8)
    for f, said in enumerate(spelled):
        profile, _, models = str(said).partition("|")
        judged[f, : len(known)] = [
            [fits(title, area, profile, tuple(models.split())) for area in framework.areas]
            for title in framework.titles
        ]
    fit = judged[fact[engagement], _titles(framework, frame, known)]
    fit[text(frame, "kind").isin(["team", "external"]).to_numpy()] = UNKNOWN
    accepted = text(frame, "accepted")
    for row in np.flatnonzero((accepted != "").to_numpy()):
        fit[
            row,
            [a for a, area in enumerate(framework.areas) if area.key in accepted.iloc[row].split()],
        ] = 1
    return fit


def _titles(framework: Framework, frame: pd.DataFrame, known: dict[str, int]) -> Codes:
    """Positions of the parties' titles in the framework; -1 (the last row) where unknown."""
    recognise = recogniser(framework).recognise
    spelling, written = pd.factorize(text(frame, "title"))
    found = [recognise(str(title)) for title in written]
    sure = framework.thresholds.title_match
    of_spelling = [known.get(f.title or "", OUT) if f.confidence >= sure else OUT for f in found]
    overruled = codes(text(frame, "title_key"), list(known))
    recognised = np.array(of_spelling, dtype=np.int64)[spelling] if written.size else overruled
    return np.where(overruled == OUT, recognised, overruled)
