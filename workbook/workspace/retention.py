"""What goes with time: people's details and texts in engagements, and files written for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.workspace.workspace import Workspace

FOLDERS = ("invitations", "reminders", "questionnaires")
"""Folders of a workspace that hold letters and questionnaires, a folder per engagement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """An engagement that nobody has touched for long, and how much of people it still holds."""

    key: str
    changed_at: dt.datetime
    names: int
    texts: int


def outdated(workspace: Workspace, before: dt.datetime, key: str = "") -> tuple[Outdated, ...]:
    """The engagements, or one of them, whose last change lies before a moment; the oldest first."""
    rows = []
    for summary in reversed(workspace.engagements()):
        if summary.changed_at < before and key in ("", summary.key):
            names, texts = workspace.store.private(summary.key)
            if names or texts:
                rows.append(
                    Outdated(
                        key=summary.key, changed_at=summary.changed_at, names=names, texts=texts
                    )
                )
    return tuple(rows)


def outdated_files(workspace: Workspace, before: dt.datetime, key: str = "") -> tuple[Path, ...]:
    """Letters and questionnaires that were written before a moment."""
    return tuple(
        file
        for folder in FOLDERS
        for file in sorted((workspace.path / folder).glob(f"{key or '*'}/*"))
        if file.is_file() and file.stat().st_mtime < before.timestamp()
    )


def remove(files: Iterable[Path]) -> None:
    """Delete files, and the folders that are empty then."""
    for file in files:
        file.unlink(missing_ok=True)
        if not any(file.parent.iterdir()):
            file.parent.rmdir()


def files_of(workspace: Workspace, engagement: Engagement, person: str) -> Iterator[Path]:
    """The letters and questionnaires of a person or respondent, and the lists that name them."""
    asked = {
        r.id: engagement.respondent_name(r)
        for r in engagement.respondents
        if person in (r.id, r.person)
    }
    for folder in FOLDERS:
        for file in sorted((workspace.path / folder / engagement.key).glob("*")):
            is_list = file.suffix == ".csv"
            text = file.read_text("utf-8", "replace") if is_list else ""
            if file.stem in asked or any(name in text for name in asked.values()):
                yield file
