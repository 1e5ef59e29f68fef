"""A channel to one front end: the whole view once, then numbered patches, one answer a command.

A notebook's widget and a line of the workshop's host carry the same messages.
"""

from __future__ import annotations

from typing import Any

from workbook.widgets.patch import difference
from workbook.widgets.views.scene import View

Answer = dict[str, Any]
"""What a front end hears: `kind` is "patch", "still" (nothing changed) or "failed"."""


class Channel:
    """What one front end shows now."""

    def __init__(self, view: View) -> None:
        self.view = view

    def show(self, view: View) -> Answer:
        """Show another view; returns the patch that takes the front end there."""
        version = self.view["version"]
        new = {**view, "version": version}
        operations = difference(self.view, new)
        if not operations:
            return {"kind": "still"}
        operations.append([["version"], version + 1])
        self.view = {**new, "version": version + 1}
        return {"kind": "patch", "from": version, "to": version + 1, "operations": operations}


def failure(error: Exception) -> Answer:
    """The answer to a command that ended in an error of ours: the screen must say so."""
    return {"kind": "failed", "error": f"{type(error).__name__}: {error}"}
