"""`workbook baseline`: name this moment of an engagement, or list the named ones."""

from __future__ import annotations

from typing import Annotated

import typer

from workbook.cli.options import Actor, AsJson, EngagementKey, WorkspaceFolder
from workbook.cli.output import echo, echo_json
from workbook.cli.speaking import speaker


def baseline(
    key: EngagementKey,
    name: Annotated[
        str | None, typer.Argument(help="Name for this moment; without it, the list.")
    ] = None,
    as_json: AsJson = False,
    actor: Actor = "facilitator",
    workspace: WorkspaceFolder = None,
) -> None:
    """Name this moment of an engagement, to compare with later; or list the named moments.

    Examples:

      workbook baseline acme "Kick-off"

      workbook baseline acme
    """
    from workbook.workspace import Workspace

    session = Workspace.at(workspace).open(key, actor)
    baselines = (session.baseline(name),) if name is not None else session.baselines
    if as_json:
        moments = [
            {"name": m.name, "seq": m.seq, "made_at": m.made_at.isoformat(), "actor": m.actor}
            for m in baselines
        ]
        echo_json(moments)
        return
    for moment in baselines:
        when = moment.made_at.strftime("%Y-%m-%d %H:%M:%S")
        echo(f"{moment.seq:>5}  {when}  {moment.actor:<14} {moment.name}")
    if not baselines:
        none = speaker().t('{key} has no baseline yet: workbook baseline {key} "Kick-off"', key=key)
        echo(none, err=True)
