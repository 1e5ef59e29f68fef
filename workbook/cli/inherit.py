"""`workbook inherit`: hand what a group has settled on to its sites or brands."""

from __future__ import annotations

from typing import Annotated

import typer

from workbook.cli import completing
from workbook.cli.options import Actor, DryRun, WorkspaceFolder
from workbook.cli.output import echo
from workbook.cli.speaking import speaker


def inherit(
    group: Annotated[
        str,
        typer.Argument(help="Key or document of the group.", autocompletion=completing.engagement),
    ],
    sites: Annotated[
        list[str],
        typer.Argument(
            metavar="SITE...",
            help="Keys of its sites or brands.",
            autocompletion=completing.engagement,
        ),
    ],
    dry_run: DryRun = False,
    actor: Actor = "facilitator",
    workspace: WorkspaceFolder = None,
) -> None:
    """Hand what a group has settled on to its sites or brands.

    Its decided owners and agreed answers are shown there as inherited until the site decides or
    answers itself. They count for nothing: what is inherited is not answered. Screens of a site say
    when the group has changed its mind since. Run it again then; what a site says itself stays.

    Examples:

      workbook inherit group lyon hamburg

      workbook inherit group.yaml lyon --dry-run
    """
    from workbook.errors import every
    from workbook.workspace import Workspace
    from workbook.workspace.inheriting import LINK, inheritance

    home, v = Workspace.at(workspace), speaker()
    source = home.open(group, actor).engagement
    sessions = every(lambda site: home.open(site, actor), sites)
    plans = every(lambda s: (s, inheritance(source, s.engagement, s.rules)), sessions)
    for session, changes in plans:
        fresh = [c for c in changes if session.value(c.subject) != c.value]
        if fresh and not dry_run:
            session.record(*fresh)
            session.flush()
        echo(
            v.n(
                "{site}: {count} change from {group}",
                "{site}: {count} changes from {group}",
                sum(change.subject != LINK for change in fresh),
                site=session.key,
                group=source.organisation.name,
            )
        )
