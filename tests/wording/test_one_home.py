"""A message has one home: who words what, by the places where the code says it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.test_catalogues import extracted

BELOW = frozenset({"content", "workspace", "store"})
"""Rooms below `wording`, which cannot ask it."""


@pytest.fixture(scope="module")
def rooms():
    """Every message with the rooms that word it."""
    rooms = defaultdict(set)
    for message, places in extracted().items():
        rooms[message] |= {place.split("/")[0] for place in places}
    return rooms


def test_no_message_is_worded_in_two_rooms(rooms):
    twice = {message: homes - BELOW for message, homes in rooms.items()}
    assert {message: homes for message, homes in twice.items() if len(homes) > 1} == {}


def test_a_piece_of_a_page_words_its_own_headings_only(rooms):
    """What is known of an engagement has a figure, a state in small letters, or a full stop."""
    own = [message for message, homes in rooms.items() if "fragments" in homes]
    assert own
    knowledge = [
        message
        for message in own
        if not isinstance(message, str) or "{" in message or message.endswith(".")
        or not message[0].isupper()
    ]  # fmt: skip
    assert knowledge == []
