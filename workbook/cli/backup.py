"""`workbook backup`: the workspace's store as one file, while sessions go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.history import damage_text
from workbook.cli.options import WorkspaceFolder
from workbook.cli.output import echo
from workbook.cli.places import COMMAND_LINE
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.workspace.backup import Backup


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The archive, a ZIP file.")],
    workspace: WorkspaceFolder = None,
) -> None:
    """Back a workspace up into one file, while sessions go on.

    It holds the store with its history, be it a file or a database, your frameworks and notebooks.
    Reports, letters and exports are not in it. Whoever is erased later is still in the file: keep
    it as long as agreed, and delete it then.

    Examples:

      workbook backup acme-2026-11-23.zip

      workbook backup backups/clients.zip --workspace clients
    """
    from workbook.workspace import Workspace
    from workbook.workspace.backup import back_up

    if file.exists():
        problem = f"“{file}” is there already"
        raise BadInput(Problem(problem, "name another file", COMMAND_LINE, path="FILE"))
    say_held(back_up(Workspace.at(workspace), file))


def say_held(held: Backup) -> None:
    """What an archive holds; exit code 1 if a chain of it does not hold."""
    v = speaker()
    for key, (seq, kind) in held.damages:
        echo(f"{key}: {damage_text(v, seq, kind)}", err=True)
    for key, chain in held.chains.items():
        count = v.n("{count} event", "{count} events", len(chain.heads))
        echo(f"{key}: {count} · {chain.head[:24]}")
    echo(f"SHA-256 {held.digest}")
    if any(held.damages):
        raise typer.Exit(1)
