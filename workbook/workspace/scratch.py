"""Scratch copies: an example or a document opened for work enters the store with its first change.

The events that create the copy get their ids from the document itself. Two screens that open the
same document therefore make the same copy, and opening it again resumes it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from itertools import chain, count

from workbook.model.engagement import Engagement
from workbook.store import Event, EventKind, engagement_changes

_SPACE = uuid.UUID("5d0f9f0e-7a53-4d43-9a77-0a4a2f6f8b51")


def creation(engagement: Engagement, actor: str, time: dt.datetime, seed: str) -> tuple[Event, ...]:
    """The events that create an engagement; their ids depend on the seed and its key alone."""
    ids = (uuid.uuid5(_SPACE, f"{seed}/{engagement.key}/{n}").hex for n in count(1))
    step = next(ids)
    return tuple(
        Event(
            id=next(ids),
            engagement=engagement.key,
            actor=actor,
            kind=EventKind.CREATED,
            subject=change.subject,
            value=change.value,
            time=time,
            step=step,
            seq=seq,
        )
        for seq, change in enumerate(engagement_changes(engagement), 1)
    )


def copy_of(
    engagement: Engagement,
    actor: str,
    time: dt.datetime,
    beginning: Callable[[str], str | None],
) -> tuple[Event, ...]:
    """The creation events of a scratch copy, under the first key that is free or has begun with it.

    A key that another engagement has taken gets a number: `acme-2`. `beginning` gives the id of a
    stored engagement's first event.
    """
    seed = hashlib.sha256(engagement.model_dump_json().encode()).hexdigest()
    numbers = chain([""], (f"-{n}" for n in count(2)))
    keys = (engagement.key[: 64 - len(number)] + number for number in numbers)
    named = (engagement.model_copy(update={"key": key}) for key in keys)
    begun = (creation(each, actor, time, seed) for each in named)
    return next(
        events for events in begun if beginning(events[0].engagement) in {None, events[0].id}
    )
