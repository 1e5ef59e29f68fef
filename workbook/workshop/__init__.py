"""A workshop over an engagement: who is invited, the rounds of asking, and what they come to."""

from __future__ import annotations

from workbook.workshop.answering import ANSWER_FIELDS, LONGEST_TEXT, answered
from workbook.workshop.asking import current_round, language_of, subjects_of, who_sees
from workbook.workshop.inviting import (
    asked_alone,
    board_serial,
    invitation_change,
    invite,
    joining_of,
    latest,
    respondent_named,
    revoke,
    revoke_board,
    silent_in,
)
from workbook.workshop.letters import Letter, Occasion, letter
from workbook.workshop.passes import Pass, Passes, UnreadablePass
from workbook.workshop.rounds import close_round, open_round, still_open

__all__ = [
    "ANSWER_FIELDS",
    "LONGEST_TEXT",
    "Letter",
    "Occasion",
    "Pass",
    "Passes",
    "UnreadablePass",
    "answered",
    "asked_alone",
    "board_serial",
    "close_round",
    "current_round",
    "invitation_change",
    "invite",
    "joining_of",
    "language_of",
    "latest",
    "letter",
    "open_round",
    "respondent_named",
    "revoke",
    "revoke_board",
    "silent_in",
    "still_open",
    "subjects_of",
    "who_sees",
]
