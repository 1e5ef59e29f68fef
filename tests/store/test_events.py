"""What one change says of itself: whose answer it is, and which event gave the value it carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from workbook.store import Change, Event, EventKind

SAID = Event(
    id="mine",
    engagement="acme",
    actor="ana",
    kind=EventKind.SET,
    subject=("language",),
    value="fr",
    time=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    step="one",
)
SPEAKERS = [
    # subject, value → whose answer it is
    (("nomination", "r1", "f1"), [], "r1"),
    (("nomination", "session", "f1"), [], ""),
    (("answer", "q1", "", "r1"), {"value": "full"}, "r1"),
    (("answer", "q1", "f1", "r2"), None, "r2"),
    (("answer", "q1", "", ""), {"value": "full"}, ""),
    (("parked", "p1"), {"respondent": "r3", "text": "later"}, "r3"),
    (("parked", "p1"), {"text": "later"}, ""),
    (("parked", "p1"), {"respondent": None}, ""),
    (("parked", "p1"), None, ""),
    (("decision", "f1"), {"owner": "ana"}, ""),
    (("person", "ana"), {"respondent": "r1"}, ""),
    (("respondent", "r1"), {"id": "r1"}, ""),
]


@pytest.mark.parametrize(("subject", "value", "speaker"), SPEAKERS)
def test_an_answer_is_of_the_respondent_who_gave_it(subject, value, speaker):
    assert Change(subject, value).speaker == speaker


def test_an_undo_and_a_redo_carry_what_another_event_gave():
    said = replace(SAID, restores="earlier")
    origins = {str(kind): replace(said, kind=kind).origin for kind in EventKind}
    # These words stand in every store that was ever written.
    own = ("created", "set", "baseline", "imported", "erased")
    assert origins == {**dict.fromkeys(own, "mine"), "undo": "earlier", "redo": "earlier"}


def test_where_an_event_stands_does_not_tell_it_from_itself():
    """It is the same event while it waits to be written, at 0, and after."""
    written = replace(SAID, seq=7)
    assert (SAID.seq, written, written.origin) == (0, SAID, SAID.origin)
