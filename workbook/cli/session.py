"""`workbook session`: the guided session in a browser, without any code in sight."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli import completing


def session(
    engagement: Annotated[
        str,
        typer.Argument(
            help="A key of the workspace, an example or a document; none: choose on the screen.",
            autocompletion=completing.engagement_or_example,
        ),
    ] = "",
    lang: Annotated[
        str,
        typer.Option(
            help=f"Language of the screen: {completing.LANGUAGES}; the engagement’s by default.",
            autocompletion=completing.language,
        ),
    ] = "",
    actor: Annotated[str, typer.Option(help="Who you are, for the history and for undo.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; a free one if it is taken.")] = 8866,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    workspace: Annotated[
        Path | None, typer.Option(help="Folder of the workspace; by default the current one.")
    ] = None,
) -> None:
    """Open the guided session as an application, on this machine only.

    Examples:

      workbook session

      workbook session acme --lang fr

      workbook session maison-lorient --no-browser
    """
    from workbook.cli.serving import run
    from workbook.i18n import voice
    from workbook.serve import VoilaSession, free_port
    from workbook.workspace import Workspace

    if lang:
        voice(lang)
    home = Workspace.at(workspace)
    if engagement:
        home.open(engagement)
    served = VoilaSession(home.path, engagement, lang, actor=actor, port=free_port(port))
    run(served, browser=browser)
