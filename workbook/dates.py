"""Days as people write them, and the day that a notebook evaluates for."""

from __future__ import annotations

import datetime as dt
import os

from workbook.errors import BadInput, Problem

AS_OF = "WORKBOOK_AS_OF"


def read_date(text: str, path: str, file: str = "command line") -> dt.date:
    """A date written as 2026-11-23; BadInput for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        fix = "write year-month-day, such as 2026-11-23"
        raise BadInput(Problem(f"“{text}” is not a date", fix, file, path=path)) from None


def day(text: str) -> dt.date:
    """The day named, else that of `WORKBOOK_AS_OF`, else today: only edges may ask."""
    chosen = text or os.environ.get(AS_OF, "")
    return read_date(chosen, "as_of", "") if chosen else dt.date.today()  # noqa: DTZ011 - the reader's day
