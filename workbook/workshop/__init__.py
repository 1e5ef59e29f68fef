"""A workshop over an engagement: who is invited, the rounds of asking, and what they come to."""

from __future__ import annotations

from workbook.workshop.passes import Pass, Passes, UnreadablePass
from workbook.workshop.rounds import close_round, open_round, still_open

__all__ = [
    "Pass",
    "Passes",
    "UnreadablePass",
    "close_round",
    "open_round",
    "still_open",
]
