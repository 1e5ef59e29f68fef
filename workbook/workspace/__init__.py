"""The workspace: what notebooks, screens and the command line use to open, answer and evaluate.

workspace = Workspace.at()                      # argument, WORKBOOK_HOME or the current folder
session = workspace.open("acme", actor="Marie") # or workspace.new(engagement, "Marie")
session.record(Change(("decision", "promotions"), {"owner": "ana", "deputy": "bo"}))
evaluation = session.evaluate(as_of)
session.undo()
"""

from __future__ import annotations

from workbook.store import Change, Conflict, Event
from workbook.workspace.session import Session
from workbook.workspace.standing import Standing
from workbook.workspace.starting import (
    free_key,
    further_systems,
    key_for,
    new_id,
    start,
    unknown_names,
)
from workbook.workspace.summary import Baseline, Summary
from workbook.workspace.workspace import Workspace

__all__ = [
    "Baseline",
    "Change",
    "Conflict",
    "Event",
    "Session",
    "Standing",
    "Summary",
    "Workspace",
    "free_key",
    "further_systems",
    "key_for",
    "new_id",
    "start",
    "unknown_names",
]
