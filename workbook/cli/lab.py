"""`workbook lab`: the notebooks in JupyterLab, ready to start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli import completing


def lab(
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
            help=f"Language of JupyterLab and of the screens: {completing.LANGUAGES}; by default"
            " JupyterLab is in English and each engagement in its own.",
            autocompletion=completing.language,
        ),
    ] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; a free one if it is taken.")] = 8888,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    workspace: Annotated[
        Path | None, typer.Option(help="Folder of the workspace; by default the current one.")
    ] = None,
) -> None:
    """Open the guided notebooks in JupyterLab, on this machine only.

    The notebooks are copied into the workspace. Press Start on the page that opens.

    Examples:

      workbook lab

      workbook lab maison-lorient --lang fr
    """
    from workbook.cli.serving import run
    from workbook.i18n import voice
    from workbook.serve import Lab, free_port
    from workbook.workspace import Workspace

    if lang:
        voice(lang)
    home = Workspace.at(workspace)
    if engagement:
        home.open(engagement)
    run(Lab(home.path, engagement, lang, free_port(port)), browser=browser)
