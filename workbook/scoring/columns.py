"""A column of a data frame as codes: each spelling is looked at once, however many rows have it."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

Part = TypeVar("Part")
Result = TypeVar("Result")

DENSE = 1 << 16
"""Up to this many combinations a table of all of them is looked up, beyond it rows are sorted."""
ABSENT = -1
"""The code of a value that is not among the known ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """`codes` (rows,) are positions in `spellings`; blanks and missing values are spelled ""."""

    codes: Codes
    spellings: tuple[str, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame, name: str) -> Column:
        """Read a column; a column that is not there is all blank."""
        import pandas as pd

        if name not in frame:
            return cls(np.zeros(len(frame), dtype=np.int64), ("",))
        codes, spellings = pd.factorize(frame[name])
        codes[codes == ABSENT] = len(spellings)
        # As a list at once: pandas hands single values out slowly.
        return cls(codes, (*map(str, spellings.tolist()), ""))

    def among(self, wanted: Collection[str]) -> NDArray[np.bool_]:
        """Which rows are spelled as one of these."""
        return np.array([spelling in wanted for spelling in self.spellings], dtype=bool)[self.codes]

    def positions(self, known: Sequence[str]) -> Codes:
        """The position of every row among the known spellings, ABSENT for any other."""
        if self.spellings == (*known, "") and self.codes.max(initial=0) < len(known):
            return self.codes
        index = {name: position for position, name in enumerate(known)}
        return self.renumbered([index.get(spelling, ABSENT) for spelling in self.spellings])

    def renumbered(self, of_spelling: Sequence[int]) -> Codes:
        """Other codes, one per spelling."""
        return np.array(of_spelling, dtype=np.int64)[self.codes]

    def judged(self, of_spelling: Sequence[int]) -> NDArray[np.int8]:
        """Small codes, such as a `Truth`, one per spelling."""
        return np.array(of_spelling, dtype=np.int8)[self.codes]

    def rows(self, chosen: NDArray[np.bool_] | Codes | slice) -> Column:
        """Some of the rows, by mask, by position or by slice."""
        return Column(self.codes[chosen], self.spellings)

    def used(self) -> set[str]:
        """The spellings of a whole column; "" left out."""
        return set(self.spellings) - {""}


@dataclass(frozen=True, slots=True, eq=False)
class FrameTable:
    """A data frame whose columns are read once, however often they are asked for."""

    frame: pd.DataFrame
    _read: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.frame)

    def __contains__(self, name: str) -> bool:
        return name in self.frame

    def column(self, name: str) -> Column:
        """A column as codes."""
        if name not in self._read:
            self._read[name] = Column.of(self.frame, name)
        return self._read[name]

    def numbers(self, name: str) -> Codes:
        """A column of whole numbers; one that is not there is all 0."""
        if name not in self:
            return np.zeros(len(self), dtype=np.int64)
        return self.frame[name].to_numpy(dtype=np.int64)

    def combined(self, *names: str) -> Combined:
        """The combinations of spellings that the rows of these columns have."""
        return combined(*(self.column(name) for name in names))


def side_by_side(work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """The results of all parts in their order, by as many threads as there are processors.

    numpy and Arrow let go of the interpreter while they work on large arrays.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(work, parts))


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """Several columns as one: `codes` (rows,) are positions in `combinations`."""

    codes: Codes
    combinations: tuple[tuple[str, ...], ...]


def combined(*columns: Column) -> Combined:
    """The combinations of spellings that the rows of these columns have."""
    codes, present = distinct(
        tuple(column.codes for column in columns), tuple(len(c.spellings) for c in columns)
    )
    spelled = (
        tuple(column.spellings[code] for column, code in zip(columns, row, strict=True))
        for row in zip(*present, strict=True)
    )
    return Combined(codes, tuple(spelled))


def distinct(
    columns: Sequence[Codes], widths: Sequence[int]
) -> tuple[Codes, tuple[list[int], ...]]:
    """Rows of several codes as one code each, and the codes of every row that there is.

    `widths`: how many codes each column may have.
    """
    whole = np.zeros(len(columns[0]), dtype=np.int64)
    for column, width in zip(columns, widths, strict=True):
        whole = whole * width + column
    size = math.prod(widths)
    if size > max(DENSE, len(whole)):
        present, codes = np.unique(whole, return_inverse=True)
    else:  # a table of all rows that there might be is quicker than a sort
        seen = np.zeros(size, dtype=bool)
        seen[whole] = True
        present = np.flatnonzero(seen)
        position = np.zeros(size, dtype=np.int64)
        position[present] = np.arange(len(present))
        codes = position[whole]
    return codes, tuple(part.tolist() for part in np.unravel_index(present, tuple(widths)))
