"""Who may own something, over a whole portfolio: whom a vote counts for, fit and inside.

What a voice is worth and whom a title fits is asked of `cell` and `fit`, once per distinct case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from workbook.scoring.cell import (
    ALONE,
    POSTLESS,
    WORTH,
    Backing,
    CellKind,
    Truth,
    code,
    owner_of,
)
from workbook.scoring.columns import ABSENT, Column, FrameTable, distinct
from workbook.scoring.fit import judge
from workbook.scoring.portfolio import Cells
from workbook.scoring.titles import recogniser

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from workbook.model.rules import Rules
    from workbook.scoring.layout import Layout

    Codes = NDArray[np.int64]

OUTSIDE = "external"
"""The kind of parties that have no title and are not inside; for a team its lead counts."""
DENSE = 20_000_000
"""Up to this many (engagement, name) pairs a table is looked up directly, beyond it by search."""


class Units(NamedTuple):
    """Where rows belong: engagement and area by position, `unit` as in `Cells`."""

    engagement: Codes
    area: Codes
    unit: Codes

    @classmethod
    def of(cls, layout: Layout, table: FrameTable, keys: list[str]) -> Units:
        """Those of nominations or decisions."""
        focal = table.column("focal_point").positions(layout.focal_points)
        engagement = table.column("engagement").positions(keys)
        unit = engagement * len(layout.focal_points) + focal
        return cls(engagement, layout.focal_area[focal], unit)

    def rows(self, chosen: NDArray[np.bool_] | slice) -> Units:
        """Some of the rows."""
        return Units(*(codes[chosen] for codes in self))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each (engagement, name) stands among the parties' rows; the last of two alike counts.

    `dense`: a table with a column for every name, and one more for no name, always ABSENT.
    Where that would be large, `index` looks the pairs up.
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
            dense = np.full(max(size[0] * width, 1), ABSENT, dtype=np.int64)
            dense[pair] = row
            return cls(width, dense, pd.Index(row[:0]), row)
        last = ~pd.Index(pair).duplicated(keep="last")
        return cls(width, None, pd.Index(pair[last]), np.append(row[last], ABSENT))

    def rows(self, engagement: Codes, name: Codes) -> Codes:
        """The row of each (engagement, name), ABSENT where there is none."""
        # Without a name the pair is one too low: the column before it is the empty one.
        pair = engagement * self.width + name
        if self.dense is not None:
            return np.asarray(self.dense[pair])
        import pandas as pd

        return np.asarray(self.row[self.index.get_indexer(pd.Index(pair))])

    def leading(self, to: Codes) -> Places:
        """The same pairs at other rows: `to` has one for every row, and a last for ABSENT."""
        return replace(self, dense=None if self.dense is None else to[self.dense], row=to[self.row])


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """Parties of all engagements, one row each, and a last row for "none of them" (ABSENT).

    `name` (rows,) codes of `names`; `counted`: the row that a vote for a name counts for;
    `inside` (rows,), `fit` (rows, A): codes of `Truth`.
    """

    names: list[str]
    name: Codes
    counted: Places
    inside: NDArray[np.int8]
    fit: NDArray[np.int8]

    @classmethod
    def of(
        cls, rules: Rules, engagements: FrameTable, table: FrameTable, keys: list[str]
    ) -> Parties:
        """Read the parties' table. A lead that is not a party of its engagement counts as none."""
        column = table.column("party")
        names = list(column.spellings)
        engagement = table.column("engagement").positions(keys)
        places = Places.of(engagement, column.codes, (len(keys), len(names)))
        lead = places.rows(engagement, table.column("lead").positions(names[:-1]))
        is_team = table.column("kind").among({"team"})
        fit = _fit(rules, engagements, table, engagement)
        return cls(
            names,
            np.append(column.codes, ABSENT),
            places.leading(np.append(np.where(is_team, lead, np.arange(len(table))), ABSENT)),
            np.append(_inside(table), np.int8(0)),
            np.concatenate((fit, np.zeros((1, fit.shape[1]), dtype=np.int8))),
        )

    def cells(self, table: FrameTable, at: Units, counting: NDArray[np.bool_]) -> Cells:
        """The answered cells of nominations or decisions; `counting` marks the rows that may be."""
        column = table.column("party")
        counting = counting & ~column.among({""})
        rows = slice(None) if counting.all() else counting
        at, column = at.rows(rows), column.rows(rows)
        owner = self.counted.rows(at.engagement, column.positions(self.names))
        party = self.name[owner].astype(np.int32)
        kind = np.where(owner == ABSENT, np.int8(CellKind.GROUP), np.int8(CellKind.SINGLE))
        kind[column.among(POSTLESS)] = CellKind.NONE
        self._several(column, at.engagement, kind, party, owner)
        fit = self.fit[owner, at.area]
        if "title_reason" in table:
            fit = np.where(table.column("title_reason").among({""})[rows], fit, np.int8(1))
        backing = self._backing(table.column("deputy").rows(rows), at.engagement, owner)
        worth = WORTH[:, code(kind, fit, self.inside[owner], *backing)]
        return Cells(at.unit, kind, party, *worth)

    def _several(
        self,
        column: Column,
        engagement: Codes,
        kind: NDArray[np.int8],
        party: NDArray[np.int32],
        owner: Codes,
    ) -> None:
        """Read (in place) the rows that name several parties, each distinct one once.

        Codes of groups lie behind those of the names: a team's own, then one for each group.
        """
        numbers = {name: n for n, name in enumerate(self.names)}
        labels = {name: len(self.names) + n for name, n in numbers.items()}
        groups = np.flatnonzero(kind == CellKind.GROUP)
        name = column.rows(groups).positions(self.names)
        party[groups] = len(self.names) + name
        known: dict[tuple[int, int], tuple[CellKind, int, int]] = {}
        for row in groups[name == ABSENT].tolist():
            case = (int(engagement[row]), int(column.codes[row]))
            if case not in known:
                named = column.spellings[case[1]].split("+")
                whom = {name: self._row(case[0], numbers.get(name, ABSENT)) for name in named}
                counted = {
                    name: self.names[self.name[at]] for name, at in whom.items() if at != ABSENT
                }
                form, label = owner_of(named, counted.get)
                at = next((at for at in whom.values() if at != ABSENT), ABSENT)
                single = form is CellKind.SINGLE
                new = len(self.names) + len(labels)
                label_code = int(self.name[at]) if single else labels.setdefault(label, new)
                known[case] = form, label_code, at if single else ABSENT
            kind[row], party[row], owner[row] = known[case]

    def _row(self, engagement: int, name: int) -> int:
        return int(self.counted.rows(np.array([engagement]), np.array([name]))[0])

    def _backing(
        self, column: Column, engagement: Codes, owner: Codes
    ) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """`Backing` of every cell, and whether the deputy is inside."""
        stand_in = self.counted.rows(engagement, column.positions(self.names[:-1]))
        words = {"": Backing.BLANK} | dict.fromkeys(ALONE, Backing.NONE)
        backing = column.judged(
            [words.get(spelling, Backing.OTHER) for spelling in column.spellings]
        )
        other = (stand_in != ABSENT) & (stand_in != owner)
        backing[(backing == Backing.OTHER) & ~other] = Backing.NONE
        return backing, self.inside[stand_in]


