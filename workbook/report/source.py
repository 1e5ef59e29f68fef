"""Where a report's engagement comes from: a document, or the workspace."""

from __future__ import annotations

from pathlib import Path

from workbook.model.engagement import Engagement
from workbook.model.rules import Rules


def find(name: str) -> tuple[Engagement, Rules, str]:
    """The engagement of this name, its rules, and the head of its chain (blank for a document).

    A path is read as it stands. Any other name, and none at all, is the workspace's to find: a key
    of its store, an example, else the last one opened. Raises BadInput with every problem.
    """
    if name and Path(name).is_file():
        from workbook.content import load_engagement

        loaded = load_engagement(Path(name))
        return loaded.engagement, loaded.rules, ""
    from workbook.workspace import Workspace

    session = Workspace.at().open(name)
    return session.engagement, session.rules, session.head
