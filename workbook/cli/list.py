"""`workbook list`: the engagements of a workspace, and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from workbook.cli.options import AsJson, Day, WorkspaceFolder
from workbook.cli.output import echo, echo_json, echo_table
from workbook.cli.speaking import speaker

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.workspace import Standing

NOTHING = "–"

app = typer.Typer(add_completion=False)


@app.command("list")
def list_engagements(
    as_of: Day = "",
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """List the engagements of a workspace: level, last change and next checkpoint of each.

    Examples:

      workbook list

      workbook list --json
    """
    from workbook.dates import day
    from workbook.workspace import Workspace

    home = Workspace.at(workspace)
    standings = home.standings(day(as_of))
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
    heads = (v.t("KEY"), v.t("NAME"), v.t("STATE"), v.t("CHANGED"), v.t("NEXT CHECKPOINT"))
    echo_table([heads, *(_row(standing, v) for standing in standings)])


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
        "trouble": standing.trouble or None,
    }
