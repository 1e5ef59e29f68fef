"""What if: an engagement with changes that nobody has recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workbook.model.engagement import Engagement
from workbook.store import TOPICS, Change, canonical
from workbook.store.topics import parsed

Step = tuple[Change, ...]
"""What one press changed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried on the open engagement: whole steps, so that one undo takes back one press.

    `edit`: the visit to a field that the last step comes from; its next part joins that step.
    """

    steps: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    edit: str | None = None

    @property
    def changes(self) -> Step:
        """Every change that is tried, in order."""
        return tuple(change for step in self.steps for change in step)

    def step(self, changes: Step, edit: str | None = None) -> Trial:
        """The trial with one more step; nothing can be made again after it."""
        if not changes:
            return self
        if edit and edit == self.edit:
            return Trial((*self.steps[:-1], (*self.steps[-1], *changes)), edit=edit)
        return Trial((*self.steps, changes), edit=edit)

    def undo(self) -> Trial:
        """The trial without its last step."""
        return Trial(self.steps[:-1], (*self.undone, *self.steps[-1:]))

    def redo(self) -> Trial:
        """The trial with the step that was undone last."""
        return Trial((*self.steps, *self.undone[-1:]), self.undone[:-1])


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
        rest = {key: entry for key, entry in held.items() if key != names[0]}
        return {topic.field: rest if value is None else rest | {names[0]: value}}
    others = [entry for entry in held if [getattr(entry, n) or "" for n in topic.names] != names]
    return {topic.field: (*others, *(value or ()))}
