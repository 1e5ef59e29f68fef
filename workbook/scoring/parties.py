"""Who may own something, over a whole portfolio: whom a vote counts for, fit and inside.

The vectorised twin of `panel.Reader`; a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.engagement import NOBODY, NONE, VACANT
from workbook.scoring.columns import OUT, Column, Table
from workbook.scoring.fit import fits
from workbook.scoring.panel import UNKNOWN, Kind
from workbook.scoring.portfolio import Cells
from workbook.scoring.titles import recogniser

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from workbook.model.rules import Rules
    from workbook.scoring.layout import Layout

    Codes = NDArray[np.int64]

DENSE = 20_000_000
"""Up to this many (engagement, name) pairs a table is looked up directly, beyond it by search."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each (engagement, name) stands among the parties' rows; the last of two alike counts.

    `dense`: a table with a column for every name and one more, always OUT, for no name; where that
    would be large, `index` looks the pairs up.
    """

    width: int
    dense: Codes | None
    index: pd.Index[int]
    row: Codes

    @classmethod
    def of(cls, engagement: Codes, name: Codes, size: tuple[int, int]) -> Places:
        """For rows with these engagements and names, of which there are `size`."""
        import pandas as pd

        width = size[1] + 1
        pair, row = engagement * width + name, np.arange(len(name))
        if size[0] * width <= DENSE:
            dense = np.full(max(size[0] * width, 1), OUT, dtype=np.int64)
            dense[pair] = row
            return cls(width, dense, pd.Index(row[:0]), row)
        last = ~pd.Index(pair).duplicated(keep="last")
        return cls(width, None, pd.Index(pair[last]), np.append(row[last], OUT))

    def rows(self, engagement: Codes, name: Codes) -> Codes:
        """The row of each (engagement, name), OUT where there is none."""
        # Without a name the pair is one too low: the column before it is the empty one.
        pair = engagement * self.width + name
        if self.dense is not None:
            return np.asarray(self.dense[pair])
        import pandas as pd

        return np.asarray(self.row[self.index.get_indexer(pd.Index(pair))])


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """Parties of all engagements, one row each, and a last row for "none of them" (OUT).

    `name` (rows,) codes of `names`; `counted`: the row that a vote counts for, or OUT;
    `inside` (rows,), `fit` (rows, A): 1, 0 or -1.
    """

    names: list[str]
    name: Codes
    places: Places
    counted: Codes
    inside: NDArray[np.int8]
    fit: NDArray[np.int8]

    @classmethod
    def of(cls, framework: Rules, engagements: Table, table: Table, keys: list[str]) -> Parties:
        """Read the parties' table. A lead that is not a party of its engagement counts as none."""
        column = table.column("party")
        names = list(column.spellings)
        engagement = table.column("engagement").positions(keys)
        places = Places.of(engagement, column.codes, (len(keys), len(names)))
        lead = places.rows(engagement, table.column("lead").positions(names[:-1]))
        is_team = table.column("kind").among({"team"})
        fit = _fit(framework, engagements, table, engagement)
        return cls(
            names,
            np.append(column.codes, OUT),
            places,
            np.append(np.where(is_team, lead, np.arange(len(table))), OUT),
            np.append(_inside(table), np.int8(0)),
            np.concatenate((fit, np.zeros((1, fit.shape[1]), dtype=np.int8))),
        )

    def cells(
        self, table: Table, unit: Codes, counting: NDArray[np.bool_], layout: Layout
    ) -> Cells:
        """The answered cells of nominations or decisions; `counting` marks the rows that may be."""
        column = table.column("party")
        counting = counting & ~column.among({""})
        rows = slice(None) if counting.all() else counting
        unit, column = unit[rows], column.rows(rows)
        engagement = unit // len(layout.focal_points)
        area = layout.focal_area[unit - engagement * len(layout.focal_points)]
        none = column.among({NOBODY, VACANT})
        name = column.positions(self.names)
        owner = self.counted[self.places.rows(engagement, name)]
        single = (owner != OUT) & ~none
        one = single.astype(np.int8)
        fit = self.fit[owner, area]
        if "title_reason" in table:
            fit = np.where(table.column("title_reason").among({""})[rows], fit, np.int8(1))
        deputy, inside = self._backing(table.column("deputy").rows(rows), engagement, owner)
        party = self.name[owner].astype(np.int32)
        grouped = ~(single | none)
        party[grouped] = self._group(column.codes[grouped], name[grouped])
        kind = np.where(grouped, np.int8(Kind.GROUP), one * np.int8(Kind.SINGLE))
        return Cells(unit, kind, party, fit * one, deputy * one, inside * one)

    def _group(self, spelled: Codes, name: Codes) -> Codes:
        """A code for each group: behind the names, one per team or per joined spelling."""
        return np.where(name == OUT, 2 * len(self.names) + spelled, len(self.names) + name)

    def _backing(
        self, column: Column, engagement: Codes, owner: Codes
    ) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """Deputy and inside of every cell, as `panel.Reader` has them."""
        stand_in = self.counted[self.places.rows(engagement, column.positions(self.names[:-1]))]
        there = ((stand_in != OUT) & (stand_in != owner)).astype(np.int8)
        said = {"": UNKNOWN} | dict.fromkeys((NONE, NOBODY, VACANT), 0)
        known = column.judged([said.get(one, 1) for one in column.spellings])
        own = self.inside[owner]
        other = np.where(known == 1, self.inside[stand_in], known)
        unsure = np.minimum(np.minimum(own, other), np.int8(0))
        inside = np.where((own == 1) | (other == 1), np.int8(1), unsure)
        return np.where(known == 1, there, known), inside


