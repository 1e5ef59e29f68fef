"""An engagement as it was: at a baseline of the workspace, or in an earlier document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem
from workbook.model.days import local_day
from workbook.model.engagement import Engagement

if TYPE_CHECKING:
    from workbook.workspace import Session

ENDINGS = (".yaml", ".yml", ".json")
Earlier = tuple[Engagement, dt.date]
"""An engagement, and the day on which it was so."""


def earlier(engagement: Engagement, name: str, since: str, as_of: dt.date) -> Earlier | None:
    """The engagement as it was `since`; None where a folder has no document of its key.

    A file or a folder of documents is read; any other word is a baseline of the workspace, where
    `name` finds the engagement as for a report. BadInput for what there is none of, and for an
    earlier document that another framework was asked of.
    """
    path = Path(since)
    if path.exists():
        file = document_of(path, engagement.key)
        return None if file is None else _read(file, engagement, as_of)
    if Path(name).is_file():
        fix = "name an earlier document, or a folder of them"
        raise BadInput(Problem("there is no such file", fix, since, path="since"))
    from workbook.workspace import Workspace

    session = Workspace.at().open(name)
    days = {baseline.name: local_day(baseline.made_at) for baseline in session.baselines}
    return session.at(since), days[since]


def last_baseline(session: Session, day: dt.date) -> Earlier | None:
    """The engagement as it was at the last baseline that was made before a day."""
    made_before = [each for each in session.baselines if local_day(each.made_at) < day]
    if not made_before:
        return None
    last = made_before[-1]
    return session.at(last.name), local_day(last.made_at)


def document_of(path: Path, key: str) -> Path | None:
    """The file itself, or a folder's document of this key."""
    if path.is_file():
        return path
    files = (path / f"{key}{ending}" for ending in ENDINGS)
    return next((file for file in files if file.is_file()), None)


def _read(file: Path, engagement: Engagement, as_of: dt.date) -> Earlier:
    from workbook.content import load_engagement

    document = load_engagement(file).engagement
    if document.framework.key != engagement.framework.key:
        problem = f"this document is about the framework “{document.framework.key}”"
        fix = f"name one about “{engagement.framework.key}”"
        raise BadInput(Problem(problem, fix, str(file), path="framework"))
    return document, min(max(_days(document), default=as_of), as_of)


def _days(document: Engagement) -> Iterator[dt.date]:
    """The days on which anything in a document was said."""
    for decision in document.decisions:
        yield from filter(None, (decision.decided_on, decision.confirmed_on))
    yield from filter(None, (nomination.on for nomination in document.nominations))
    yield from filter(None, (answer.on for answer in document.answers))
