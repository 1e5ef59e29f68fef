"""What a portfolio leaves on disk: the page, and the whole table as CSV and Parquet.

Each file appears under its name at once and whole.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.errors import require
from workbook.model.evaluation import Status
from workbook.portfolio.cohorts import Assessed
from workbook.scoring.aggregate import WIDE
from workbook.scoring.levels import EDGE
from workbook.whole import whole

if TYPE_CHECKING:
    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", " ", "\N{NO-BREAK SPACE}")
"""What a spreadsheet may take a text for that begins so."""


def write(assessed: Assessed, page: str, out: Path, *, parquet: bool = True) -> tuple[Path, ...]:
    """Write `portfolio.html`, `.csv` and, with `parquet`, `.parquet` into a folder; their paths.

    `portfolio-pairs.csv` has every pair that is ranked, where there are any.
    """
    if parquet:
        require("pyarrow", "parquet", "--parquet")
    out.mkdir(parents=True, exist_ok=True)
    table = assessed.table()
    fillings: dict[str, Callable[[Path], object]] = {
        "html": lambda path: path.write_text(page, encoding="utf-8"),
        "csv": lambda path: _harmless(_readable(table)).to_csv(path),
    }
    if parquet:
        fillings["parquet"] = table.to_parquet
    targets = {out / f"portfolio.{form}": fill for form, fill in fillings.items()}
    pairs = assessed.pairs()
    if len(pairs):
        targets[out / "portfolio-pairs.csv"] = lambda path: pairs.to_csv(path, index=False)
    for target, fill in targets.items():
        with whole(target, durable=False) as part:
            fill(part)
    return tuple(targets)


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    """The table for people: no point where only the range may be read (METHOD §2)."""
    shown = table.copy()
    for name in shown:
        part, _, kind = str(name).rpartition("_")
        if kind != "point":
            continue
        low, high = (f"{part}_{end}" if part else end for end in ("low", "high"))
        firm = shown[high] - shown[low] <= WIDE + EDGE
        if part in ("", "alike"):
            firm &= shown[f"{part}_status".lstrip("_")] == Status.SCORED
        shown[name] = shown[name].where(firm)
    return shown


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Texts of people in a form that no spreadsheet runs: an apostrophe before what looks so."""
    texts = table.reset_index()
    for name in texts.select_dtypes(include=["str", "object"]):
        column = texts[name]
        risky = column.astype(str).str.startswith(FORMULA)
        if risky.any():
            texts[name] = column.where(~risky, "'" + column.astype(str))
    return texts.set_index("engagement")
