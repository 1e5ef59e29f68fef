"""Where a report's engagement comes from: a document, or the workspace."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from workbook.model.engagement import Engagement
from workbook.model.rules import Rules


@dataclass(frozen=True, slots=True)
class ReportSource:
    """An engagement with the rules in force, and what tells one state of it from another.

    `head` is the head of its chain: blank for a document and for a trial, which have none.
    `changed` is when it last changed, in UTC; None for a trial.
    """

    engagement: Engagement
    rules: Rules
    head: str = ""
    changed: dt.datetime | None = None


def find(name: str) -> ReportSource:
    """The engagement of this name.

    A path is read as it stands. Any other name, and none at all, is the workspace's to find: a key
    of its store, an example, else the last one opened. Raises BadInput with every problem.
    """
    path = Path(name)
    if name and path.is_file():
        from workbook.content import load_engagement

        loaded = load_engagement(path)
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        return ReportSource(loaded.engagement, loaded.rules, changed=changed)
    from workbook.workspace import Workspace

    session = Workspace.at().open(name)
    return ReportSource(session.engagement, session.rules, session.head, session.saved_at)
