"""`workbook list`: the engagements of a workspace, and where each stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.notices import Notify, notify, recipients
from workbook.cli.options import AsJson, Day, Named, NamesShown, WorkspaceFolder
from workbook.cli.output import echo, echo_json, echo_table
from workbook.cli.speaking import speaker
from workbook.model.days import shifted

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.workspace import Standing

NOTHING = "–"
SOON = 14
"""What is due in so many days is due soon."""

app = typer.Typer(add_completion=False)


@app.command("list")
def list_engagements(
    as_of: Day = "",
    as_json: AsJson = False,
    to: Notify = None,
    within: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="Notify of what is due in so many days.")
    ] = SOON,
    names: Named = NamesShown.ON,
    workspace: WorkspaceFolder = None,
) -> None:
    """List the engagements of a workspace: level, last change and next dates of each.

    With --notify, whoever has to confirm what they own is told of, if anybody is due. A message
    that cannot be sent is a warning. A server's password is taken from WORKBOOK_SMTP_PASSWORD, the
    token of a webhook from WORKBOOK_WEBHOOK_TOKEN.

    Examples:

      workbook list

      workbook list --json

      workbook list --notify "smtp://mail.example.com?to=pmo@example.com&from=workbook@example.com"
    """
    from workbook.dates import day
    from workbook.workspace import Workspace

    sending, home = recipients(to), Workspace.at(workspace)
    standings, today = home.standings(day(as_of)), day(as_of)
    if sending:
        until = shifted(today, within)
        due = list(_due(standings, until, named=names is NamesShown.ON))
        if due:
            title = speaker().n(
                "{count} owner is to confirm by {date}",
                "{count} owners are to confirm by {date}",
                len(due),
                date=until.isoformat(),
            )
            notify(sending, title, due)
    if as_json:
        echo_json([_plain(standing) for standing in standings])
        return
    v = speaker()
    if not standings:
        echo(
            v.t(
                "There is no engagement in {folder} yet. `workbook session` opens the first.",
                folder=home.path,
            )
        )
        return
    heads = (
        *(v.t("KEY"), v.t("NAME"), v.t("STATE"), v.t("CHANGED"), v.t("NEXT CHECKPOINT")),
        v.t("CONFIRM BY"),
    )
    echo_table([heads, *(_row(standing, v) for standing in standings)])


def _due(standings: Iterable[Standing], until: dt.date, *, named: bool) -> Iterator[str]:
    """Who is to confirm what by when, engagement by engagement."""
    from workbook.report.nameless import without_names
    from workbook.wording.confirming import confirmation_lines, due_text
    from workbook.wording.phrases import Phrases

    v = speaker()
    for standing in standings:
        engagement = standing.engagement
        if engagement is None or standing.rules is None or standing.evaluation is None:
            continue
        shown = engagement if named else without_names(engagement, v)
        phrases = Phrases(standing.rules, v, shown, standing.evaluation)
        for line in confirmation_lines(phrases, until):
            yield v.t(
                "{organisation}: {name} by {date}: {subjects}",
                organisation=shown.organisation.name,
                name=line.owner,
                date=due_text(phrases, line),
                subjects=v.listing(line.subjects),
            )


def _row(standing: Standing, v: Voice) -> tuple[str, ...]:
    from workbook.wording.standing import standing_word

    summary = standing.summary
    word = standing_word(standing, v)
    changed = f"{summary.changed_at.astimezone():%Y-%m-%d %H:%M}"
    checkpoint = standing.next_checkpoint
    return (
        summary.key,
        summary.name,
        f"{word.sign} {word.text}",
        changed,
        checkpoint.isoformat() if checkpoint else NOTHING,
        standing.confirm_by.isoformat() if standing.confirm_by else NOTHING,
    )


def _plain(standing: Standing) -> dict[str, object]:
    """What a script reads: codes and numbers; the level is the one that is certain."""
    summary, evaluation = standing.summary, standing.evaluation
    level = evaluation.level if evaluation else None
    score = evaluation.score if evaluation else None
    checkpoint = standing.next_checkpoint
    return {
        "key": summary.key,
        "name": summary.name,
        "level": level.low if level else None,
        "confirmed": level.confirmed if level else None,
        "low": score.low if score else None,
        "high": score.high if score else None,
        "changed_at": summary.changed_at.isoformat(),
        "next_checkpoint": checkpoint.isoformat() if checkpoint else None,
        "confirm_by": standing.confirm_by.isoformat() if standing.confirm_by else None,
        "trouble": standing.trouble or None,
    }
