"""`workbook session`: the guided session in a browser, without any code in sight."""

from __future__ import annotations

from typing import Annotated

import typer

from workbook.cli.options import BrandFile, Browser, Opened, Port, WorkspaceFolder, language

USUAL_PORT = 8866


def session(
    engagement: Opened = "",
    lang: Annotated[str, language("Language of the screen: {}; the engagement’s by default.")] = "",
    actor: Annotated[str, typer.Option(help="Who you are, for the history and for undo.")] = "",
    brand: BrandFile = "",
    port: Port = None,
    browser: Browser = True,
    workspace: WorkspaceFolder = None,
) -> None:
    """Open the guided session as an application, on this machine only.

    Examples:

      workbook session

      workbook session acme --lang fr

      workbook session maison-lorient --no-browser

      workbook session acme --brand house/brand.yaml
    """
    from workbook.cli.serving import checked, run, wear
    from workbook.serve import VoilaSession, place_of

    folder = checked(workspace, engagement, lang)
    wear(brand)
    place = place_of(folder, "session", USUAL_PORT, port)
    served = VoilaSession(folder, engagement, lang, actor=actor, port=place.port, token=place.token)
    run(served, browser=browser)
