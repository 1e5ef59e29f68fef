"""Who may own something, over a whole portfolio: whom a vote counts for, fit and inside.

The vectorised twin of `panel.Reader`; a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.engagement import NOBODY, NONE, VACANT
from workbook.scoring.columns import OUT, Column, combined
from workbook.scoring.fit import fits
from workbook.scoring.panel import UNKNOWN, Kind
from workbook.scoring.portfolio import Cells
from workbook.scoring.titles import recogniser

if TYPE_CHECKING:
    import pandas as pd
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
        column = Column.of(frame, "party")
        names, name = list(column.spellings), column.codes
        engagement = Column.of(frame, "engagement").positions(keys)
        pair = engagement * len(names) + name
        order = np.argsort(pair, kind="stable")
        dense = None
        if len(keys) * len(names) <= DENSE:
            dense = np.full(len(keys) * max(len(names), 1), OUT, dtype=np.int64)
            dense[pair] = np.arange(len(pair))
        fit = _fit(framework, engagements, frame, engagement)
        found = cls(names, name, pair[order], order, dense, name, _inside(frame), fit)
        is_team = Column.of(frame, "kind").among({"team"})
        lead = found.rows(engagement, Column.of(frame, "lead").positions(names[:-1]))
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
        column = Column.of(frame, "party")
        counting = counting & ~column.among({""})
        unit, column = unit[counting], column.rows(counting)
        focal = len(layout.focal_points)
        engagement, area = unit // focal, layout.focal_area[unit % focal]
        none = column.among({NOBODY, VACANT})
        name = column.positions(self.names)
        row = self.rows(engagement, name)
        owner = np.where(row == OUT, OUT, self.counted[row]) if len(self.name) else row
        single = (owner != OUT) & ~none
        kind = np.where(none, Kind.NONE, np.where(single, Kind.SINGLE, Kind.GROUP))
        deputy, inside = self._backing(Column.of(frame, "deputy").rows(counting), engagement, owner)
        fit = self.fit[owner, area] if len(self.name) else np.zeros(len(unit), dtype=np.int8)
        if "title_reason" in frame:
            fit = np.where(Column.of(frame, "title_reason").among({""})[counting], fit, 1)
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

    def _group(self, column: Column, name: Codes) -> Codes:
        """A code for each group: behind the names, one per team or per joined spelling."""
        joined = 2 * len(self.names) + column.codes
        return np.where(name == OUT, joined, len(self.names) + name)

    def _backing(self, column: Column, engagement: Codes, owner: Codes) -> tuple[Codes, Codes]:
        """Deputy and inside of every cell, as `panel.Reader` has them."""
        blank, nobody = column.among({""}), column.among({NONE, NOBODY, VACANT})
        row = self.rows(engagement, column.positions(self.names[:-1]))
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
    person = ~Column.of(frame, "kind").among({"team", "external"})
    if "inside" not in frame:
        return person.astype(np.int8)
    said = {"True": 1, "1": 1, "1.0": 1, "False": 0, "0": 0, "0.0": 0}
    inside = Column.of(frame, "inside")
    known = inside.renumbered([said.get(one, UNKNOWN) for one in inside.spellings])
    return np.where(person, known, 0).astype(np.int8)


def _fit(
    framework: Framework, engagements: pd.DataFrame, frame: pd.DataFrame, engagement: Codes
) -> NDArray[np.int8]:
    """(rows, A): 1 fits, 0 does not, -1 unknown; titles are recognised once per spelling."""
    facts = combined(engagements, ("profile", "business_models"))
    known = {title.key: position for position, title in enumerate(framework.titles)}
    shape = (len(facts.combinations), len(known) + 1, len(framework.areas))
    judged = np.full(shape, UNKNOWN, dtype=np.int8)
    for f, (profile, models) in enumerate(facts.combinations):
        judged[f, : len(known)] = [
            [fits(title, area, profile, tuple(models.split())) for area in framework.areas]
            for title in framework.titles
        ]
    fit = judged[facts.codes[engagement], _titles(framework, frame, known)]
    fit[Column.of(frame, "kind").among({"team", "external"})] = UNKNOWN
    accepted = Column.of(frame, "accepted")
    for a, area in enumerate(framework.areas):
        fit[accepted.among({one for one in accepted.spellings if area.key in one.split()}), a] = 1
    return fit


def _titles(framework: Framework, frame: pd.DataFrame, known: dict[str, int]) -> Codes:
    """Positions of the parties' titles in the framework; -1 (the last row) where unknown."""
    recognise = recogniser(framework).recognise
    written, sure = Column.of(frame, "title"), framework.thresholds.title_match
    found = [recognise(spelling) for spelling in written.spellings]
    recognised = written.renumbered(
        [known.get(one.title or "", OUT) if one.confidence >= sure else OUT for one in found]
    )
    overruled = Column.of(frame, "title_key").positions(list(known))
    return np.where(overruled == OUT, recognised, overruled)