def _inside(table: FrameTable) -> NDArray[np.int8]:
    """Inside of persons; externals are outside."""
    person = ~table.column("kind").among({OUTSIDE})
    if "inside" not in table:
        return person.astype(np.int8)
    truth = dict.fromkeys(("True", "1", "1.0"), Truth.YES)
    truth |= dict.fromkeys(("False", "0", "0.0"), Truth.NO)
    inside = table.column("inside")
    known = inside.judged([truth.get(spelling, Truth.UNKNOWN) for spelling in inside.spellings])
    return np.where(person, known, np.int8(0))


def _fit(
    rules: Rules, engagements: FrameTable, table: FrameTable, engagement: Codes
) -> NDArray[np.int8]:
    """(rows, A), codes of `Truth`; every distinct case is judged once."""
    facts = engagements.combined("profile", "business_models")
    traits = table.combined("kind", "title", "title_key", "seat", "accepted")
    codes, present = distinct(
        (facts.codes[engagement], traits.codes),
        (max(len(facts.combinations), 1), max(len(traits.combinations), 1)),
    )
    titles = {title.key: title for title in rules.titles}
    known = recogniser(rules)
    judged = np.full((len(present[0]), len(rules.areas)), Truth.UNKNOWN, dtype=np.int8)
    for row, (fact, trait) in enumerate(zip(*present, strict=True)):
        kind, title, title_key, seat, accepted = traits.combinations[trait]
        if kind == OUTSIDE:
            continue
        profile, models = facts.combinations[fact]
        keys = (title_key,) if title_key in titles else known.recognise(title).readings
        readings = [titles[key] for key in keys]
        judged[row] = [
            judge(area, readings, accepted.split(), seat, profile, tuple(models.split()))
            for area in rules.areas
        ]
    return judged[codes]
