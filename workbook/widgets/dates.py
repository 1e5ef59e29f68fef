"""Dates that people type: whole and plausible, or not taken at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.i18n import Voice

EARLIEST, LATEST = 2000, 2100
"""Years. A date field that is being typed into gives years such as 0002 and 0202 on the way."""


def plausible(text: object, voice: Voice) -> dt.date:
    """The date of an ISO text; BadInput if it is none or not of this century."""
    try:
        day = dt.date.fromisoformat(str(text))
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day.year <= LATEST:
        problem = voice.t("“{text}” is not a plausible date", text=text)
        years = {"first": str(EARLIEST), "last": str(LATEST)}
        raise BadInput(Problem(problem, voice.t("give one from {first} to {last}", **years)))
    return day
