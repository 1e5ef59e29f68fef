"""What if: an engagement with changes that nobody has recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbook.model.engagement import Engagement
from workbook.store import TOPICS, Change, canonical
from workbook.store.topics import parsed


def tried(engagement: Engagement, changes: Iterable[Change]) -> Engagement:
    """The engagement as it would be with these changes; BadInput if one is wrong."""
    for change in changes:
        engagement = engagement.model_copy(update=_update(engagement, canonical(change)))
    return engagement


def _update(engagement: Engagement, change: Change) -> dict[str, Any]:
    kind, *names = change.subject
    topic, value = TOPICS[kind], parsed(change)
    held = getattr(engagement, topic.field)
    if topic.setting:
        default = Engagement.model_fields[topic.field].get_default()
        return {topic.field: default if value is None else value}
    if topic.group:
        rest = {key: one for key, one in held.items() if key != names[0]}
        return {topic.field: rest if value is None else rest | {names[0]: value}}
    others = [one for one in held if [getattr(one, name) or "" for name in topic.names] != names]
    return {topic.field: (*others, *(value or ()))}
