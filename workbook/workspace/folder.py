"""The workspace's folder: where it is, what lies in it, and how an engagement is found."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem, nearest
from workbook.store import Event, Kind, Store, engagement_changes
from workbook.workspace.session import Session, utc_now
from workbook.workspace.summary import Summary

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.framework import Framework

HOME = "WORKBOOK_HOME"
ENGAGEMENT = "WORKBOOK_ENGAGEMENT"


class Workspace:
    """A folder with `workbook.db`, `reports/` and the notebooks. Reading creates nothing."""

    def __init__(self, path: Path, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self.path = path
        self._clock = clock
        self._store = Store()

    @classmethod
    def at(
        cls, path: str | os.PathLike[str] | None = None, *, clock: Callable[[], dt.datetime] = utc_now
    ) -> Workspace:
        """The workspace in a folder: the argument, else `WORKBOOK_HOME`, else the current one."""
        return cls(Path(path or os.environ.get(HOME) or ".").resolve(), clock)

    def engagements(self) -> tuple[Summary, ...]:
        """The engagements of the workspace, the last changed first."""
        found = []
        for key in self._store.engagements():
            session = self.open(key)
            e, events = session.engagement, session.history()
            found.append(
                Summary(
                    key, e.organisation.name, e.framework.key, e.language, len(events), events[-1].time
                )
            )
        return tuple(sorted(found, key=lambda one: one.changed_at, reverse=True))

    def new(self, engagement: Engagement, actor: str = "facilitator") -> Session:
        """Take an engagement into the store and open it. BadInput if its key is taken."""
        if engagement.key in self._store.engagements():
            raise BadInput(
                Problem(f"there is an engagement “{engagement.key}” already", "choose another key")
            )
        step, now = uuid.uuid4().hex, self._clock()
        self._store.append(
            Event(uuid.uuid4().hex, engagement.key, actor, Kind.CREATED, c.subject, c.value, now, step)
            for c in engagement_changes(engagement)
        )
        return self.open(engagement.key, actor)

    def open(self, name: str | None = None, actor: str = "facilitator") -> Session:
        """Open an engagement: a key of the store, the path of a document, or an example's name.

        Without a name: `WORKBOOK_ENGAGEMENT`, else the last opened, else a scratch copy of an
        example. A document or an example is a scratch copy: it enters the store (and the folder
        its database) with the first change. BadInput names the nearest valid name.
        """
        name = name or os.environ.get(ENGAGEMENT) or ""
        if name not in self._store.engagements():
            raise BadInput(
                Problem(f"no engagement “{name}”", nearest(name, self._store.engagements()))
            )
        return Session(self._store, name, actor, _framework_of, self._clock)

    @property
    def reports(self) -> Path:
        """Where reports are written; made when the first one is."""
        return self.path / "reports"


def _framework_of(engagement: Engagement) -> Framework:
    from workbook.content import load_framework
    from workbook.model.overlay import overlaid

    ref = engagement.framework
    return overlaid(load_framework(ref.key, ref.version), engagement)
