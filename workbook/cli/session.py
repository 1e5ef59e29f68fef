"""`workbook session`: the guided session in a browser, without any code in sight."""

from __future__ import annotations

from typing import Annotated

import typer

from workbook.cli.options import Browser, Opened, WorkspaceFolder, language


def session(
    engagement: Opened = "",
    lang: Annotated[str, language("Language of the screen: {}; the engagement’s by default.")] = "",
    actor: Annotated[str, typer.Option(help="Who you are, for the history and for undo.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; a free one if it is taken.")] = 8866,
    browser: Browser = True,
    workspace: WorkspaceFolder = None,
) -> None:
    """Open the guided session as an application, on this machine only.

    Examples:

      workbook session

      workbook session acme --lang fr

      workbook session maison-lorient --no-browser
    """
    from workbook.cli.serving import checked, run
    from workbook.serve import VoilaSession, free_port

    folder = checked(workspace, engagement, lang)
    served = VoilaSession(folder, engagement, lang, actor=actor, port=free_port(port))
    run(served, browser=browser)
