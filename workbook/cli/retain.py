"""`workbook retain`: what is older than the time that was agreed goes, with a list first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.erase import warn_of_bytes
from workbook.cli.options import WorkspaceFolder
from workbook.cli.output import echo, echo_table
from workbook.cli.places import COMMAND_LINE, check_stored
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.workspace import Workspace
    from workbook.workspace.retention import Outdated

YEAR = 365.25


def retain(
    days: Annotated[int, typer.Option(min=0, help="Keep what is at most so many days old.")] = 0,
    years: Annotated[int, typer.Option(min=0, help="Keep what is at most so many years old.")] = 0,
    key: Annotated[str, typer.Option("--engagement", help="Only this engagement.")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Remove what is listed: it cannot be undone.")
    ] = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """Remove what is older than agreed: people's details and texts, letters, questionnaires.

    An engagement is as old as its last change. Its events stay and read "erased", so that it still
    counts in a portfolio; what job titles told of a fit is gone. First look at the list: --yes
    removes what is on it. Reports, exported documents and backups are files of their own: delete
    them.

    Examples:

      workbook retain --years 3

      workbook retain --days 180 --engagement acme --yes
    """
    from workbook.workspace import Workspace
    from workbook.workspace.retention import outdated, outdated_files, remove

    home = Workspace.at(workspace)
    before = home.now() - dt.timedelta(days=_age(days, years))
    if key:
        check_stored(home, key, path="--engagement")
    old, files = outdated(home, before, key), outdated_files(home, before, key)
    _list(home, old, files)
    v = speaker()
    if not old and not files:
        echo(v.t("Nothing is older than {date}.", date=before.date().isoformat()))
    elif not yes:
        echo(v.t("Nothing was removed: add --yes to remove what is listed."))
    else:
        if [engagement for engagement in old if not home.forget(engagement.key)]:
            warn_of_bytes()
        remove(files)
        echo(v.t("Removed for good. Reports, exports and backups are yours to delete."))


def _age(days: int, years: int) -> float:
    """The age in days; BadInput if none is said."""
    if not days and not years:
        fix = "add --days or --years"
        raise BadInput(Problem("nothing says how long things are kept", fix, COMMAND_LINE))
    return days + years * YEAR


def _list(home: Workspace, old: Sequence[Outdated], files: Sequence[Path]) -> None:
    v = speaker()
    if old:
        heads = (v.t("ENGAGEMENT"), v.t("LAST CHANGE"), v.t("NAMES"), v.t("TEXTS"))
        rows = (
            (e.key, f"{e.changed_at.astimezone():%Y-%m-%d}", str(e.names), str(e.texts))
            for e in old
        )
        echo_table([heads, *rows])
    for file in files:
        echo(file.relative_to(home.path))
