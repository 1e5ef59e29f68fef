"""Readable keys out of names."""

from __future__ import annotations

from workbook.model.engagement import RESERVED, Engagement
from workbook.workspace import key_for

LONGEST = 48


def new_id(engagement: Engagement, name: str, taken: frozenset[str] = frozenset()) -> str:
    """A key out of a name that no party has yet."""
    return free_key(name, frozenset({*engagement.parties(), *taken, *RESERVED}))


def free_key(name: str, taken: frozenset[str]) -> str:
    """A key out of a name, numbered if it is taken."""
    base = key_for(name)[:LONGEST] or "one"
    number, key = 2, base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
