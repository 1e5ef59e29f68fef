"""Short descriptions: an engagement in a list, a baseline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """An engagement of the workspace in one line.

    `name` is the organisation's; `events` counts what was recorded; `changed_at` is UTC.
    """

    key: str
    name: str
    framework: str
    language: str
    events: int
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Baseline:
    """A named moment of an engagement: everything up to event `seq`. `made_at` is UTC."""

    name: str
    seq: int
    made_at: dt.datetime
    actor: str
