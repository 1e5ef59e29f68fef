"""A workshop: rounds in which everybody is asked alone, links, what is talked about later."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from workbook.model.base import Key, Value
from workbook.model.framework import Share

SMALL_GROUP = 5
"""In anonymous mode nothing is shown that fewer answers tell, if a framework says nothing else."""


class Round(Value):
    """A round: from `opened` until `closed` everybody answers alone.

    `focal_points` are those that are asked, all in scope if there are none. Fixed before the first
    answer are `threshold`, the share of voices from which a focal point counts as agreed, and
    `small_group`: in anonymous mode nothing is shown that fewer answers tell. The closing writes
    down how many respondents `spoke`, and which share of the answers `changed` since the round
    before, among those who spoke in both.
    """

    id: Key
    opened: dt.datetime
    closed: dt.datetime | None = None
    focal_points: tuple[Key, ...] = ()
    threshold: Share
    small_group: Annotated[int, Field(ge=2)] = SMALL_GROUP
    spoke: Annotated[int, Field(ge=0)] | None = None
    changed: Share | None = None

    def asks(self, focal_point: str) -> bool:
        """Whether the round asks about a focal point."""
        return not self.focal_points or focal_point in self.focal_points


class Invitation(Value):
    """A respondent's personal link: the last day on which it opens the questions.

    A link carries the `serial` that it was made with, and opens while that is the latest one. Who
    has `joined` in the room has taken their name there.
    """

    respondent: Key
    until: dt.date
    serial: Annotated[int, Field(ge=1)] = 1
    revoked: bool = False
    joined: bool = False


class Timetable(Value):
    """How long a room has to talk, and since when it does."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    begun: dt.datetime | None = None

    def left(self, now: dt.datetime) -> int:
        """Whole minutes that are left; all of them before the room begins, fewer than 0 after."""
        spent = (now - self.begun) // dt.timedelta(minutes=1) if self.begun else 0
        return self.minutes - spent


class Parked(Value):
    """What is talked about later: a respondent misses a subject, or the room puts one off."""

    id: Key
    text: Annotated[str, Field(min_length=1, max_length=500)]
    focal_point: Key | None = None
    respondent: Key | None = None
    settled: bool = False
