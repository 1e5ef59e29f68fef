"""`workbook restore`: a backup becomes the workspace's store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.backup import say_held
from workbook.cli.options import WorkspaceFolder


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An archive of workbook backup.")],
    force: Annotated[
        bool, typer.Option("--force", help="Put it in place of the engagements that are there.")
    ] = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """Restore a workspace from a backup, whole or not at all.

    The archive's digests and every chain of events are checked first. A workspace that holds
    engagements is left as it is, unless --force says that they may go. End its sessions before.

    Examples:

      workbook restore acme-2026-11-23.zip --workspace clients/acme

      workbook restore acme-2026-11-23.zip --force
    """
    from workbook.workspace import Workspace
    from workbook.workspace.backup import restore as put_back

    say_held(put_back(Workspace.at(workspace), file, force=force))
