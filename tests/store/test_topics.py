"""What an event is about is called in every store as it is here: a word that changes loses it."""

from __future__ import annotations

import pytest

from workbook.errors import BadInput
from workbook.store import Change, canonical
from workbook.store.topics import TOPICS

PARTS = {
    "action": ("action",),
    "answer": ("question", "subject", "respondent"),
    "decision": ("focal_point",),
    "external": ("id",),
    "inherited": ("subject", "instance"),
    "invitation": ("respondent",),
    "nomination": ("respondent", "focal_point"),
    "parked": ("id",),
    "person": ("id",),
    "respondent": ("id",),
    "round": ("id",),
    "scope": ("group",),
    "team": ("id",),
}
SINGLE = {
    "anonymous", "framework", "group", "language", "matrix_complete", "organisation", "overlay",
    "programme", "timetable",
}  # fmt: skip
NEEDED = {"framework", "organisation", "programme"}


def test_every_subject_has_the_words_and_parts_that_stores_carry():
    assert {name: topic.names for name, topic in TOPICS.items() if topic.names} == PARTS
    assert {name for name, topic in TOPICS.items() if not topic.names} == SINGLE


@pytest.mark.parametrize("name", sorted(SINGLE))
def test_only_what_no_engagement_can_be_without_stays(name):
    removed = Change((name,), None)
    if name not in NEEDED:
        assert canonical(removed) == removed
        return
    with pytest.raises(BadInput, match="cannot be removed"):
        canonical(removed)


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_subject_that_lacks_a_part_is_told_which_there_are(name):
    with pytest.raises(BadInput) as told:
        canonical(Change((name,), None))
    assert told.value.problems[0].fix == f"give {', '.join((name, *PARTS[name]))}"


def test_what_people_were_asked_is_not_undone():
    assert {name for name, topic in TOPICS.items() if topic.final} == {"round", "invitation"}
