"""Columns of data frames as text and as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

OUT = -1
"""The code of a value that is not among the known ones."""


def text(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as text, blanks as ""; all blank if the column is not there."""
    import pandas as pd

    if name not in frame:
        return pd.Series([""] * len(frame), index=frame.index, dtype="str")
    column = frame[name]
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    return column.astype("str").fillna("")


def codes(column: pd.Series, known: Sequence[str]) -> NDArray[np.int64]:
    """The position of every value among the known ones, OUT for any other."""
    import pandas as pd

    lookup = pd.Index(known)
    if isinstance(column.dtype, pd.CategoricalDtype):
        of_category = lookup.get_indexer(column.cat.categories.astype("str"))
        return np.append(of_category, OUT)[column.cat.codes.to_numpy()].astype(np.int64)
    return lookup.get_indexer(pd.Index(column)).astype(np.int64)
