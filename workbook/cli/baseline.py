"""`workbook baseline`: name this moment of an engagement, or list the named ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli import completing


def baseline(
    key: Annotated[
        str, typer.Argument(help="The engagement's key.", autocompletion=completing.engagement)
    ],
    name: Annotated[
        str | None, typer.Argument(help="Name for this moment; without it, the list.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    actor: Annotated[str, typer.Option(help="Who you are, for the history.")] = "facilitator",
    workspace: Annotated[
        Path | None, typer.Option(help="Folder of the workspace; by default the current one.")
    ] = None,
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
        typer.echo(json.dumps(moments, ensure_ascii=False, indent=2))
        return
    for moment in baselines:
        when = moment.made_at.strftime("%Y-%m-%d %H:%M:%S")
        typer.echo(f"{moment.seq:>5}  {when}  {moment.actor:<14} {moment.name}")
    if not baselines:
        typer.echo(f'{key} has no baseline yet: workbook baseline {key} "Kick-off"', err=True)