def _inside(table: Table) -> NDArray[np.int8]:
    """Inside of persons; teams answer through their lead and externals are outside."""
    person = ~table.column("kind").among({"team", "external"})
    if "inside" not in table:
        return person.astype(np.int8)
    said = {"True": 1, "1": 1, "1.0": 1, "False": 0, "0": 0, "0.0": 0}
    inside = table.column("inside")
    known = inside.judged([said.get(one, UNKNOWN) for one in inside.spellings])
    return np.where(person, known, np.int8(0))


def _fit(framework: Rules, engagements: Table, table: Table, engagement: Codes) -> NDArray[np.int8]:
    """(rows, A): 1 fits, 0 does not, -1 unknown; titles are recognised once per spelling."""
    facts = engagements.combined("profile", "business_models")
    position, readings = _readings(framework, table)
    shape = (len(facts.combinations), len(readings) + 1, len(framework.areas))
    judged = np.full(shape, UNKNOWN, dtype=np.int8)
    for f, (profile, models) in enumerate(facts.combinations):
        of_title = {
            title.key: [fits(title, a, profile, tuple(models.split())) for a in framework.areas]
            for title in framework.titles
        }
        for n, keys in enumerate(readings):
            alike = np.array([of_title[key] for key in keys], dtype=np.int8)
            judged[f, n] = np.where((alike == alike[0]).all(axis=0), alike[0], UNKNOWN)
    fit = judged[facts.codes[engagement], position]
    fit[table.column("kind").among({"team", "external"})] = UNKNOWN
    accepted, seat = table.column("accepted"), table.column("seat")
    for a, area in enumerate(framework.areas):
        fit[seat.among({focal_point.key for focal_point in area.focal_points}), a] = 1
        fit[accepted.among({one for one in accepted.spellings if area.key in one.split()}), a] = 1
    return fit


def _readings(framework: Rules, table: Table) -> tuple[Codes, list[tuple[str, ...]]]:
    """What every party's title may stand for, as positions among readings; -1 where unknown."""
    recognise = recogniser(framework).recognise
    written, titles = table.column("title"), [title.key for title in framework.titles]
    found = [recognise(spelling).readings for spelling in written.spellings]
    several = sorted({keys for keys in found if len(keys) > 1})
    readings = [*((key,) for key in titles), *several]
    place = {keys: position for position, keys in enumerate(readings)}
    recognised = written.renumbered([place.get(keys, OUT) for keys in found])
    overruled = table.column("title_key").positions(titles)
    return np.where(overruled == OUT, recognised, overruled), readings
