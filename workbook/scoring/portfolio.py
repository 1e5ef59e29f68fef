"""A portfolio: the answers of many engagements as coded arrays; one engagement is one of one.

E engagements, F focal points, Q question instances, A areas. Nothing here depends on how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.scoring.layout import Layout

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bytes = NDArray[np.int8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Answered cells, one row each, in order of their unit.

    `unit` = engagement · F + focal point; `kind` as `CellKind`; `party` a code that is unique
    within its engagement (whatever for `none`); `fit`, `deputy`, `inside`: codes of `Truth`.
    """

    unit: Ints
    kind: Bytes
    party: Codes
    fit: Bytes
    deputy: Bytes
    inside: Bytes

    def __len__(self) -> int:
        return len(self.unit)

    def take(self, rows: NDArray[np.bool_] | slice, *, shift: int = 0) -> Cells:
        """Some of the rows, their units moved down by `shift`."""
        unit, *others = (getattr(self, f.name)[rows] for f in fields(self))
        return Cells(unit - shift, *others)


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """Coded answers of E engagements under one layout.

    `cells` are the cells that count (decisions where there is one, else nominations), `votes` all
    nominations (for agreement). `free` (E, F) is m; `applicable` (E, F), `q_applicable` (E, Q),
    `scored` (E, 5): criteria that the profile scores. `q_answered`, `q_free` (E, Q) count cells;
    `q_low`, `q_high` (E, Q) sum the answered cells' bounds in millionths; they differ only while a
    parent question is open, and the point goes by what was said, which is the high.
    """

    layout: Layout
    keys: tuple[str, ...]
    cells: Cells
    votes: Cells
    free: Codes
    applicable: Bools
    scored: Bools
    q_applicable: Bools
    q_answered: Codes
    q_free: Codes
    q_low: Ints
    q_high: Ints
    r_min: Codes

    def __len__(self) -> int:
        return len(self.keys)


def joined(parts: Sequence[Portfolio]) -> Portfolio:
    """Portfolios under one layout as one, in the order given; there must be at least one."""
    focal = len(parts[0].layout.focal_points)
    before = np.cumsum([0, *(len(part) * focal for part in parts[:-1])])
    moved = [
        replace(part, cells=_moved(part.cells, int(by)), votes=_moved(part.votes, int(by)))
        for part, by in zip(parts, before, strict=True)
    ]
    together: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in moved]) for name in _PER_ENGAGEMENT
    }
    together["keys"] = tuple(key for part in parts for key in part.keys)
    for name in ("cells", "votes"):
        together[name] = stacked([getattr(part, name) for part in moved])
    return replace(parts[0], **together)


def _moved(cells: Cells, by: int) -> Cells:
    return cells.take(slice(None), shift=-by)


def stacked(cells: Sequence[Cells]) -> Cells:
    """The rows of all of these, one after the other."""
    columns = ([getattr(part, f.name) for part in cells] for f in fields(Cells))
    return Cells(*(np.concatenate(column) for column in columns))


def sliced(portfolio: Portfolio, start: int, size: int) -> Portfolio:
    """At most `size` engagements of a portfolio, beginning with one."""
    focal = len(portfolio.layout.focal_points)
    part = slice(start, start + size)
    return replace(
        portfolio,
        keys=portfolio.keys[part],
        cells=_between(portfolio.cells, start * focal, (start + size) * focal),
        votes=_between(portfolio.votes, start * focal, (start + size) * focal),
        **{name: getattr(portfolio, name)[part] for name in _PER_ENGAGEMENT},
    )


def _between(cells: Cells, first: int, last: int) -> Cells:
    start, end = np.searchsorted(cells.unit, (first, last))
    return cells.take(slice(start, end), shift=first)


_PER_ENGAGEMENT = tuple(
    f.name for f in fields(Portfolio) if f.name not in {"layout", "keys", "cells", "votes"}
)
