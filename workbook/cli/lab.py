"""`workbook lab`: the notebooks in JupyterLab, ready to start."""

from __future__ import annotations

from typing import Annotated

from workbook.cli.options import Browser, Opened, Port, WorkspaceFolder, language

USUAL_PORT = 8888


def lab(
    engagement: Opened = "",
    lang: Annotated[
        str,
        language(
            "Language of JupyterLab and of the screens: {}; by default JupyterLab is in English"
            " and each engagement in its own."
        ),
    ] = "",
    port: Port = None,
    browser: Browser = True,
    workspace: WorkspaceFolder = None,
) -> None:
    """Open the guided notebooks in JupyterLab, on this machine only.

    The notebooks are copied into the workspace. Press Start on the page that opens.

    Examples:

      workbook lab

      workbook lab maison-lorient --lang fr
    """
    from workbook.cli.serving import checked, run
    from workbook.serve import Lab, place_of

    folder = checked(workspace, engagement, lang)
    place = place_of(folder, "lab", USUAL_PORT, port)
    served = Lab(folder, engagement, lang, port=place.port, token=place.token)
    run(served, browser=browser)
